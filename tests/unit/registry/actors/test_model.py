from datetime import date

import pytest

from chassis.events import type_of
from chassis.problems import RuleBroken
from services.registry.actors.commands import People
from services.registry.actors.events import ActorMandateGiven, ActorRegistered, PersonDescribed
from services.registry.actors.model import Actor, Mandate
from tests.unit.registry.people import officer

DAY = date(2024, 2, 11)


def mandate(association: str = "A", office: str = "president") -> Mandate:
    return Mandate(association=association, office=office, starts=DAY)


def actor() -> Actor:
    return Actor.register(officer(), mandate(), region="03", province="03.591")


def test_a_new_actor_tells_the_office_to_all_and_the_person_on_the_personal_topic() -> None:
    registered, described = actor().recorded
    assert (type(registered), type(described)) == (ActorRegistered, PersonDescribed)
    assert (type_of(registered).topic, type_of(described).topic) == ("nassij.registry", "nassij.registry.personal")
    assert not hasattr(registered, "names")
    assert (described.names.fr, described.phone, described.language) == ("Khadija El Idrissi", "+212600012346", "ar")


def test_a_known_person_takes_an_office_elsewhere() -> None:
    known = actor()
    known.recorded.clear()
    known.take_office(mandate("B", "treasurer"))
    assert [(held.association, held.office) for held in known.mandates] == [("A", "president"), ("B", "treasurer")]
    assert known.recorded == [ActorMandateGiven(actor=known.id, association="B", office="treasurer", starts=DAY)]


def test_an_office_is_not_taken_twice() -> None:
    with pytest.raises(RuleBroken, match="office-held"):
        actor().take_office(mandate())


def test_an_office_can_be_taken_again_once_it_has_ended() -> None:
    known = actor()
    known.mandates[0].ends = date(2025, 2, 11)
    known.take_office(mandate())
    assert known.holds("A", "president")


@pytest.mark.parametrize(
    ("fr", "ar", "phone", "same"),
    [
        ("El Idrissi Khadija", "", "+212600012346", True),
        ("", "خديجة الإدريسي", "+212600012346", True),
        ("Khadija El Idrissi", "", "+212600012399", False),
        ("Khadija El Idrissi", "", None, False),
        ("Ahmed El Idrissi", "", "+212600012346", False),
    ],
)
def test_a_person_is_known_by_telephone_and_name_together(fr: str, ar: str, phone: str | None, same: bool) -> None:
    assert actor().is_also(officer(fr=fr, ar=ar, phone=phone)) is same


def test_people_are_looked_for_among_those_with_the_same_telephone() -> None:
    known, other = actor(), officer(fr="Ahmed Tazi")
    people = People("03", {known.phone: [known]})
    assert [one for one in people.by_phone[other.phone] if one.is_also(other)] == []
