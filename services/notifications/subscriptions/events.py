"""What subscriptions and their endpoints publish."""

from datetime import date, datetime

from chassis.events import event


@event(
    "ma.nassij.notifications.subscription.created.v1",
    example={
        "partner": "ofppt",
        "regions": ["03"],
        "types": ["ma.nassij.certification.certificate.*"],
        "convention": "01930f3e-0000-7000-8000-000000000006",
        "until": "2026-12-31",
    },
)
class SubscriptionCreated:
    """A partner is sent events of these regions and types from now on, until the day on which its convention ends."""

    partner: str
    regions: list[str]
    types: list[str]
    convention: str
    until: date


@event("ma.nassij.notifications.endpoint.secret-rotated.v1", example={"old_until": "2026-03-03T09:00:00Z"})
class EndpointSecretRotated:
    """An endpoint (its id is its subscription's) has a new secret; until then the old one signs beside it."""

    old_until: datetime


@event(
    "ma.nassij.notifications.endpoint.disabled.v1",
    example={"partner": "ofppt", "reason": "the endpoint answered that it is gone (410)"},
)
class EndpointDisabled:
    """Nothing is sent to an endpoint any more (its id is its subscription's), and why."""

    partner: str
    reason: str
