"""HTTP: certificates for staff, and the public addresses at which anybody checks them."""

from typing import Any

from flask import Response, request

from chassis.http import Blueprint, Page, page, page_of, public, requires
from chassis.queries import get
from services.certification.certificates import commands, queries
from services.certification.certificates.model import Certificate, StatusList
from services.certification.certificates.page import POLICY, as_page
from services.certification.certificates.schemas import (
    CertificateArguments,
    CertificateView,
    Revoke,
    StatusListView,
    VerificationView,
)

blueprint = Blueprint("certificates", __name__, description="Certificates, and the public check of one.")


@blueprint.get("/certificates")
@requires("certificate:read")
@blueprint.arguments(CertificateArguments, location="query")
@blueprint.response(200, page_of(CertificateView))
def certificates(asked: dict[str, Any]) -> Page:
    """The certificates of one's territory, by number; of one person, association or region if asked."""
    wanted = {name: asked.pop(name) for name in ("person", "association", "region")}
    found = Certificate.objects(**{name: value for name, value in wanted.items() if value is not None})
    return page(found, key="number", **asked)


@blueprint.get("/certificates/<number>")
@requires("certificate:read")
@blueprint.response(200, CertificateView)
def certificate(number: str) -> Certificate:
    """One certificate."""
    return get(Certificate, number)


@blueprint.post("/certificates/<number>/revoke")
@requires("certificate:revoke")
@blueprint.arguments(Revoke)
@blueprint.response(200, CertificateView)
def revoke(body: dict[str, str], number: str) -> Certificate:
    """Take a certificate back, with a reason and a source; whoever checks it sees both days and the reason from now on."""
    return commands.revoke(number, body["reason"], body["source"])


@blueprint.get("/verify/<number>")
@public
@blueprint.response(200, VerificationView)
def verify(number: str) -> Any:
    """What a certificate is worth, as JSON or as a page for people. An unknown number is 404 and `unknown`, never valid."""
    found = queries.verify(number)
    code = 404 if found.issuer is None else 200
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        headers = {"Content-Security-Policy": POLICY, "Vary": "Accept"}
        return Response(as_page(found), status=code, mimetype="text/html", headers=headers)
    return found, code, {"Vary": "Accept"}


@blueprint.get("/verify/<number>/credential")
@public
@blueprint.response(200, content_type="application/jwt")
def credential(number: str) -> Response:
    """The certificate as its issuer signed it (compact JWS, EdDSA), to check with the issuer's jwks.json and nobody's help."""
    return Response(queries.credential(number), mimetype="application/jwt")


@blueprint.get("/status-list/<region>")
@public
@blueprint.response(200, StatusListView)
def status_list(region: str) -> StatusList:
    """The revoked certificates of a region, signed by its issuer and renewed with each revocation."""
    return queries.status_list(region)
