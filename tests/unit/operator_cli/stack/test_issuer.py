import json
import stat
from pathlib import Path

import jwt
import pytest

from operator_cli.errors import NotRunning
from operator_cli.stack import issuer
from operator_cli.stack.layout import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path)
    made.create()
    issuer.ensure(made)
    return made


def verified(layout: Layout, token: str) -> dict[str, object]:
    keys = jwt.PyJWKSet.from_json((layout.issuer / "jwks.json").read_text())
    return jwt.decode(token, keys[jwt.get_unverified_header(token)["kid"]], algorithms=["EdDSA"], issuer="nassij-local")


def test_a_token_holds_by_the_published_key(layout: Layout) -> None:
    token = issuer.mint(layout, "provincial", regions=["03"], provinces=["03.591"], subject="desk-7")
    claims = verified(layout, token)
    assert {name: claims[name] for name in ("sub", "role", "regions", "provinces")} == {
        "sub": "desk-7",
        "role": "provincial",
        "regions": ["03"],
        "provinces": ["03.591"],
    }


def test_a_partner_s_token_names_the_partner(layout: Layout) -> None:
    assert verified(layout, issuer.mint(layout, "partner", partner="ofppt"))["partner"] == "ofppt"


def test_what_is_published_holds_no_private_key(layout: Layout) -> None:
    published = json.loads((layout.issuer / "jwks.json").read_text())["keys"]
    assert all("d" not in key for key in published)
    assert stat.S_IMODE((layout.issuer / "key.pem").stat().st_mode) == 0o600


def test_the_key_stays_over_a_restart(layout: Layout) -> None:
    token = issuer.mint(layout, "national")
    issuer.ensure(layout)
    assert verified(layout, token)["role"] == "national"


def test_without_an_issuer_the_sentence_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NotRunning, match="nassij up"):
        issuer.mint(Layout(tmp_path), "national")
