"""What came of an event, and where it stopped."""

import pytest

from operator_cli.errors import BadInput, Refusal
from operator_cli.trace.asking import resolve
from operator_cli.trace.command import answer
from operator_cli.trace.command import told as tell
from operator_cli.trace.records import Effect
from operator_cli.trace.stops import find_stops
from operator_cli.trace.story import Node, Story, story_of
from tests.unit.operator_cli.trace.told import Told, happened, identifier

CLOSED = happened(10, "session/s1", "closed", sequence=3, cause="request-1")
COMPLETED = happened(11, "completion/c1", "recorded", cause="request-1")
ISSUED = happened(150, "certificate/NSJ-03-2026-4F7KQ2MZ-N", "issued", service="certification", cause=COMPLETED.id)
SENT = happened(400, "message/m1", "sent", service="notifications", cause=ISSUED.id)
EVENTS = (CLOSED, COMPLETED, ISSUED, SENT)
REACTS = {"reacts": True, "state": "applied"}
OWN = {"source": COMPLETED.source, "key": COMPLETED.key}
WAITS = {**OWN, "reacts": True, "state": "waiting", "reason": "not-yet", "since_seconds": 7.5, "behind": None}


def story(asked: str, records: Told) -> Story:
    found = story_of(resolve(asked, records), records)
    find_stops(found, records)
    return found


def shape(node: Node) -> tuple[str, list[object]]:
    return node.event.what if node.event else "request", [shape(child) for child in node.children]


def sentences(found: Story) -> list[str]:
    return [stop.sentence for _, stop in found.stops]


def test_a_request_s_effects_stand_under_their_causes() -> None:
    assert [shape(root) for root in story("c-1", Told(EVENTS)).roots] == [
        (
            "request",
            [("session closed", []), ("completion recorded", [("certificate issued", [("message sent", [])])])],
        )
    ]


def test_an_event_s_story_is_what_it_caused_alone() -> None:
    for asked in (COMPLETED.id, "completion/c1@1", "completion/c1"):
        assert [shape(root)[0] for root in story(asked, Told(EVENTS)).roots] == ["completion recorded"]
        assert len(story(asked, Told(EVENTS)).nodes) == 3


@pytest.mark.parametrize("asked", ["NSJ-03-2026-4F7KQ2MZ-N", "nsj-03-2026-4f7kq2mz-n", ISSUED.key, f"{ISSUED.key}@1"])
def test_a_certificate_is_found_by_its_number(asked: str) -> None:
    assert resolve(asked, Told(EVENTS)).event == ISSUED


def test_a_pack_s_version_is_not_taken_for_a_sequence() -> None:
    published = happened(1, "pack/fes-meknes@1", "published", service="registry")
    assert resolve("pack/fes-meknes@1", Told([published])).event == published


def test_hops_are_told_by_the_machines_clocks() -> None:
    assert ISSUED.milliseconds == 139
    assert CLOSED.milliseconds is None


def test_what_is_unknown_is_refused_in_one_sentence() -> None:
    for asked in ("nothing", "session/none", "session/s1@9", "NSJ-03-2026-AAAAAAAA-A"):
        with pytest.raises(Refusal, match="Nothing is known of"):
            resolve(asked, Told(EVENTS))
    with pytest.raises(BadInput):
        resolve("a b", Told(EVENTS))


def test_an_end_that_is_none_is_told_from_one_that_is() -> None:
    records = Told(EVENTS, states={("registry", CLOSED.id): REACTS})
    assert sentences(story("c-1", records)) == ["applied by registry, which recorded nothing more", "nobody reacts to it"]


def test_of_services_that_are_silent_nothing_is_claimed() -> None:
    assert sentences(story(SENT.id, Told(EVENTS, silent=frozenset({"registry"})))) == [
        "none of the services that answer reacts to it"
    ]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({**WAITS, "awaits": "/nassij/registry|actor/a1"}, "it needs actor/a1 of registry, which is not there yet"),
        ({**WAITS, "awaits": f"{COMPLETED.source}|{COMPLETED.key}"}, "behind an earlier event of its key, which waits itself"),
        ({**WAITS, "awaits": None, "reason": "gap"}, "an earlier event of its key has not come"),
        ({**WAITS, "awaits": None, "behind": "certification-1"}, "`nassij deadletters show certification-1 --in certification`"),
        ({"reacts": True, "state": "not-arrived"}, "on its way to certification"),
        (
            {"reacts": False, "state": "dead", "letter": "certification-1", "error": "KeyError"},
            "dead letter in certification (KeyError): `nassij deadletters show certification-1 --in certification`",
        ),
        (
            {"reacts": True, "state": "discarded", "letter": "certification-1"},
            "passed over in certification for good: `nassij deadletters show certification-1 --in certification`",
        ),
    ],
)
def test_where_it_stopped_it_says_in_which_service_and_why(state: dict[str, object], said: str) -> None:
    found = story("completion/c1", Told([CLOSED, COMPLETED], states={("certification", COMPLETED.id): state}))
    assert said in sentences(found)[0]
    assert [stop.is_wrong for _, stop in found.stops] == [state["state"] == "dead"]


def test_an_event_that_only_a_bystander_lacks_is_at_its_end() -> None:
    bystander = {"reacts": False, "state": "not-arrived"}
    assert sentences(story(SENT.id, Told(EVENTS, states={("training", SENT.id): bystander}))) == ["nobody reacts to it"]


def test_what_is_not_published_yet_lies_in_its_own_service() -> None:
    pending = happened(12, "session/s2", "closed", pending=True, recorded_seconds_ago=3.21)
    assert sentences(story("session/s2", Told([pending]))) == [
        "not yet published: it has lain in the outbox of training for 3.2 s"
    ]


def test_a_mail_that_is_still_to_be_sent_is_told_where_it_was_wanted() -> None:
    mail = Effect("notifications", "mail", ISSUED.id, 2, "2026-03-02T09:00:00+00:00", "refused")
    records = Told(EVENTS[:3], states={("notifications", ISSUED.id): REACTS}, effects=[mail])
    assert sentences(story(ISSUED.id, records)) == [
        "a mail is still to be sent by notifications, due 2026-03-02T09:00:00, 2 attempts failed: refused"
    ]


def test_ids_that_others_tied_in_a_knot_are_told_all_the_same() -> None:
    first, second = (happened(at, f"session/s{at}", "closed", cause=identifier(3 - at)) for at in (1, 2))
    assert len(story("c-1", Told([first, second])).nodes) == 2
    assert len(story(first.id, Told([first, second])).nodes) == 2


def test_a_story_may_be_deeper_than_python_s_stack() -> None:
    events = [happened(at, f"session/s{at}", "closed", cause=identifier(at - 1)) for at in range(1, 1500)]
    target, origins, found = tell(events[0].id, Told(events))
    told = answer(target, origins, found, Told(events))
    assert told["events"] == len(events)
    depth, node = 0, told["story"][0]
    while node["caused"]:
        depth, node = depth + 1, node["caused"][0]
    assert depth == len(events) - 1
