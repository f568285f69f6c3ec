from typing import Any

import pytest

from chassis.events import Received
from chassis.problems import NotFound
from chassis.store.connection import Store
from services.registry.structures import metrics, queries, reactions
from tests.integration.registry.given import acting, event

pytestmark = pytest.mark.usefixtures("service_store")


def issued(number: str, person: str, *, kind: str = "trainer") -> Received:
    said: dict[str, Any] = {"number": number, "person": person, "kind": kind, "module": "TOT-01", "issued_on": "2024-02-10"}
    return event("certification", f"certificate/{number}", "issued", said, region="03")


def revoked(number: str) -> Received:
    said = {"number": number, "reason": "fraud", "source": "decision 12", "revoked_on": "2025-03-01"}
    return event("certification", f"certificate/{number}", "revoked", said, region="03")


def test_certified_trainers_form_the_pole_and_leave_it_when_their_certificate_is_revoked(service_store: Store) -> None:
    with acting("03"):
        for certificate in (issued("C-1", "amina"), issued("C-2", "said"), issued("C-3", "hind", kind="participation")):
            reactions.welcome_trainer(certificate)
        reactions.withdraw_certificate(revoked("C-1"))
        reactions.withdraw_certificate(revoked("C-3"))
        assert [trainer.person for trainer in queries.pole("03").trainers] == ["said"]
        assert list(metrics.trainers()) == [(("03",), 1)]
    told = [row["attributes"]["type"].split(".")[4] for row in service_store.database.outbox.find({}).sort("sequence", 1)]
    assert told == ["formed", "trainer-joined", "trainer-joined", "trainer-left"]


def test_a_participation_makes_no_pole() -> None:
    with acting("03"):
        reactions.welcome_trainer(issued("C-1", "amina", kind="participation"))
        reactions.withdraw_certificate(revoked("C-1"))
        with pytest.raises(NotFound):
            queries.pole("03")
