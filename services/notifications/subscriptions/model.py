"""Subscriptions, their endpoints, and who is sent what in a region."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from mongoengine import (
    BinaryField,
    DateField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    StringField,
)

from chassis.aggregate import Aggregate, Stored
from chassis.problems import Invalid, RuleBroken
from services.notifications.subscriptions.events import EndpointDisabled, EndpointSecretRotated, SubscriptionCreated
from services.notifications.subscriptions.offer import OFFERED, matches, selects_something

OVERLAP = timedelta(hours=24)
"""How long the old secret signs beside the new one, so that a partner can change it without losing a delivery."""
FAILING_DAYS = 5
"""So many days with failures and without one success end an endpoint (shared rule of webhook senders)."""


class Convention(Stored):
    """The local copy of a signed convention: a partner's rights end with it."""

    id = StringField(primary_key=True)
    regions = ListField(StringField(), required=True)
    starts = DateField(required=True)
    ends = DateField(required=True)

    meta = {"collection": "conventions"}

    def must_cover(self, regions: Collection[str], on: date) -> None:
        """Raise RuleBroken unless it is in force and covers these regions."""
        if not self.starts <= on <= self.ends:
            raise RuleBroken(
                "convention-not-in-force",
                "This convention is not in force today: subscribe under one that is.",
                convention=self.id,
                starts=self.starts.isoformat(),
                ends=self.ends.isoformat(),
            )
        outside = sorted(set(regions) - set(self.regions))
        if outside:
            raise RuleBroken(
                "convention-does-not-cover",
                f"This convention does not cover {', '.join(outside)}: leave them out, or subscribe under one that does.",
                convention=self.id,
                regions=outside,
            )


class Standing(StrEnum):
    """Whether anything is sent."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a partner asks to be sent: events of these types (or beginnings of types) that happen in these regions."""

    partner: str
    regions: Sequence[str]
    types: Sequence[str]


class Subscription(Aggregate):
    """What a partner is sent: events of some types that happened in some regions, while its convention lasts.

    It belongs to several regions, so who may see it is decided in queries.py. The API key is kept as a SHA-256 hash.
    """

    subject = "subscription"

    id = StringField(primary_key=True)
    partner = StringField(required=True)
    regions = ListField(StringField(), required=True)
    types = ListField(StringField(), required=True)
    convention = StringField(required=True)
    starts = DateField(required=True)
    until = DateField(required=True)
    api_key_hash = StringField(required=True)
    state = EnumField(Standing, default=Standing.ACTIVE)
    created_at = DateTimeField(required=True)

    meta = {
        "collection": "subscriptions",
        "indexes": [{"fields": ["api_key_hash"], "unique": True}, {"fields": ["partner"]}, {"fields": ["regions"]}],
    }

    @classmethod
    def create(cls, subscription: str, wish: Wish, convention: Convention, *, api_key_hash: str, at: datetime, on: date) -> Self:
        """A partner's subscription.

        Raises:
            Invalid: a type selects no event that partners can be sent.
            RuleBroken: the convention is not in force, or does not cover a region.

        """
        _check_types(wish.types)
        convention.must_cover(wish.regions, on)
        made = cls(
            id=subscription,
            partner=wish.partner,
            regions=sorted(set(wish.regions)),
            types=sorted(set(wish.types)),
            convention=convention.id,
            starts=convention.starts,
            until=convention.ends,
            api_key_hash=api_key_hash,
            created_at=at,
        )
        made.record(
            SubscriptionCreated(
                partner=wish.partner,
                regions=list(made.regions),
                types=list(made.types),
                convention=convention.id,
                until=made.until,
            )
        )
        return made

    def disable(self) -> None:
        """Its endpoint is not sent anything any more."""
        self.state = Standing.DISABLED


def _check_types(types: Sequence[str]) -> None:
    faults = [
        {"field": f"types.{place}", "problem": "Selects no event that partners can be sent."}
        for place, pattern in enumerate(types)
        if not selects_something(pattern)
    ]
    if faults:
        raise Invalid(
            "types-select-nothing",
            "Correct types as the list of fields says: name an event type, or the beginning of some with .* at the end.",
            fields=faults,
            offered=list(OFFERED),
        )


