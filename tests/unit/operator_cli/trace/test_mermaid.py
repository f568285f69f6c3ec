"""The sequence diagram of a story."""

import re

from hypothesis import given
from hypothesis import strategies as st

from operator_cli.trace.asking import resolve
from operator_cli.trace.mermaid import MOST, diagram, escaped
from operator_cli.trace.origins import origins_of
from operator_cli.trace.stops import find_stops
from operator_cli.trace.story import story_of
from tests.unit.operator_cli.trace.told import Told, happened

COMPLETED = happened(11, "completion/c1", "recorded", cause="request-1")
ISSUED = happened(150, "certificate/n1", "issued", service="certification", cause=COMPLETED.id)


def drawn(asked: str, records: Told, *, whole: bool = True) -> list[str]:
    target = resolve(asked, records)
    story = story_of(target, records)
    find_stops(story, records)
    origins = origins_of(target.event, records) if whole and target.event else None
    return diagram(origins, story).splitlines()


def test_arrows_go_from_the_cause_s_service_and_from_the_requester() -> None:
    assert drawn(ISSUED.id, Told([COMPLETED, ISSUED])) == [
        "sequenceDiagram",
        "    autonumber",
        "    actor requester",
        "    participant s_training as training",
        "    participant s_certification as certification",
        "    requester->>s_training: completion recorded (completion/c1@1)",
        "    s_training-->>s_certification: certificate issued (certificate/n1@1, +139 ms)",
    ]


def test_a_stop_is_a_note_whose_words_cannot_break_the_diagram() -> None:
    dead = {"reacts": True, "state": "dead", "letter": "l;1", "error": "Key#Error"}
    lines = drawn(COMPLETED.id, Told([COMPLETED], states={("certification", COMPLETED.id): dead}))
    assert lines[-1].startswith("    Note over s_training: dead letter in certification (Key#35;Error): ")
    assert "l#59;1" in lines[-1]


def test_a_request_of_many_events_is_cut() -> None:
    lines = drawn("c-1", Told([happened(at, f"session/s{at}", "closed") for at in range(1, MOST + 11)]))
    assert lines[-1] == "    Note over requester: 10 more events are not shown"


@given(st.text())
def test_no_text_ends_a_line_or_begins_an_entity_or_a_comment(text: str) -> None:
    safe = escaped(text)
    assert len(safe.splitlines()) <= 1
    assert not re.search(r"%%|<|>|\{|\}", safe)
    assert re.sub(r"#\d+;", "", safe).count("#") == re.sub(r"#\d+;", "", safe).count(";") == 0
