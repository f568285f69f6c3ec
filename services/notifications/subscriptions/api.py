"""HTTP: subscriptions for staff, and for the partners themselves by token or by API key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import current_app, request

from chassis import clock
from chassis.context import current, entered
from chassis.http import Blueprint, Page, PageArguments, page, page_of, public, requires
from chassis.problems import Forbidden, NotFound, Unauthorized
from chassis.queries import get
from chassis.scope import EVERYWHERE, unscoped
from services.notifications.deliveries.model import Delivery
from services.notifications.subscriptions import commands, queries
from services.notifications.subscriptions.gateways import webhook_secrets
from services.notifications.subscriptions.model import Endpoint, Subscription, Wish
from services.notifications.subscriptions.schemas import (
    DeliveryArguments,
    DeliveryView,
    RotatedView,
    Subscribe,
    SubscriptionCreatedView,
    SubscriptionDetails,
    SubscriptionView,
)

blueprint = Blueprint("subscriptions", __name__, description="What partners are sent.")
BY_KEY = "By token, or by the subscription's own API key in the header X-Api-Key."


@blueprint.get("/subscriptions")
@requires("subscription:read")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(SubscriptionView))
def subscriptions(asked: dict[str, Any]) -> Page:
    """The subscriptions that one may see: a partner its own, regional staff those of their regions."""
    return page(queries.visible(), **asked)


@blueprint.post("/subscriptions")
@requires("subscription:write")
@blueprint.arguments(Subscribe)
@blueprint.response(201, SubscriptionCreatedView)
def subscribe(body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Subscribe a partner. The answer tells its API key and webhook secret, once."""
    made = commands.create(Wish(body["partner"], body["regions"], body["types"]), body["url"], body["convention"])
    endpoint, secrets = get(Endpoint, made.id), webhook_secrets()
    told = {"api_key": secrets.api_key(made.id), "secret": secrets.opened(made.id, bytes(endpoint.secrets[0].sealed))}
    headers = {"Nassij-Event": f"{made.key}@{made.sequence}", "Location": f"/v1/subscriptions/{made.id}"}
    return _details(made, endpoint) | told, 201, headers


@blueprint.get("/subscriptions/<subscription>")
@public
@blueprint.response(200, SubscriptionDetails, description=BY_KEY)
def one(subscription: str) -> dict[str, Any]:
    """One subscription, for staff or for the partner whose it is."""
    with _reading(subscription, "subscription:read") as found:
        return _details(found, get(Endpoint, found.id))


@blueprint.get("/subscriptions/<subscription>/deliveries")
@public
@blueprint.arguments(DeliveryArguments, location="query")
@blueprint.response(200, page_of(DeliveryView), description=BY_KEY)
def deliveries(asked: dict[str, Any], subscription: str) -> Page:
    """What was sent, or is on its way, in the order in which it happened."""
    state = asked.pop("state")
    with _reading(subscription, "delivery:read") as found:
        sent = Delivery.objects(subscription=found.id)
        return page(sent.filter(state=state) if state else sent, **asked)


@blueprint.post("/subscriptions/<subscription>/rotate-secret")
@requires("subscription:write")
@blueprint.response(200, RotatedView)
def rotate_secret(subscription: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Sign with a new secret, which the answer tells once; the one before signs beside it for a day."""
    endpoint = commands.rotate_secret(subscription)
    fresh, old = endpoint.secrets[0], endpoint.secrets[1]
    told = {"id": endpoint.id, "secret": webhook_secrets().opened(endpoint.id, bytes(fresh.sealed)), "old_until": old.until}
    return told, 200, {"Nassij-Event": f"{endpoint.key}@{endpoint.sequence}"}


def _details(subscription: Subscription, endpoint: Endpoint) -> dict[str, Any]:
    shown = {name: getattr(subscription, name) for name in SubscriptionView().fields}
    return shown | {
        "endpoint": {
            "url": endpoint.url,
            "state": endpoint.state,
            "reason": endpoint.reason,
            "failing_days": endpoint.failing_days,
            "secrets": len(endpoint.live_secrets(clock.now())),
        }
    }


@contextmanager
def _reading(subscription: str, permission: str) -> Iterator[Subscription]:
    """Read a subscription and what hangs on it, as the one who asks by API key or by token.

    Raises:
        Unauthorized: neither holds.
        Forbidden: the token's role may not.
        NotFound: there is no such subscription that the asker may see.

    """
    api_key = request.headers.get("X-Api-Key")
    if api_key is None:
        with _by_token(permission):
            found = queries.seen(subscription)
    else:
        found = _by_key(api_key, subscription)
    with unscoped("who may see a subscription may see all that is sent to it"):
        yield found


def _by_key(api_key: str, subscription: str) -> Subscription:
    with entered(replace(current(), scope=EVERYWHERE)):
        found = queries.of_api_key(api_key)
    if found is None:
        raise Unauthorized("api-key-unknown", "This API key opens nothing: use the one told when the subscription was created.")
    if found.id != subscription:
        raise NotFound("subscription", subscription)
    return found


@contextmanager
def _by_token(permission: str) -> Iterator[None]:
    principal = current_app.verifier.principal(request.headers.get("Authorization"))  # type: ignore[attr-defined]
    if not principal.may(permission):
        sentence = f"The role {principal.role} may not do this; it takes the permission {permission}."
        raise Forbidden("permission-missing", sentence, permission=permission)
    asker = replace(current(), by=principal.id, role=principal.role, partner=principal.partner, scope=principal.scope)
    with entered(asker):
        yield
