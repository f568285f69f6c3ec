"""Whether all clocks tell this machine's time: the processes', the store's and the broker's. The demo clock may differ."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from operator_cli.doctor.finding import FAIL, OK, Finding, Unseen, by_limit, fail, fine, unseen, warn
from operator_cli.doctor.sight import Sight, Timed, each_service
from operator_cli.stack.topics import TOPICS

CHECK = "clocks"
SKEW = (1.0, 5.0)
"""Seconds. Above the first, ages and deadlines are noticeably wrong; above the second, tokens begin to be refused."""
TURNED = 1.0
ADVICE = "timedatectl status there and here: let both take their time from a time server"


def check(sight: Sight) -> Iterator[Finding]:
    """The clocks of services, store and broker."""
    offsets: dict[str, float] = {}

    def look(sight: Sight, service: str) -> Iterator[Finding]:
        asked = sight.web(service, "/ops/clock")
        offsets[service] = offset = float(asked.answer["offset_seconds"])
        yield _judged(f"{service}-web", outside(asked, "machine"))
        yield _judged(f"the store of {service}", outside(asked, "store"))
        yield _judged(f"{service}-background", outside(sight.background(service, "/ops/status"), "clock", offset))

    found = list(each_service(sight, CHECK, look))
    bad = [finding for finding in found if finding.severity != OK]
    yield from bad
    if len(bad) < len(found):
        yield fine(CHECK, "services", f"{len(found) - len(bad)} clocks of services and their stores tell this machine's time.")
    yield from _turned(offsets)
    yield _brokers(sight)


def outside(asked: Timed, name: str, offset: float = 0.0) -> float:
    """By how many seconds the time that was told lies before or after the time in which it was asked for."""
    told = datetime.fromisoformat(asked.answer[name]) - timedelta(seconds=offset)
    return _outside(asked.began, told, asked.ended)


def _outside(began: datetime, told: datetime, ended: datetime) -> float:
    return max((began - told).total_seconds(), (told - ended).total_seconds(), 0.0)


def _judged(where: str, skew: float) -> Finding:
    severity = by_limit(skew, *SKEW)
    if severity == OK:
        return fine(CHECK, where, f"The clock of {where} is right.")
    return (fail if severity == FAIL else warn)(CHECK, where, f"The clock of {where} is {skew:.1f} s wrong.", ADVICE)


def _turned(offsets: dict[str, float]) -> Iterator[Finding]:
    """The demo clock's offset is said; services that do not agree about it are at fault."""
    if not offsets:
        return
    least, most = min(offsets.values()), max(offsets.values())
    if most - least > TURNED:
        told = ", ".join(f"{service} {offset:+.0f} s" for service, offset in offsets.items())
        found = f"Services do not live on the same day: {told}."
        yield fail(CHECK, "demo clock", found, "nassij clock shows what it should be; nassij down, then nassij up")
    elif abs(most) > TURNED:
        yield fine(
            CHECK, "demo clock", f"The demo clock is {timedelta(seconds=round(most))} away from the machine's (nassij clock)."
        )


def _brokers(sight: Sight) -> Finding:
    try:
        read = sight.broker().clock(TOPICS[0].name)
    except Unseen as why:
        return unseen(CHECK, "kafka", str(why))
    return _judged("kafka", _outside(read.began, read.told, read.ended))
