"""Looking events up in a stack: in the observatory, and where that is silent in the services' own outboxes."""

from typing import Any

import pytest

from chassis.ids import new_id
from operator_cli.client import Answer
from operator_cli.errors import NotRunning
from operator_cli.trace import records
from operator_cli.trace.records import Asked
from tests.unit.operator_cli.trace.told import happened

FIRST, SECOND = happened(1, "session/s1", "planned"), happened(2, "session/s1", "closed", sequence=2)


class Stack:
    """Two services; what they answer by path."""

    token = "token"
    names = ("training", "observatory")

    def web(self, service: str) -> str:
        return f"http://{service}"

    def background(self, service: str) -> str:
        return f"http://{service}-background"


class Wire:
    """Answers what a test says, page by page; services in `away` do not answer."""

    def __init__(self) -> None:
        self.observed: list[Any] = []
        self.recorded: list[Any] = []
        self.away: set[str] = set()
        self.broken: set[str] = set()
        self.asked: list[str] = []
        self.behind = 0

    def __call__(self, _method: str, url: str, **_: Any) -> Answer:
        self.asked.append(url)
        service = url.split("/")[2]
        if service in self.away:
            raise NotRunning("Nothing answers.")
        if service in self.broken:
            return Answer(503)
        if "/ops/status" in url:
            return Answer(200, {}, {"consumer": {"lag": self.behind}})
        if "/v1/events" in url:
            begin = int(url.partition("after=")[2].partition("&")[0] or 0)
            size = int(url.partition("limit=")[2].partition("&")[0])
            following = str(begin + size) if begin + size < len(self.observed) else None
            return Answer(200, {}, {"items": self.observed[begin : begin + size], "next": following})
        items = self.recorded if service == "training" else []
        return Answer(200, {}, {"items": items, "intents": [], "complete": "seconds=1209600" in url})


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setattr(records, "call", made)
    return made


def asked() -> Asked:
    return Asked(Stack())  # type: ignore[arg-type]


def test_what_is_observed_and_what_is_not_yet_are_one_story(wire: Wire) -> None:
    wire.observed, wire.recorded = [FIRST.as_json()], [{**SECOND.as_json(), "pending": True}, FIRST.as_json()]
    found = asked().of_correlation("c-1")
    assert [(event.id, event.pending) for event in found.events] == [(FIRST.id, False), (SECOND.id, True)]
    assert found.complete


@pytest.mark.parametrize("how", ["away", "broken"])
def test_where_the_observatory_is_silent_outboxes_are_read_further_and_it_is_said(wire: Wire, how: str) -> None:
    getattr(wire, how).add("observatory")
    wire.recorded = [FIRST.as_json()]
    records = asked()
    assert records.stream("session/s1") == [FIRST]
    assert records.event(FIRST.id) == FIRST
    assert any("seconds=1209600" in url for url in wire.asked)
    assert sum(url.startswith("http://observatory") for url in wire.asked) == 1
    assert [note.partition(":")[0] for note in records.notes] == ["The observatory does not answer"]


def test_a_silent_service_is_named_and_not_asked_again(wire: Wire) -> None:
    wire.away.add("training")
    records = asked()
    assert records.became("training", [FIRST]) is None
    assert records.became("training", [FIRST]) is None
    assert len(wire.asked) == 1
    assert records.notes[0].startswith("training does not answer")


def test_a_long_story_is_read_page_by_page_up_to_a_bound(wire: Wire) -> None:
    wire.observed = [happened(at, f"session/s{at}", "planned").as_json() for at in range(1, 2300)]
    found = asked().of_correlation("c-1")
    assert (len(found.events), found.complete) == (2000, False)
    assert sum("/v1/events" in url for url in wire.asked) == 11


def test_a_question_is_asked_once(wire: Wire) -> None:
    wire.observed = [FIRST.as_json()]
    records = asked()
    records.stream("session/s1")
    assert records.event(FIRST.id) == records.event(FIRST.id) == FIRST
    assert len(wire.asked) == 1


@pytest.mark.parametrize(("behind", "far"), [(0, "seconds=0"), (7, "seconds=60")])
def test_outboxes_are_looked_through_for_what_the_observatory_has_not_read(wire: Wire, behind: int, far: str) -> None:
    wire.behind = behind
    records = asked()
    records.of_correlation(FIRST.id)
    assert all(far in url for url in wire.asked if "/ops/events" in url)
    assert [note.partition(":")[0] for note in records.notes] == ["The observatory is 7 events behind"] * bool(behind)


def test_what_began_just_now_is_looked_for_in_the_outboxes(wire: Wire) -> None:
    asked().of_correlation(new_id())
    assert all("seconds=60" in url for url in wire.asked if "/ops/events" in url)
