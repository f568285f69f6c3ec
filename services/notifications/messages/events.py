"""What messages publish. No name and no address travels: only the person's id."""

from chassis.events import event

_MESSAGE = {
    "person": "01930f3e-0000-7000-8000-000000000002",
    "template": "session-enrolled",
    "language": "ar",
    "channel": "mail",
    "cause": "01930f3e-0000-7000-8000-000000000005",
}


@event("ma.nassij.notifications.message.sent.v1", example={**_MESSAGE, "attempts": 1})
class MessageSent:
    """A message was handed over. ``cause`` is the id of the event that it tells of."""

    person: str
    template: str
    language: str
    channel: str
    cause: str
    attempts: int


@event("ma.nassij.notifications.message.failed.v1", example={**_MESSAGE, "reason": "the person has no mail address"})
class MessageFailed:
    """A message will never be handed over, and why."""

    person: str
    template: str
    language: str
    channel: str
    cause: str
    reason: str
