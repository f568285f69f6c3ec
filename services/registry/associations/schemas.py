"""How associations are handed in and shown over HTTP."""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, post_dump, validate, validates

from chassis.auth import MATRIX
from chassis.context import current
from chassis.http import PageArguments, page_of
from chassis.schemas import Bilingual, Date, Identifier, Integer, List, Schema, String
from services.registry.associations.faults import Fault
from services.registry.associations.model import State
from services.registry.associations.reading import LONGEST
from vocabulary.association_sheet import OFFICES


def may_read_personal() -> bool:
    """Whether whoever asks may be shown people's data."""
    return current().role in MATRIX["actor:read-personal"]


class PersonalView(Schema):
    """An answer of which some fields are people's data: they are left out for whoever lacks `actor:read-personal`."""

    personal: ClassVar[frozenset[str]] = frozenset()

    @post_dump
    def leave_out(self, shown: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Leave the personal fields out, or not."""
        return shown if may_read_personal() else {name: value for name, value in shown.items() if name not in self.personal}


class ReceiptSchema(Schema):
    """The receipt of the declaration."""

    number = String(required=True, max_length=LONGEST)
    date = Date(required=True)
    authority = String(required=True, max_length=LONGEST)


class OfficerSchema(Schema):
    """An officer of the bureau."""

    office = String(required=True, validate=validate.OneOf(OFFICES))
    names = Bilingual(required=True)
    phone = String(load_default=None, allow_none=True)
    email = String(load_default=None, allow_none=True)
    language = String(required=True)


class ApplicationBody(Schema):
    """An association that asks to be registered. Its region and province are those of its commune."""

    reference = String(load_default=None, allow_none=True, max_length=LONGEST)
    names = Bilingual(required=True)
    commune = Identifier(required=True, metadata={"description": "HCP code of its commune, such as 03.591.01.03."})
    seat = String(load_default=None, allow_none=True, max_length=LONGEST)
    receipt = fields.Nested(ReceiptSchema, load_default=None, allow_none=True)
    phone = String(load_default=None, allow_none=True)
    email = String(load_default=None, allow_none=True)
    fields_ = List(
        String(), data_key="fields", load_default=list, max_items=40, metadata={"description": "Codes of fields of activity."}
    )
    officers = List(fields.Nested(OfficerSchema), load_default=list, max_items=len(OFFICES))

    @validates("officers")
    def one_an_office(self, officers: list[dict[str, Any]], **_: Any) -> None:
        """Refuse two holders of one office."""
        # Officers that are wrong themselves come here too, without what was wrong in them.
        offices = [officer["office"] for officer in officers if "office" in officer]
        if len(set(offices)) < len(offices):
            raise ValidationError("Name one person for each office.")


class SourceView(Schema):
    """The import and the line it came from; empty for what came by the API."""

    import_id = String(data_key="import")
    line = Integer()


class AssociationView(PersonalView):
    """An association of the register. Its telephone and address are mostly a person's."""

    personal = frozenset({"phone", "email"})

    id = String()
    region = String()
    province = String()
    commune = String()
    reference = String()
    names = Bilingual()
    seat = String()
    receipt = fields.Nested(ReceiptSchema)
    phone = String()
    email = String()
    fields_ = List(String(), attribute="fields", data_key="fields")
    state = fields.Enum(State, by_value=True)
    source = fields.Nested(SourceView)


class AssociationFilters(PageArguments):
    """Which associations to list."""

    region = Identifier(load_default=None)
    province = Identifier(load_default=None)
    commune = Identifier(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


AssociationPage = page_of(AssociationView)


def as_cells(body: Mapping[str, Any]) -> dict[str, str]:
    """A body as the cells of a row, so that both ways in are checked by the same rules."""
    receipt = body["receipt"] or {}
    cells = {
        "ref": body["reference"],
        **_names("", body["names"]),
        "commune_code": body["commune"],
        "seat": body["seat"],
        "receipt_number": receipt.get("number"),
        "receipt_date": receipt["date"].isoformat() if receipt else None,
        "receipt_authority": receipt.get("authority"),
        "phone": body["phone"],
        "email": body["email"],
        "fields": ";".join(body["fields_"]),
    }
    for officer in body["officers"]:
        office = f"{officer['office']}_"
        cells |= _names(office, officer["names"]) | {f"{office}{name}": officer[name] for name in ("phone", "email", "language")}
    return {column: text for column, text in cells.items() if text}


def place_in_body(fault: Fault) -> dict[str, str]:
    """A fault of a cell as one of the body."""
    office, _, detail = fault.column.partition("_")
    where = f"officers.{office}.{_IN_BODY.get(detail, detail)}" if office in OFFICES else _IN_BODY.get(fault.column, fault.column)
    return {"field": where, "problem": fault.english, "in": "body"}


_IN_BODY = {
    "ref": "reference",
    "name_fr": "names.fr",
    "name_ar": "names.ar",
    "commune_code": "commune",
    "receipt_number": "receipt.number",
    "receipt_date": "receipt.date",
    "receipt_authority": "receipt.authority",
}


def _names(whose: str, names: Mapping[str, str]) -> dict[str, str]:
    return {f"{whose}name_fr": names["fr"], f"{whose}name_ar": names["ar"]}
