"""From events to a partner's endpoint, on the real store and over real HTTP."""

import json
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from standardwebhooks import Webhook

from chassis.sender import Sender
from chassis.store.connection import store
from chassis.testing.clock import FrozenClock
from chassis.testing.tokens import TestIssuer
from services.notifications.subscriptions.model import FAILING_DAYS
from tests.integration.arriving import Arriving, published
from tests.integration.notifications import given
from tests.integration.notifications.conftest import Partner
from tests.unit.notifications.fakes import CERTIFICATES, KeepingMailer


def wish(partner: Partner, *regions: str, **other: Any) -> dict[str, Any]:
    asked = {"partner": "ofppt", "url": partner.url, "regions": list(regions), "types": [CERTIFICATES], "convention": "c-1"}
    return asked | other


def subscribed(client: FlaskClient, tokens: TestIssuer, partner: Partner, *regions: str) -> dict[str, Any]:
    answer = client.post("/v1/subscriptions", json=wish(partner, *regions), headers=tokens.header("national"))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.get_json()
    return told


def ready(arriving: Arriving, *regions: str) -> None:
    given.convention_signed(arriving, *regions)
    given.people_described(arriving)
    for region in regions:
        given.region_joined(arriving, region)


def test_a_partner_is_sent_what_it_subscribed_to_signed_and_nothing_of_another_region(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer, partner: Partner, sender: Sender, mailer: KeepingMailer
) -> None:
    ready(arriving, "03", "07")
    told = subscribed(client, tokens, partner, "03")
    event = given.certificate_issued(arriving, "NSJ-1", "03")
    given.certificate_issued(arriving, "NSJ-2", "07")
    given.session_planned(arriving)
    sender.round()
    [(headers, body)] = partner.received
    cloud_event = Webhook(told["secret"]).verify(body, headers)
    assert (cloud_event["id"], cloud_event["region"], cloud_event["data"]["number"]) == (event.id, "03", "NSJ-1")
    assert headers["webhook-id"] == f"{event.id}_{told['id']}"
    assert headers["content-type"].startswith("application/cloudevents+json")


def test_the_key_and_the_secret_are_told_once_and_kept_nowhere_in_the_clear(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer, partner: Partner
) -> None:
    ready(arriving, "03")
    asked, headers = wish(partner, "03"), {**tokens.header("national"), "Idempotency-Key": "subscribe-1"}
    first, again = (client.post("/v1/subscriptions", json=asked, headers=headers).get_json() for _ in range(2))
    assert first == again
    database = store().database
    kept = [str(row) for name in database.list_collection_names() for row in database[name].find()]
    assert not [row for row in kept if first["api_key"] in row or first["secret"] in row]
    shown = client.get(f"/v1/subscriptions/{first['id']}", headers=tokens.header("national"))
    assert not {"api_key", "secret"} & shown.get_json().keys()
    assert len(published("subscription.created")) == 1


def test_a_partner_sees_its_own_by_key_or_by_token_and_no_other(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer, partner: Partner, sender: Sender, mailer: KeepingMailer
) -> None:
    ready(arriving, "03")
    mine, other = subscribed(client, tokens, partner, "03"), subscribed(client, tokens, partner, "03")
    given.certificate_issued(arriving)
    sender.round()
    address, key = f"/v1/subscriptions/{mine['id']}/deliveries", {"X-Api-Key": mine["api_key"]}
    [delivery] = client.get(f"{address}?state=delivered", headers=key).get_json()["items"]
    assert (delivery["attempts"], delivery["key"]) == (1, "certificate/NSJ-1")
    assert client.get(f"/v1/subscriptions/{other['id']}", headers=key).status_code == 404
    assert client.get(address, headers={"X-Api-Key": "nsj_wrong"}).status_code == 401
    assert client.get(address).status_code == 401
    assert client.get(address, headers=tokens.header("partner", partner="ofppt")).status_code == 200
    assert client.get(address, headers=tokens.header("partner", partner="ads")).status_code == 404
    assert client.get(address, headers=tokens.header("regional", regions=["07"])).status_code == 404
    assert client.get(address, headers=tokens.header("provincial", provinces=["03.591"])).status_code == 403
    assert len(client.get("/v1/subscriptions", headers=tokens.header("partner", partner="ofppt")).get_json()["items"]) == 2


