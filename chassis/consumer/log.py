"""What a worker needs of a log."""

from typing import Protocol

from chassis.events import Received


class LogAway(Exception):  # noqa: N818
    """The broker does not answer now."""


class Log(Protocol):
    """Topics read by one consumer group. All but ``poll`` and ``commit`` do nothing while the broker is away."""

    def poll(self, most: int, seconds: float) -> list[Received]:
        """Wait up to ``seconds`` and take up to ``most`` events, each partition's in log order.

        Raises:
            LogAway: the broker does not answer.

        """

    def commit(self) -> None:
        """Say that what was polled last is done.

        Raises:
            LogAway: the broker does not answer.

        """

    def rewind(self) -> None:
        """Go back before what was polled last, and was not committed."""

    def pause(self) -> None:
        """Take nothing for a while, but stay a member of the group."""

    def resume(self) -> None:
        """Take events again."""

    def lag(self) -> dict[str, int]:
        """Events on each topic that were not taken yet, as last measured."""

    def close(self) -> None:
        """Leave the group."""
