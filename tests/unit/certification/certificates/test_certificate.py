from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.problems import RuleBroken
from services.certification.certificates.events import CertificateIssued, CertificateRevoked
from services.certification.certificates.model import Status, StatusList, after_months
from tests.unit.certification import fakes


def test_a_completed_session_earns_a_certificate_of_participation_that_holds_for_good() -> None:
    certificate = fakes.issued(fakes.issuer())
    assert certificate.kind == "participation"
    assert certificate.expires_on is None
    assert certificate.status(date(2099, 1, 1)) is Status.VALID


def test_a_completed_cohort_makes_a_trainer_for_the_months_that_the_pack_gives() -> None:
    certificate = fakes.issued(fakes.issuer(), kind="cohort", course="TOT")
    assert (certificate.kind, certificate.course_title["fr"]) == ("trainer", "Formation de formateurs")
    assert certificate.expires_on == date(2029, 3, 2)
    assert certificate.status(date(2029, 3, 2)) is Status.VALID
    assert certificate.status(date(2029, 3, 3)) is Status.EXPIRED


def test_issuing_says_so_without_a_name() -> None:
    certificate = fakes.issued(fakes.issuer())
    [event] = certificate.recorded
    assert isinstance(event, CertificateIssued)
    assert event.verify == f"https://certificates.example/v1/verify/{fakes.NUMBER}"
    assert "Amina" not in repr(event)


def test_the_issuers_public_key_tells_what_it_signed() -> None:
    issuer = fakes.issuer()
    certificate = fakes.issued(issuer)
    assert certificate.is_signed_by(issuer)
    assert not certificate.is_signed_by(fakes.issuer())


@pytest.mark.parametrize("field", ["number", "person", "holder", "title", "issued_on", "expires_on"])
def test_whatever_is_changed_after_signing_shows(field: str) -> None:
    issuer = fakes.issuer()
    certificate = fakes.issued(issuer)
    other = {"holder": {"fr": "Quelqu'un d'autre", "ar": ""}, "title": {"fr": "Doctorat", "ar": ""}}
    setattr(certificate, field, other.get(field, date(2030, 1, 1) if field.endswith("_on") else "else"))
    assert not certificate.is_signed_by(issuer)


def test_a_revoked_certificate_stays_revoked_also_after_it_would_have_expired() -> None:
    certificate = fakes.issued(fakes.issuer(), kind="cohort", course="TOT")
    certificate.revoke("Attendance corrected", "Decision 12/2026", date(2026, 4, 1))
    assert certificate.status(date(2030, 1, 1)) is Status.REVOKED
    revoked = certificate.recorded[-1]
    assert isinstance(revoked, CertificateRevoked)
    assert (revoked.reason, revoked.source) == ("Attendance corrected", "Decision 12/2026")


def test_a_certificate_is_revoked_once() -> None:
    certificate = fakes.issued(fakes.issuer())
    certificate.revoke("Attendance corrected", "Decision 12/2026", date(2026, 4, 1))
    with pytest.raises(RuleBroken, match="certificate-already-revoked"):
        certificate.revoke("Again", "Somebody else", date(2026, 4, 2))
    assert certificate.reason == "Attendance corrected"


def test_revoking_leaves_the_signed_credential_as_it_was() -> None:
    issuer = fakes.issuer()
    certificate = fakes.issued(issuer)
    certificate.revoke("Attendance corrected", "Decision 12/2026", date(2026, 4, 1))
    assert certificate.is_signed_by(issuer)


def test_the_status_list_is_signed_as_a_whole() -> None:
    issuer = fakes.issuer()
    certificate = fakes.issued(issuer)
    certificate.revoke("Attendance corrected", "Decision 12/2026", date(2026, 4, 1))
    revoked = StatusList(region="03")
    revoked.add(certificate)
    revoked.sign(issuer, fakes.KEYS, date(2026, 4, 1))
    claims = issuer.claims_of(revoked.signed)
    assert claims is not None
    assert claims["revoked"] == {fakes.NUMBER: "2026-04-01"}


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    assert after_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert after_months(date(2024, 12, 5), 1) == date(2025, 1, 5)
    assert after_months(date(2024, 12, 5), None) is None


@given(st.dates(date(2000, 1, 1), date(2150, 1, 1)), st.integers(1, 120))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    later = after_months(day, months)
    assert later is not None
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
