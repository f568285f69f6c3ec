"""How actors are handed in and shown over HTTP."""

from marshmallow import fields, validate

from chassis.http import PageArguments, page_of
from chassis.schemas import Bilingual, Date, Identifier, List, Schema, String
from services.registry.associations.schemas import PersonalView
from services.registry.associations.values import MEMBER
from vocabulary.association_sheet import OFFICES
from vocabulary.text import LANGUAGES


class ActorBody(Schema):
    """A person who takes an office in an association; `starts` is the mandate's first day, today if it is left out."""

    association = Identifier(required=True)
    office = String(load_default=MEMBER, validate=validate.OneOf((*OFFICES, MEMBER)))
    starts = Date(load_default=None, allow_none=True)
    names = Bilingual(required=True)
    phone = String(load_default=None, allow_none=True)
    mail = String(load_default=None, allow_none=True)
    language = String(required=True, validate=validate.OneOf(LANGUAGES))


class MandateView(Schema):
    """An office in an association."""

    association = String()
    office = String()
    starts = Date()
    ends = Date()


class ActorView(PersonalView):
    """An actor."""

    personal = frozenset({"names", "phone", "mail", "language"})

    id = String()
    region = String()
    province = String()
    names = Bilingual()
    phone = String()
    mail = String()
    language = String()
    mandates = List(fields.Nested(MandateView))


class ActorFilters(PageArguments):
    """Which actors to list."""

    region = Identifier(load_default=None)
    province = Identifier(load_default=None)
    association = Identifier(load_default=None)


ActorPage = page_of(ActorView)
