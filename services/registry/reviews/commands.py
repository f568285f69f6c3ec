"""Admission: an association is registered with its bureau, or held because it may be in the register already."""

from collections.abc import Sequence
from itertools import groupby

from chassis import clock
from chassis.commands import command
from services.registry.actors.commands import People
from services.registry.associations import commands as associations
from services.registry.associations.guards import hold_guards
from services.registry.associations.model import Association
from services.registry.associations.values import Application
from services.registry.reviews import queries
from services.registry.reviews.lookalikes import Lookalikes
from services.registry.reviews.model import Decision, Review

Admitted = Association | Review


@command
def admit(application: Application) -> Admitted:
    """Register an association, or hold it for review."""
    return admit_all([application])[0]


@command
def admit_all(applications: Sequence[Application]) -> list[Admitted]:
    """Register or hold each of these, in order; a later one may resemble an earlier one."""
    admitted: list[Admitted] = []
    for region, group in groupby(applications, key=lambda application: application.region):
        admission = _Admission(region, list(group))
        admitted += [admission.admit(application) for application in admission.applications]
    return admitted


@command
def decide_review(identifier: str, decision: Decision, reason: str, of: str | None = None, also: Sequence[str] = ()) -> Review:
    """A person says whether a held association is one of its own, which registers it, or one that is there already.

    Raises:
        NotFound: there is no such review in the scope.
        RuleBroken: it is decided, or resembles associations that came since and are not in `also`.
        Invalid: `of` is none of those that it was held against.

    """
    review = queries.review(identifier)
    review.must_be_open()
    if decision is Decision.DUPLICATE:
        review.is_duplicate(of, reason)
        return review.save()
    application = review.candidate
    admission = _Admission(review.region, [application])
    found = admission.lookalikes.of_one(application)
    review.must_know_all(found.against if found else (), also)
    review.is_distinct(admission.register(application).id, reason)
    return review.save()


class _Admission:
    """One region's applications, with all that they have to be compared with, loaded once and guarded."""

    def __init__(self, region: str, applications: list[Application]) -> None:
        hold_guards(key for application in applications for key in application.blocking_keys())
        self.applications = applications
        self.lookalikes = Lookalikes.of(region, applications)
        self._people = People.known_in(region, [officer for one in applications for officer in one.officers])

    def admit(self, application: Application) -> Admitted:
        found = self.lookalikes.of_one(application)
        return Review.open(application, found).save() if found else self.register(application)

    def register(self, application: Application) -> Association:
        association = associations.register(application)
        # A bureau declared with a receipt holds office since that day; without one all that is known is that it does today.
        since = application.receipt.date if application.receipt else clock.today()
        self._people.appoint_all(association, application.officers, since)
        self.lookalikes.add(association.id, application.fingerprint(), association.keys)
        return association
