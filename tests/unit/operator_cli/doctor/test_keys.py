import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chassis.ids import new_id
from operator_cli.doctor import keys
from operator_cli.doctor.finding import FAIL, OK, UNSEEN, WARN
from operator_cli.stack import issuer
from tests.unit.operator_cli.doctor.fakes import FakeSight, bad, severities

NOW = datetime.now(UTC)
ISSUERS = "certification-web/v1/issuers"
SUBSCRIPTIONS = "notifications-web/v1/subscriptions"


@pytest.fixture
def sight(tmp_path: Path) -> FakeSight:
    sight = FakeSight(tmp_path, services=("certification", "notifications"))
    sight.layout.create()
    issuer.ensure(sight.layout)
    sight.answers[ISSUERS] = page({"region": "03", "jwk": {"kid": new_id()}})
    sight.answers["notifications-web/ops/clock"] = {"clock": NOW.isoformat()}
    sight.answers[SUBSCRIPTIONS] = page()
    return sight


def page(*items: Any) -> dict[str, Any]:
    return {"items": list(items), "next": None}


def made(ago: timedelta) -> str:
    stamp = int((NOW - ago).timestamp() * 1000)
    return str(uuid.UUID(int=(stamp << 80) | (7 << 76) | (2 << 62)))


def subscribe(sight: FakeSight, *, secrets: int = 1, until: str | None = None) -> None:
    sight.answers[SUBSCRIPTIONS] = page({"id": "s1", "until": until, "state": "active"})
    sight.answers[f"{SUBSCRIPTIONS}/s1"] = {"endpoint": {"secrets": secrets}}


def test_young_keys_are_fine(sight: FakeSight) -> None:
    assert severities(keys.check(sight)) == [OK, OK, OK]


def test_the_age_of_a_key_is_told_by_its_id() -> None:
    assert keys.age_of(made(timedelta(days=40)), NOW) == pytest.approx(timedelta(days=40), abs=timedelta(seconds=1))
    assert keys.age_of(str(uuid.uuid4()), NOW) is None
    assert keys.age_of("key-1", NOW) is None


def test_an_old_key_of_a_certificate_issuer_is_named(sight: FakeSight) -> None:
    sight.answers[ISSUERS] = page({"region": "03", "jwk": {"kid": made(timedelta(days=900))}})
    (found,) = bad(keys.check(sight))
    assert (found.severity, found.where) == (WARN, "issuer of region 03")


def test_a_key_whose_age_nobody_can_tell_is_not_called_young(sight: FakeSight) -> None:
    sight.answers[ISSUERS] = page({"region": "03", "jwk": {"kid": "key-1"}})
    assert UNSEEN in severities(keys.check(sight))


@pytest.mark.parametrize(("days", "severity"), [(-1, FAIL), (3, FAIL), (20, WARN), (200, OK)])
def test_what_ends_is_judged_by_how_soon(days: int, severity: str) -> None:
    assert keys.ending("x", "The key", NOW + timedelta(days=days, hours=1), "renew it").severity == severity


def test_a_published_token_key_near_its_end_is_named(sight: FakeSight) -> None:
    path = sight.layout.issuer / "jwks.json"
    published = json.loads(path.read_text())
    published["keys"][0]["exp"] = int((NOW + timedelta(days=3)).timestamp())
    path.write_text(json.dumps(published))
    assert [found.where for found in bad(keys.check(sight))] == ["token issuer"]


def test_a_webhook_secret_in_rotation_is_said_and_no_fault(sight: FakeSight) -> None:
    subscribe(sight, secrets=2)
    found = list(keys.check(sight))
    assert bad(found) == []
    assert any("2 secrets" in finding.found for finding in found)


def test_a_subscription_about_to_end_is_named(sight: FakeSight) -> None:
    subscribe(sight, until=f"{NOW + timedelta(days=5):%Y-%m-%d}")
    (found,) = bad(keys.check(sight))
    assert found.where == "subscription s1"


def test_keys_that_nobody_can_see_are_not_looked_at(tmp_path: Path) -> None:
    assert set(severities(keys.check(FakeSight(tmp_path, here=False)))) == {UNSEEN}
