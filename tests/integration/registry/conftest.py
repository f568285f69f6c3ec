"""The registry over HTTP, as a test calls it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.http import create_app
from chassis.settings import Settings
from chassis.testing.tokens import TestIssuer
from services.registry.service import service

Call = Callable[..., Any]


@pytest.fixture
def issuer(tmp_path: Path) -> TestIssuer:
    return TestIssuer(tmp_path)


@pytest.fixture
def client(issuer: TestIssuer) -> Iterator[FlaskClient]:
    settings = Settings(service="registry", store_uri="mongodb://unused/unused")
    with create_app(service, settings, verifier=issuer.verifier()).test_client() as client:
        yield client


@pytest.fixture
def call(client: FlaskClient, issuer: TestIssuer) -> Call:
    """Sends a request: `call("POST", address, body, role="regional", regions=["03"], form={...})`."""

    def send(method: str, address: str, body: Any = None, *, role: str = "national", form: Any = None, **claims: Any) -> Any:
        given = {"data": form} if form is not None else {} if body is None else {"json": body}
        return client.open(address, method=method, headers=issuer.header(role, **claims), **given)

    return send
