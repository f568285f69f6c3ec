import threading
from typing import Any

import pytest

from chassis.context import Context, entered
from chassis.problems import RuleBroken
from chassis.scope import Scope
from services.registry.actors import queries as actors
from services.registry.actors.commands import register_actor
from services.registry.associations.model import Association
from services.registry.associations.queries import count_registered
from services.registry.reviews import queries
from services.registry.reviews.commands import admit, decide_review
from services.registry.reviews.model import Decision, Review
from tests.integration.registry.given import acting
from tests.unit.registry.people import application, officer

pytestmark = pytest.mark.usefixtures("service_store")
RESPELT = {"name_fr": "Ass. El Amal p. le dév. rural", "name_ar": "", "phone": "+212 6 00 01 23 45"}


def admitted(**changes: str) -> Association | Review:
    with acting("03"):
        return admit(application(**changes))


def decided(review: Review, decision: Decision, **more: Any) -> Review:
    with acting("03"):
        return decide_review(review.id, decision, "looked at both", **more)


def registered() -> int:
    with acting("03"):
        return count_registered("03")


def test_an_association_is_registered_with_its_bureau() -> None:
    association = admitted()
    assert isinstance(association, Association)
    with acting("03"):
        bureau = list(actors.actors(association=association.id))
    assert sorted(actor.mandates[0].office for actor in bureau) == ["president", "secretary", "treasurer"]
    assert {actor.mandates[0].starts for actor in bureau} == {association.receipt.date}


def test_one_that_may_be_there_already_is_held_and_not_counted() -> None:
    first, held = admitted(), admitted(**RESPELT)
    assert isinstance(held, Review)
    assert held.against == [first.id]
    assert registered() == 1
    with acting("03"):
        assert queries.count_open("03") == 1


def test_a_held_one_that_is_distinct_is_registered_with_its_bureau() -> None:
    admitted()
    held = admitted(**RESPELT)
    review = decided(held, Decision.DISTINCT)
    assert registered() == 2
    with acting("03"):
        president = next(iter(actors.actors(association=review.registered)))
        assert len(president.mandates) == 2
    with pytest.raises(RuleBroken, match="review-decided"):
        decided(held, Decision.DISTINCT)


def test_a_held_one_that_is_a_duplicate_is_not() -> None:
    first, held = admitted(), admitted(**RESPELT)
    assert decided(held, Decision.DUPLICATE, of=first.id).candidate is None
    assert registered() == 1


def test_what_was_registered_since_the_review_opened_is_looked_at_too() -> None:
    admitted()
    one, other = admitted(**RESPELT), admitted(**RESPELT, ref="FM-0002")
    since = decided(one, Decision.DISTINCT).registered
    with pytest.raises(RuleBroken, match="review-out-of-date") as refused:
        decided(other, Decision.DISTINCT)
    assert refused.value.extra["also"] == [since]
    decided(other, Decision.DISTINCT, also=[since])
    assert registered() == 3


def test_of_two_that_come_at_the_same_moment_one_is_held() -> None:
    ready, outcomes = threading.Barrier(4), []

    def apply() -> None:
        ready.wait(5)
        outcomes.append(type(admitted(name_fr="Association Al Amal", name_ar="", receipt_number="5/2020")))

    threads = [threading.Thread(target=apply) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(kind.__name__ for kind in outcomes) == ["Association", "Review", "Review", "Review"]
    assert registered() == 1


def test_an_office_of_the_bureau_is_held_by_one_person() -> None:
    association = admitted()
    with acting("03"), pytest.raises(RuleBroken, match="office-taken"):
        register_actor(association.id, officer(fr="Ahmed Tazi", phone="+212600077777"))


def test_a_later_member_is_a_known_person_or_a_new_one_and_the_association_is_found_by_both() -> None:
    association = admitted()
    elsewhere = admitted(
        name_fr="Club Ennour de théâtre", name_ar="", receipt_number="9/2021", phone="",
        president_name_fr="Ahmed Tazi", president_name_ar="", president_phone="0600077777",
        secretary_name_fr="Ali Berrada", treasurer_name_ar="فاطمة العلوي",
    )  # fmt: skip
    member = officer(fr="Tazi Ahmed", phone="+212600077777")
    member.office = "member"
    with acting("03"):
        actor = register_actor(association.id, member)
        assert {held.association for held in actor.mandates} == {association.id, elsewhere.id}
        assert "phone:+212600077777" in Association.objects(id=association.id).get().keys


def test_whoever_sees_one_province_does_not_change_a_person_of_another() -> None:
    admitted()
    province = Scope(frozenset({"03"}), frozenset({"03.231"}))
    with entered(Context(by="tester", scope=province)):
        elsewhere = admit(application(commune_code="03.231.01.0", name_fr="Club Ennour", name_ar="", receipt_number="9/2021"))
        assert isinstance(elsewhere, Association)
        (president,) = [one for one in actors.actors(association=elsewhere.id) if one.holds(elsewhere.id, "president")]
        assert (president.province, len(president.mandates)) == ("03.231", 1)
