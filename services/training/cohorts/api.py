"""Cohorts over HTTP."""

from typing import Any

from chassis.http import Blueprint, Page, page, page_of, requires
from chassis.queries import get
from services.training.attendance.schemas import SheetSchema
from services.training.cohorts import commands
from services.training.cohorts.model import Cohort
from services.training.cohorts.schemas import CohortDetail, CohortsOf, CohortView, OpenCohort, Persons

blueprint = Blueprint("cohorts", __name__, description="Training of trainers.")


@blueprint.post("/cohorts")
@requires("cohort:write")
@blueprint.arguments(OpenCohort)
@blueprint.response(201, CohortDetail)
def open_cohort(body: dict[str, Any]) -> Cohort:
    """Open a cohort for a region's course."""
    return commands.open_cohort(body["region"], body["course"], body["seats"], body["half_days"])


@blueprint.get("/cohorts")
@requires("cohort:read")
@blueprint.arguments(CohortsOf, location="query")
@blueprint.response(200, page_of(CohortView))
def cohorts(query: dict[str, Any]) -> Page:
    """The cohorts."""
    where = {name: query[name] for name in ("region",) if name in query}
    return page(Cohort.objects(**where), query["limit"], query["after"])


@blueprint.get("/cohorts/<cohort_id>")
@requires("cohort:read")
@blueprint.response(200, CohortDetail)
def cohort(cohort_id: str) -> Cohort:
    """One cohort."""
    return get(Cohort, cohort_id)


@blueprint.post("/cohorts/<cohort_id>/candidates")
@requires("cohort:write")
@blueprint.arguments(Persons)
@blueprint.response(200, CohortDetail)
def candidates(body: dict[str, Any], cohort_id: str) -> Cohort:
    """Take actors of the region as candidates."""
    return commands.add_candidates(cohort_id, body["persons"])


@blueprint.post("/cohorts/<cohort_id>/select")
@requires("cohort:write")
@blueprint.arguments(Persons)
@blueprint.response(200, CohortDetail)
def select(body: dict[str, Any], cohort_id: str) -> Cohort:
    """Select candidates, all of them or none."""
    return commands.select(cohort_id, body["persons"])


@blueprint.post("/cohorts/<cohort_id>/attendance")
@requires("attendance:write")
@blueprint.arguments(SheetSchema)
@blueprint.response(200, CohortDetail)
def attendance(body: dict[str, Any], cohort_id: str) -> Cohort:
    """Record the sheet of a half-day; a corrected one replaces it."""
    return commands.note_attendance(cohort_id, body["half_day"], body["present"])


@blueprint.post("/cohorts/<cohort_id>/close")
@requires("cohort:write")
@blueprint.response(200, CohortDetail)
def close(cohort_id: str) -> Cohort:
    """End the cohort after its last half-day; whoever attended enough completes it."""
    return commands.close(cohort_id)
