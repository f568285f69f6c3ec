"""The page on a real store: what it shows is what the token's holder sees."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.events import Received
from chassis.http import create_app, signing_in
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.tokens import TestIssuer
from services.observatory.service import service
from tests.unit.observatory.told import programme, told

Page = Callable[..., str]
REGIONS = {"01": "Tanger-Tétouan-Al Hoceima", "03": "Fès-Meknès"}


@pytest.fixture
def page(tmp_path: Path, service_store: Store) -> Iterator[Page]:
    issuer = TestIssuer(tmp_path)
    Engine(StoreLedger("observatory"), service.reactor()).process([*_planned(), *chain(*programme())])
    settings = Settings(service="observatory", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=issuer.verifier()).test_client() as client:

        def show(role: str, address: str = "/?lang=fr", **claims: Any) -> str:
            client.set_cookie(signing_in.COOKIE, issuer.token(role, **claims))
            return client.get(address, headers={"Accept": "text/html"}).text

        yield show


def _planned() -> list[Received]:
    names = {code: {"fr": name, "ar": name} for code, name in REGIONS.items()}
    return [
        told("registry.region.planned", f"region/{code}", 1, (code, None), names=names[code], population=1) for code in REGIONS
    ]


def test_the_nation_sees_every_region_and_a_region_only_itself(page: Page) -> None:
    whole = page("national")
    assert 'href="?lang=fr&amp;region=01"' in whole
    assert 'href="?lang=fr&amp;region=03"' in whole
    own = page("regional", regions=["03"])
    assert 'href="?lang=fr&amp;region=03"' in own
    assert "region=01" not in own
    assert "n’est pas de votre territoire" in page("regional", "/?lang=fr&region=01", regions=["03"])


def test_the_page_is_as_of_the_last_event_that_one_sees(page: Page) -> None:
    assert "Situation au" in page("national")
    assert "Aucun événement reçu" in page("regional", regions=["12"])


def test_a_region_shows_its_provinces(page: Page) -> None:
    assert "<bdi>Moulay Yacoub</bdi>" in page("regional", "/?lang=fr&region=03", regions=["03"])
    assert "<bdi>Chefchaouen</bdi>" not in page("auditor", "/?lang=fr&region=03")
