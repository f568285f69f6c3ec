"""How an event came to be, back to its region's joining."""

from operator_cli.trace.events import Event
from operator_cli.trace.origins import MOST, Origins, origins_of
from tests.unit.operator_cli.trace.told import Told, happened

REGISTRY = "registry"
LEARNER, OTHER, HOME = "actor/learner", "actor/other", "association/home"
PLANNED = happened(1, "region/03", "planned", service=REGISTRY)
PACK = happened(2, "pack/fes-meknes@1.0", "published", service=REGISTRY, region=None)
JOINED = happened(3, "region/03", "joined", service=REGISTRY, sequence=2, refs=("pack/fes-meknes@1.0",))
READY = happened(4, "preparation/03", "completed", cause=JOINED.id)
READY_TO_TELL = happened(5, "preparation/03", "completed", service="notifications", cause=JOINED.id)
REGISTERED = happened(6, HOME, "registered", service=REGISTRY, cause="request-home")
KNOWN = happened(7, LEARNER, "registered", service=REGISTRY, cause="request-home", refs=(HOME,))
DIAGNOSED = happened(8, "diagnostic/d1", "completed", service=REGISTRY, refs=(HOME,), province="03.591")
PLAN = happened(9, "plan/03.591", "established", province="03.591")
SESSION = happened(10, "session/s1", "planned", province="03.591")
MINE = happened(11, "session/s1", "enrolled", sequence=2, refs=(LEARNER, HOME))
THEIRS = happened(12, "session/s1", "enrolled", sequence=3, refs=(OTHER, HOME))
SHEET = happened(13, "session/s1", "attendance-recorded", sequence=4)
COMPLETED = happened(14, "completion/c1", "recorded", cause="request-close", refs=(LEARNER, HOME, "session/s1"))
CLOSED = happened(15, "session/s1", "closed", sequence=5, cause="request-close")
ISSUED = happened(16, "certificate/n1", "issued", service="certification", cause=COMPLETED.id, refs=(LEARNER, HOME, "session/s1"))
SENT = happened(17, "message/m1", "sent", service="notifications", cause=ISSUED.id, refs=(LEARNER,))
LATER = happened(18, "region/03", "opened", service=REGISTRY, sequence=3)
EVENTS = [event for event in list(globals().values()) if isinstance(event, Event)]
DIAGNOSES = {"home": ["d1"]}


def whats(origins: Origins) -> list[str]:
    return [event.what for event in origins.events]


def links(origins: Origins, event: Event) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    by_id = {each.id: each for each in origins.events}
    for link in origins.links.get(event.id, []):
        found.setdefault(link.how, []).append(by_id[link.event].what)
    return found


def test_a_message_about_a_certificate_goes_back_to_its_region_s_joining() -> None:
    origins = origins_of(SENT, Told(EVENTS, diagnosed=DIAGNOSES))
    assert whats(origins) == [
        "region planned",
        "pack published",
        "region joined",
        "preparation completed",
        "preparation completed",
        "association registered",
        "actor registered",
        "diagnostic completed",
        "plan established",
        "session planned",
        "session enrolled",
        "session attendance recorded",
        "session closed",
        "completion recorded",
        "certificate issued",
        "message sent",
    ]
    assert origins.complete


def test_each_says_by_what_it_is_linked() -> None:
    origins = origins_of(SENT, Told(EVENTS, diagnosed=DIAGNOSES))
    assert links(origins, SENT) == {"caused by": ["certificate issued"]}
    assert links(origins, COMPLETED) == {
        "refers to": ["actor registered", "association registered"],
        "by the same request as": ["session closed"],
    }
    assert links(origins, CLOSED) == {"after": ["session attendance recorded"]}
    assert links(origins, SESSION) == {"under the plan of its province": ["plan established"]}
    assert links(origins, PLAN) == {"in the region since": ["region joined"], "answers": ["diagnostic completed"]}
    assert links(origins, KNOWN) == {"by the same request as": ["association registered"]}
    assert links(origins, JOINED) == {"after": ["region planned"], "refers to": ["pack published"]}
    assert links(origins, PLANNED) == {}


def test_what_concerns_others_is_counted_and_not_told() -> None:
    origins = origins_of(ISSUED, Told(EVENTS))
    assert THEIRS not in origins.events
    assert origins.hidden == {"session/s1": 1}


def test_only_services_that_took_part_are_said_to_have_been_prepared() -> None:
    assert READY in origins_of(ISSUED, Told(EVENTS)).events
    assert READY_TO_TELL not in origins_of(ISSUED, Told(EVENTS)).events


def test_nothing_later_than_the_event_belongs_to_its_past() -> None:
    assert LATER not in origins_of(SENT, Told(EVENTS)).events


def test_a_region_s_planning_is_its_own_beginning() -> None:
    assert origins_of(PLANNED, Told(EVENTS)).events == [PLANNED]


def test_it_asks_once_for_each_step_and_is_bounded() -> None:
    stream = [happened(at, "session/long", "attendance-recorded", sequence=at) for at in range(1, 400)]
    records = Told(stream)
    origins = origins_of(stream[-1], records)
    assert len(origins.events) <= MOST + 1
    assert not origins.complete
    assert records.questions < 5 * MOST


def test_ids_in_a_circle_do_not_hold_it_up() -> None:
    one = happened(1, "session/s1", "closed", cause=happened(2, "session/s2", "closed").id)
    two = happened(2, "session/s2", "closed", cause=one.id)
    assert {event.id for event in origins_of(one, Told([one, two])).events} == {one.id, two.id}
