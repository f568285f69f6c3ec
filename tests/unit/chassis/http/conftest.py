from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from chassis.context import Context, current
from chassis.http import Blueprint, PageArguments, create_app, public, requires, takes_imports
from chassis.http.app import Application
from chassis.problems import RuleBroken
from chassis.schemas import Bilingual, Integer, List, Schema, String
from chassis.settings import Settings
from chassis.testing.tokens import TestIssuer


class Plan(Schema):
    title = Bilingual(required=True)
    seats = Integer(low=1, high=30, required=True)
    tags = List(String())


class PlanView(Schema):
    id = String()
    seats = Integer()


class Filter(PageArguments):
    state = String()


@dataclass
class Session:
    """Looks like an aggregate to the answer's headers."""

    pk: str = "s-1"
    id: str = "s-1"
    subject: str = "session"
    sequence: int = 3
    version: int = 5
    seats: int = 12


@dataclass
class Seen:
    """What the views were called with."""

    contexts: list[Context] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)


@dataclass
class Hosted:
    name: str
    blueprints: Sequence[Blueprint]
    title: str = "Sessions and who comes to them"


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def blueprint(seen: Seen) -> Blueprint:
    own = Blueprint("sessions", __name__, description="Sessions.")

    @own.post("/sessions")
    @requires("session:write")
    @own.arguments(Plan)
    @own.response(201, PlanView)
    def plan(body: dict[str, Any]) -> Session:
        """A session is planned."""
        seen.contexts.append(current())
        seen.bodies.append(body)
        return Session()

    @own.get("/sessions")
    @own.arguments(Filter, location="query")
    @own.response(200)
    @requires("session:read")
    def list_sessions(asked: dict[str, Any]) -> dict[str, Any]:
        seen.bodies.append(asked)
        return asked

    @own.get("/sessions/<identifier>")
    @requires("session:read")
    @own.response(200, PlanView)
    def show(identifier: str) -> Session:
        return Session(pk=identifier, id=identifier)

    @own.post("/sessions/<identifier>/close")
    @requires("session:write")
    @own.response(200, PlanView)
    def close(identifier: str) -> Session:
        seen.contexts.append(current())
        raise RuleBroken("session-already-closed", "The session is closed; open its report instead.", session=identifier)

    @own.get("/public")
    @public
    @own.response(200)
    def everybody() -> dict[str, Any]:
        seen.contexts.append(current())
        return {"ok": True}

    @own.get("/broken")
    @public
    def broken() -> str:
        raise RuntimeError("the word that nobody may see")

    @own.post("/imports")
    @requires("association:import")
    @takes_imports
    def take() -> dict[str, int]:
        from flask import request

        seen.contexts.append(current())
        return {"bytes": len(request.get_data())}

    return own


@pytest.fixture
def issuer(tmp_path: Path) -> TestIssuer:
    return TestIssuer(tmp_path)


@pytest.fixture
def settings() -> Settings:
    return Settings(service="training", store_uri="mongodb://u:p@h/d", max_body_bytes=2048, max_import_bytes=4096)


MakeApp = Callable[..., Application]


@pytest.fixture
def make_app(settings: Settings, issuer: TestIssuer) -> MakeApp:
    def make(*blueprints: Blueprint, checks: Mapping[str, Callable[[], object]] | None = None) -> Application:
        return create_app(Hosted("training", blueprints), settings, checks=checks, verifier=issuer.verifier())

    return make


@pytest.fixture
def client(make_app: MakeApp, blueprint: Blueprint) -> FlaskClient:
    return make_app(blueprint).test_client()


@pytest.fixture
def staff(issuer: TestIssuer) -> dict[str, str]:
    return issuer.header("regional", sub="salma", regions=["03"])
