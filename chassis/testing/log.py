"""A log in memory: partitions, offsets, and a broker that goes away when the test says so."""

from collections.abc import Iterable

from chassis.consumer.log import LogAway
from chassis.events import Received


class MemoryLog:
    """One consumer's view of some partitions, each a list of events."""

    def __init__(self, partitions: Iterable[list[Received]] = ()) -> None:
        self.partitions = list(partitions) or [[]]
        self.committed = [0] * len(self.partitions)
        self.away = False
        self.paused = False
        self._position = [0] * len(self.partitions)
        self._before = [0] * len(self.partitions)

    def append(self, *events: Received) -> None:
        """Add events, those of a key always to the same partition."""
        for event in events:
            self.partitions[hash(event.key) % len(self.partitions)].append(event)

    def poll(self, most: int, seconds: float) -> list[Received]:  # noqa: ARG002 - memory never waits
        """Take up to ``most`` events.

        Raises:
            LogAway: the test took the broker away.

        """
        self._must_be_there()
        self._before = list(self._position)
        taken: list[Received] = []
        for number, partition in enumerate(self.partitions if not self.paused else []):
            part = partition[self._position[number] :][: most - len(taken)]
            self._position[number] += len(part)
            taken += part
        return taken

    def commit(self) -> None:
        """Remember the position.

        Raises:
            LogAway: the test took the broker away.

        """
        self._must_be_there()
        self.committed = list(self._position)

    def rewind(self) -> None:
        """Go back before what was polled last."""
        self._position = list(self._before)

    def restart(self) -> None:
        """What a killed consumer finds when it comes back: the committed position."""
        self._position = list(self.committed)

    def pause(self) -> None:
        """Take nothing for a while."""
        self.paused = True

    def resume(self) -> None:
        """Take events again."""
        self.paused = False

    def lag(self) -> dict[str, int]:
        """Events not taken yet."""
        return {"memory": sum(len(part) for part in self.partitions) - sum(self._position)}

    def close(self) -> None:
        """Nothing is to be closed."""

    def _must_be_there(self) -> None:
        if self.away:
            raise LogAway("the broker is away")
