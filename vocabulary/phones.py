"""Telephone numbers as they are written in Morocco, brought to one form."""

import re

from vocabulary.digits import ascii_digits

_SEPARATORS = re.compile(r"[\s.\-/()\u00a0\u200e\u200f\u202a-\u202e]+")
# Subscribers' numbers have nine digits: 5 fixed lines, 6 and 7 mobiles, 8 special rates (national numbering plan, ANRT).
_NATIONAL = re.compile(r"(?:(?:\+|00)?212)?0?([5-8]\d{8})")
_FOREIGN = re.compile(r"(?:\+|00)([1-9]\d{7,14})")


class InvalidPhone(ValueError):  # noqa: N818 - reads as the sentence it is raised for
    """Text that is no telephone number."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no telephone number; write it as 0612345678 or +212612345678.")


def e164(text: str) -> str:
    """A telephone number in E.164 form: `06 12-34-56-78`, `00212 612345678` and `٠٦١٢٣٤٥٦٧٨` all give `+212612345678`.

    A first zero lost in a spreadsheet is put back; numbers of other countries need their `+` or `00`. Raises InvalidPhone.
    """
    compact = _SEPARATORS.sub("", ascii_digits(text))
    if national := _NATIONAL.fullmatch(compact):
        return f"+212{national[1]}"
    foreign = _FOREIGN.fullmatch(compact)
    if foreign is None or foreign[1].startswith("212"):
        raise InvalidPhone(text)
    return f"+{foreign[1]}"