class Secret(EmbeddedDocument):
    """A webhook secret, sealed; ``until`` is when it stops signing, empty for the current one."""

    sealed = BinaryField(required=True)
    until = DateTimeField()


class Endpoint(Aggregate):
    """Where a subscription's events go, under the subscription's id, and how that has gone lately."""

    subject = "endpoint"

    id = StringField(primary_key=True)
    partner = StringField(required=True)
    url = StringField(required=True)
    secrets = EmbeddedDocumentListField(Secret, required=True)
    state = EnumField(Standing, default=Standing.ACTIVE)
    reason = StringField()
    failing_days = IntField(required=True, default=0)
    last_failed_on = DateField()

    meta = {"collection": "endpoints"}

    @classmethod
    def at(cls, subscription: str, partner: str, url: str, sealed: bytes) -> Self:
        """The endpoint of a subscription, with its first secret."""
        return cls(id=subscription, partner=partner, url=url, secrets=[Secret(sealed=sealed)])

    def rotate_secret(self, sealed: bytes, now: datetime) -> None:
        """Sign with a new secret, and for a while with the one before too: two at most.

        Raises:
            RuleBroken: the endpoint is disabled.

        """
        if self.state is Standing.DISABLED:
            raise RuleBroken(
                "endpoint-disabled", "Nothing is sent to this endpoint any more: create a new subscription.", id=self.id
            )
        current = self.secrets[0]
        until = now + OVERLAP
        self.secrets = [Secret(sealed=sealed), Secret(sealed=current.sealed, until=until)]
        self.record(EndpointSecretRotated(old_until=until))

    def live_secrets(self, now: datetime) -> list[bytes]:
        """The sealed secrets that sign now, the current one first."""
        return [bytes(secret.sealed) for secret in self.secrets if secret.until is None or secret.until > now]

    def took_one(self) -> bool:
        """A delivery was taken. Whether that changed anything."""
        changed = bool(self.failing_days)
        self.failing_days, self.last_failed_on = 0, None
        return changed

    def missed_one(self, on: date) -> bool:
        """A delivery was not taken on this day; days with failures and without success end it. Whether that changed anything."""
        if self.state is Standing.DISABLED or self.last_failed_on == on:
            return False
        self.failing_days, self.last_failed_on = self.failing_days + 1, on
        if self.failing_days >= FAILING_DAYS:
            self.disable(f"every delivery failed on {FAILING_DAYS} days")
        return True

    def disable(self, reason: str) -> None:
        """Send nothing there any more."""
        if self.state is Standing.ACTIVE:
            self.state, self.reason = Standing.DISABLED, reason
            self.record(EndpointDisabled(partner=self.partner, reason=reason))


class Listener(EmbeddedDocument):
    """A subscription that listens to a region: to which types, from which day to which."""

    subscription = StringField(required=True)
    types = ListField(StringField(), required=True)
    starts = DateField(required=True)
    until = DateField(required=True)


class Audience(Stored):
    """Who is sent what happens in a region: one document a region, so that a batch of events loads it once."""

    territory = ("region",)

    region = StringField(primary_key=True)
    listeners = EmbeddedDocumentListField(Listener)

    meta = {"collection": "audiences"}

    def admit(self, subscription: Subscription) -> None:
        """Send this subscription what happens here."""
        self.dismiss(subscription.id)
        self.listeners.append(
            Listener(
                subscription=subscription.id,
                types=list(subscription.types),
                starts=subscription.starts,
                until=subscription.until,
            )
        )

    def dismiss(self, subscription: str) -> None:
        """Send it nothing any more."""
        self.listeners = [listener for listener in self.listeners if listener.subscription != subscription]

    def of(self, event_type: str, on: date) -> list[str]:
        """The subscriptions that are sent an event of this type on this day."""
        return [
            listener.subscription
            for listener in self.listeners
            if listener.starts <= on <= listener.until and any(matches(pattern, event_type) for pattern in listener.types)
        ]
