from datetime import timedelta

import pytest

from chassis import clock
from chassis.deadlines import Timekeeper
from chassis.problems import Forbidden, NotFound, RuleBroken
from chassis.queries import get
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from services.registry.conventions import queries as conventions
from services.registry.conventions.commands import sign_convention
from services.registry.readiness import metrics as readiness_metrics
from services.registry.readiness.commands import open_region
from services.registry.readiness.queries import readiness
from services.registry.regions import metrics as region_metrics
from services.registry.regions import reactions
from services.registry.regions.commands import join_region, plan_regions
from services.registry.regions.model import Region, Rollout
from services.registry.service import service
from tests.integration.registry.given import (
    acting,
    drafted_convention,
    joined_region,
    pack_with_gates,
    prepared,
    signed_convention,
)
from vocabulary import territory

pytestmark = pytest.mark.usefixtures("service_store")

SERVICES = ("training", "certification", "notifications")


def test_a_region_joins_is_prepared_by_every_service_and_opens() -> None:
    with acting():
        joined_region("03", "convention-active", "services-prepared")
    for name in SERVICES:
        with acting("03"):
            reactions.note_prepared(prepared(name, "03"))
    with acting("03"):
        assert readiness("03").ready
        assert open_region("03").state is Rollout.OPEN


def test_a_service_that_has_not_answered_is_named() -> None:
    with acting():
        joined_region("03", "convention-active", "services-prepared")
    with acting("03"):
        reactions.note_prepared(prepared("training", "03"))
        found = readiness("03")
        figures = dict(region_metrics.services()), dict(readiness_metrics.gates())
        assert figures[0] == {("03", "prepared"): 1, ("03", "awaited"): 2, ("03", "overdue"): 0}
        assert figures[1] == {("03", "yes"): 1, ("03", "no"): 1}
        assert dict(region_metrics.states())["03", "preparing"] == 1
        convention, services = found.gates
        assert convention.holds
        assert convention.source.startswith("/v1/conventions/")
        assert (services.needed, services.found) == (3, 1)
        assert [sentence.partition(" ")[0] for sentence in services.missing] == ["certification", "notifications"]
        with pytest.raises(RuleBroken) as refused:
            open_region("03")
    assert [gate["gate"] for gate in refused.value.extra["gates"]] == ["services-prepared"]


def test_a_service_that_is_late_is_overdue(service_store: Store) -> None:
    with FrozenClock() as time:
        with acting():
            joined_region("03", "services-prepared")
        time.advance(timedelta(hours=1))
        assert Timekeeper(service.deadlines).round() == 1
        with acting():
            assert all("overdue since" in sentence for sentence in readiness("03").missing)
    told = [row["attributes"]["type"] for row in service_store.database.outbox.find({"key": "region/03"}).sort("sequence", 1)]
    assert [name.split(".")[4] for name in told] == ["planned", "joined", "preparation-overdue"]


def test_nothing_is_overdue_once_every_service_has_answered(service_store: Store) -> None:
    with acting():
        joined_region("03", "services-prepared")
    for name in SERVICES:
        with acting("03"):
            reactions.note_prepared(prepared(name, "03"))
    assert service_store.database.deadlines.count_documents({}) == 0


def test_gates_that_count_associations_say_how_many_are_missing() -> None:
    with acting():
        joined_region("07", "associations-registered", "associations-diagnosed")
        gates = readiness("07").gates
    assert [(gate.found, gate.needed) for gate in gates] == [(0, 300), (0, 300)]
    assert gates[0].missing == ("300 more associations in the register: there are 0 of 300.",)


def test_a_region_without_convention_or_pack_does_not_join() -> None:
    with acting():
        plan_regions(territory.regions())
        pack = pack_with_gates("convention-active")
        with pytest.raises(RuleBroken) as refused:
            join_region("01", pack.ref)
        assert refused.value.slug == "no-convention-in-force"
        with pytest.raises(RuleBroken) as refused:
            join_region("01", pack.ref, signed_convention("03").id)
        assert refused.value.slug == "convention-does-not-cover"
        signed_convention("01")
        with pytest.raises(RuleBroken) as refused:
            join_region("01", type(pack.ref)("fes-meknes", "9.9"))
        assert refused.value.slug == "pack-not-published"
        assert get(Region, "01").state is Rollout.PLANNED


def test_the_convention_and_the_pack_of_a_joining_region_are_held(service_store: Store) -> None:
    with acting():
        joined_region("03", "convention-active")
    guards = [service_store.database[name].find_one({})["guard"] for name in ("conventions", "packs")]
    assert guards == [1, 1]


def test_another_region_is_not_to_be_seen_nor_opened() -> None:
    with acting():
        joined_region("03", "convention-active")
    with acting("07"):
        for reach in (readiness, open_region):
            with pytest.raises(NotFound):
                reach("03")


def test_an_answer_for_a_region_that_did_not_ask_is_left_aside() -> None:
    with acting():
        plan_regions(territory.regions())
        before = get(Region, "03").version
    with acting("03"):
        reactions.note_prepared(prepared("training", "03"))
        assert get(Region, "03").version == before


def test_the_day_of_joining_is_a_legal_day() -> None:
    with acting():
        assert joined_region("03", "convention-active").joined_on == clock.today()


def test_a_region_opens_under_a_convention_that_it_shares_with_others() -> None:
    with acting():
        plan_regions(territory.regions())
        signed_convention("03", "07")
        join_region("03", pack_with_gates("convention-active").ref)
    with acting("03"):
        assert open_region("03").state is Rollout.OPEN


def test_a_convention_of_several_regions_is_read_in_each_and_signed_by_none_of_them() -> None:
    with acting():
        drafted = drafted_convention("03", "07")
    with acting("03"):
        assert [convention.id for convention in conventions.conventions("03")] == [drafted.id]
        with pytest.raises(Forbidden):
            sign_convention(drafted.id)
    with acting("01"):
        assert conventions.conventions().count() == 0
