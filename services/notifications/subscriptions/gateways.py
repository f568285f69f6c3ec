"""Webhooks: secrets, signatures, and the way out to partners' endpoints."""

import base64
import hashlib
import ipaddress
import random
import secrets
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol

import httpx
from standardwebhooks import Webhook

from chassis import clock
from chassis.intents import GaveUp, Intent, Outcome, Retry, Sent, sender
from chassis.queries import get
from chassis.sealing import Seal
from chassis.settings import Settings
from services.notifications.deliveries.model import Delivery
from services.notifications.subscriptions.addresses import may_be_reached
from services.notifications.subscriptions.model import Endpoint, Standing

WEBHOOK = "webhook"
TIMEOUT_SECONDS = 15.0
MOST_ADDRESSES = 3  # a claimed intent must be done before another sender may claim it
GONE = 410
DISABLED = "the endpoint is disabled"
ENDPOINT_GONE = f"the endpoint answered that it is gone ({GONE})"
# After the first attempt, which is made at once; the schedule of Standard Webhooks.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600))
JITTER = 0.1


class Secrets:
    """API keys and webhook secrets."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def api_key(self, subscription: str) -> str:
        """The API key of a subscription. It is not kept: who asks again with the same Idempotency-Key is told the same."""
        return "nsj_" + base64.urlsafe_b64encode(self._seal.derive(f"api-key/{subscription}")).decode().rstrip("=")

    def new_sealed(self, subscription: str) -> bytes:
        """A new webhook secret of 32 random bytes, sealed."""
        return self._seal.close(secrets.token_bytes(32), f"webhook/{subscription}")

    def opened(self, subscription: str, sealed: bytes) -> str:
        """A webhook secret as partners know it, ``whsec_...``.

        Raises:
            chassis.sealing.Unsealable: it was sealed with another key secret.

        """
        return "whsec_" + base64.b64encode(self._seal.open(sealed, f"webhook/{subscription}")).decode()


def hash_of(api_key: str) -> str:
    """An API key as it is kept. It has 256 bits, so a plain hash is not guessed."""
    return hashlib.sha256(api_key.encode()).hexdigest()


def signed_headers(delivery: str, body: str, opened: Sequence[str], at: datetime) -> dict[str, str]:
    """The headers of Standard Webhooks; each live secret signs, so that a partner may change it when it likes."""
    signatures = [Webhook(secret).sign(delivery, at, body) for secret in opened]
    return {
        "webhook-id": delivery,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
        "content-type": "application/cloudevents+json; charset=utf-8",
        "user-agent": "nassij-webhooks/1",
    }


class NotReached(Exception):  # noqa: N818 - an outcome that the caller expects
    """Nobody answered there now, or nobody may be asked there."""


class Poster(Protocol):
    """Posts to partners' endpoints."""

    def post(self, url: str, body: str, headers: dict[str, str]) -> int:
        """Post and return the status of the answer, whatever it is; redirects are not followed.

        Raises:
            NotReached: with the reason, which holds nothing of the answer.

        """
        ...


class HttpPoster:
    """Posts over HTTP to the very address that was checked: a name cannot be turned elsewhere between check and use."""

    def __init__(self, *, allow_local: bool) -> None:
        self._allow_local = allow_local
        # No proxy of the environment: it would resolve names by itself, past the check.
        self._client = httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False)

    def post(self, url: str, body: str, headers: dict[str, str]) -> int:
        """Post and return the status of the answer.

        Raises:
            NotReached: the name has no address that webhooks may go to, or nobody answered in time.

        """
        parts = httpx.URL(url)
        addresses = self._addresses_of(parts)
        try:
            return self._post_to_one_of(addresses, parts, body, headers)
        except httpx.HTTPError as error:
            raise NotReached(f"the endpoint did not answer ({type(error).__name__})") from None

    def _post_to_one_of(self, addresses: Sequence[str], url: httpx.URL, body: str, headers: dict[str, str]) -> int:
        for address in addresses[:-1]:
            # A name may have several addresses of which some lead nowhere, such as an IPv6 one.
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return self._post_to(address, url, body, headers)
        return self._post_to(addresses[-1], url, body, headers)

    def _post_to(self, address: str, url: httpx.URL, body: str, headers: dict[str, str]) -> int:
        request = self._client.build_request(
            "POST",
            url.copy_with(host=address),
            content=body.encode(),
            headers=headers | {"host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )
        answer = self._client.send(request, stream=True)
        answer.close()  # what else it says is of no interest and may be endless
        return answer.status_code

    def _addresses_of(self, url: httpx.URL) -> list[str]:
        try:
            found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
        except OSError:
            raise NotReached("the endpoint's name is not known") from None
        addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
        if not all(may_be_reached(ipaddress.ip_address(one), allow_local=self._allow_local) for one in addresses):
            raise NotReached("the endpoint's name leads to a private network")
        return addresses[:MOST_ADDRESSES]


@sender(WEBHOOK)
def send(intent: Intent) -> Outcome:
    """Send a delivery to its endpoint, signed."""
    delivery = get(Delivery, intent.payload["delivery"])
    endpoint = get(Endpoint, delivery.subscription)
    if endpoint.state is Standing.DISABLED:
        return GaveUp(DISABLED)
    live = [webhook_secrets().opened(endpoint.id, sealed) for sealed in endpoint.live_secrets(clock.now())]
    # Receivers compare the timestamp with their own machine's time, so it never comes from the demo clock.
    headers = signed_headers(delivery.id, delivery.body, live, datetime.now(UTC))
    try:
        status = poster().post(endpoint.url, delivery.body, headers)
    except NotReached as failed:
        return again_or_never(str(failed), intent.attempts)
    return outcome_of(status, intent.attempts)


def outcome_of(status: int, attempts: int) -> Outcome:
    """What an answer means, after so many attempts before this one. Only 2xx is a yes."""
    if status // 100 == 2:  # noqa: PLR2004 - the class of HTTP's successes
        return Sent(str(status))
    return GaveUp(ENDPOINT_GONE) if status == GONE else again_or_never(f"the endpoint answered {status}", attempts)


def again_or_never(reason: str, attempts: int) -> Outcome:
    """Another attempt after the schedule's wait, give or take a tenth, or none where the schedule has ended."""
    if attempts >= len(WAITS):
        return GaveUp(reason)
    return Retry(reason, WAITS[attempts] * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - no secret hangs on it


@lru_cache(maxsize=1)
def settings() -> Settings:
    """What this process was told."""
    return Settings.from_environment(service="notifications")


@lru_cache(maxsize=1)
def webhook_secrets() -> Secrets:
    """The secrets of this process.

    Raises:
        chassis.settings.SettingsError: no key secret is set.

    """
    return Secrets(Seal.from_settings(settings()))


@lru_cache(maxsize=1)
def poster() -> Poster:
    """The way out that the settings allow."""
    return HttpPoster(allow_local=settings().webhook_allow_local)
