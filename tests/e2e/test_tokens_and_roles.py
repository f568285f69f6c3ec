"""Nobody gets in without a token that holds, and each role may do what the matrix says and nothing else."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.auth import MATRIX, ROLES
from operator_cli.stack.environment import ISSUER
from operator_cli.stack.layout import SERVICES, Layout
from tests.e2e.api import Api, Operation, is_problem
from tests.e2e.programme import Programme

Claims = dict[str, Any]
PUBLIC = {
    "GET certification/v1/issuers/{region}/jwks.json",
    "GET certification/v1/verify/{number}",
    "GET certification/v1/verify/{number}/credential",
    "GET certification/v1/status-list/{region}",
    "GET observatory/console.css",
    "GET observatory/sign-in",
}
SIGNING_IN = {"POST observatory/sign-in", "POST observatory/sign-out"}
"""Where a browser brings its token, or gives it back."""

BY_KEY_OR_TOKEN = {
    "GET notifications/v1/subscriptions/{subscription}": "subscription:read",
    "GET notifications/v1/subscriptions/{subscription}/deliveries": "delivery:read",
}
"""What says `public` because a partner's own API key opens it, too."""


def permission(operation: Operation) -> str | None:
    return operation.permission or BY_KEY_OR_TOKEN.get(str(operation))


def claims(**changes: Any) -> Claims:
    now = datetime.now(UTC)
    good = {"iss": ISSUER, "sub": "somebody", "role": "national", "iat": now, "exp": now + timedelta(hours=1)}
    return {name: value for name, value in (good | changes).items() if value is not None}


class Forger:
    """Makes tokens that look like those of the stack's issuer, with its key or with others."""

    def __init__(self, layout: Layout) -> None:
        self.key = (layout.issuer / "key.pem").read_text()
        self.published = json.loads((layout.issuer / "jwks.json").read_text())["keys"][0]
        self.kid = self.published["kid"]

    def signed(self, *, kid: str | None = "", **changes: Any) -> str:
        headers = {} if kid is None else {"kid": kid or self.kid}
        return jwt.encode(claims(**changes), self.key, algorithm="EdDSA", headers=headers)

    def by_a_stranger(self) -> str:
        return jwt.encode(claims(), Ed25519PrivateKey.generate(), algorithm="EdDSA", headers={"kid": self.kid})

    def unsigned(self) -> str:
        return jwt.encode(claims(), None, algorithm="none", headers={"kid": self.kid})

    def with_the_public_key_as_a_secret(self) -> str:
        private = serialization.load_pem_private_key(self.key.encode(), None)
        form = serialization.PublicFormat.Raw
        public = private.public_key().public_bytes(serialization.Encoding.Raw, form)
        return jwt.encode(claims(), public, algorithm="HS256", headers={"kid": self.kid})


FORGED: dict[str, Callable[[Forger], str]] = {
    "garbage": lambda _: "a.b.c",
    "three times nothing": lambda _: "e30.e30.e30",
    "very long": lambda _: "a" * 6_000,
    "cut off": lambda forger: forger.signed()[:-3],
    "unsigned": Forger.unsigned,
    "signed by a stranger": Forger.by_a_stranger,
    "signed with the public key as a secret": Forger.with_the_public_key_as_a_secret,
    "of an unknown key": lambda forger: forger.signed(kid="unknown"),
    "of no key": lambda forger: forger.signed(kid=None),
    "of another issuer": lambda forger: forger.signed(iss="https://elsewhere.example"),
    "of no issuer": lambda forger: forger.signed(iss=None),
    "expired": lambda forger: forger.signed(exp=datetime.now(UTC) - timedelta(minutes=5)),
    "endless": lambda forger: forger.signed(exp=None),
    "not valid yet": lambda forger: forger.signed(nbf=datetime.now(UTC) + timedelta(hours=1)),
    "of nobody": lambda forger: forger.signed(sub=None),
    "of a role that does not exist": lambda forger: forger.signed(role="emperor"),
    "of two roles": lambda forger: forger.signed(role=["national"]),
    "regional without a region": lambda forger: forger.signed(role="regional"),
    "provincial without a province": lambda forger: forger.signed(role="provincial", regions=["03"]),
    "regional with an operator for a region": lambda forger: forger.signed(role="regional", regions=[{"$ne": None}]),
    "of a partner without a name": lambda forger: forger.signed(role="partner"),
}


