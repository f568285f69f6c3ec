"""The catalogue over HTTP."""

from marshmallow import fields

from chassis.schemas import Bilingual, Date, Identifier, Integer, List, Schema, String


class OfRegion(Schema):
    """Which region."""

    region = Identifier(required=True, metadata={"description": "HCP code of the region, such as 03."})


class FamilyView(Schema):
    """A family of modules."""

    code = String()
    title = Bilingual()


class ModuleView(Schema):
    """A module as the pack plans it."""

    code = String()
    family = String()
    title = Bilingual()
    half_days = Integer()
    capacity = Integer()
    seats_per_association = Integer()
    audience = String()
    dimensions = List(String())


class CourseView(Schema):
    """The training of trainers."""

    code = String()
    title = Bilingual()
    half_days = Integer()
    seats = Integer()


class CatalogueView(Schema):
    """What may be taught in a region; `opened_on` is null until the registry opens it."""

    region = String()
    pack = String()
    opened_on = Date()
    families = List(fields.Nested(FamilyView), attribute="curriculum.families")
    modules = List(fields.Nested(ModuleView), attribute="curriculum.modules")
    course = fields.Nested(CourseView, attribute="curriculum.course")
    minimum_attendance = fields.Float(attribute="curriculum.minimum_attendance")
