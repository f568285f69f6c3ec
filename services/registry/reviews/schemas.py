"""How reviews are shown and decided over HTTP."""

from typing import Any

from marshmallow import fields

from chassis.http import PageArguments, page_of
from chassis.schemas import Bilingual, Date, Identifier, List, Schema, String
from services.registry.associations.schemas import AssociationView, PersonalView, SourceView
from services.registry.reviews.model import Decision, Review, State


class ReceiptView(Schema):
    """The receipt of the declaration."""

    number = String()
    date = Date()
    authority = String()


class OfficerView(Schema):
    """An officer as handed in."""

    office = String()
    names = Bilingual()
    phone = String()
    email = String()
    language = String()


class CandidateView(PersonalView):
    """What was handed in; there until the review is decided."""

    personal = frozenset({"phone", "email", "officers"})

    reference = String()
    seat = String()
    receipt = fields.Nested(ReceiptView)
    phone = String()
    email = String()
    fields_ = List(String(), attribute="fields", data_key="fields")
    officers = List(fields.Nested(OfficerView))


class ReviewView(Schema):
    """An association that is held as a possible duplicate."""

    id = String()
    region = String()
    province = String()
    commune = String()
    names = Bilingual()
    candidate = fields.Nested(CandidateView)
    against = List(String())
    score = fields.Float()
    reasons = List(String())
    state = fields.Enum(State, by_value=True)
    decision = fields.Enum(Decision, by_value=True)
    of = String()
    registered = String()
    reason = String()
    source = fields.Nested(SourceView)


class AdmissionView(AssociationView):
    """The association that was registered (201), or the review for which it is held (202)."""

    def dump(self, obj: Any, *, many: bool | None = None) -> Any:
        """Show whichever of the two it is."""
        return ReviewView().dump(obj) if isinstance(obj, Review) else super().dump(obj, many=many)


class DecisionBody(Schema):
    """What a person decides."""

    decision = fields.Enum(Decision, by_value=True, required=True)
    reason = String(required=True, min_length=3)
    of = Identifier(load_default=None, allow_none=True, metadata={"description": "The association it is a duplicate of."})
    also = List(Identifier(), load_default=list, max_items=50, metadata={"description": "Further ones that you looked at."})


class ReviewFilters(PageArguments):
    """Which reviews to list."""

    region = Identifier(load_default=None)
    province = Identifier(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


ReviewPage = page_of(ReviewView)
