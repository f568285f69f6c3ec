"""Messages, and the local copy of the sessions that they tell of."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Self

from mongoengine import DateTimeField, EnumField, IntField, MapField, StringField

from chassis.aggregate import Aggregate, Stored
from chassis.problems import RuleBroken
from services.notifications.messages.events import MessageFailed, MessageSent
from services.notifications.people.model import Person
from services.notifications.preparation.model import Preparation

MAIL = "mail"
_IDS = uuid.UUID("6f1b0a52-6f0e-5a35-9d55-5b8f3f0f6d0c")


class Session(Stored):
    """What messages say of a session: the module, when it begins, where."""

    territory = ("region", "province")

    id = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField()
    module = StringField(required=True)
    starts = DateTimeField(required=True)
    commune = StringField(required=True)

    meta = {"collection": "sessions"}

    def as_variables(self) -> dict[str, str]:
        """What a message needs to tell of it."""
        return {"module": self.module, "session_start": self.starts.isoformat(), "commune": self.commune}


class State(StrEnum):
    """What became of a message."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Message(Aggregate):
    """Something that somebody is told: which template, in which language, with which values.

    ``variables`` are codes, ids, moments and days as events carry them; titles and the person's name are put in when it
    is sent. ``cause`` is the id of the event that it tells of: there is one message for each event, person and template.
    """

    subject = "message"
    territory = ("region", "province")

    id = StringField(primary_key=True)
    region = StringField(required=True)
    province = StringField()
    person = StringField(required=True)
    template = StringField(required=True)
    pack = StringField(required=True)
    language = StringField(required=True, choices=("fr", "ar"))
    channel = StringField(required=True, default=MAIL)
    variables = MapField(StringField())
    cause = StringField(required=True)
    state = EnumField(State, default=State.PENDING)
    attempts = IntField(default=0)
    reason = StringField()
    written_at = DateTimeField(required=True)
    settled_at = DateTimeField()

    meta = {
        "collection": "messages",
        "indexes": [{"fields": ["person"]}, {"fields": ["region", "state"]}],
    }

    @classmethod
    def to(
        cls,
        person: Person,
        template: str,
        variables: Mapping[str, str],
        *,
        cause: str,
        prepared: Preparation,
        province: str | None,
        at: datetime,
    ) -> Self:
        """A message to somebody, in their language and in the words of the region's pack."""
        return cls(
            id=message_id(cause, person.id, template),
            region=prepared.region,
            province=province,
            person=person.id,
            template=template,
            pack=prepared.pack,
            language=person.language,
            variables=dict(variables),
            cause=cause,
            written_at=at,
        )

    def sent(self, attempts: int, at: datetime) -> None:
        """It was handed over.

        Raises:
            RuleBroken: it was settled before.

        """
        self._settle(State.SENT, attempts, at)
        self.record(
            MessageSent(
                person=self.person,
                template=self.template,
                language=self.language,
                channel=self.channel,
                cause=self.cause,
                attempts=attempts,
            )
        )

    def failed(self, reason: str, attempts: int, at: datetime) -> None:
        """It will never be handed over.

        Raises:
            RuleBroken: it was settled before.

        """
        self._settle(State.FAILED, attempts, at)
        self.reason = reason
        self.record(
            MessageFailed(
                person=self.person,
                template=self.template,
                language=self.language,
                channel=self.channel,
                cause=self.cause,
                reason=reason,
            )
        )

    def _settle(self, state: State, attempts: int, at: datetime) -> None:
        if self.state is not State.PENDING:
            raise RuleBroken("message-already-settled", "What became of this message is known already.", id=self.id)
        self.state, self.attempts, self.settled_at = state, attempts, at


def message_id(cause: str, person: str, template: str) -> str:
    """The id of the one message that tells a person of an event by a template: the same each time."""
    return str(uuid.uuid5(_IDS, f"{cause}|{person}|{template}"))
