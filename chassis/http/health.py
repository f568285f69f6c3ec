"""Whether a process lives and can work. Kafka is never asked: HTTP goes on without it."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import structlog

Check = Callable[[], object]
BOUND_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Readiness:
    """Named checks, each run with a bound of one second. A check is a callable that raises when something is wrong."""

    def __init__(self, checks: Mapping[str, Check], bound: float = BOUND_SECONDS) -> None:
        self._checks = dict(checks)
        self._bound = bound
        # Threads start with the first question, so after any fork.
        self._threads = ThreadPoolExecutor(max_workers=max(1, len(self._checks)), thread_name_prefix="readiness")
        self._asked: dict[str, Future[object]] = {}

    def ask(self) -> tuple[bool, dict[str, str]]:
        """Return whether all is well, and for each check `ok` or what is wrong with it."""
        asked = {name: self._ask(name, check) for name, check in self._checks.items()}
        found = {name: self._answer(name, future) for name, future in asked.items()}
        return all(answer == "ok" for answer in found.values()), found

    def _ask(self, name: str, check: Check) -> "Future[object]":
        # A check that still hangs is not asked a second time: it would take one more thread each time.
        pending = self._asked.get(name)
        if pending is None or pending.done():
            self._asked[name] = pending = self._threads.submit(check)
        return pending

    def _answer(self, name: str, future: "Future[object]") -> str:
        try:
            future.result(timeout=self._bound)
        except TimeoutError:
            return f"no answer within {self._bound:g} s"
        except Exception as error:  # noqa: BLE001 - whatever a check raises is its answer
            log.warning("readiness.check_failed", check=name, reason=str(error))
            return type(error).__name__
        return "ok"


def readiness_body(readiness: Readiness) -> tuple[dict[str, Any], int]:
    """Return the body and the status of /readyz."""
    ready, checks = readiness.ask()
    return {"status": "ready" if ready else "not ready", "checks": checks}, 200 if ready else 503
