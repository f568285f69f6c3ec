"""A published roll-out pack."""

from datetime import datetime
from typing import Any, Self

from mongoengine import DateTimeField, DictField, MapField, StringField

from chassis.aggregate import Aggregate
from chassis.problems import RuleBroken
from services.registry.packs.events import PackPublished, PackRef
from vocabulary.pack import Pack as Content


class Pack(Aggregate):
    """A roll-out pack under its name and version, never changed once published. Every region may read it.

    `release` is the pack's own version, `document` the JSON form of its content (`vocabulary.pack.Pack.to_document`).
    """

    subject = "pack"

    id = StringField(primary_key=True)
    name = StringField(required=True)
    release = StringField(required=True)
    title = MapField(StringField(), required=True)
    published_at = DateTimeField(required=True)
    document = DictField(required=True)

    meta = {"collection": "packs", "indexes": [("name", "release")]}

    @classmethod
    def publish(cls, content: Content, at: datetime) -> Self:
        """Publish this content under its name and version."""
        document = content.to_document()
        pack = cls(
            id=content.reference,
            name=content.name,
            release=content.version,
            title=document["title"],
            published_at=at,
            document=document,
        )
        pack.record(PackPublished.of(content))
        return pack

    @property
    def ref(self) -> PackRef:
        """Its name and version."""
        return PackRef(self.name, self.release)

    def content(self) -> Content:
        """What is in it, as the vocabulary has it (about a millisecond)."""
        return Content.from_document(_plain(self.document))

    def services_to_prepare(self) -> tuple[str, ...]:
        """The services that some gate wants prepared, each once, in the order of the gates."""
        conditions = (condition for gate in self.content().gates.values() for condition in gate)
        return tuple(dict.fromkeys(service for condition in conditions for service in condition.services))

    def must_hold(self, content: Content) -> None:
        """Refuse to take another content than the published one.

        Raises:
            RuleBroken: ``pack-version-taken``.

        """
        if _plain(self.document) != content.to_document():
            raise RuleBroken(
                "pack-version-taken",
                f"The pack {self.id} is published with another content and never changes: give yours a new version.",
                pack=self.id,
            )


def _plain(value: Any) -> Any:
    """A stored value without the store's own dict and list classes."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value
