"""HTTP: who issues, and with which keys to check."""

from typing import Any

from chassis.http import Blueprint, Page, PageArguments, page, page_of, public, requires
from chassis.queries import get
from services.certification.issuers import queries
from services.certification.issuers.model import Issuer
from services.certification.issuers.schemas import IssuerView, Jwks

blueprint = Blueprint("issuers", __name__, description="Who signs the certificates of a region.")


@blueprint.get("/issuers")
@requires("issuer:read")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(IssuerView))
def issuers(asked: dict[str, Any]) -> Page:
    """The issuers, by region."""
    return page(Issuer.objects, key="region", **asked)


@blueprint.get("/issuers/<region>")
@requires("issuer:read")
@blueprint.response(200, IssuerView)
def issuer(region: str) -> Issuer:
    """One region's issuer."""
    return get(Issuer, region)


@blueprint.get("/issuers/<region>/jwks.json")
@public
@blueprint.response(200, Jwks)
def jwks(region: str) -> dict[str, Any]:
    """The public keys of a region's issuer, for anybody who checks a certificate without asking us."""
    return {"keys": [dict(queries.published_issuer(region).jwk)]}
