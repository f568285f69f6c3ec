"""Imports over HTTP."""

from typing import Any

from flask import Response

from chassis.http import Blueprint, Page, page, requires, takes_imports
from services.registry.imports import commands, queries
from services.registry.imports.error_file import error_file
from services.registry.imports.model import Import
from services.registry.imports.schemas import FileBody, ImportFilters, ImportPage, ImportView, RegionForm, UploadForm

blueprint = Blueprint("imports", __name__, description="Associations handed in as a sheet")
# Two parts of one form, which the framework takes and cannot describe.
MULTIPART = "multipart/form-data"
FORM = {"required": True, "content": {MULTIPART: {"schema": UploadForm}}}


@blueprint.post("/imports")
@requires("association:import")
@takes_imports
@blueprint.doc(parameters=[], requestBody=FORM)  # type: ignore[untyped-decorator]
@blueprint.arguments(FileBody, location="files")
@blueprint.arguments(RegionForm, location="form", content_type=MULTIPART)
@blueprint.response(202, ImportView)
def receive(files: dict[str, Any], form: dict[str, Any]) -> tuple[Import, int]:
    """Hand a sheet in (XLSX or CSV). It is worked off in the background; the same file again gives the first import."""
    upload = files["file"]
    job = commands.receive_file(form["region"], (upload.filename or "")[:200], upload.read())
    return job, 200 if job.is_completed else 202


@blueprint.get("/imports")
@requires("association:read")
@blueprint.arguments(ImportFilters, location="query")
@blueprint.response(200, ImportPage)
def list_imports(query: dict[str, Any]) -> Page:
    """The imports that you may see, page by page."""
    limit, after = query.pop("limit"), query.pop("after")
    return page(queries.imports(**query), limit, after)


@blueprint.get("/imports/<identifier>")
@requires("association:read")
@blueprint.response(200, ImportView)
def show_import(identifier: str) -> Import:
    """One import and how far it has come."""
    return queries.import_job(identifier)


@blueprint.get("/imports/<identifier>/errors.csv")
@requires("association:import")
def show_errors(identifier: str) -> Response:
    """The rejected rows, each with its line and the reasons in French and in Arabic."""
    job = queries.import_job(identifier)
    headers = {"Content-Disposition": f'attachment; filename="errors-{job.id}.csv"'}
    return Response(error_file(queries.rejected_lines(job)), content_type="text/csv; charset=utf-8", headers=headers)
