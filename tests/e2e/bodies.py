"""For each operation that takes a body one that it would take, and ways to spoil it."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from services.registry.packs.example import EXAMPLE
from tests.e2e.api import Operation
from tests.e2e.programme import COURSE, PACK, PROVINCE, REGION, Programme, association, half_days, person
from tests.e2e.programme import session as planned_session
from tests.e2e.programme import subscription as wanted_subscription

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
UPLOAD = "multipart/form-data"
FORM = "application/x-www-form-urlencoded"
NEVER_A_VALUE: Mapping[str, Any] = {
    "an operator": {"$ne": None},
    "an operator in a list": [{"$gt": ""}],
    "control characters": "a\x00b\x1b",
    "half a surrogate pair": "\ud800",
    "an immense number": 10**400,
    "more text than anybody reads": "x" * 20_000,
    "an unbalanced depth": [[[[[[]]]]]],
}
"""What is wrong wherever one value is wanted, whatever its type."""

NEVER_A_NUMBER: Mapping[str, Any] = {
    "half of one": 1.5,
    "a word": "three",
    "truth": True,
    "much too many": 2**70,
    "fewer than none": -1,
}
NEVER_A_DAY: Mapping[str, Any] = {
    "a day that no calendar has": "2026-02-30",
    "a day before all calendars": "0000-00-00",
    "a day of the Romans": "0009-01-01",
    "a day of nobody's": "9999-12-31",
    "a number": 20260101,
    "a word": "tomorrow",
}
NEVER_A_LIST: Mapping[str, Any] = {"an operator": {"$ne": None}, "a word": "none", "far too many": ["a"] * 10_001}
NEVER_AN_OBJECT: Mapping[str, Any] = {"a list": [], "a word": "none"}
NOT_JSON: Mapping[str, bytes] = {
    "cut off": b'{"a": ',
    "a number that JSON lacks": b'{"a": NaN}',
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "immensely deep": b"[" * 100_000,
    "XML": b"<a/>",
}


def body_for(operation: Operation, programme: Programme) -> dict[str, Any]:
    """A body that the operation would take from somebody of region 03. KeyError for an operation that is not known here."""
    ahead = datetime.now(UTC).date() + timedelta(days=40)
    days = half_days(PACK.trainer_course.half_days, ahead)
    newcomer = {"association": programme.association, **person("Salma Bennani", 9)}
    newcomer["mail"] = newcomer.pop("email")
    bodies: dict[str, dict[str, Any]] = {
        "POST registry/v1/packs": {**EXAMPLE, "version": "1.0-another"},
        "POST registry/v1/conventions": {
            "title": {"fr": "Autre convention"},
            "parties": ["ADS", "Entraide nationale"],
            "regions": [REGION],
            "starts": "2026-01-01",
            "ends": "2027-01-01",
        },
        "POST registry/v1/conventions/{identifier}/sign": {"on": "2026-01-01"},
        "POST registry/v1/regions/{code}/join": {
            "pack": {"name": PACK.name, "version": PACK.version},
            "convention": programme.convention,
        },
        "POST registry/v1/associations": {
            **association("Coopérative Tissage", "E2E-77", {"office": "president", **person("Hind Tazi", 8)}),
            "seat": "Rue 3",
            "receipt": {"number": "12", "date": "2020-01-01", "authority": "Pachalik"},
            "phone": "0535000011",
            "email": "tissage@example.org",
            "fields": [],
        },
        "POST registry/v1/reviews/{identifier}/decide": {"decision": "distinct", "reason": "Deux sièges différents.", "also": []},
        "POST registry/v1/actors": {**newcomer, "office": "member", "starts": "2026-01-01"},
        "POST registry/v1/diagnostics": {
            "association": programme.association,
            "on": "2026-01-01",
            "round": "final",
            "grid": PACK.reference,
            "answers": {question.code: 1 for dimension in PACK.grid.dimensions for question in dimension.questions},
        },
        "POST training/v1/plans": {"province": PROVINCE},
        "POST training/v1/cohorts": {"region": REGION, "course": COURSE, "seats": 3, "half_days": days},
        "POST training/v1/cohorts/{cohort_id}/candidates": {"persons": [programme.learner]},
        "POST training/v1/cohorts/{cohort_id}/select": {"persons": [programme.learner]},
        "POST training/v1/cohorts/{cohort_id}/attendance": {"half_day": 1, "present": [programme.trainer]},
        "POST training/v1/sessions": {**planned_session(programme, days_ahead=60), "seats_per_association": 1},
        "POST training/v1/sessions/{session_id}/enrolments": {"person": programme.trainer, "priority": 1},
        "POST training/v1/sessions/{session_id}/attendance": {"half_day": 1, "present": [programme.learner]},
        "POST training/v1/sessions/{session_id}/cancel": {"reason": "La salle est fermée."},
        "POST certification/v1/certificates/{number}/revoke": {"reason": "Erreur de saisie", "source": "Commission régionale"},
        "POST notifications/v1/subscriptions": {**wanted_subscription(programme, port=1), "personal": False},
    }
    ops = {
        "/ops/deadletters/{letter}/discard": {"reason": "sent twice"},
        "/ops/outbox/republish": {"since": "2020-01-01T00:00:00Z", "key": f"region/{REGION}"},
        "/ops/consumed": {"events": [{"type": "t", "source": "/nassij/registry", "key": f"region/{REGION}", "sequence": 1}]},
    }
    return deepcopy(ops.get(operation.path) or bodies[str(operation)])


def spoiled(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The body made wrong in one place at a time, with a word about it; of lists the first item is tried."""
    yield "an unknown field", {**body, "unknown": 1}
    yield "an operator as a field", {**body, "$where": "1"}
    for at, value in _places(body):
        kind = "/".join(map(str, at))
        for word, bad in _never(value).items():
            yield f"{word} as {kind}", _with(body, at, bad)
        if isinstance(value, dict):
            yield f"an unknown field in {kind}", _with(body, at, {**value, "$ne": None})


def _never(value: Any) -> Mapping[str, Any]:
    """What is wrong where this value stands."""
    if isinstance(value, list):
        return NEVER_A_LIST
    if isinstance(value, dict):
        return NEVER_AN_OBJECT
    if isinstance(value, int) and not isinstance(value, bool):
        return {**NEVER_A_VALUE, **NEVER_A_NUMBER}
    return {**NEVER_A_VALUE, **NEVER_A_DAY} if DAY.match(str(value)) else NEVER_A_VALUE


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place of a body with its value, the body itself left out."""
    inside = value.items() if isinstance(value, Mapping) else enumerate(value[:1]) if isinstance(value, list) else ()
    for name, inner in inside:
        yield (*at, name), inner
        yield from _places(inner, (*at, name))


def _with(body: Mapping[str, Any], at: tuple[Any, ...], value: Any) -> Any:
    changed = deepcopy(dict(body))
    inner: Any = changed
    for name in at[:-1]:
        inner = inner[name]
    inner[at[-1]] = value
    return changed
