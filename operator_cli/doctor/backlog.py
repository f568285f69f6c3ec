"""What waits: lag, consumers that stand still, waiting keys, dead letters, outbox, intents, deadlines."""

import time
from collections.abc import Iterator, Mapping
from typing import Any

from operator_cli.doctor.finding import FAIL, OK, Finding, by_limit, fail, or_fine, warn
from operator_cli.doctor.sight import Sight, each_service

CHECK = "backlog"
PATH = "/ops/status"
LOOK_AGAIN_AFTER = 1.5
"""Seconds. Who turns the demo clock makes everything overdue for a moment."""
# Events, and seconds, from which on something is worth a warning and from which it is a fault.
LAG = (1_000, 100_000)
OUTBOX = (5.0, 60.0)
WAITING = (5.0, 600.0)
INTENTS = (60.0, 3_600.0)
DEADLINES = (30.0, 600.0)


def check(sight: Sight) -> Iterator[Finding]:
    """Every service's own figures."""
    yield from each_service(sight, CHECK, _of)


def _of(sight: Sight, service: str) -> Iterator[Finding]:
    found = list(_findings(service, sight.background(service, PATH).answer))
    if any(finding.bad for finding in found):
        time.sleep(LOOK_AGAIN_AFTER)
        found = list(_findings(service, sight.background(service, PATH, fresh=True).answer))
    yield from or_fine(found, CHECK, service, f"{service} is up to date.")


def _findings(service: str, status: Mapping[str, Any]) -> Iterator[Finding]:
    consumer = status["consumer"]
    yield from _consumer(service, consumer)
    for loop, trouble in status.get("trouble", {}).items():
        yield warn(CHECK, service, f"The {loop} of {service} is in trouble: {trouble}.", _logs(service))
    if consumer["dead_letters"]:
        found = f"{service} could not apply {consumer['dead_letters']} events; later events of their keys wait behind them."
        yield fail(CHECK, service, found, f"nassij deadletters list --in {service}")
    if consumer["waiting_keys"]:
        yield from _waiting(service, consumer)
    outbox, intents, deadlines = status["outbox"], status["intents"], status["deadlines"]
    told = f"{service} has {outbox['pending']} events to publish, the oldest for {outbox['oldest_seconds']:.0f} s."
    yield from _aged(service, outbox["oldest_seconds"], OUTBOX, told, f"nassij outbox list --in {service}")
    told = f"{service} has {intents['due']} messages to send, the oldest due for {intents['oldest_seconds']:.0f} s."
    yield from _aged(service, intents["oldest_seconds"], INTENTS, told, _logs(service))
    told = f"{service} has {deadlines['overdue']} deadlines overdue, the oldest for {deadlines['oldest_seconds']:.0f} s."
    yield from _aged(service, deadlines["oldest_seconds"], DEADLINES, told, _logs(service))


def _consumer(service: str, consumer: Mapping[str, Any]) -> Iterator[Finding]:
    state, reason = consumer["state"], consumer["reason"] or "it does not say why"
    if state == "stopped":
        advice = f"nassij deadletters list --in {service}; when the cause is gone: nassij process kill {service}-background"
        yield fail(CHECK, service, f"The consumer of {service} has stopped: {reason}.", advice)
    elif state == "backing-off":
        found = f"The consumer of {service} waits for what it stands on: {reason}."
        yield fail(CHECK, service, found, "nassij status shows whether Kafka and the store are ready")
    lag = consumer["lag"] or 0
    advice = f"nassij wait --quiet --timeout 60; if it does not shrink: {_logs(service)}"
    yield from _aged(service, lag, LAG, f"{service} has {lag} events before it.", advice)


def _waiting(service: str, consumer: Mapping[str, Any]) -> Iterator[Finding]:
    reasons = consumer.get("waiting_by_reason", ())
    awaited = sorted({each["awaits"] for each in reasons if each.get("awaits")})
    why = ", ".join(f"{each['keys']} for {each['reason']}" for each in reasons) or "no reason told"
    oldest = consumer["oldest_waiting_seconds"]
    told = f"{consumer['waiting_keys']} keys wait in {service} ({why}), the longest for {oldest:.0f} s."
    dead = consumer["dead_letters"]
    advice = (
        f"nassij deadletters list --in {service}"
        if dead
        else f"look at who they wait for: {', '.join(f'nassij outbox list --in {name}' for name in awaited) or _logs(service)}"
    )
    yield from _aged(service, oldest, WAITING, told, advice)


def _aged(service: str, value: float, limits: tuple[float, float], told: str, advice: str) -> Iterator[Finding]:
    severity = by_limit(value, *limits)
    if severity != OK:
        yield (fail if severity == FAIL else warn)(CHECK, service, told, advice)


def _logs(service: str) -> str:
    return f"nassij logs {service}-background -n 50"
