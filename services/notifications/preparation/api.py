"""HTTP: the wording of messages."""

from typing import Any

from chassis.http import Blueprint, Page, page, page_of, requires
from services.notifications.preparation.model import Template
from services.notifications.preparation.schemas import TemplateArguments, TemplateView

blueprint = Blueprint("templates", __name__, description="How messages are worded, pack by pack.")


@blueprint.get("/templates")
@requires("template:read")
@blueprint.arguments(TemplateArguments, location="query")
@blueprint.response(200, page_of(TemplateView))
def templates(asked: dict[str, Any]) -> Page:
    """The templates of all packs or of one."""
    pack = asked.pop("pack")
    return page(Template.objects(pack=pack) if pack else Template.objects, **asked)
