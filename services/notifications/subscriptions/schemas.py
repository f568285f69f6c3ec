"""How subscriptions and deliveries are asked for and shown."""

from marshmallow import fields, validate

from chassis.http import PageArguments
from chassis.schemas import Date, Identifier, Instant, Integer, List, Schema, String
from services.notifications.deliveries.model import DeliveryState
from services.notifications.subscriptions.model import Standing

_PATTERN = validate.Regexp(r"ma\.nassij\.[a-z]+\.[a-z-]+\.([a-z-]+\.v[1-9]\d*|\*)|ma\.nassij\.[a-z]+\.\*")


class Subscribe(Schema):
    """What a partner is to be sent, and where to."""

    partner = Identifier(required=True)
    url = String(required=True, min_length=8, max_length=500)
    regions = List(Identifier(), required=True, min_items=1, max_items=12)
    types = List(
        String(max_length=100, validate=_PATTERN),
        required=True,
        min_items=1,
        max_items=20,
        metadata={"description": "Event types, or beginnings of some: ma.nassij.certification.certificate.*"},
    )
    convention = Identifier(required=True)
    personal = fields.Boolean(
        load_default=False,
        validate=validate.Equal(False, error="Events carry no personal data: leave personal out or send false."),
    )


class SubscriptionView(Schema):
    """A partner's subscription."""

    id = String()
    partner = String()
    regions = List(String())
    types = List(String())
    convention = String()
    starts = Date()
    until = Date()
    state = fields.Enum(Standing, by_value=True)
    created_at = Instant()


class EndpointView(Schema):
    """Where the events go, and how that has gone lately."""

    url = String()
    state = fields.Enum(Standing, by_value=True)
    reason = String(allow_none=True)
    failing_days = Integer()
    secrets = Integer(metadata={"description": "How many secrets sign just now."})


class SubscriptionDetails(SubscriptionView):
    """A subscription with its endpoint."""

    endpoint = fields.Nested(EndpointView)


class SubscriptionCreatedView(SubscriptionDetails):
    """A new subscription with what opens and signs: said here and nowhere again."""

    api_key = String(metadata={"description": "For the header X-Api-Key. Keep it: it is not shown again."})
    secret = String(metadata={"description": "Signs the deliveries (Standard Webhooks). Keep it: it is not shown again."})


class RotatedView(Schema):
    """An endpoint's new secret."""

    id = String()
    secret = String(metadata={"description": "Keep it: it is not shown again."})
    old_until = Instant(metadata={"description": "Until then the secret before signs too."})


class DeliveryArguments(PageArguments):
    """Which deliveries to list."""

    state = String(load_default=None, validate=validate.OneOf([state.value for state in DeliveryState]))


class DeliveryView(Schema):
    """An event on its way to a subscription; ``id`` is the webhook-id."""

    id = String()
    event = String()
    type = String()
    key = String()
    region = String()
    state = fields.Enum(DeliveryState, by_value=True)
    attempts = Integer()
    reason = String(allow_none=True)
    created_at = Instant()
    settled_at = Instant(allow_none=True)
