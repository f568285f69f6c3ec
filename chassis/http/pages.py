"""Pages of long lists: `?limit=&after=` in the order of a unique key, so that no page is skipped while the list grows."""

from collections.abc import Iterator
from typing import Any, Protocol, Self, TypedDict

from marshmallow import fields

from chassis.schemas import Identifier, Integer, List, Schema

MOST = 200
USUAL = 50


class PageArguments(Schema):
    """The query string of a list; schemas with filters extend it."""

    limit = Integer(low=1, high=MOST, load_default=USUAL, metadata={"description": "How many items at most."})
    after = Identifier(load_default=None, metadata={"description": "The `next` of the page before."})


class Page(TypedDict):
    """Some items, and where the next page begins: nothing if this was the last."""

    items: list[Any]
    next: str | None


class Query(Protocol):
    """What a MongoEngine queryset can do that a page wants of it."""

    def filter(self, **conditions: Any) -> Self:
        """Keep what meets the conditions."""
        ...

    def order_by(self, *keys: str) -> Self:
        """Sort."""
        ...

    def limit(self, n: int) -> Self:
        """Take the first n."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


def page(query: Query, limit: int = USUAL, after: str | None = None, key: str = "id") -> Page:
    """Return the `limit` items (200 at most) that come after the item whose key is `after`, in the key's order.

    `key` is a unique string field, the primary key as a rule; the store walks its index from `after` on.
    """
    wanted = min(max(limit, 1), MOST)
    following = query.filter(**{f"{key}__gt": after}) if after is not None else query
    found = list(following.order_by(key).limit(wanted + 1))
    items = found[:wanted]
    return Page(items=items, next=str(getattr(items[-1], key)) if len(found) > wanted else None)


def page_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of such items."""
    members = {
        "items": List(fields.Nested(item), required=True, max_items=MOST),
        "next": fields.String(allow_none=True, metadata={"description": "Send it as `after` to read on; null on the last page."}),
    }
    return type(f"{item.__name__.removesuffix('Schema')}Page", (Schema,), members)
