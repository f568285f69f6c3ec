import json
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from operator_cli.stack.webhook_sink import Inbox, trust

SECRET = "whsec_" + "c2VjcmV0" * 5
OTHER = "whsec_" + "b3RoZXIx" * 5


def delivery(name: str, region: str = "03", secret: str = SECRET) -> tuple[dict[str, str], bytes]:
    body = json.dumps({"id": f"event-{name}", "type": "ma.nassij.certification.certificate.issued.v1", "region": region})
    at = datetime.now(UTC)
    signature = Webhook(secret).sign(name, at, body)
    return {"webhook-id": name, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}, body.encode()


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    trust(tmp_path, SECRET)
    return Inbox(tmp_path)


def test_a_signed_delivery_is_kept_and_a_repeat_is_counted_as_one(inbox: Inbox) -> None:
    for name in ("a", "b", "a"):
        assert inbox.take(*delivery(name)) is HTTPStatus.NO_CONTENT
    counts = inbox.counts()
    assert (counts["received"], counts["distinct"], counts["repeated"], counts["refused"]) == (3, 2, 1, 0)
    assert counts["by_region"] == {"03": 2}


def test_what_another_secret_signed_is_refused_and_not_kept(inbox: Inbox) -> None:
    assert inbox.take(*delivery("a", secret=OTHER)) is HTTPStatus.UNAUTHORIZED
    assert (inbox.counts()["received"], inbox.counts()["refused"]) == (0, 1)


def test_a_changed_body_is_refused(inbox: Inbox) -> None:
    headers, body = delivery("a")
    assert inbox.take(headers, body.replace(b"03", b"07")) is HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize("signature", ["", "v1", "v1,no-base64!", "nonsense"])
def test_a_signature_that_is_none_is_refused(inbox: Inbox, signature: str) -> None:
    headers, body = delivery("a")
    assert inbox.take({**headers, "webhook-signature": signature}, body) is HTTPStatus.UNAUTHORIZED


def test_before_anybody_subscribed_it_asks_to_come_again(tmp_path: Path) -> None:
    assert Inbox(tmp_path).take(*delivery("a")) is HTTPStatus.SERVICE_UNAVAILABLE


def test_a_restart_forgets_nothing(inbox: Inbox, tmp_path: Path) -> None:
    inbox.take(*delivery("a"))
    again = Inbox(tmp_path)
    assert again.take(*delivery("a")) is HTTPStatus.NO_CONTENT
    assert again.counts()["repeated"] == 1
    assert [kept.event for kept in again.newest(10)] == ["event-a", "event-a"]
