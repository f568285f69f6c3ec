"""A small programme as events, each stream in order, for whoever folds them."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from chassis.events import Received

FES, TANGER = ("03", "03.591"), ("01", "01.151")
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def told(kind: str, key: str, sequence: int, place: tuple[str | None, str | None] = FES, **data: Any) -> Received:
    """One event: `told("training.session.planned", "session/1", 1, capacity=20)`."""
    service = kind.partition(".")[0]
    return Received(
        id=f"{key}@{sequence}",
        type=f"ma.nassij.{kind}.v1",
        source=f"/nassij/{service}",
        key=key,
        sequence=sequence,
        time=WHEN,
        region=place[0],
        province=place[1],
        value=msgspec.json.encode(data),
    )


def programme() -> list[list[Received]]:
    """Streams of one association with its president, who is trained outside its province, and certified."""
    person, association = "p1", "a1"
    who = {"person": person, "association": association}
    activity = {"kind": "session", "id": "s1"}
    return [
        [told("registry.association.registered", "association/a1", 1)],
        [told("registry.actor.registered", "actor/p1", 1)],
        [
            told("registry.review.opened", "review/r1", 1),
            told("registry.review.decided", "review/r1", 2),
        ],
        [told("registry.diagnostic.completed", "diagnostic/d1", 1, **who, needs=[{"module": "OD-01"}, {"module": "OD-02"}])],
        [
            told("training.session.planned", "session/s1", 1, TANGER, capacity=2),
            told("training.session.waitlisted", "session/s1", 2, TANGER, **who),
            told("training.session.seat-offered", "session/s1", 3, TANGER, **who),
            told("training.session.enrolled", "session/s1", 4, TANGER, **who),
            told("training.session.attendance-recorded", "session/s1", 5, TANGER, half_day=1, present=["p1", "p2"]),
            told("training.session.attendance-recorded", "session/s1", 6, TANGER, half_day=1, present=["p1"]),
            told("training.session.closed", "session/s1", 7, TANGER),
        ],
        [told("training.completion.recorded", "completion/c1", 1, TANGER, **who, activity=activity)],
        [
            told("certification.certificate.issued", "certificate/n1", 1, TANGER, **who, activity=activity),
            told("certification.certificate.revoked", "certificate/n1", 2, TANGER, **who, activity=activity),
        ],
        [told("certification.certificate.issued", "certificate/n2", 1, TANGER, **who, activity=activity)],
    ]
