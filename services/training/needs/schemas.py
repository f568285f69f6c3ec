"""Needs over HTTP."""

from marshmallow import fields

from chassis.schemas import Identifier, Integer, List, Schema, String


class NeedsOf(Schema):
    """Whose needs: of a region, or of one of its provinces."""

    region = Identifier(required=True, metadata={"description": "HCP code of the region, such as 03."})
    province = Identifier(metadata={"description": "HCP code of a province, such as 03.591."})


class DemandView(Schema):
    """How many associations of a province need a module."""

    province = String()
    module = String()
    associations = Integer()


class DemandsView(Schema):
    """The needs of a region: at most its provinces times its modules, so it comes whole."""

    items = List(fields.Nested(DemandView), max_items=5000)
