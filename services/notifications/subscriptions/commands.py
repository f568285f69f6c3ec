"""What changes subscriptions, and what sends events on to them."""

import json
from collections.abc import Sequence
from datetime import date

from chassis import clock
from chassis.commands import command
from chassis.context import current
from chassis.events import Received
from chassis.ids import new_id
from chassis.intents import GaveUp, Intent, Outcome, Retry, intend, settled
from chassis.problems import Forbidden
from chassis.queries import find, get
from services.notifications.deliveries.model import Delivery, DeliveryState, delivery_id
from services.notifications.subscriptions import queries
from services.notifications.subscriptions.addresses import check_url
from services.notifications.subscriptions.gateways import DISABLED, ENDPOINT_GONE, WEBHOOK, hash_of, settings, webhook_secrets
from services.notifications.subscriptions.model import Audience, Convention, Endpoint, Standing, Subscription, Wish


@command
def keep_convention(convention: str, regions: Sequence[str], starts: date, ends: date) -> None:
    """Keep what a signed convention allows."""
    known = find(Convention, convention) or Convention(id=convention)
    known.regions, known.starts, known.ends = list(regions), starts, ends
    known.save()


@command
def open_region(region: str) -> None:
    """Make ready to send partners what happens in a region."""
    if find(Audience, region) is None:
        Audience(region=region).save()


@command
def create(wish: Wish, url: str, convention: str) -> Subscription:
    """Subscribe a partner.

    Raises:
        Invalid: the address may not be used, or a type selects nothing.
        Forbidden: a region lies outside the asker's territory.
        RuleBroken: the convention is unknown, not in force, or does not cover a region.

    """
    _must_admit(wish.regions)
    check_url(url, allow_local=settings().webhook_allow_local)
    subscription, secrets = new_id(), webhook_secrets()
    made = Subscription.create(
        subscription,
        wish,
        queries.known_convention(convention),
        api_key_hash=hash_of(secrets.api_key(subscription)),
        at=clock.now(),
        on=clock.today(),
    )
    Endpoint.at(subscription, wish.partner, url, secrets.new_sealed(subscription)).save()
    for region in made.regions:
        audience = find(Audience, region) or Audience(region=region)
        audience.admit(made)
        audience.save()
    return made.save()


@command
def rotate_secret(subscription: str) -> Endpoint:
    """Give an endpoint a new secret; the one before signs beside it for a day.

    Raises:
        NotFound: the asker may see no such subscription.
        RuleBroken: the endpoint is disabled.

    """
    endpoint = get(Endpoint, queries.seen(subscription).id)
    endpoint.rotate_secret(webhook_secrets().new_sealed(subscription), clock.now())
    return endpoint.save()


@command
def fan_out(event: Received) -> None:
    """Send an event on to every subscription that is to have it."""
    audience = find(Audience, event.region)
    wanted = audience.of(event.type, clock.today()) if audience is not None else []
    for subscription in wanted:
        delivery = Delivery(
            id=delivery_id(event.id, subscription),
            subscription=subscription,
            event=event.id,
            type=event.type,
            key=event.key,
            region=event.region,
            body=as_cloud_event(event),
            created_at=clock.now(),
        )
        if find(Delivery, delivery.id) is None:
            intend(WEBHOOK, subscription, event.id, {"delivery": delivery.id}, region=event.region)
            delivery.save()


@settled(WEBHOOK)
def settle(intent: Intent, outcome: Outcome) -> None:
    """Write down how an attempt ended, and what it says of the endpoint."""
    delivery, attempts = get(Delivery, intent.payload["delivery"]), intent.attempts + 1
    if isinstance(outcome, Retry):
        delivery.tried(outcome.reason, attempts)
    elif isinstance(outcome, GaveUp):
        delivery.settle(DeliveryState.FAILED, attempts, clock.now(), outcome.reason)
    else:
        delivery.settle(DeliveryState.DELIVERED, attempts, clock.now())
    delivery.save()
    _judge(get(Endpoint, delivery.subscription), outcome)


def as_cloud_event(event: Received) -> str:
    """An event in CloudEvents' structured mode, as partners get it."""
    attributes = {
        "specversion": "1.0",
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "subject": event.key,
        "time": event.time.isoformat(),
        "datacontenttype": "application/json",
        "sequence": str(event.sequence),
        "region": event.region,
        "province": event.province,
        "data": event.data,
    }
    return json.dumps({name: value for name, value in attributes.items() if value is not None}, ensure_ascii=False)


def _must_admit(regions: Sequence[str]) -> None:
    scope = current().scope
    outside = [region for region in regions if scope is None or not scope.admits(region, None)]
    if outside:
        sentence = f"You may not subscribe a partner to {', '.join(sorted(outside))}: leave out what lies outside your territory."
        raise Forbidden("outside-your-territory", sentence)


def _judge(endpoint: Endpoint, outcome: Outcome) -> None:
    """Count days of failure; an endpoint that is gone, or fails for days, is left alone from now on."""
    if isinstance(outcome, GaveUp) and outcome.reason == DISABLED:
        return
    if isinstance(outcome, Retry | GaveUp):
        changed = endpoint.missed_one(clock.today())
        if isinstance(outcome, GaveUp) and outcome.reason == ENDPOINT_GONE and endpoint.state is Standing.ACTIVE:
            endpoint.disable(outcome.reason)
            changed = True
    else:
        changed = endpoint.took_one()
    if not changed:
        return
    endpoint.save()
    if endpoint.state is Standing.DISABLED:
        _dismiss(get(Subscription, endpoint.id))


def _dismiss(subscription: Subscription) -> None:
    subscription.disable()
    subscription.save()
    for region in subscription.regions:
        audience = get(Audience, region)
        audience.dismiss(subscription.id)
        audience.save()
