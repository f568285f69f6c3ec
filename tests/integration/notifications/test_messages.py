"""From what happens in training to a mail in the person's language, on the real store."""

from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient

from chassis.sender import Sender
from chassis.store.connection import store
from chassis.testing.clock import FrozenClock
from chassis.testing.tokens import TestIssuer
from services.notifications.channels.gateways import NotTaken
from tests.integration.arriving import Arriving, published
from tests.integration.notifications import given
from tests.unit.notifications.fakes import KeepingMailer
from vocabulary.pack.messages import MESSAGES
from vocabulary.pack.pack import Pack

PACKS = Path(__file__).parents[3] / "packs"


def everything_known(arriving: Arriving) -> None:
    given.region_joined(arriving)
    given.people_described(arriving)
    given.session_planned(arriving)


def test_a_region_that_joins_has_its_templates_and_says_so(arriving: Arriving, client: FlaskClient, tokens: TestIssuer) -> None:
    given.region_joined(arriving)
    [completed] = published("preparation.completed")
    assert completed["what"] == {"templates": 3, "languages": ["fr", "ar"]}
    listed = client.get("/v1/templates?pack=small@1.0", headers=tokens.header("national")).get_json()
    assert len(listed["items"]) == 3


def test_each_is_written_to_in_their_own_language(arriving: Arriving, mailer: KeepingMailer, sender: Sender) -> None:
    everything_known(arriving)
    given.enrolled(arriving, "amina")
    given.enrolled(arriving, "badr")
    assert sender.round() == 2
    assert {mail["To"]: mail["Content-Language"] for mail in mailer.mails} == {
        "amina@example.org": "ar",
        "badr@example.org": "fr",
    }
    assert [sent["template"] for sent in published("message.sent")] == ["session-enrolled"] * 2
    assert sender.round() == 0


def test_an_event_that_comes_again_is_no_second_mail(arriving: Arriving, mailer: KeepingMailer, sender: Sender) -> None:
    everything_known(arriving)
    arriving.again(given.enrolled(arriving))
    sender.round()
    assert len(mailer.mails) == 1


def test_who_is_not_described_yet_is_written_to_when_they_are(arriving: Arriving, mailer: KeepingMailer, sender: Sender) -> None:
    given.session_planned(arriving)
    given.enrolled(arriving)
    given.region_joined(arriving)
    assert (arriving.waiting(), sender.round()) == (1, 0)
    given.people_described(arriving)
    assert (arriving.waiting(), arriving.dead(), sender.round()) == (0, [], 1)


def test_every_message_of_the_first_regions_pack_finds_the_values_that_it_marks(
    arriving: Arriving, mailer: KeepingMailer, sender: Sender
) -> None:
    given.region_joined(arriving, pack=Pack.from_folder(PACKS / "fes-meknes").to_document())
    given.people_described(arriving)
    given.session_planned(arriving)
    place = {"enrolment": "e-1", "person": "amina", "association": "a-1", "until": "2026-03-04T09:00:00Z"}
    for action in ("enrolled", "waitlisted", "seat-offered", "offer-expired"):
        arriving.arrive("session/s-1", action, place)
    arriving.arrive("session/s-1", "cancelled", {"reason": "Salle indisponible", "persons": ["badr"]})
    arriving.arrive("cohort/k-1", "selected", {"person": "badr", "association": "a-1", "course": "TOT-01"})
    given.certificate_issued(arriving)
    revoked = {"number": "NSJ-1", "person": "amina", "module": "OD-01", "verify": "https://c.example/v", "reason": "Erreur"}
    arriving.arrive("certificate/NSJ-1", "revoked", revoked, service="certification")
    sender.round()
    assert {sent["template"] for sent in published("message.sent")} == set(MESSAGES)
    assert not [mail for mail in mailer.mails if "${" in mail.as_string()]


def test_everybody_hears_of_a_cancelled_session(arriving: Arriving, mailer: KeepingMailer, sender: Sender) -> None:
    everything_known(arriving)
    arriving.arrive("session/s-1", "cancelled", {"reason": "Salle indisponible", "persons": ["amina", "badr"]})
    sender.round()
    assert sorted(mail["To"] for mail in mailer.mails) == ["amina@example.org", "badr@example.org"]
    assert "Salle indisponible" in next(mail for mail in mailer.mails if mail["To"] == "badr@example.org").get_content()


def test_a_mail_server_that_is_away_costs_time_and_no_mail(
    arriving: Arriving, mailer: KeepingMailer, sender: Sender, frozen: FrozenClock
) -> None:
    everything_known(arriving)
    given.enrolled(arriving)
    mailer.refusal = NotTaken("the mail server does not answer (TimeoutError)", for_good=False)
    assert sender.round() == 1
    assert published("message.failed") == []
    mailer.refusal = None
    frozen.advance(timedelta(seconds=10))
    assert sender.round() == 1
    assert published("message.sent")[0]["attempts"] == 2


def test_what_can_never_be_sent_says_why_and_names_nobody(
    arriving: Arriving, mailer: KeepingMailer, sender: Sender, client: FlaskClient, tokens: TestIssuer
) -> None:
    everything_known(arriving)
    given.enrolled(arriving)
    mailer.refusal = NotTaken("the mail server refused the recipient (550)", for_good=True)
    sender.round()
    assert published("message.failed")[0]["reason"].endswith("(550)")
    here = client.get("/v1/messages?state=failed", headers=tokens.header("regional", regions=["03"]))
    assert [item["person"] for item in here.get_json()["items"]] == ["amina"]
    assert "example.org" not in here.text
    assert client.get("/v1/messages", headers=tokens.header("regional", regions=["07"])).get_json()["items"] == []


def test_who_was_erased_meanwhile_is_not_written_to(arriving: Arriving, mailer: KeepingMailer, sender: Sender) -> None:
    everything_known(arriving)
    given.enrolled(arriving)
    arriving.arrive("person/amina", "described", None, service="registry")
    sender.round()
    assert mailer.mails == []
    assert published("message.failed")[0]["reason"] == "the person was erased"


def test_no_message_in_the_store_holds_a_name_or_an_address(arriving: Arriving, mailer: KeepingMailer, sender: Sender) -> None:
    everything_known(arriving)
    given.enrolled(arriving)
    sender.round()
    kept = [str(row) for name in ("messages", "intents", "outbox", "requests") for row in store().database[name].find()]
    assert kept
    assert not [row for row in kept if "amina@example.org" in row or "Exemple" in row]
