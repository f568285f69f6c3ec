import pytest

from chassis.problems import Invalid, RuleBroken
from services.registry.reviews.events import ReviewDecided, ReviewOpened
from services.registry.reviews.model import Decision, Resemblance, Review, State
from tests.unit.registry.people import COMMUNE, application

FOUND = Resemblance(("A", "B"), 0.97, ("same phone", "name 0.93"))


def review() -> Review:
    opened = Review.open(application(), FOUND)
    opened.recorded.clear()
    return opened


def test_a_held_association_says_what_it_resembles_and_nothing_of_its_officers() -> None:
    opened = Review.open(application(), FOUND)
    opened.validate()
    (told,) = opened.recorded
    assert isinstance(told, ReviewOpened)
    assert (told.against, told.score, told.candidate.commune) == (["A", "B"], 0.97, COMMUNE)
    assert "Khadija" not in str(told)
    assert "2126" not in str(told)


def test_a_duplicate_goes_no_further_and_its_officers_are_dropped() -> None:
    held = review()
    held.is_duplicate("B", "same bureau")
    assert (held.state, held.decision, held.of, held.candidate) == (State.DECIDED, Decision.DUPLICATE, "B", None)
    assert held.recorded == [ReviewDecided(review=held.id, decision="duplicate", of="B", registered=None)]


@pytest.mark.parametrize("of", [None, "Z"])
def test_a_duplicate_is_one_of_those_it_was_held_against(of: str | None) -> None:
    with pytest.raises(Invalid, match="duplicate-of-none"):
        review().is_duplicate(of, "same bureau")


def test_a_distinct_one_is_registered() -> None:
    held = review()
    held.is_distinct("N", "another douar")
    assert (held.state, held.registered, held.candidate) == (State.DECIDED, "N", None)
    assert held.recorded == [ReviewDecided(review=held.id, decision="distinct", of=None, registered="N")]


def test_a_decision_stands() -> None:
    held = review()
    held.is_distinct("N", "another douar")
    for again in (lambda: held.is_duplicate("A", "no"), lambda: held.is_distinct("M", "no"), held.must_be_open):
        with pytest.raises(RuleBroken, match="review-decided"):
            again()


def test_what_was_registered_since_has_to_be_looked_at() -> None:
    held = review()
    held.must_know_all(["A", "B"], [])
    held.must_know_all(["A", "C"], ["C"])
    with pytest.raises(RuleBroken, match="review-out-of-date") as refused:
        held.must_know_all(["A", "C"], [])
    assert refused.value.extra["also"] == ["C"]
