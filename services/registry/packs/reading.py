"""Reading a pack that somebody sent: whatever is wrong with it becomes a refusal that names the place."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from chassis.problems import Invalid, TooLarge
from chassis.schemas import UNPRINTABLE
from vocabulary.pack import Pack, PackInvalid

# A pack travels as one event, and a broker takes a megabyte a record unless told otherwise.
LARGEST_PACK = 512 * 1024


def read_pack(document: Mapping[str, Any]) -> Pack:
    """The pack that a document holds.

    Raises:
        Invalid: ``pack-invalid`` with every place that is wrong and what to write there.
        TooLarge: it would not fit into one event.

    """
    if any(UNPRINTABLE.search(text) for text in _texts(document)):
        raise Invalid("pack-invalid", "A text of the pack contains control characters: take them out and publish it again.")
    try:
        pack = Pack.from_document(document)
    except PackInvalid as invalid:
        faults = [{"field": problem.path, "problem": f"{problem.wrong}; {problem.write}"} for problem in invalid.problems]
        sentence = f"The pack has {len(faults)} faults: correct them as the list of fields says and publish it again."
        raise Invalid("pack-invalid", sentence, fields=faults) from invalid
    size = len(msgspec.json.encode(pack))
    if size > LARGEST_PACK:
        sentence = f"The pack has {size} bytes and may have {LARGEST_PACK}: shorten its texts."
        raise TooLarge("pack-too-large", sentence, limit=LARGEST_PACK)
    return pack


def _texts(document: Any) -> Iterator[str]:
    """Every text and key, without recursion: how deep a stranger's document goes is not known."""
    pending = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            pending += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            pending += value
