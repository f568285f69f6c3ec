"""Which indexes a store should have and which it has: what a migration would make, without making it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database

OWN = "_id_"
"""The index that every collection has by itself."""
TELLING = ("unique", "sparse", "expireAfterSeconds", "partialFilterExpression")
"""The options that change what an index does."""

Declared = Mapping[str, list[IndexModel]]


@dataclass(frozen=True)
class Comparison:
    """One collection: whether it is there, and the names of the indexes that are missing, surplus or not as declared."""

    collection: str
    exists: bool = True
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    @property
    def as_declared(self) -> bool:
        """Whether a migration would change nothing here, and left nothing behind."""
        return self.exists and not (self.missing or self.surplus or self.different)


def compare(database: "Database[Any]", declared: Declared) -> Iterator[Comparison]:
    """Every declared collection beside what the database holds. Collections that nobody declared are left out."""
    present = set(database.list_collection_names())
    for name, indexes in sorted(declared.items()):
        wanted = {model.document["name"]: _essence(model.document) for model in indexes}
        if name not in present:
            yield Comparison(name, exists=False, missing=sorted(wanted))
            continue
        found = {index["name"]: _essence(index) for index in database[name].list_indexes() if index["name"] != OWN}
        yield Comparison(
            name,
            missing=sorted(wanted.keys() - found.keys()),
            surplus=sorted(found.keys() - wanted.keys()),
            different=sorted(each for each in wanted.keys() & found.keys() if wanted[each] != found[each]),
        )


def _essence(index: Mapping[str, Any]) -> tuple[Any, ...]:
    keys = tuple((field, int(way) if isinstance(way, int | float) else way) for field, way in index["key"].items())
    return keys, *((name, index[name]) for name in TELLING if index.get(name) not in (None, False))
