"""What the territory looks like from outside."""

from marshmallow import fields

from chassis.http import PageArguments, page_of
from chassis.schemas import Bilingual, Identifier, Schema


class TerritoryLoaded(Schema):
    """How much of the territory there is, and what loading it changed."""

    regions = fields.Integer(required=True)
    provinces = fields.Integer(required=True)
    communes = fields.Integer(required=True)
    new = fields.Integer(required=True)
    changed = fields.Integer(required=True)


class ProvinceView(Schema):
    """A province or prefecture."""

    code = fields.String(required=True)
    names = Bilingual(required=True)
    population = fields.Integer(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)


class CommuneView(ProvinceView):
    """A commune."""

    province = fields.String(required=True)


class ProvinceFilter(PageArguments):
    """Which provinces."""

    region = Identifier(load_default=None, metadata={"description": "A region's HCP code, such as 03."})


class CommuneFilter(ProvinceFilter):
    """Which communes."""

    province = Identifier(load_default=None, metadata={"description": "A province's HCP code, such as 03.591."})


ProvincePage = page_of(ProvinceView)
CommunePage = page_of(CommuneView)
