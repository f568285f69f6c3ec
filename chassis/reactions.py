"""Reactions: what a service does when another one says that something happened."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from chassis.events import Received, Stream
from chassis.store.documents import Stored

Loads = Callable[[Received], Mapping[type[Stored], Collection[Any]]]
Ahead = Callable[[Sequence[Received]], None]
EVERY = ".*"
F = TypeVar("F", bound=Callable[[Received], None])


class NotYet(Exception):  # noqa: N818 - the field's word
    """What a reaction needs comes on another key and is not there yet. This key alone waits for it.

    ``service`` and ``key`` say what is awaited: ``NotYet("registry", "pack/fes-meknes@1.0")``.
    """

    def __init__(self, service: str, key: str) -> None:
        super().__init__(f"waits for {key} of {service}")
        self.awaits = Stream(f"/nassij/{service}", key)


@dataclass(frozen=True, slots=True)
class Reaction:
    """A function that is called once for each event of a type, with what to load for a whole batch at once.

    The type ``ma.nassij.<service>.*`` stands for all that a service publishes on its topic: for projections of everything.
    """

    type: str
    react: Callable[[Received], None]
    loads: Loads | None = None
    personal: bool = False
    ahead: Ahead | None = None

    @property
    def follows_all(self) -> bool:
        """Whether it is called for all that a service publishes."""
        return self.type.endswith(EVERY)

    @property
    def topic(self) -> str:
        """Where events of this type come from."""
        service = self.type.split(".")[2]
        return f"nassij.{service}.personal" if self.personal else f"nassij.{service}"


def reaction(
    event_type: str, *, loads: Loads | None = None, personal: bool = False, ahead: Ahead | None = None
) -> Callable[[F], F]:
    """Declare that a function reacts to an event type; its service finds it by this mark. Marks can be stacked.

    ``loads`` names the documents that it will want, by class, so that a batch loads them in one round trip a class.
    ``ahead`` is called once with a batch's events of the type, before any of them: a hot path loads there what it gathers
    in (``UnitOfWork.gathered``). ``personal`` says that the type travels on its service's personal topic.
    """

    def mark(react: F) -> F:
        made = Reaction(event_type, react, loads, personal, ahead)
        react.__reactions__ = [*getattr(react, "__reactions__", ()), made]  # type: ignore[attr-defined]
        return react

    return mark
