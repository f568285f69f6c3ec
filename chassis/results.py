"""What a command gave back, kept so that the same request gets the same answer: references, never copies of people's data."""

from importlib import import_module
from typing import Any

from chassis.problems import NotFound
from chassis.store.documents import Stored

Packed = dict[str, Any]


def pack(result: Any) -> Packed:
    """A result as it is kept: a document by its class and key, a list of such, or a JSON-able value."""
    if isinstance(result, Stored):
        return {"document": _reference(result)}
    if isinstance(result, list) and result and all(isinstance(item, Stored) for item in result):
        return {"documents": [_reference(item) for item in result]}
    return {"value": result}


def unpack(packed: Packed) -> Any:
    """The result again; documents as they stand now.

    Raises:
        NotFound: the document has been erased since.

    """
    if "document" in packed:
        return _load(packed["document"])
    if "documents" in packed:
        return [_load(reference) for reference in packed["documents"]]
    return packed["value"]


def _reference(document: Stored) -> list[Any]:
    cls = type(document)
    return [cls.__module__, cls.__name__, document.pk]


def _load(reference: list[Any]) -> Stored:
    module, name, key = reference
    found: Stored | None = getattr(import_module(module), name).objects(pk=key).first()
    if found is None:
        raise NotFound(name.lower(), key)
    return found
