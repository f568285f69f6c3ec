import pytest

from chassis.reactions import NotYet
from chassis.store.connection import Store
from services.training.catalogue import queries
from services.training.service import service
from tests.integration.training.given import PACK, acting, event, hear, join, pack_document, published


def test_a_region_that_joins_gets_its_catalogue_once(service_store: Store) -> None:
    join("03", opened=False)
    hear("registry", "region/03", "joined", {"region": "03", "pack": PACK, "on": "2026-01-10"})
    with acting("03"):
        catalogue = queries.of_region("03")
    families = [module.family for module in catalogue.curriculum.modules]
    assert (families.count("OD"), families.count("MA"), catalogue.opened_on) == (8, 8, None)
    assert published(service_store, "preparation") == ["completed"]


def test_a_region_waits_for_its_pack(service_store: Store) -> None:
    joined = event("registry", "region/03", "joined", {"region": "03", "pack": PACK, "on": "2026-01-10"}, region="03")
    with pytest.raises(NotYet) as waits:
        service.reactor().react(joined)
    assert waits.value.awaits == ("/nassij/registry", "pack/fes-meknes@1.0")
    hear("registry", "pack/fes-meknes@1.0", "published", pack_document(), region=None)
    service.reactor().react(joined)
    assert published(service_store, "preparation") == ["completed"]
