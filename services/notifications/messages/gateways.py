"""How a message goes out: rendered at the moment of sending, by mail."""

from datetime import timedelta

from chassis.identity import identity
from chassis.intents import GaveUp, Intent, Outcome, Retry, Sent, sender
from chassis.queries import find, get
from services.notifications.channels.gateways import NotTaken, mailer, sender_address
from services.notifications.messages.model import MAIL, Message
from services.notifications.messages.rendering import Envelope, UnusableAddress, as_mail
from services.notifications.people.model import Person
from services.notifications.preparation import queries as preparation

# How long to wait after each failed attempt: a restart of the server costs seconds, a day without it a day.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 60, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600))


@sender(MAIL)
def send(intent: Intent) -> Outcome:
    """Send a message by mail."""
    message = get(Message, intent.payload["message"])
    reader = find(Person, message.person)
    if reader is None:
        return GaveUp("the person was erased")
    template, part = preparation.wording_of(message.pack, message.template)
    envelope = Envelope(sender_address(), f"{identity().cell}.nassij")
    try:
        mail = as_mail(message, reader, template.wording(message.language), part, envelope)
        mailer().deliver(mail)
    except KeyError as missing:
        # Packs are checked before they are published, so this is a message of ours that lacks what it may be asked for.
        return GaveUp(f"the wording marks {missing}, which the message does not have")
    except UnusableAddress as unusable:
        return GaveUp(str(unusable))
    except NotTaken as refused:
        return after_refusal(refused, intent.attempts)
    return Sent()


def after_refusal(refused: NotTaken, attempts: int) -> Outcome:
    """What follows when a mail was not taken, after so many attempts before this one."""
    if refused.for_good or attempts >= len(WAITS):
        return GaveUp(refused.reason)
    return Retry(refused.reason, WAITS[attempts])
