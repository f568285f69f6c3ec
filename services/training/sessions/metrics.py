"""Figures of the sessions."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.sessions.model import Session, SessionState
from services.training.sessions.places import EntryState

HELD = {"$match": {"state": {"$ne": SessionState.CANCELLED.value}}}


@domain_gauge("nassij_sessions", "Sessions ever planned.", ["region", "state"], {"state": list(SessionState)})
def sessions() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region and state."""
    for group in Session.objects.aggregate([{"$group": {"_id": {"region": "$region", "state": "$state"}, "n": {"$sum": 1}}}]):
        yield (group["_id"]["region"], group["_id"]["state"]), group["n"]


@domain_gauge("nassij_session_seats", "Seats of sessions that are not cancelled.", ["region"])
def seats() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    for group in Session.objects.aggregate([HELD, {"$group": {"_id": "$region", "n": {"$sum": "$places.capacity"}}}]):
        yield (group["_id"],), group["n"]


@domain_gauge(
    "nassij_session_enrolments",
    "Enrolments in sessions that are not cancelled; those waiting are the waiting lists.",
    ["region", "state"],
    {"state": list(EntryState)},
)
def enrolments() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region and state."""
    group_by = {"_id": {"region": "$region", "state": "$places.entries.state"}, "n": {"$sum": 1}}
    for group in Session.objects.aggregate([HELD, {"$unwind": "$places.entries"}, {"$group": group_by}]):
        yield (group["_id"]["region"], group["_id"]["state"]), group["n"]


@domain_gauge("nassij_session_attendances", "Signatures on the sheets of sessions, one a person and half-day.", ["region"])
def attendances() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    signatures = [{"$unwind": "$register.sheets"}, {"$unwind": "$register.sheets.present"}]
    for group in Session.objects.aggregate([*signatures, {"$group": {"_id": "$region", "n": {"$sum": 1}}}]):
        yield (group["_id"],), group["n"]
