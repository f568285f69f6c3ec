import pytest

from chassis.problems import RuleBroken
from services.training.sessions.model import Session, SessionState
from tests.unit.training.given import NOW, actor, said, session


def enrolled() -> Session:
    """Amina and Said have seats, Hind waits."""
    found = session(capacity=2, module="OD-02")
    for person in ("amina", "said", "hind"):
        found.enrol(actor(person), 2, NOW)
    found.recorded.clear()
    return found


def test_a_sheet_is_recorded_and_corrected_and_the_same_sheet_again_says_nothing() -> None:
    found = enrolled()
    for present in (["said", "amina"], ["amina", "said"], ["amina"]):
        found.note_attendance(1, present, found.register.starts)
    assert [event.present for event in found.recorded] == [["amina", "said"], ["amina"]]


def test_who_only_waited_signs_no_sheet() -> None:
    found = enrolled()
    with pytest.raises(RuleBroken, match="not-enrolled"):
        found.note_attendance(1, ["hind"], found.register.starts)


def test_five_of_six_half_days_complete_and_four_do_not() -> None:
    found = enrolled()
    over = found.register.ends
    for number in range(1, 7):
        found.note_attendance(number, [*(["amina"] if number < 6 else []), *(["said"] if number < 5 else [])], over)
    ended, completers = found.close(over)
    assert [(who.person, who.attended, who.association) for who in completers] == [("amina", 5, "association-of-amina")]
    assert (ended.kind, ended.id, ended.module, ended.province) == ("session", found.id, "OD-02", "03.591")
    assert (found.state, found.recorded[-1].completions) == (SessionState.CLOSED, 1)


def test_a_session_closes_once() -> None:
    found = enrolled()
    over = found.register.ends
    for number in range(1, 7):
        found.note_attendance(number, [], over)
    found.close(over)
    for change in (lambda: found.close(over), lambda: found.cancel("too late"), lambda: found.note_attendance(1, [], over)):
        with pytest.raises(RuleBroken, match="session-over"):
            change()


def test_a_cancelled_session_tells_everyone_who_hoped_for_it() -> None:
    found = enrolled()
    [amina, said_, _] = found.places.entries
    found.withdraw(said_.id, NOW)
    found.recorded.clear()
    found.cancel("Salle indisponible")
    [event] = found.recorded
    assert (event.reason, event.persons) == ("Salle indisponible", ["amina", "hind"])
    assert (found.offers(), found.state) == ({}, SessionState.CANCELLED)
    with pytest.raises(RuleBroken, match="session-over"):
        found.withdraw(amina.id, NOW)
    found.expire_offer(amina.id, found.register.ends)
    assert said(found) == ["cancelled"]
