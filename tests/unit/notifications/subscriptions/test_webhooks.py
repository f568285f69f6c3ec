import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from chassis.intents import GaveUp, Retry, Sent
from services.notifications.subscriptions.gateways import (
    ENDPOINT_GONE,
    WAITS,
    HttpPoster,
    NotReached,
    again_or_never,
    hash_of,
    outcome_of,
    signed_headers,
)
from tests.unit.notifications import fakes


class Partner(BaseHTTPRequestHandler):
    """A partner's endpoint that answers with a redirect and keeps what came."""

    received: list[tuple[str, dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.received.append((self.path, dict(self.headers), body))
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def partner() -> Iterator[str]:
    Partner.received.clear()
    server = HTTPServer(("127.0.0.1", 0), Partner)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://localhost:{server.server_port}/hook"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_partner_checks_the_signature_with_either_live_secret() -> None:
    old, new = (fakes.SECRETS.opened("s-1", fakes.SECRETS.new_sealed("s-1")) for _ in range(2))
    headers = signed_headers("e_s", '{"id": "é"}', [new, old], datetime.now(UTC))
    for secret in (old, new):
        assert Webhook(secret).verify('{"id": "é"}', headers) == {"id": "é"}
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify('{"id": "e"}', headers)


def test_secrets_are_new_each_time_and_the_api_key_is_told_again_but_not_kept() -> None:
    assert fakes.SECRETS.new_sealed("s-1") != fakes.SECRETS.new_sealed("s-1")
    api_key = fakes.SECRETS.api_key("s-1")
    assert api_key == fakes.SECRETS.api_key("s-1") != fakes.SECRETS.api_key("s-2")
    assert api_key not in hash_of(api_key)


def test_only_a_yes_is_a_yes() -> None:
    assert outcome_of(204, 0) == Sent("204")
    assert outcome_of(410, 0) == GaveUp(ENDPOINT_GONE)
    assert all(isinstance(outcome_of(status, 0), Retry) for status in (302, 400, 401, 429, 500, 503))


def test_retries_follow_the_schedule_of_standard_webhooks_give_or_take_a_tenth() -> None:
    for attempts, wait in enumerate(WAITS):
        outcome = again_or_never("away", attempts)
        assert isinstance(outcome, Retry)
        assert wait * 0.9 <= outcome.after <= wait * 1.1
    assert timedelta(hours=27) < sum(WAITS, timedelta()) < timedelta(hours=28)
    assert again_or_never("away", len(WAITS)) == GaveUp("away")


def test_a_redirect_is_not_followed_and_the_partners_own_name_is_asked_for(partner: str) -> None:
    assert HttpPoster(allow_local=True).post(partner, "{}", {"webhook-id": "e_s"}) == 302
    [(path, headers, body)] = Partner.received
    assert (path, body) == ("/hook", b"{}")
    assert headers["host"].startswith("localhost:")


def test_a_name_that_leads_to_this_machine_is_not_asked_where_the_setting_forbids(partner: str) -> None:
    with pytest.raises(NotReached, match="private network"):
        HttpPoster(allow_local=False).post(partner, "{}", {})
    assert not Partner.received


def test_nobody_there_is_said_in_a_sentence() -> None:
    with pytest.raises(NotReached, match="did not answer"):
        HttpPoster(allow_local=True).post("http://127.0.0.1:1/", "{}", {})
