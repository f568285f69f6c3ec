"""What the tests of certification build on: real keys, a small pack, somebody to certify."""

from datetime import date
from typing import Any

from chassis.sealing import Seal
from services.certification.certificates.events import Activity
from services.certification.certificates.model import Addresses, Certificate, Completion
from services.certification.issuers.gateways import SealedKeys
from services.certification.issuers.model import Issuer
from services.certification.people.model import Names, Person
from services.certification.preparation.model import CertificatePart
from vocabulary import territory

KEY_SECRET = "the-key-secret-of-the-tests-has-32-characters"
KEYS = SealedKeys(Seal(KEY_SECRET))
ADDRESSES = Addresses("https://certificates.example")
NUMBER = "NSJ-03-2026-4F7KQ2MZ-N"
TODAY = date(2026, 3, 2)

PACK: dict[str, Any] = {
    "name": "small",
    "version": "1.0",
    "modules": [{"code": "OD-01", "title": {"fr": "Gouvernance associative", "ar": "الحكامة الجمعوية"}}],
    "trainer_course": {"code": "TOT", "title": {"fr": "Formation de formateurs", "ar": "تكوين المكونين"}},
    "certificates": {
        "minimum_attendance": 0.8,
        "kinds": {
            "participation": {"title": {"fr": "Attestation", "ar": "شهادة"}, "validity_months": None},
            "trainer": {"title": {"fr": "Certificat de formateur", "ar": "شهادة مكون"}, "validity_months": 36},
        },
    },
}


def part() -> CertificatePart:
    return CertificatePart.of(PACK)


def issuer(region: str = "03") -> Issuer:
    return Issuer.establish(territory.region(region), KEYS)


def person(identity: str = "p-1") -> Person:
    return Person(id=identity, names=Names(fr="Amina Exemple", ar="أمينة مثال"), language="ar")


def completion(kind: str = "session", course: str = "OD-01", who: str = "p-1") -> Completion:
    activity = Activity(kind=kind, id=f"{kind}-1")  # type: ignore[arg-type]
    return Completion(person=who, activity=activity, course=course, association="a-1", region="03", province="03.591")


def certificate(kind: str = "session", course: str = "OD-01", on: date = TODAY) -> Certificate:
    return Certificate.of(completion(kind, course), person(), part(), number=NUMBER, on=on, addresses=ADDRESSES)


def issued(by: Issuer, **given: Any) -> Certificate:
    made = certificate(**given)
    made.issue(by, KEYS, ADDRESSES)
    return made
