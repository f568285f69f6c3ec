"""What each event tells of the things that are counted."""

from collections.abc import Mapping
from typing import Any

from chassis.events import Received
from services.observatory.figures.folding import Change, Fold, Rules, Told

REGISTRY, TRAINING = "ma.nassij.registry.", "ma.nassij.training."
CERTIFICATION, NOTIFICATIONS = "ma.nassij.certification.", "ma.nassij.notifications."


def _own(event: Received) -> str:
    return event.key


def _association(event: Received) -> str:
    return f"association/{event.data['association']}"


def _association_if_any(event: Received) -> str | None:
    association = event.data.get("association")
    return f"association/{association}" if association else None


def _person(event: Received) -> str:
    return f"actor/{event.data['person']}"


def _region(event: Received) -> str:
    return f"region/{event.data['region']}"


def _with(**told: Any) -> Change:
    """The same to every fact."""
    return lambda before, _: {**before, **told}


def _introduced(before: Told, event: Received) -> Told:
    return {**before, "region": event.region, "province": event.province}


def _diagnosed(before: Told, event: Received) -> Told:
    return {**before, "diagnosed": True, **({"in_need": True} if event.data["needs"] else {})}


def _certificate(*, holds: bool) -> Change:
    def change(before: Told, event: Received) -> Told:
        return {**before, "certificates": {**before.get("certificates", {}), event.subject_id: holds}}

    return change


# ---- Reviews, plans, poles


def _reviewed(*, opened: bool) -> Change:
    return lambda before, event: {**_introduced(before, event), "open": opened}


def _trainer(*, belongs: bool) -> Change:
    def change(before: Told, event: Received) -> Told:
        return {**_introduced(before, event), "trainers": {**before.get("trainers", {}), event.data["trainer"]: belongs}}

    return change


# ---- Sessions and cohorts. A person's entry is theirs in their session; a sheet is corrected by the next one of its half-day.


def _planned(before: Told, event: Received) -> Told:
    told = {"state": "planned", "capacity": event.data["capacity"], "entries": {}, "sheets": {}}
    return {**_introduced(before, event), **told}


def _entry(state: str) -> Change:
    def change(before: Told, event: Received) -> Told:
        return {**before, "entries": {**before.get("entries", {}), event.data["person"]: state}}

    return change


def _sheet(before: Told, event: Received) -> Told:
    present = len(event.data["present"])
    return {**before, "sheets": {**before.get("sheets", {}), str(event.data["half_day"]): present}}


def _opened(before: Told, event: Received) -> Told:
    return {**_introduced(before, event), "members": 0, "sheets": {}}


def _selected(before: Told, _: Received) -> Told:
    return {**before, "members": before.get("members", 0) + 1}


# ---- The roll-out. It counts nowhere; what is told of a region comes from several streams, each with fields of its own.


def _region_planned(before: Told, event: Received) -> Told:
    return {**before, "names": event.data["names"], "population": event.data["population"], "state": "planned"}


def _region_joined(before: Told, event: Received) -> Told:
    data = event.data
    return {**before, "names": data["names"], "pack": data["pack"], "joined_on": data["on"], "state": "preparing"}


def _region_opened(before: Told, event: Received) -> Told:
    return {**before, "opened_on": event.data["on"], "state": "open"}


def _prepared(before: Told, event: Received) -> Told:
    return {**before, "prepared": {**before.get("prepared", {}), event.type.split(".")[2]: True}}


def _published(before: Told, event: Received) -> Told:
    return {**before, "title": event.data["title"], "gates": event.data["gates"], "targets": event.data["targets"]}


def _signed(before: Told, event: Received) -> Told:
    return {**before, **{name: event.data[name] for name in ("regions", "starts", "ends")}}


# ---- What is only counted


def _needs(event: Received) -> Mapping[str, int]:
    return {"diagnostics": 1, "needs": len(event.data["needs"])}


