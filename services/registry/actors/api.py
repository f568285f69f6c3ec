"""Actors over HTTP. Names, phones, mail addresses and languages are shown to those with `actor:read-personal` only."""

from typing import Any

from chassis.http import Blueprint, Page, page, requires
from chassis.problems import Invalid
from services.registry.actors import commands, queries
from services.registry.actors.model import Actor
from services.registry.actors.schemas import ActorBody, ActorFilters, ActorPage, ActorView
from services.registry.associations.reading import Refused, read_officer
from services.registry.associations.values import Officer

blueprint = Blueprint("actors", __name__, description="People of the associations and their offices")


@blueprint.post("/actors")
@requires("actor:write")
@blueprint.arguments(ActorBody)
@blueprint.response(201, ActorView)
def register_actor(body: dict[str, Any]) -> Actor:
    """A person takes an office: a known person of the region (same phone, same name) gets a further mandate."""
    return commands.register_actor(body["association"], _person(body), body["starts"])


@blueprint.get("/actors")
@requires("actor:read")
@blueprint.arguments(ActorFilters, location="query")
@blueprint.response(200, ActorPage)
def list_actors(query: dict[str, Any]) -> Page:
    """The actors that you may see, page by page."""
    limit, after = query.pop("limit"), query.pop("after")
    return page(queries.actors(**query), limit, after)


@blueprint.get("/actors/<identifier>")
@requires("actor:read")
@blueprint.response(200, ActorView)
def show_actor(identifier: str) -> Actor:
    """One actor."""
    return queries.actor(identifier)


def _person(body: dict[str, Any]) -> Officer:
    details = {"name_fr": body["names"]["fr"], "name_ar": body["names"]["ar"], "language": body["language"]}
    details |= {"phone": body["phone"] or "", "email": body["mail"] or ""}
    try:
        return read_officer(body["office"], details)
    except Refused as refused:
        faults = [{"field": _IN_BODY[fault.detail], "problem": fault.english, "in": "body"} for fault in refused.faults]
        raise Invalid("actor-refused", "Correct the fields as the list says, and send the request again.", faults) from None


_IN_BODY = {"name_fr": "names.fr", "name_ar": "names.ar", "phone": "phone", "email": "mail", "language": "language"}
