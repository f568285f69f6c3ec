"""The demo clock: set back when the programme begins, turned forward as it goes, never back again."""

import time
from datetime import UTC, datetime, timedelta

from operator_cli.commands.clock import offset
from operator_cli.stack.layout import Layout, write_whole

NOTICED_AFTER = 0.3
"""Services look at the clock's file five times a second."""


class DemoClock:
    """The clock that the services of one stack live by."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def now(self) -> datetime:
        """What time it is there."""
        return datetime.now(UTC) + offset(self._layout)

    def begin(self, moment: datetime) -> None:
        """Set it to the programme's first moment, unless it was set before (a run that is taken up again)."""
        if not self._layout.clock.exists():
            self._turn(moment)

    def reach(self, moment: datetime) -> None:
        """Turn it forward to a moment; one that has passed already leaves it alone."""
        if moment > self.now():
            self._turn(moment)

    def reach_present(self) -> None:
        """Turn it to the machine's own time."""
        self.reach(datetime.now(UTC))

    def _turn(self, moment: datetime) -> None:
        ahead: timedelta = moment - datetime.now(UTC)
        write_whole(self._layout.clock, str(min(ahead.total_seconds(), 0.0)))
        time.sleep(NOTICED_AFTER)