def _one(figure: str) -> Any:
    return lambda _: {figure: 1}


def _holders(*, holds: bool) -> tuple[Fold, ...]:
    return (Fold(_person, _certificate(holds=holds)), Fold(_association_if_any, _certificate(holds=holds)))


RULES = Rules(
    folds={
        f"{REGISTRY}region.planned.v1": (Fold(_own, _region_planned),),
        f"{REGISTRY}region.joined.v1": (Fold(_own, _region_joined),),
        f"{REGISTRY}region.opened.v1": (Fold(_own, _region_opened),),
        f"{REGISTRY}pack.published.v1": (Fold(_own, _published),),
        f"{REGISTRY}convention.signed.v1": (Fold(_own, _signed),),
        f"{REGISTRY}association.registered.v1": (Fold(_own, _introduced),),
        f"{REGISTRY}review.opened.v1": (Fold(_own, _reviewed(opened=True)),),
        f"{REGISTRY}review.decided.v1": (Fold(_own, _reviewed(opened=False)),),
        f"{REGISTRY}actor.registered.v1": (Fold(_own, _introduced),),
        f"{REGISTRY}diagnostic.completed.v1": (Fold(_association, _diagnosed),),
        f"{REGISTRY}pole.trainer-joined.v1": (Fold(_own, _trainer(belongs=True)),),
        f"{REGISTRY}pole.trainer-left.v1": (Fold(_own, _trainer(belongs=False)),),
        f"{TRAINING}preparation.completed.v1": (Fold(_region, _prepared),),
        f"{TRAINING}plan.established.v1": (Fold(_own, _introduced),),
        f"{TRAINING}cohort.opened.v1": (Fold(_own, _opened),),
        f"{TRAINING}cohort.selected.v1": (Fold(_own, _selected),),
        f"{TRAINING}cohort.attendance-recorded.v1": (Fold(_own, _sheet),),
        f"{TRAINING}session.planned.v1": (Fold(_own, _planned),),
        f"{TRAINING}session.enrolled.v1": (Fold(_own, _entry("seated")),),
        f"{TRAINING}session.waitlisted.v1": (Fold(_own, _entry("waiting")),),
        f"{TRAINING}session.seat-offered.v1": (Fold(_own, _entry("offered")),),
        f"{TRAINING}session.offer-declined.v1": (Fold(_own, _entry("gone")),),
        f"{TRAINING}session.offer-expired.v1": (Fold(_own, _entry("gone")),),
        f"{TRAINING}session.withdrawn.v1": (Fold(_own, _entry("gone")),),
        f"{TRAINING}session.attendance-recorded.v1": (Fold(_own, _sheet),),
        f"{TRAINING}session.closed.v1": (Fold(_own, _with(state="closed")),),
        f"{TRAINING}session.cancelled.v1": (Fold(_own, _with(state="cancelled")),),
        f"{TRAINING}completion.recorded.v1": (
            Fold(_association, _with(trained=True)),
            Fold(_person, _with(trained=True)),
        ),
        f"{CERTIFICATION}preparation.completed.v1": (Fold(_region, _prepared),),
        f"{CERTIFICATION}certificate.issued.v1": _holders(holds=True),
        f"{CERTIFICATION}certificate.revoked.v1": _holders(holds=False),
        f"{NOTIFICATIONS}preparation.completed.v1": (Fold(_region, _prepared),),
    },
    counts={
        f"{REGISTRY}diagnostic.completed.v1": _needs,
        f"{TRAINING}completion.recorded.v1": _one("completions"),
        f"{CERTIFICATION}certificate.issued.v1": _one("certificates"),
        f"{CERTIFICATION}certificate.revoked.v1": _one("certificates_revoked"),
        f"{NOTIFICATIONS}message.sent.v1": _one("messages_sent"),
        f"{NOTIFICATIONS}message.failed.v1": _one("messages_failed"),
    },
)
