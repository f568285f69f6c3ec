from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.events import Received
from services.observatory.figures.contributions import contribution
from services.observatory.figures.folding import Folding, Place
from services.observatory.figures.rules import RULES
from tests.unit.observatory.told import FES, TANGER, programme, told


def folded(events: list[Received]) -> Folding:
    folding = Folding(RULES)
    for event in events:
        folding.apply(event)
    return folding


def in_order() -> list[Received]:
    return [event for stream in programme() for event in stream]


def interleaved(random: Random) -> list[Received]:
    """The streams in any mixture, each in its own order."""
    streams, mixed = [list(stream) for stream in programme()], []
    while streams:
        stream = random.choice(streams)
        mixed.append(stream.pop(0))
        streams = [one for one in streams if one]
    return mixed


def of(folding: Folding, place: Place) -> dict[str, int]:
    return {name: count for name, count in folding.sums.get(place, Counter()).items() if count}


def test_a_programme_counts_where_each_thing_belongs() -> None:
    folding = folded(in_order())
    assert of(folding, FES) == {
        "associations": 1, "associations_diagnosed": 1, "associations_in_need": 1, "associations_trained": 1,
        "associations_certified": 1, "actors": 1, "people_trained": 1, "people_certified": 1, "diagnostics": 1, "needs": 2,
    }  # fmt: skip
    assert of(folding, TANGER) == {
        "sessions": 1, "sessions_closed": 1, "seats": 2, "enrolments": 1, "attendances": 1, "completions": 1,
        "certificates": 2, "certificates_revoked": 1,
    }  # fmt: skip


@given(st.randoms())
def test_the_order_of_events_of_different_things_makes_no_difference(random: Random) -> None:
    expected, found = folded(in_order()), folded(interleaved(random))
    assert found.facts == expected.facts
    assert found.sums == expected.sums


@given(st.randoms(), st.integers(0, 20))
def test_figures_are_always_the_sum_of_what_facts_contribute(random: Random, upto: int) -> None:
    events = interleaved(random)[:upto]
    folding = folded([event for event in events if event.type not in RULES.counts])
    sums: dict[Place, Counter[str]] = {}
    for key, fact in folding.facts.items():
        place, counts = contribution(key.partition("/")[0], fact)
        sums.setdefault(place, Counter()).update(counts)
    for place in {*sums, *folding.sums}:
        assert of(folding, place) == {name: n for name, n in sums.get(place, Counter()).items() if n}


def test_what_nobody_registered_yet_counts_nowhere() -> None:
    folding = folded([told("registry.diagnostic.completed", "diagnostic/d", 1, association="a", needs=[])])
    assert of(folding, FES) == {"diagnostics": 1}
    folding.apply(told("registry.association.registered", "association/a", 1, TANGER))
    assert of(folding, TANGER) == {"associations": 1, "associations_diagnosed": 1}


def test_a_corrected_sheet_takes_the_place_of_the_one_before() -> None:
    folding = folded([told("training.session.planned", "session/s", 1, capacity=3)])
    for sequence, present in enumerate((["a", "b", "c"], ["a"], ["a", "b"]), 2):
        folding.apply(told("training.session.attendance-recorded", "session/s", sequence, half_day=1, present=present))
    assert of(folding, FES)["attendances"] == 2


def test_a_cancelled_session_has_no_seats_and_nobody_in_them() -> None:
    folding = folded([told("training.session.planned", "session/s", 1, capacity=3)])
    folding.apply(told("training.session.enrolled", "session/s", 2, person="p"))
    folding.apply(told("training.session.cancelled", "session/s", 3, reason="r", persons=["p"]))
    assert of(folding, FES) == {"sessions": 1, "sessions_cancelled": 1}


def test_whoever_keeps_one_certificate_is_still_certified() -> None:
    events = [event for event in in_order() if event.key != "certificate/n2"]
    assert "people_certified" not in of(folded(events), FES)
    assert of(folded(in_order()), FES)["people_certified"] == 1


def test_a_trainer_who_left_the_pole_counts_no_longer() -> None:
    folding = folded([told("registry.pole.trainer-joined", "pole/03", 1, ("03", None), trainer=name) for name in ("x", "y")])
    folding.apply(told("registry.pole.trainer-left", "pole/03", 3, ("03", None), trainer="x"))
    assert of(folding, ("03", None)) == {"trainers": 1}


def test_an_event_whose_data_are_unfit_changes_nothing() -> None:
    folding = folded(in_order())
    facts, sums = dict(folding.facts), {place: Counter(counts) for place, counts in folding.sums.items()}
    with pytest.raises(KeyError):
        folding.apply(told("training.completion.recorded", "completion/c2", 1, association="a1"))
    assert (folding.facts, folding.sums) == (facts, sums)


def test_the_roll_out_of_a_region_is_told_by_several_services() -> None:
    pack = {"name": "fes-meknes", "version": "1.0"}
    names = {"fr": "Fès-Meknès", "ar": "فاس-مكناس"}
    folding = folded(
        [
            told("training.preparation.completed", "preparation/03", 1, region="03"),
            told("registry.region.planned", "region/03", 1, names=names, population=1),
            told("registry.region.joined", "region/03", 2, names=names, pack=pack, on="2026-03-02"),
            told("certification.preparation.completed", "preparation/03", 1, region="03"),
            told("registry.region.opened", "region/03", 3, on="2026-04-02"),
        ]
    )
    region = folding.facts["region/03"]
    assert (region["state"], region["pack"], region["opened_on"]) == ("open", pack, "2026-04-02")
    assert sorted(region["prepared"]) == ["certification", "training"]
