"""When so many events die at once that the consumer is at fault, not they."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chassis import clock


class TooManyDeadLetters(Exception):  # noqa: N818
    """The consumer stops: a bad release must not turn a whole topic into dead letters."""


@dataclass
class DeadLetterLimit:
    """At most ``most`` different events may die ``within`` a time."""

    most: int = 20
    within: timedelta = timedelta(seconds=60)
    _deaths: dict[str, datetime] = field(default_factory=dict)

    def count(self, place: str) -> None:
        """Count a death, each event (by its place) once.

        Raises:
            TooManyDeadLetters: it is one too many.

        """
        now = clock.now()
        self._deaths = {known: at for known, at in self._deaths.items() if now - at < self.within}
        self._deaths.setdefault(place, now)
        if len(self._deaths) > self.most:
            seconds = self.within.total_seconds()
            raise TooManyDeadLetters(
                f"{len(self._deaths)} events failed within {seconds:.0f} s, more than the {self.most} allowed: "
                "look at the log, mend the cause and start the consumer again."
            )
