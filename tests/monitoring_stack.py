"""A whole stack under the real Prometheus and Alertmanager, on which a small programme has been played and something went wrong.

The fixture `monitored` (tests/integration/monitoring/conftest.py) gives it to every test there: what a rule or a panel asks for
has an answer on it, be it of good days or of bad ones.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from tests.e2e.demo import play
from tests.e2e.kafka import Kafka, record

HURRY = 5
"""Prometheus asks every 3 seconds, and an alert's `for: 1m` lasts 12; the ranges in expressions are the real ones."""

BOUND = 40.0
UNTOLD = "12"
"""A region of which only the first event has been told: that it is planned."""


@dataclass(frozen=True)
class Series:
    """One answer of Prometheus: its labels (with __name__ where it has one) and its value."""

    labels: dict[str, str]
    value: float


@dataclass(frozen=True)
class Monitored:
    """A running stack and what watches it; `paged` are the pages that fired while the demo played, before the trouble."""

    stack: LocalStack
    paged: frozenset[str] = frozenset()

    def query(self, promql: str) -> list[Series]:
        """What Prometheus answers now; of a matrix (`x[5m]`) the newest values. An error in the query fails the test."""
        found = self._ask("query", query=promql)["data"]
        if found["resultType"] == "scalar":
            return [Series({}, float(found["result"][1]))]
        return [Series(row["metric"], float((row.get("value") or row["values"][-1])[1])) for row in found["result"]]

    def firing(self) -> set[str]:
        """The names of the alerts that Prometheus fires now."""
        return {series.labels["alertname"] for series in self.query('ALERTS{alertstate="firing"}')}

    def paged_within(self, seconds: float) -> frozenset[str]:
        """The names of the pages that fired at some moment of the last seconds."""
        fired = self.query(f'max_over_time(ALERTS{{alertstate="firing", severity="page"}}[{round(seconds)}s])')
        return frozenset(series.labels["alertname"] for series in fired)

    def alerts(self) -> list[dict[str, Any]]:
        """What Alertmanager holds: {"labels", "annotations", "status": {"state", "inhibitedBy", ..}, ..}."""
        found: list[dict[str, Any]] = self._get(self.stack.ports.alertmanager, "/api/v2/alerts")
        return found

    def alert(self, name: str, **labels: str) -> dict[str, Any] | None:
        """The alert of this name and with these labels that Alertmanager holds, if it does."""
        wanted = {"alertname": name, **labels}
        return next((alert for alert in self.alerts() if wanted.items() <= alert["labels"].items()), None)

    def rules(self) -> list[dict[str, Any]]:
        """Every rule as Prometheus reads it: {"name", "query", "type", "health", ..}."""
        return [rule for group in self._ask("rules")["data"]["groups"] for rule in group["rules"]]

    def _ask(self, what: str, **parameters: str) -> dict[str, Any]:
        answer: dict[str, Any] = self._get(self.stack.ports.prometheus, f"/api/v1/{what}", **parameters)
        return answer

    @staticmethod
    def _get(port: int, path: str, **parameters: str) -> Any:
        answer = httpx.get(f"http://127.0.0.1:{port}{path}", params=parameters, timeout=30, trust_env=False)
        assert answer.status_code == httpx.codes.OK, answer.text
        return json.loads(answer.text)


def eventually(holds: Callable[[], object], what: str, bound: float = BOUND) -> None:
    """Wait until it holds; fails with what did not come about."""
    deadline = time.monotonic() + bound
    while not holds():
        assert time.monotonic() < deadline, f"within {bound:.0f} s: {what}"
        time.sleep(0.5)


@contextmanager
def monitored_stack(home: Path) -> Iterator[Monitored]:
    """Everything that `nassij up --monitoring` starts, after a demo of a tenth and a little trouble, on free ports."""
    with LocalStack(Layout(home), Ports.free(), "everything,monitoring", HURRY).borrowed() as stack:
        found = Monitored(stack)
        eventually(lambda: len(found.query("up == 1")) == 2 * len(SERVICES), "Prometheus has seen every process")
        began = time.monotonic()
        play(stack)
        paged = found.paged_within(time.monotonic() - began)
        _make_trouble(found)
        yield Monitored(stack, paged)


def _make_trouble(found: Monitored) -> None:
    """What good days do not show: the store away for a moment, an event that cannot be applied, others that wait."""
    found.stack.hold("store")
    eventually(lambda: _unreadable(found.stack), "the figures cannot be read without the store")
    found.stack.release("store")
    pack = {"name": "nobody-publishes-it", "version": "1.0"}
    joined = {"region": UNTOLD, "names": {"fr": "-", "ar": "-"}, "pack": pack, "convention": "-", "services": []}
    events = [
        record("ma.nassij.registry.region.joined.v1", f"region/{UNTOLD}", 2, {**joined, "on": "2026-01-01"}, region=UNTOLD),
        record("ma.nassij.registry.association.registered.v1", "association/after-a-gap", 2, {}),
        record("ma.nassij.registry.actor.registered.v1", "actor/malformed", 1, {"actor": 7}),
    ]
    Kafka(found.stack.kafka).put("nassij.registry", *events)
    eventually(lambda: found.query('nassij_waiting_keys{reason="not-yet"} > 0'), "Prometheus knows what waits")
    eventually(lambda: found.query("nassij_domain_gauge_errors_total > 0"), "Prometheus knows what could not be read")


def _unreadable(stack: LocalStack) -> bool:
    """Whether a process has met a figure that it could not read. A scrape without the store takes longer than one in a hurry."""
    address = f"http://127.0.0.1:{stack.ports.web_of('certification')}/metrics"
    return "nassij_domain_gauge_errors_total{" in httpx.get(address, timeout=30, trust_env=False).text
