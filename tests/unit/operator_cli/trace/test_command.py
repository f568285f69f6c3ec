"""`nassij trace` as people and programs read it."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from operator_cli.app import nassij
from operator_cli.trace import command
from tests.unit.operator_cli.trace.told import Told, happened

COMPLETED = [happened(at, f"completion/c{at}", "recorded", cause="request-1") for at in range(1, 10)]
ISSUED = happened(150, "certificate/n1", "issued", service="certification", cause=COMPLETED[0].id, by="[red]operator")
Trace = Callable[..., Result]


@pytest.fixture
def told() -> Told:
    return Told([*COMPLETED, ISSUED])


@pytest.fixture
def trace(told: Told, monkeypatch: pytest.MonkeyPatch) -> Trace:
    monkeypatch.setattr(command, "Services", lambda: None)
    monkeypatch.setattr(command, "Asked", lambda _: told)
    return lambda *words: CliRunner().invoke(nassij, ["trace", *words])


def test_people_read_how_it_came_to_be_and_what_came_of_it(trace: Trace) -> None:
    found = trace(ISSUED.id)
    lines = found.stdout.splitlines()
    assert found.exit_code == 0
    assert lines[1].split()[:5] == ["1.", "2026-03-02", "09:00:00", "completion", "recorded"]
    assert "caused by 1 (+149 ms)" in lines[2]
    assert lines[4] == "+149 ms certificate issued certificate/n1@1 certification, region 03 2026-03-02 09:00:00"
    assert lines[5].endswith("· nobody reacts to it")


def test_what_is_many_and_alike_is_counted(trace: Trace) -> None:
    assert "… 4 more times completion recorded" in trace("c-1").stdout
    assert trace("c-1", "--all").stdout.count("completion recorded") == len(COMPLETED)


def test_what_is_not_at_its_end_is_never_left_out(trace: Trace, told: Told) -> None:
    told.states = {("certification", COMPLETED[8].id): {"reacts": True, "state": "not-arrived"}}
    said = trace("c-1").stdout
    assert COMPLETED[8].key in said
    assert "■ on its way to certification" in said


def test_programs_read_all_of_it(trace: Trace) -> None:
    said = json.loads(trace(ISSUED.id, "--json").stdout)
    assert said["ok"]
    assert said["kind"] == "event"
    assert said["origins"][-1]["links"] == [{"how": "caused by", "event": COMPLETED[0].id}]
    assert said["story"][0]["milliseconds_since_cause"] == 149
    assert [stop["kind"] for stop in said["stops"]] == ["nobody"]


def test_a_dead_letter_ends_it_with_1(trace: Trace, told: Told) -> None:
    dead = {"reacts": True, "state": "dead", "letter": "l1", "error": "KeyError"}
    told.states = {("certification", COMPLETED[0].id): dead}
    assert trace(COMPLETED[0].id, "--json").exit_code == 1
    assert "deadletters show l1 --in certification" in trace(COMPLETED[0].id).stdout


def test_what_could_not_be_asked_is_said_beside_the_answer(trace: Trace, told: Told) -> None:
    told.notes.append("The observatory does not answer.")
    found = trace(ISSUED.id, "--mermaid")
    assert found.stdout.startswith("sequenceDiagram\n")
    assert found.stderr == "Note: The observatory does not answer.\n"


def test_what_is_unknown_is_one_sentence(trace: Trace) -> None:
    found = trace("nobody-knows")
    assert found.exit_code == 1
    assert found.stderr.startswith("nassij: Nothing is known of nobody-knows: ")


def test_two_forms_at_once_are_refused(trace: Trace) -> None:
    assert trace("c-1", "--json", "--mermaid").exit_code == 2