def test_what_may_not_be_subscribed_to_is_refused_with_a_reason(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer, partner: Partner
) -> None:
    given.convention_signed(arriving, "03")

    def refused(role: str = "national", regions: tuple[str, ...] = ("03",), claims: Any = None, **other: Any) -> tuple[int, str]:
        headers = tokens.header(role, **(claims or {}))
        answer = client.post("/v1/subscriptions", json=wish(partner, *regions, **other), headers=headers)
        return answer.status_code, answer.get_json()["type"].rpartition(":")[2]

    assert refused(url="https://10.0.0.7/") == (422, "webhook-address-refused")
    assert refused(types=["ma.nassij.registry.person.*"]) == (422, "types-select-nothing")
    assert refused(types=["$ne"]) == (422, "request-invalid")
    assert refused(personal=True) == (422, "request-invalid")
    assert refused(convention="c-2") == (409, "convention-unknown")
    assert refused(regions=("03", "07")) == (409, "convention-does-not-cover")
    assert refused("regional", claims={"regions": ["07"]}) == (403, "outside-your-territory")
    assert refused("partner", claims={"partner": "ofppt"}) == (403, "permission-missing")


def test_an_endpoint_that_fails_is_tried_again_under_the_same_id_and_left_alone_after_five_days(
    arriving: Arriving,
    client: FlaskClient,
    tokens: TestIssuer,
    partner: Partner,
    sender: Sender,
    mailer: KeepingMailer,
    frozen: FrozenClock,
) -> None:
    ready(arriving, "03")
    told = subscribed(client, tokens, partner, "03")
    partner.status = 503
    for day in range(FAILING_DAYS):
        given.certificate_issued(arriving, f"NSJ-{day}")
        sender.round()
        frozen.advance(timedelta(days=1))
    assert len({headers["webhook-id"] for headers, _ in partner.received}) < len(partner.received)
    [disabled] = published("endpoint.disabled")
    assert disabled["partner"] == "ofppt"
    attempts = len(partner.received)
    given.certificate_issued(arriving, "NSJ-after")
    sender.round()
    assert len(partner.received) == attempts
    shown = client.get(f"/v1/subscriptions/{told['id']}", headers={"X-Api-Key": told["api_key"]}).get_json()
    assert (shown["state"], shown["endpoint"]["state"]) == ("disabled", "disabled")


def test_an_endpoint_that_says_it_is_gone_is_left_alone_at_once(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer, partner: Partner, sender: Sender, mailer: KeepingMailer
) -> None:
    ready(arriving, "03")
    subscribed(client, tokens, partner, "03")
    partner.status = 410
    given.certificate_issued(arriving)
    sender.round()
    assert published("endpoint.disabled")[0]["reason"].endswith("(410)")


def test_while_a_secret_is_changed_both_sign(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer, partner: Partner, sender: Sender, mailer: KeepingMailer
) -> None:
    ready(arriving, "03")
    told = subscribed(client, tokens, partner, "03")
    rotated = client.post(f"/v1/subscriptions/{told['id']}/rotate-secret", headers=tokens.header("national"))
    assert rotated.status_code == 200
    given.certificate_issued(arriving)
    sender.round()
    [(headers, body)] = partner.received
    for secret in (told["secret"], rotated.get_json()["secret"]):
        assert Webhook(secret).verify(body, headers) == json.loads(body)


def test_the_figures_count_subscriptions_messages_and_deliveries(
    arriving: Arriving, client: FlaskClient, tokens: TestIssuer, partner: Partner, sender: Sender, mailer: KeepingMailer
) -> None:
    ready(arriving, "03")
    subscribed(client, tokens, partner, "03")
    given.certificate_issued(arriving)
    sender.round()
    figures = client.get("/metrics").text
    assert 'nassij_subscriptions{region="03",state="active"} 1.0' in figures
    assert 'nassij_deliveries{region="03",state="delivered"} 1.0' in figures
    assert 'nassij_messages{region="03",state="sent",template="certificate-issued"} 1.0' in figures
