"""Timing every command to the store."""

from prometheus_client import Histogram
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from chassis.metrics.mechanics import OTHER, STORE_COMMANDS, STORE_SECONDS


def listeners() -> list[CommandListener]:
    """Who listens to the store's client."""
    return [CommandTimes()]


class CommandTimes(CommandListener):
    """Told by the store's client of every command it sent."""

    def __init__(self) -> None:
        self._times: dict[str, Histogram] = {}

    def started(self, event: CommandStartedEvent) -> None:
        """Nothing: the client itself takes the time."""

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Observe an answer."""
        self._of(event.command_name).observe(event.duration_micros / 1e6)

    def failed(self, event: CommandFailedEvent) -> None:
        """Observe a failure, as long as it took."""
        self._of(event.command_name).observe(event.duration_micros / 1e6)

    def _of(self, command: str) -> Histogram:
        found = self._times.get(command)
        if found is None:
            found = self._times[command] = STORE_SECONDS.labels(command if command in STORE_COMMANDS else OTHER)
        return found
