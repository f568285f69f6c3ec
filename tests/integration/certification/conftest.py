from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chassis.http import create_app
from chassis.settings import Settings
from chassis.store.connection import Store
from chassis.testing.clock import FrozenClock
from chassis.testing.tokens import TestIssuer
from services.certification.certificates.gateways import addresses
from services.certification.issuers.gateways import keys
from services.certification.service import service
from tests.integration.arriving import Arriving
from tests.unit.certification.fakes import KEY_SECRET


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("NASSIJ_STORE_URI", "mongodb://unused/unused")
    monkeypatch.setenv("NASSIJ_KEY_SECRET", KEY_SECRET)
    monkeypatch.setenv("NASSIJ_PUBLIC_URL", "https://certificates.example")
    yield
    keys.cache_clear()
    addresses.cache_clear()


@pytest.fixture(autouse=True)
def frozen() -> Iterator[FrozenClock]:
    with FrozenClock() as frozen:
        yield frozen


@pytest.fixture
def arriving(service_store: Store) -> Arriving:
    return Arriving(service)


@pytest.fixture
def tokens(tmp_path: Path) -> TestIssuer:
    return TestIssuer(tmp_path)


@pytest.fixture
def client(tokens: TestIssuer, service_store: Store) -> Iterator[FlaskClient]:
    settings = Settings(service="certification", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=tokens.verifier()).test_client() as client:
        yield client
