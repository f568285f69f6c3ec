"""How imports are handed in and shown over HTTP."""

from flask_smorest.fields import Upload
from marshmallow import fields

from chassis.http import PageArguments, page_of
from chassis.schemas import Identifier, Instant, Integer, Schema, String
from services.registry.imports.model import State


class FileBody(Schema):
    """The sheet, as a part of a multipart form."""

    file = Upload(required=True, metadata={"description": "An .xlsx workbook, or CSV in UTF-8."})


class RegionForm(Schema):
    """The other part of the form."""

    region = Identifier(required=True, metadata={"description": "HCP code of the region, such as 03."})


class UploadForm(FileBody, RegionForm):
    """The form as a whole, for those who read the API's description."""


class ImportView(Schema):
    """An import: `position` of its `rows` are worked off, and each of these was registered, held or rejected."""

    id = String()
    region = String()
    file = String()
    sha256 = String()
    state = fields.Enum(State, by_value=True)
    rows = Integer()
    position = Integer()
    registered = Integer()
    held = Integer()
    rejected = Integer()
    received_at = Instant()
    completed_at = Instant()


class ImportFilters(PageArguments):
    """Which imports to list."""

    region = Identifier(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


ImportPage = page_of(ImportView)
