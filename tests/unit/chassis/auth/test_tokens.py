import base64
import json
import time
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from chassis.auth import KeySet, TokenVerifier, tokens
from chassis.problems import Unauthorized, Unavailable
from chassis.testing.tokens import TestIssuer


@pytest.fixture
def issuer(tmp_path: Path) -> TestIssuer:
    return TestIssuer(tmp_path)


def refusal(verifier: TokenVerifier, token: str) -> Unauthorized:
    with pytest.raises(Unauthorized) as error:
        verifier.principal(f"Bearer {token}")
    return error.value


def test_a_good_token_says_who_asks(issuer: TestIssuer) -> None:
    token = issuer.token("regional", sub="salma", regions=["03"])
    principal = issuer.verifier().principal(f"Bearer {token}")
    assert (principal.id, principal.role, principal.regions) == ("salma", "regional", frozenset({"03"}))


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "token"])
def test_no_token_says_how_to_send_one(issuer: TestIssuer, header: str | None) -> None:
    with pytest.raises(Unauthorized) as error:
        issuer.verifier().principal(header)
    assert "Authorization: Bearer TOKEN" in error.value.detail


def test_an_expired_token_is_refused_beyond_half_a_minute(issuer: TestIssuer) -> None:
    issuer.verifier().principal(f"Bearer {issuer.token('national', seconds=-10)}")
    assert refusal(issuer.verifier(), issuer.token("national", seconds=-60)).slug == "token-expired"


@pytest.mark.parametrize("missing", ["exp", "iss", "sub", "role"])
def test_a_token_without_a_claim_it_must_have_is_refused(issuer: TestIssuer, missing: str) -> None:
    refusal(issuer.verifier(), issuer.token("national", **{missing: None}) if missing != "role" else issuer.token(None))  # type: ignore[arg-type]


def test_a_token_of_another_issuer_is_refused(issuer: TestIssuer) -> None:
    assert "issuer" in refusal(issuer.verifier(), issuer.token("national", iss="somebody")).detail


def test_an_audience_counts_where_one_is_set(issuer: TestIssuer) -> None:
    strict = TokenVerifier(KeySet(str(issuer.path)), issuer.name, "nassij")
    strict.principal(f"Bearer {issuer.token('national', aud='nassij')}")
    assert "nassij" in refusal(strict, issuer.token("national", aud="other")).detail
    refusal(strict, issuer.token("national"))
    issuer.verifier().principal(f"Bearer {issuer.token('national', aud='other')}")


@pytest.mark.parametrize("garbage", ["abc", "a.b.c", "é.è.à", "e30.e30.e30", "." * 50])
def test_garbage_is_refused(issuer: TestIssuer, garbage: str) -> None:
    refusal(issuer.verifier(), garbage)


def test_a_changed_token_is_refused(issuer: TestIssuer) -> None:
    head, body, signature = issuer.token("auditor").split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = base64.urlsafe_b64encode(json.dumps(claims | {"role": "national"}).encode()).decode().rstrip("=")
    refusal(issuer.verifier(), f"{head}.{changed}.{signature}")


def test_algorithms_outside_the_pinned_ones_are_refused(issuer: TestIssuer) -> None:
    claims = {"iss": issuer.name, "sub": "a", "role": "national", "exp": int(time.time()) + 60}
    public = json.loads(issuer.path.read_text())["keys"][0]["x"]
    for forged in (
        jwt.encode(claims, "", algorithm="none", headers={"kid": issuer.kid}),
        jwt.encode(claims, public, algorithm="HS256", headers={"kid": issuer.kid}),
    ):
        refusal(issuer.verifier(), forged)


def test_a_published_shared_secret_is_not_a_key(issuer: TestIssuer) -> None:
    secret = "x" * 64
    shared = {"kty": "oct", "k": base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="), "kid": "shared", "alg": "HS256"}
    published = json.loads(issuer.path.read_text())["keys"]
    issuer.path.write_text(json.dumps({"keys": [*published, shared, {"kty": "unheard-of"}, "no key"]}))
    claims = {"iss": issuer.name, "sub": "a", "role": "national", "exp": int(time.time()) + 60}
    refusal(issuer.verifier(), jwt.encode(claims, secret, algorithm="HS256", headers={"kid": "shared"}))
    issuer.verifier().principal(f"Bearer {issuer.token('national')}")


def test_rsa_issuers_are_trusted_too(issuer: TestIssuer) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": "r", "alg": "RS256"}
    issuer.path.write_text(json.dumps({"keys": [public]}))
    claims = {"iss": issuer.name, "sub": "a", "role": "national", "exp": int(time.time()) + 60}
    assert issuer.verifier().principal("Bearer " + jwt.encode(claims, key, algorithm="RS256", headers={"kid": "r"})).id == "a"


def test_a_new_key_is_fetched_when_a_token_names_it(issuer: TestIssuer, monkeypatch: pytest.MonkeyPatch) -> None:
    verifier = issuer.verifier()
    old = issuer.token("national")
    verifier.principal(f"Bearer {old}")
    issuer.rotate()
    assert refusal(verifier, issuer.token("national")).slug == "token-key-unknown"
    monkeypatch.setattr(tokens, "ASK_AGAIN_SECONDS", 0.0)
    verifier.principal(f"Bearer {issuer.token('national')}")
    assert refusal(verifier, old).slug == "token-key-unknown"


def test_kept_keys_go_on_counting_while_the_issuer_is_away(issuer: TestIssuer, monkeypatch: pytest.MonkeyPatch) -> None:
    verifier = issuer.verifier()
    verifier.principal(f"Bearer {issuer.token('national')}")
    issuer.path.unlink()
    monkeypatch.setattr(tokens, "REFRESH_AFTER_SECONDS", 0.0)
    verifier.principal(f"Bearer {issuer.token('national')}")


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"keys": []}', '{"keys": 7}', "no json"])
def test_without_any_keys_the_service_is_unavailable_rather_than_open(issuer: TestIssuer, text: str | None) -> None:
    token = issuer.token("national")
    if text is None:
        issuer.path.unlink()
    else:
        issuer.path.write_text(text)
    with pytest.raises(Unavailable) as error:
        issuer.verifier().principal(f"Bearer {token}")
    assert "NASSIJ_JWKS" in error.value.detail
