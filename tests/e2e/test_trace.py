"""The story of an event on a whole stack: back to the region's joining, forth to its end, and in the logs."""

import json

import pytest

from operator_cli.stack.local import LocalStack
from tests.e2e.command import Operator, call
from tests.e2e.programme import Programme


@pytest.fixture
def operator(stack: LocalStack) -> Operator:
    return Operator(stack)


def test_a_certificate_goes_back_to_its_region_s_joining_and_forth_to_its_holder_s_mail(
    operator: Operator, programme: Programme
) -> None:
    code, told = operator.nassij("trace", programme.certificate)
    assert code == 0, told
    whats = [event["what"] for event in told["origins"]]
    asked = ["region planned", "region joined", "association registered", "actor registered", "diagnostic completed"]
    asked += ["region opened", "cohort opened", "cohort selected", "cohort attendance recorded", "cohort closed"]
    asked += ["completion recorded", "certificate issued"]
    assert [what for what in dict.fromkeys(whats) if what in asked] == asked
    assert {link["how"] for event in told["origins"] for link in event["links"]} >= {"caused by", "after", "refers to"}
    caused = [child["what"] for child in told["story"][0]["caused"]]
    assert sorted(caused) == ["message sent", "pole formed", "pole trainer joined"]
    assert all(0 < child["milliseconds_since_cause"] < 60_000 for child in told["story"][0]["caused"])
    assert (told["notes"], told["complete"]) == ([], True)
    assert {stop["kind"] for stop in told["stops"]} <= {"nobody", "done"}


def test_the_whole_request_is_told_by_its_correlation_in_events_and_in_logs(operator: Operator, programme: Programme) -> None:
    _, certificate = operator.nassij("trace", f"certificate/{programme.certificate}@1")
    correlation = certificate["origins"][-1]["correlation"]
    _, told = operator.nassij("trace", correlation)
    assert [child["what"] for child in told["story"][0]["caused"]] == ["completion recorded", "cohort closed"]
    lines = call(operator.stack.layout.home, "logs", "--correlation", correlation, "--json").stdout.splitlines()
    events = [(line["service"], line["process"], line["event"]) for line in map(json.loads, lines)]
    assert events[0] == ("training", "web", "http.answered")
    assert ("notifications", "background", "intent.attempted") in events


def test_a_diagram_of_it_can_be_drawn(operator: Operator, programme: Programme) -> None:
    drawn = call(operator.stack.layout.home, "trace", programme.certificate, "--mermaid").stdout.splitlines()
    assert drawn[0] == "sequenceDiagram"
    assert any("s_training-->>s_certification: certificate issued" in line for line in drawn)


def test_what_nobody_knows_is_one_sentence(operator: Operator) -> None:
    done = call(operator.stack.layout.home, "trace", "0192f3a1-7c00-7000-8000-000000000001")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
