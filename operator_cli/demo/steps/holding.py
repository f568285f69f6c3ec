"""Sessions take enrolments, pass freed seats on, are held half-day by half-day, and close."""

from datetime import date, timedelta
from typing import Any

from operator_cli.demo import presence
from operator_cli.demo.plan import Case, PlannedSession
from operator_cli.demo.play import Play
from operator_cli.demo.quiet import until
from operator_cli.demo.timeline import evening
from operator_cli.demo.wire import at_once

AN_OFFER_HOLDS = timedelta(hours=48)
A_LITTLE = timedelta(hours=1)


def enrol_all(play: Play) -> str:
    """Enrol those who ask, wave by wave in the order of the calendar, and hold each wave before the next one opens."""
    waves = sorted({session.wave for session in play.sessions})
    play.begin(sum(len(session.applicants) + session.module.half_days for session in play.sessions))
    seated = waited = 0
    for wave in waves:
        sessions = [session for session in play.sessions if session.wave == wave]
        play.clock.reach(play.timeline.enrolment_opens(wave))
        states = [state for found in _at_once(play, sessions, _enrol) for state in found]
        seated, waited = seated + states.count("seated"), waited + states.count("waiting")
        _expire(play, sessions)
        _hold(play, sessions)
    return f"{seated} seats given at once, {waited} people on waiting lists, {len(play.sessions)} sessions held and closed"


def _at_once(play: Play, sessions: list[PlannedSession], work: Any) -> list[Any]:
    return list(at_once(lambda session: work(play, session), sessions))


def _enrol(play: Play, session: PlannedSession) -> list[str]:
    """Everybody in the order in which they ask; then one seat of a crowded session is given back."""
    path = f"/v1/sessions/{play.session_ids[session.number]}/enrolments"
    entries = []
    for person in session.applicants:
        body = {"person": person.id, "priority": session.priority(person)}
        entries.append(play.wire.post("training", path, body, "enrol", session.number, person.name))
        play.advance()
    if session.case is not None:
        _give_back(play, session, path, entries[0]["id"])
    return [entry["state"] for entry in entries]


def _give_back(play: Play, session: PlannedSession, path: str, entry: str) -> None:
    """Somebody withdraws; the seat is offered to the first in line, who takes it, refuses it, or does not answer."""
    offered = _step(play, session, f"{path}/{entry}", "withdraw")
    if session.case is Case.DECLINED:
        offered = _step(play, session, f"{path}/{offered}", "decline")
    if session.case is not Case.EXPIRED:
        _step(play, session, f"{path}/{offered}", "accept")


def _step(play: Play, session: PlannedSession, path: str, verb: str) -> str:
    """The entry to which the seat is offered after this step, if any."""
    found = play.wire.post("training", f"{path}/{verb}", None, verb, session.number)
    return str((found["decision"] or {}).get("offered_to"))


def _expire(play: Play, sessions: list[PlannedSession]) -> None:
    """Let 48 hours pass for an offer that nobody answers; who is next in line takes the seat."""
    waiting = [session for session in sessions if session.case is Case.EXPIRED]
    if not waiting:
        return
    play.clock.reach(play.timeline.enrolment_opens(sessions[0].wave) + AN_OFFER_HOLDS + A_LITTLE)
    for session in waiting:
        _take_over(play, session)


def _take_over(play: Play, session: PlannedSession) -> None:
    path = f"/v1/sessions/{play.session_ids[session.number]}"

    def look() -> str | None:
        found = play.wire.get("training", path)
        expired = {entry["id"] for entry in found["enrolments"] if entry["state"] == "expired"}
        return next((each["offered_to"] for each in found["decisions"] if each["after"] in expired), None)

    offered = until(look, f"the unanswered offer of session {session.number} expired and passed on")
    play.wire.post("training", f"{path}/enrolments/{offered}/accept", None, "accept", session.number)


def _hold(play: Play, sessions: list[PlannedSession]) -> None:
    """Record every sheet on the evening of its day, then close."""
    for day in sorted({half_day["date"] for session in sessions for half_day in session.half_days}):
        play.clock.reach(evening(date.fromisoformat(day)))
        on = [session for session in sessions if any(half_day["date"] == day for half_day in session.half_days)]
        _at_once(play, on, lambda play, session, day=day: _record(play, session, day))
    _at_once(play, sessions, _close)


def _record(play: Play, session: PlannedSession, day: str) -> None:
    path = f"/v1/sessions/{play.session_ids[session.number]}"
    names = {person.id: person.name for person in session.applicants}
    enrolments = play.wire.get("training", path)["enrolments"]
    seated = [entry["person"] for entry in enrolments if entry["state"] == "seated"]
    length = session.module.half_days
    for number, half_day in enumerate(session.half_days, 1):
        if half_day["date"] == day:
            present = [
                person
                for person in seated
                if number in presence.of_participant(play.programme.seed, session.number, names[person], length)
            ]
            body = {"half_day": number, "present": present}
            play.wire.post("training", f"{path}/attendance", body, "sheet", session.number, number)
            play.advance()


def _close(play: Play, session: PlannedSession) -> None:
    path = f"/v1/sessions/{play.session_ids[session.number]}/close"
    play.wire.post("training", path, None, "close", session.number)
