"""What the tests of notifications build on: a mailer and a poster that keep what they get, a small pack, somebody to write to."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

from chassis.sealing import Seal
from services.notifications.channels.gateways import NotTaken
from services.notifications.messages.model import Message
from services.notifications.people.model import Person
from services.notifications.preparation.model import PackPart, Preparation
from services.notifications.subscriptions.gateways import NotReached, Secrets
from services.notifications.subscriptions.model import Convention, Subscription, Wish
from vocabulary.text import Bilingual, Language

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SECRETS = Secrets(Seal("the-key-secret-of-the-tests-has-32-characters"))
CERTIFICATES = "ma.nassij.certification.certificate.*"
ISSUED = "ma.nassij.certification.certificate.issued.v1"

PACK: dict[str, Any] = {
    "name": "small",
    "version": "1.0",
    "modules": [{"code": "OD-01", "title": {"fr": "Gouvernance associative", "ar": "الحكامة الجمعوية"}}],
    "trainer_course": {"code": "TOT", "title": {"fr": "Formation de formateurs", "ar": "تكوين المكونين"}},
    "templates": [
        {
            "code": "session-enrolled",
            "fr": {"subject": "Inscription : ${module}", "body": "Bonjour ${person},\n${session_start}, ${commune}, ${region}"},
            "ar": {"subject": "تسجيل: ${module}", "body": "تحية ${person}،\n\n${session_start} ${commune} ${region}"},
        },
        {
            "code": "session-cancelled",
            "fr": {"subject": "Annulation : ${module}", "body": "Bonjour ${person},\n${reason}"},
            "ar": {"subject": "إلغاء: ${module}", "body": "تحية ${person}،\n\n${reason}"},
        },
        {
            "code": "certificate-issued",
            "fr": {"subject": "Certificat ${number}", "body": "${person} ${issued_on}\n${verify_url}"},
            "ar": {"subject": "شهادة ${number}", "body": "${person} ${issued_on}\n${verify_url}"},
        },
    ],
}
SESSION = {"module": "OD-01", "session_start": "2026-03-05T08:00:00+00:00", "commune": "03.591.01.01"}


class KeepingMailer:
    """Keeps the mails it is given, or refuses them as it is told."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refusal: NotTaken | None = None

    def deliver(self, mail: EmailMessage) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.mails.append(mail)


class KeepingPoster:
    """Keeps what is posted and answers as it is told."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, str, dict[str, str]]] = []
        self.answers: int | NotReached = 200

    def post(self, url: str, body: str, headers: dict[str, str]) -> int:
        self.posted.append((url, body, headers))
        if isinstance(self.answers, NotReached):
            raise self.answers
        return self.answers


def person(language: Language = "fr", mail: str | None = "amina@example.org") -> Person:
    known = Person(id="p-1")
    known.describe(Bilingual("Amina Exemple", "أمينة مثال"), mail, None, language)
    return known


def part() -> PackPart:
    return PackPart.of(PACK)


def prepared(region: str = "03") -> Preparation:
    return Preparation.complete(region, "small", "1.0", part())


def message(reader: Person, template: str = "session-enrolled", variables: dict[str, str] = SESSION) -> Message:
    return Message.to(reader, template, variables, cause="e-1", prepared=prepared(), province=None, at=NOW)


def convention(*regions: str, ends: date = date(2026, 12, 31)) -> Convention:
    return Convention(id="c-1", regions=list(regions), starts=date(2023, 6, 1), ends=ends)


def subscription(*regions: str, types: tuple[str, ...] = (CERTIFICATES,), under: Convention | None = None) -> Subscription:
    agreed = under or convention(*regions)
    wish = Wish("ofppt", regions, types)
    return Subscription.create("s-1", wish, agreed, api_key_hash="hash", at=NOW, on=TODAY)
