"""What each thing contributes to the figures of its place, by its kind."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

Told = Mapping[str, Any]
Place = tuple[str | None, str | None]
NOTHING: Mapping[str, int] = {}


def contribution(kind: str, told: Told) -> tuple[Place, Mapping[str, int]]:
    """Where a thing counts, and what.

    What nobody has introduced yet (a completion came before the association's registration, from another topic) has no
    place, and counts nowhere until it has.
    """
    counted = _KINDS.get(kind)
    if counted is None or "region" not in told:
        return (None, None), NOTHING
    return (told["region"], told.get("province")), counted(told)


def _association(told: Told) -> Mapping[str, int]:
    return {
        "associations": 1,
        "associations_diagnosed": int("diagnosed" in told),
        "associations_in_need": int("in_need" in told),
        "associations_trained": int("trained" in told),
        "associations_certified": int(any(told.get("certificates", {}).values())),
    }


def _actor(told: Told) -> Mapping[str, int]:
    certified = any(told.get("certificates", {}).values())
    return {"actors": 1, "people_trained": int("trained" in told), "people_certified": int(certified)}


def _review(told: Told) -> Mapping[str, int]:
    return {"reviews_open": int(told["open"])}


def _plan(_: Told) -> Mapping[str, int]:
    return {"plans": 1}


def _pole(told: Told) -> Mapping[str, int]:
    return {"trainers": sum(told["trainers"].values())}


def _session(told: Told) -> Mapping[str, int]:
    state = told["state"]
    if state == "cancelled":
        return {"sessions": 1, "sessions_cancelled": 1}
    entries = Counter(told["entries"].values())
    return {
        "sessions": 1,
        "sessions_closed": int(state == "closed"),
        "seats": told["capacity"],
        "enrolments": entries["seated"],
        "waiting": entries["waiting"],
        "offered": entries["offered"],
        "attendances": sum(told["sheets"].values()),
    }


def _cohort(told: Told) -> Mapping[str, int]:
    return {"cohorts": 1, "cohort_members": told["members"], "attendances": sum(told["sheets"].values())}


_KINDS: Mapping[str, Callable[[Told], Mapping[str, int]]] = {
    "association": _association,
    "actor": _actor,
    "review": _review,
    "plan": _plan,
    "pole": _pole,
    "session": _session,
    "cohort": _cohort,
}

FIGURES = (
    "associations", "associations_diagnosed", "associations_in_need", "associations_trained", "associations_certified",
    "reviews_open", "actors", "people_trained", "people_certified", "diagnostics", "needs", "plans", "cohorts", "cohort_members",
    "trainers", "sessions", "sessions_closed", "sessions_cancelled", "seats", "enrolments", "waiting", "offered", "attendances",
    "completions", "certificates", "certificates_revoked", "messages_sent", "messages_failed",
)  # fmt: skip
"""Every figure, from the register to the last message."""

FUNNEL = (
    "associations", "associations_diagnosed", "associations_in_need", "enrolments", "people_trained", "associations_trained",
    "certificates", "people_certified", "associations_certified",
)  # fmt: skip
"""The way from an association to a certificate."""

TARGETS = ("associations", "actors", "trainers")
"""What a pack sets targets for, by the figures' names."""
