"""Projections made anew from the events of a programme that was really played."""

from operator_cli.stack.local import LocalStack
from tests.e2e.command import Operator, call
from tests.e2e.programme import Programme


def test_the_events_alone_make_the_figures_that_the_observatory_shows(stack: LocalStack, programme: Programme) -> None:
    code, said = Operator(stack).nassij("replay", "observatory", "--verify", "--pairs", "1")
    assert code == 0, said
    assert said["hash_equal"] is True
    assert said["events"] > 0
    assert said["ratio_bare"] > 0


def test_a_service_that_sends_mails_refuses_a_replay_and_goes_on_working(stack: LocalStack) -> None:
    done = call(stack.layout.home, "replay", "notifications")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "notifications sends things out" in done.stderr
    assert stack.process("notifications-background").state == "ready"
