"""What regions look like from outside."""

from marshmallow import fields, validate

from chassis.http import PageArguments, page_of
from chassis.schemas import Bilingual, Identifier, Schema, String
from services.registry.regions.model import Rollout


class PackReference(Schema):
    """Which pack."""

    name = Identifier(required=True)
    version = Identifier(required=True)


class JoinRegion(Schema):
    """With which pack a region joins, and under which convention."""

    pack = fields.Nested(PackReference, required=True)
    convention = Identifier(
        load_default=None,
        metadata={"description": "The convention's id; the longest-lasting one in force for the region if it is left out."},
    )


class PreparationView(Schema):
    """A service that prepares itself for the region, and what it said when it had."""

    service = fields.String(required=True)
    awaited_since = fields.AwareDateTime(required=True)
    overdue_since = fields.AwareDateTime(allow_none=True)
    prepared_at = fields.AwareDateTime(allow_none=True)
    what = fields.Dict(required=True)


class RegionSummary(Schema):
    """A region and how far its roll-out has come."""

    code = fields.String(required=True)
    names = Bilingual(required=True)
    population = fields.Integer(required=True)
    state = fields.String(required=True)


class RegionView(RegionSummary):
    """A region with all that its roll-out stands on."""

    pack = fields.Nested(PackReference, attribute="pack_ref", allow_none=True)
    convention = fields.String(allow_none=True)
    joined_on = fields.Date(allow_none=True)
    opened_on = fields.Date(allow_none=True)
    preparations = fields.List(fields.Nested(PreparationView), required=True)


class RegionFilter(PageArguments):
    """Which regions."""

    state = String(load_default=None, validate=validate.OneOf([str(state) for state in Rollout]))


RegionPage = page_of(RegionSummary)
