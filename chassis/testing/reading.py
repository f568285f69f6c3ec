"""Data that remembers what was read of it: what a reader relies on, found out by letting it read."""

from typing import Any

Path = tuple[str, ...]
ITEM = "[]"


class Remembering(dict[str, Any]):
    """An event's data that adds the path of each field it is asked for to ``reads``: names, and ``[]`` for a list's items.

    Names that begin with an underscore are none of a contract's: libraries look for their own.
    """

    def __init__(self, data: dict[str, Any], reads: set[Path], path: Path = ()) -> None:
        super().__init__({name: remembering(value, reads, (*path, name)) for name, value in data.items()})
        self._reads, self._path = reads, path

    def __getitem__(self, name: str) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._note(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """What is there, or ``default``."""
        self._note(name)
        return super().get(name, default)

    def _note(self, name: object) -> None:
        if isinstance(name, str) and not name.startswith("_"):
            self._reads.add((*self._path, name))


def remembering(value: Any, reads: set[Path], path: Path = ()) -> Any:
    """The same JSON value, remembering."""
    if isinstance(value, dict):
        return Remembering(value, reads, path)
    if isinstance(value, list):
        return [remembering(item, reads, (*path, ITEM)) for item in value]
    return value