@pytest.mark.parametrize("kind", FORGED)
def test_a_token_that_does_not_hold_lets_nobody_in(api: Api, kind: str) -> None:
    token = FORGED[kind](Forger(api.stack.layout))
    paths = ("/v1/regions", "/v1/sessions", "/v1/certificates", "/v1/messages", "/v1/rollout")
    for service, path in zip(SERVICES, paths, strict=True):
        answer = api.send("GET", service, path, token=token)
        assert is_problem(answer, 401), f"{service}: {answer.status_code} {answer.text}"
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_good_token_does(api: Api) -> None:
    assert api.send("GET", "registry", "/v1/regions", token=Forger(api.stack.layout).signed()).is_success


@pytest.mark.parametrize("header", ["", "Bearer", "Basic YTpi", "Token abc"])
def test_a_header_without_a_token_is_none(api: Api, header: str) -> None:
    assert is_problem(api.send("GET", "registry", "/v1/regions", by=None, headers={"Authorization": header}), 401)


def test_every_operation_is_public_on_purpose_or_wants_a_token(api: Api, programme: Programme) -> None:
    for operation in [each for each in api.operations() if str(each) not in SIGNING_IN]:
        answer = api.send(operation.method, operation.service, programme.places(operation.path), by=None)
        if str(operation) in PUBLIC:
            assert answer.is_success, f"{operation}: {answer.status_code} {answer.text}"
        else:
            assert is_problem(answer, 401), f"{operation}: {answer.status_code} {answer.text}"
            assert permission(operation) in MATRIX, operation


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_the_matrix_says_and_nothing_else(api: Api, programme: Programme, role: str) -> None:
    for operation in [each for each in api.operations() if str(each) not in PUBLIC | SIGNING_IN]:
        # A body of a wrong kind is refused by every operation, so that whoever may come in still changes nothing.
        harmless = {"content": b"<a/>", "headers": {"Content-Type": "application/xml"}} if operation.changes else {}
        answer = api.send(operation.method, operation.service, programme.places(operation.path), by=role, **harmless)
        if role in MATRIX[str(permission(operation))]:
            assert answer.status_code not in {401, 403}, f"{operation}: {answer.status_code} {answer.text}"
        else:
            assert is_problem(answer, 403), f"{operation}: {answer.status_code} {answer.text}"


def test_a_partners_key_opens_its_own_subscription_and_nothing_else(api: Api, programme: Programme) -> None:
    own = f"/v1/subscriptions/{programme.subscription}"
    key = {"X-Api-Key": programme.api_key}
    assert api.send("GET", "notifications", own, by=None, headers=key).json()["partner"] == "observatoire"
    assert api.send("GET", "notifications", f"{own}/deliveries", by=None, headers=key).is_success
    assert is_problem(api.send("GET", "notifications", own, by=None, headers={"X-Api-Key": programme.api_key + "x"}), 401)
    assert is_problem(api.send("GET", "notifications", "/v1/subscriptions/another", by=None, headers=key), 404)
    assert is_problem(api.send("GET", "notifications", "/v1/messages", by=None, headers=key), 401)


def test_an_auditor_reads_no_personal_data(api: Api, programme: Programme) -> None:
    seen = [
        api.send("GET", each.service, programme.places(each.path), by="auditor").text
        for each in api.operations()
        if each.method == "GET" and "auditor" in MATRIX.get(str(permission(each)), ())
    ]
    text = "\n".join(seen)
    assert len(seen) > 30
    assert not [word for word in ("Alaoui", "Idrissi", "+212", "@example.org") if word in text]
