"""What packs look like from outside."""

from marshmallow import INCLUDE, fields

from chassis.http import page_of
from chassis.schemas import Bilingual, Schema


class PackDocument(Schema):
    """The document of a roll-out pack. The vocabulary checks all of it, unknown keys too, so that every fault is told at once."""

    class Meta:
        """Unknown keys are the pack's own reader's to refuse."""

        unknown = INCLUDE

    name = fields.Raw(metadata={"description": "Small letters, digits and dashes: fes-meknes."})
    version = fields.Raw(metadata={"description": 'Such as "1.0" or "1.0-trial".'})
    title = fields.Raw(metadata={"description": "{fr, ar}"})
    year = fields.Raw()
    families = fields.Raw()
    modules = fields.Raw()
    trainer_course = fields.Raw()
    grid = fields.Raw()
    templates = fields.Raw()
    gates = fields.Raw(metadata={"description": "What must hold before a state: {open: [{code, measure, needed, title}]}."})
    targets = fields.Raw()
    certificates = fields.Raw()


class PackSummary(Schema):
    """A published pack without its content."""

    id = fields.String(required=True, metadata={"description": "<name>@<version>"})
    name = fields.String(required=True)
    version = fields.String(required=True, attribute="release")
    title = Bilingual(required=True)
    published_at = fields.AwareDateTime(required=True)


class PackView(PackSummary):
    """A published pack with its content."""

    document = fields.Dict(required=True)


PackPage = page_of(PackSummary)
