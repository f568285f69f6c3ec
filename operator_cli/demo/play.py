"""One run of the programme: what every step has at hand, and what the steps before it found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from operator_cli.client import Services
from operator_cli.demo.data import Dataset, generate
from operator_cli.demo.keys import Keys
from operator_cli.demo.memory import Programme
from operator_cli.demo.plan import Person, PlannedSession
from operator_cli.demo.quiet import until_quiet
from operator_cli.demo.timeline import Timeline
from operator_cli.demo.turning import DemoClock
from operator_cli.demo.wire import Wire, at_once
from operator_cli.stack.layout import ROOT
from operator_cli.stack.local import LocalStack
from vocabulary.pack import Pack

PACK = ROOT / "packs" / "fes-meknes"
COUNTED = ("associations-registered", "associations-diagnosed")
"""The gates whose numbers follow the scale of the roll-out."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Begin = Callable[[int], None]
Advance = Callable[[], None]


@dataclass
class Play:
    """A programme that is being played on a stack.

    `begin` and `advance` move the progress bar of the step under way. The rest is found by one step for those after it.
    """

    stack: LocalStack
    programme: Programme
    begin: Begin = lambda _: None
    advance: Advance = lambda: None
    convention: str = ""
    associations: list[dict[str, Any]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    trainers: list[Person] = field(default_factory=list)
    sessions: list[PlannedSession] = field(default_factory=list)
    session_ids: dict[int, str] = field(default_factory=dict)
    revoked: str = ""

    def __post_init__(self) -> None:
        """Make what all steps work with."""
        self.wire = Wire(self.stack, Keys(self.programme.seed, self.programme.scale))
        self.services = Services(self.stack)
        self.clock = DemoClock(self.stack.layout)
        self.timeline = Timeline(self.programme.begins)
        self.data: Dataset = generate(self.programme.seed, self.programme.scale)
        self.pack = pack_of(self.programme.scale, PACK)

    def each(self, items: Iterable[Item], work: Callable[[Item], Result]) -> list[Result]:
        """Do something for every item, a few at a time, and move the bar with each."""
        chosen = list(items)
        self.begin(len(chosen))

        def one(item: Item) -> Result:
            found = work(item)
            self.advance()
            return found

        return list(at_once(one, chosen))

    def in_turn(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items one after the other; the bar moves behind each."""
        chosen = list(items)
        self.begin(len(chosen))
        for item in chosen:
            yield item
            self.advance()

    def settle(self) -> None:
        """Wait until nothing is on its way in any service."""
        until_quiet(self.services)


def pack_of(scale: float, folder: Path) -> Pack:
    """The region's roll-out pack; for another scale than 1 a version of its own, whose gates ask for as many as take part."""
    pack = Pack.from_folder(folder)
    if scale == 1:
        return pack
    needed = {c.code: max(1, int(c.needed * scale)) for c in pack.gates["open"] if c.code in COUNTED}
    return pack.variant(f"{pack.version}-scale.{round(scale * 1000)}", needed)
