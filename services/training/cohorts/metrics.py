"""Figures of the cohorts."""

from collections.abc import Iterator

from chassis.metrics import domain_gauge
from services.training.cohorts.model import Cohort, CohortState


@domain_gauge("nassij_cohorts", "Cohorts of trainers to be.", ["region", "state"], {"state": list(CohortState)})
def cohorts() -> Iterator[tuple[tuple[str, str], float]]:
    """One sample a region and state."""
    for group in Cohort.objects.aggregate([{"$group": {"_id": {"region": "$region", "state": "$state"}, "n": {"$sum": 1}}}]):
        yield (group["_id"]["region"], group["_id"]["state"]), group["n"]


@domain_gauge("nassij_cohort_members", "People selected for a cohort.", ["region"])
def members() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    for group in Cohort.objects.aggregate([{"$unwind": "$selected"}, {"$group": {"_id": "$region", "n": {"$sum": 1}}}]):
        yield (group["_id"],), group["n"]


@domain_gauge("nassij_cohort_attendances", "Signatures on the sheets of cohorts, one a person and half-day.", ["region"])
def attendances() -> Iterator[tuple[tuple[str], float]]:
    """One sample a region."""
    signatures = [{"$unwind": "$register.sheets"}, {"$unwind": "$register.sheets.present"}]
    for group in Cohort.objects.aggregate([*signatures, {"$group": {"_id": "$region", "n": {"$sum": 1}}}]):
        yield (group["_id"],), group["n"]
