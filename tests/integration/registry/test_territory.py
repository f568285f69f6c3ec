import pytest

from chassis.store.connection import Store
from services.registry.territory import queries
from services.registry.territory.commands import load_territory
from tests.integration.registry.given import acting

pytestmark = pytest.mark.usefixtures("service_store")


def test_the_territory_is_loaded_once_and_again_without_effect(service_store: Store) -> None:
    with acting():
        first, second = load_territory(), load_territory()
    assert first == {"regions": 12, "provinces": 75, "communes": 1503, "new": 1590, "changed": 0}
    assert second == first | {"new": 0}
    assert service_store.database.outbox.count_documents({}) == 12


def test_a_place_that_differs_from_the_official_list_is_brought_up_to_it(service_store: Store) -> None:
    with acting():
        load_territory()
        service_store.database.provinces.update_one({"_id": "03.231"}, {"$set": {"population": 1}})
        assert load_territory()["changed"] == 1


def test_communes_are_found_by_province_and_region_from_any_territory() -> None:
    with acting():
        load_territory()
    with acting("07"):
        assert {commune.region for commune in queries.communes("03.591")} == {"03"}
        assert queries.communes(region="03").count() > queries.communes("03.591").count() > 0
        assert queries.provinces().count() == 75
