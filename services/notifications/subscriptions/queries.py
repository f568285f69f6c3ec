"""Finding subscriptions: who may see which is decided here, in the query."""

from typing import Any

from chassis.context import current
from chassis.problems import Forbidden, NotFound, RuleBroken
from chassis.queries import find
from services.notifications.subscriptions.gateways import hash_of
from services.notifications.subscriptions.model import Convention, Subscription


def visible() -> Any:
    """The subscriptions that the asker may see: a partner its own, regional staff those of their regions.

    Raises:
        Forbidden: nobody said who is asking.

    """
    asker = current()
    if asker.role == "partner":
        return Subscription.objects(partner=asker.partner)
    if asker.scope is None:
        raise Forbidden("no-territory", "Nobody said which territory this work is about, so no subscription can be read.")
    return Subscription.objects if asker.scope.regions is None else Subscription.objects(regions__in=sorted(asker.scope.regions))


def seen(subscription: str) -> Subscription:
    """A subscription that the asker may see.

    Raises:
        NotFound: there is none.

    """
    found: Subscription | None = visible().filter(id=subscription).first()
    if found is None:
        raise NotFound("subscription", subscription)
    return found


def of_api_key(api_key: str) -> Subscription | None:
    """The subscription that an API key opens."""
    found: Subscription | None = Subscription.objects(api_key_hash=hash_of(api_key)).first()
    return found


def known_convention(convention: str) -> Convention:
    """The copy of a signed convention.

    Raises:
        RuleBroken: none is known here.

    """
    found = find(Convention, convention)
    if found is None:
        raise RuleBroken(
            "convention-unknown",
            "No signed convention of this id is known here: have it signed in the registry, or wait a moment if it just was.",
            convention=convention,
        )
    return found
