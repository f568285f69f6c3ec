"""Sessions over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, page_of, requires
from chassis.queries import get
from services.training.attendance.schemas import SheetSchema
from services.training.sessions import commands, queries
from services.training.sessions.model import Session
from services.training.sessions.queries import Enrolment
from services.training.sessions.schemas import Cancel, Enrol, EnrolmentView, PlanSession, SessionDetail, SessionsOf, SessionView

blueprint = Blueprint("sessions", __name__, description="Local sessions, their seats and their waiting lists.")


@blueprint.post("/sessions")
@requires("session:write")
@blueprint.arguments(PlanSession)
@blueprint.response(201, SessionDetail)
def plan(body: dict[str, Any]) -> Session:
    """Plan a session of a module of the region's catalogue, held by a certified trainer."""
    return commands.plan(**body)


@blueprint.get("/sessions")
@requires("session:read")
@blueprint.arguments(SessionsOf, location="query")
@blueprint.response(200, page_of(SessionView))
def sessions(query: dict[str, Any]) -> Page:
    """The sessions, with seats taken and people waiting."""
    where = {name: query[name] for name in ("region", "province", "module", "state") if name in query}
    return page(Session.objects(**where), query["limit"], query["after"])


@blueprint.get("/sessions/<session_id>")
@requires("session:read")
@blueprint.response(200, SessionDetail)
def session(session_id: str) -> Session:
    """One session, with its enrolments and the decisions about its seats."""
    return get(Session, session_id)


@blueprint.post("/sessions/<session_id>/enrolments")
@requires("enrolment:write")
@blueprint.arguments(Enrol)
@blueprint.response(201, EnrolmentView)
def enrol(body: dict[str, Any], session_id: str) -> Enrolment:
    """Enrol an actor: `state` says whether they are seated or waiting, `why` the reason."""
    found = commands.enrol(session_id, body["person"], body["priority"])
    return queries.enrolment(found["session"], found["enrolment"])


@blueprint.get("/sessions/<session_id>/enrolments/<enrolment_id>")
@requires("enrolment:read")
@blueprint.response(200, EnrolmentView)
def enrolment(session_id: str, enrolment_id: str) -> Enrolment:
    """One enrolment."""
    return queries.enrolment(session_id, enrolment_id)


@blueprint.post("/sessions/<session_id>/enrolments/<enrolment_id>/accept")
@requires("enrolment:write")
@blueprint.response(200, EnrolmentView)
def accept(session_id: str, enrolment_id: str) -> Enrolment:
    """Take the seat that is offered."""
    commands.accept(session_id, enrolment_id)
    return queries.enrolment(session_id, enrolment_id)


@blueprint.post("/sessions/<session_id>/enrolments/<enrolment_id>/decline")
@requires("enrolment:write")
@blueprint.response(200, EnrolmentView)
def decline(session_id: str, enrolment_id: str) -> Enrolment:
    """Refuse the seat that is offered; `decision` says who is offered it next, or why nobody is."""
    commands.decline(session_id, enrolment_id)
    return queries.enrolment(session_id, enrolment_id)


@blueprint.post("/sessions/<session_id>/enrolments/<enrolment_id>/withdraw")
@requires("enrolment:write")
@blueprint.response(200, EnrolmentView)
def withdraw(session_id: str, enrolment_id: str) -> Enrolment:
    """Give up a seat, an offer or a place in line; `decision` says who is offered a freed seat, or why nobody is."""
    commands.withdraw(session_id, enrolment_id)
    return queries.enrolment(session_id, enrolment_id)


@blueprint.post("/sessions/<session_id>/attendance")
@requires("attendance:write")
@blueprint.arguments(SheetSchema)
@blueprint.response(200, SessionDetail)
def attendance(body: dict[str, Any], session_id: str) -> Session:
    """Record the sheet of a half-day; a corrected one replaces it."""
    return commands.note_attendance(session_id, body["half_day"], body["present"])


@blueprint.post("/sessions/<session_id>/close")
@requires("session:write")
@blueprint.response(200, SessionDetail)
def close(session_id: str) -> Session:
    """End the session after its last half-day; whoever attended enough completes it."""
    return commands.close(session_id)


@blueprint.post("/sessions/<session_id>/cancel")
@requires("session:write")
@blueprint.arguments(Cancel)
@blueprint.response(200, SessionDetail)
def cancel(body: dict[str, Any], session_id: str) -> Session:
    """Cancel the session, with the reason that people are told."""
    return commands.cancel(session_id, body["reason"])
