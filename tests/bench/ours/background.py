"""`python -m tests.bench.ours.background consumer|relay`: one background process of a run, until SIGTERM.

`consumer` is the contestant's worker and relay; when it ends it prints when each event had its effect. `relay` is the feed's.
"""

import json
import sys

from chassis.background import Background
from tests.bench.ours.service import become, feed_service, own_service
from tests.bench.ours.watched_log import WatchedLog
from tests.bench.work import Run


def consume(run: Run) -> dict[str, float]:
    """Apply and publish; answer the times."""
    service = own_service(run)
    settings = become(service, run, run.store_uri, instance=f"{run.name}-0", log_level="WARNING")
    background = Background(service, settings, ("worker", "relay"))
    if background.worker is None:
        raise RuntimeError("The service has no reactions.")
    background.worker.log = watched = WatchedLog(background.worker.log, lambda: None, keep_times=True)
    background.run()
    return watched.done


def relay(run: Run) -> None:
    """Publish what the feed's commands record."""
    service = feed_service(run)
    settings = become(service, run, run.feed_store_uri, instance=f"{run.feed}-0", log_level="WARNING")
    Background(service, settings, ("relay",)).run()


if __name__ == "__main__":
    if sys.argv[1:] == ["relay"]:
        relay(Run.current())
    else:
        print(json.dumps(consume(Run.current())))  # noqa: T201 - the answer to whoever started this process
