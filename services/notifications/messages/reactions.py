"""What people are told when something concerns them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from chassis.events import Received
from chassis.reactions import reaction
from services.notifications.messages import commands, queries
from services.notifications.messages.model import Session
from services.notifications.people.model import Person
from services.notifications.preparation.model import Preparation

TRAINING = "ma.nassij.training"
CERTIFICATION = "ma.nassij.certification"
ABOUT_SESSIONS: Mapping[str, str] = {
    f"{TRAINING}.session.enrolled.v1": "session-enrolled",
    f"{TRAINING}.session.waitlisted.v1": "session-waitlisted",
}
ABOUT_OFFERS: Mapping[str, str] = {
    f"{TRAINING}.session.seat-offered.v1": "seat-offered",
    f"{TRAINING}.session.offer-expired.v1": "offer-expired",
}
"""Which template tells somebody of what happened to their place in a session, or to a seat held for them until some hour."""


def _person(event: Received) -> Mapping[type[Any], Collection[Any]]:
    return {Person: [event.data["person"]], Preparation: [event.region]}


def _place(event: Received) -> Mapping[type[Any], Collection[Any]]:
    return {**_person(event), Session: [event.subject_id]}


def _all_places(event: Received) -> Mapping[type[Any], Collection[Any]]:
    return {Person: event.data["persons"], Preparation: [event.region], Session: [event.subject_id]}


@reaction(f"{TRAINING}.session.planned.v1", loads=lambda event: {Session: [event.subject_id]})
def keep_session(event: Received) -> None:
    """Keep what messages will say of it."""
    data, starts = event.data, datetime.fromisoformat(event.data["starts"])
    commands.keep_session(event.subject_id, _region(event), event.province, data["module"], starts, data["commune"])


@reaction(f"{TRAINING}.session.enrolled.v1", loads=_place)
@reaction(f"{TRAINING}.session.waitlisted.v1", loads=_place)
def tell_of_place(event: Received) -> None:
    """Tell somebody what happened to their place in a session."""
    _write(event, ABOUT_SESSIONS[event.type], event.data["person"], queries.session(event.subject_id).as_variables())


@reaction(f"{TRAINING}.session.seat-offered.v1", loads=_place)
@reaction(f"{TRAINING}.session.offer-expired.v1", loads=_place)
def tell_of_offer(event: Received) -> None:
    """Tell somebody until when a seat is held for them, or was."""
    variables = queries.session(event.subject_id).as_variables() | {"until": event.data["until"]}
    _write(event, ABOUT_OFFERS[event.type], event.data["person"], variables)


@reaction(f"{TRAINING}.session.cancelled.v1", loads=_all_places)
def tell_of_cancelling(event: Received) -> None:
    """Tell everybody who had a place or waited for one that the session is cancelled."""
    variables = queries.session(event.subject_id).as_variables() | {"reason": event.data["reason"]}
    for person in event.data["persons"]:
        _write(event, "session-cancelled", person, variables)


@reaction(f"{TRAINING}.cohort.selected.v1", loads=_person)
def tell_of_selection(event: Received) -> None:
    """Tell a future trainer of being selected."""
    _write(event, "cohort-selected", event.data["person"], {"module": event.data["course"]})


@reaction(f"{CERTIFICATION}.certificate.issued.v1", loads=_person)
def tell_of_certificate(event: Received) -> None:
    """Tell the holder of a certificate where it can be checked."""
    data = event.data
    variables = {"module": data["module"], "number": data["number"], "verify_url": data["verify"], "issued_on": data["issued_on"]}
    _write(event, "certificate-issued", data["person"], variables)


@reaction(f"{CERTIFICATION}.certificate.revoked.v1", loads=_person)
def tell_of_revocation(event: Received) -> None:
    """Tell the holder of a certificate that it no longer holds, and why."""
    data = event.data
    variables = {"module": data["module"], "number": data["number"], "verify_url": data["verify"], "reason": data["reason"]}
    _write(event, "certificate-revoked", data["person"], variables)


def _write(event: Received, template: str, person: str, variables: Mapping[str, str]) -> None:
    commands.write(template, person, event.id, variables, _region(event), event.province)


def _region(event: Received) -> str:
    """The region it happened in.

    Raises:
        ValueError: the event names none.

    """
    if event.region is None:
        raise ValueError(f"{event.type} names no region")
    return event.region
