"""An event of no service, to try the generator on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from chassis.events import EventType, event, type_of


@dataclass(frozen=True, kw_only=True)
class Loan:
    """A book that is lent."""

    title: str
    copies: list[int]
    returned: datetime | None = None


@event(
    "ma.nassij.library.shelf.filled.v1",
    example={"kind": "fiction", "on": "2024-03-01", "counted": "2024-03-01T09:00:00Z", "loans": [], "by_letter": {}},
)
class ShelfFilled:
    """A shelf is full; ``kind`` says of what.

    It may be emptied later.
    """

    kind: Literal["fiction", "science"]
    on: date
    counted: datetime
    loans: list[Loan]
    by_letter: dict[str, Loan]
    room: str | None = None


FILLED: EventType = type_of(ShelfFilled)
