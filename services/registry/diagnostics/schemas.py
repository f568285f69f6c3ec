"""How diagnostics are handed in and shown over HTTP."""

from marshmallow import fields

from chassis.http import PageArguments, page_of
from chassis.schemas import Date, Identifier, Integer, List, Map, Schema, String
from services.registry.diagnostics.model import Round
from vocabulary.pack.grid import TOP


class DiagnosticBody(Schema):
    """Every question of the grid with its level."""

    association = Identifier(required=True)
    on = Date(required=True, metadata={"description": "The day on which it was carried out."})
    round = fields.Enum(Round, by_value=True, load_default=Round.BASELINE)
    grid = Identifier(load_default=None, allow_none=True, metadata={"description": "The pack whose grid was answered."})
    answers = Map(Integer(low=0, high=TOP), required=True, metadata={"description": f"Levels from 0 to {TOP} by question."})


class NeedView(Schema):
    """A module that is needed, and the dimension that called for it."""

    module = String()
    dimension = String()
    score = fields.Float()


class DiagnosticView(Schema):
    """A completed diagnostic; scores are 0..100."""

    id = String()
    association = String()
    region = String()
    province = String()
    commune = String()
    round = fields.Enum(Round, by_value=True)
    on = Date()
    grid = String()
    answers = fields.Dict(keys=fields.String(), values=fields.Integer())
    scores = fields.Dict(keys=fields.String(), values=fields.Float())
    overall = fields.Float()
    needs = List(fields.Nested(NeedView))


class DiagnosticFilters(PageArguments):
    """Which diagnostics to list."""

    region = Identifier(load_default=None)
    province = Identifier(load_default=None)
    association = Identifier(load_default=None)
    round = fields.Enum(Round, by_value=True, load_default=None)


class NeedFilters(Schema):
    """Whose needs to count."""

    region = Identifier(load_default=None)
    province = Identifier(load_default=None)


class ModuleNeedView(Schema):
    """A module and how many associations need it."""

    module = String()
    associations = Integer()


class NeedsView(Schema):
    """The needs, the greatest first."""

    items = List(fields.Nested(ModuleNeedView))


DiagnosticPage = page_of(DiagnosticView)
