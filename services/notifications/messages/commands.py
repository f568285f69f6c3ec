"""What writes messages and settles them."""

from collections.abc import Mapping
from datetime import datetime

from chassis import clock
from chassis.commands import command
from chassis.intents import GaveUp, Intent, Outcome, Sent, intend, settled
from chassis.queries import find, get
from services.notifications.messages.model import MAIL, Message, Session, message_id
from services.notifications.people import queries as people
from services.notifications.preparation import queries as preparation


@command
def keep_session(session: str, region: str, province: str | None, module: str, starts: datetime, commune: str) -> None:
    """Keep what messages will say of a planned session."""
    known = find(Session, session) or Session(id=session)
    known.region, known.province = region, province
    known.module, known.starts, known.commune = module, starts, commune
    known.save()


@command
def write(template: str, person: str, cause: str, variables: Mapping[str, str], region: str, province: str | None) -> Message:
    """Write to somebody about an event, once.

    Raises:
        NotYet: the registry has not described the person here yet, or the region has not joined here yet.

    """
    written = find(Message, message_id(cause, person, template))
    if written is not None:
        return written
    prepared, reader = preparation.awaited_preparation(region), people.awaited_person(person)
    message = Message.to(reader, template, variables, cause=cause, prepared=prepared, province=province, at=clock.now())
    # The message's id, made of event, person and template, is the intent's cause: one event may give two messages.
    intend(MAIL, person, message.id, {"message": message.id}, region=region)
    return message.save()


@settled(MAIL)
def settle(intent: Intent, outcome: Outcome) -> None:
    """Write down what became of a message; a failed attempt that will be repeated settles nothing."""
    message = get(Message, intent.payload["message"])
    if isinstance(outcome, Sent):
        message.sent(intent.attempts + 1, clock.now())
        message.save()
    elif isinstance(outcome, GaveUp):
        message.failed(outcome.reason, intent.attempts + 1, clock.now())
        message.save()
