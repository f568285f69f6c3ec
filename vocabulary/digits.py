"""Digits of the Arabic script."""

_EASTERN = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_TO_ASCII = str.maketrans(_EASTERN + _PERSIAN, "0123456789" * 2)
_TO_EASTERN = str.maketrans("0123456789", _EASTERN)


def ascii_digits(text: str) -> str:
    """`text` with Arabic digits, of either form, written 0 to 9."""
    return text.translate(_TO_ASCII)


def arabic_digits(text: str) -> str:
    """`text` with the digits 0 to 9 written ٠ to ٩."""
    return text.translate(_TO_EASTERN)
