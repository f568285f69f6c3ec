"""What the mechanism wants to know of a service, whatever it is made of."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chassis.events import EventType, Received
from chassis.reactions import Reaction
from chassis.store.documents import Stored


class Hosted(Protocol):
    """What a service keeps, publishes and follows."""

    @property
    def name(self) -> str:
        """Its name, such as `training`."""

    @property
    def documents(self) -> Sequence[type[Stored]]:
        """What it keeps."""

    @property
    def events(self) -> Sequence[EventType]:
        """What it publishes."""

    @property
    def topics(self) -> Sequence[str]:
        """The topics that it reads."""

    @property
    def reactions(self) -> Mapping[str, Sequence[Reaction]]:
        """Its reactions by event type."""

    def reactions_to(self, event: Received) -> Sequence[Reaction]:
        """Those that are called for an event."""
