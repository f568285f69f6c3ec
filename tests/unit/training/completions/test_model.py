from datetime import date

from services.training.completions.model import Completer, Completion, Ended


def test_a_completion_is_named_after_the_activity_and_the_person() -> None:
    ended = Ended(kind="session", id="s-1", module="OD-02", region="03", province="03.591", half_days=6, on=date(2026, 3, 18))
    completion = Completion.of(ended, Completer(person="amina", association="a", attended=5))
    assert completion.key == "completion/session-s-1-amina"
    [event] = completion.recorded
    assert (event.attendance, event.half_days_attended, event.half_days_planned) == (0.833, 5, 6)
    assert (event.activity.kind, event.activity.id, event.module, event.on) == ("session", "s-1", "OD-02", date(2026, 3, 18))
