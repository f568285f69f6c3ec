"""Aggregates: documents that record what happened to them, and publish it with the transaction that saves them."""

from typing import Any, ClassVar, Self

from mongoengine import IntField

from chassis.events import type_of
from chassis.outbox.rows import outbox_row
from chassis.store.documents import Stored
from chassis.store.unit import OUTBOX, inserts, require_unit

__all__ = ["Aggregate", "Stored"]


class Aggregate(Stored):
    """A document with a stream of events. Rules are methods of its subclasses.

    ``subject`` is its events' subject and its key's first half. ``sequence`` counts the events it has recorded in its
    whole life, ``personal_sequence`` those on the personal topic.
    """

    subject: ClassVar[str]

    sequence = IntField(required=True, default=0)
    personal_sequence = IntField(required=True, default=0)

    meta: dict[str, Any] = {"abstract": True, "auto_create_index": False, "auto_create_index_on_save": False}

    @property
    def key(self) -> str:
        """The key of its stream, ``<subject>/<id>``, the same wherever it lives."""
        return f"{self.subject}/{self.pk}"

    def record(self, happened: object) -> None:
        """Remember that something happened; it is published when this document is saved.

        Raises:
            TypeError: it is no declared event, or one of another subject.

        """
        declared = type_of(happened)
        if declared.subject != self.subject and not declared.personal:
            raise TypeError(f"{declared.name} is not an event of {self.subject}.")
        self.recorded.append(happened)

    @property
    def recorded(self) -> list[Any]:
        """What happened since the last save."""
        happened: list[Any] = self.__dict__.setdefault("_happened", [])
        return happened

    def save(self, *args: Any, **kwargs: Any) -> Self:
        """Write this document and publish what it recorded, when the transaction ends.

        Raises:
            Forbidden: it lies outside the current scope.
            msgspec.ValidationError: an event does not keep to its own contract.

        """
        rows = [self._publish(happened) for happened in self.recorded]
        self.recorded.clear()
        super().save(*args, **kwargs)
        require_unit().add(OUTBOX, *inserts(rows))
        return self

    def _publish(self, happened: object) -> dict[str, Any]:
        declared = type_of(happened)
        counter = "personal_sequence" if declared.personal else "sequence"
        setattr(self, counter, getattr(self, counter) + 1)
        region, province = self.region_and_province()
        return outbox_row(happened, subject_id=str(self.pk), sequence=getattr(self, counter), region=region, province=province)
