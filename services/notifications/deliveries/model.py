"""Deliveries."""

from datetime import datetime
from enum import StrEnum

from mongoengine import DateTimeField, EnumField, IntField, StringField

from chassis.aggregate import Stored


class DeliveryState(StrEnum):
    """What became of a delivery."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Delivery(Stored):
    """An event on its way to a subscription. Its id, of both ids, is the webhook-id and orders as the events do."""

    territory = ("region",)

    id = StringField(primary_key=True)
    subscription = StringField(required=True)
    event = StringField(required=True)
    type = StringField(required=True)
    key = StringField(required=True)
    region = StringField(required=True)
    body = StringField(required=True)
    state = EnumField(DeliveryState, default=DeliveryState.PENDING)
    attempts = IntField(default=0)
    reason = StringField()
    created_at = DateTimeField(required=True)
    settled_at = DateTimeField()

    meta = {"collection": "deliveries", "indexes": [{"fields": ["subscription", "id"]}, {"fields": ["region", "state"]}]}

    def tried(self, reason: str, attempts: int) -> None:
        """An attempt failed; another follows."""
        self.attempts, self.reason = attempts, reason

    def settle(self, state: DeliveryState, attempts: int, at: datetime, reason: str | None = None) -> None:
        """It was taken, or never will be."""
        self.state, self.attempts, self.settled_at, self.reason = state, attempts, at, reason


def delivery_id(event: str, subscription: str) -> str:
    """The id of the one delivery of an event to a subscription; no dot, which separates the parts of what is signed."""
    return f"{event}_{subscription}"
