from datetime import date

from services.certification.certificates.model import Status
from services.certification.certificates.page import as_page
from services.certification.certificates.queries import Verification

VALID = Verification(
    number="NSJ-03-2026-4F7KQ2MZ-N",
    status=Status.VALID,
    signature_ok=True,
    holder={"fr": "Amina <b>", "ar": "أمينة"},
    title={"fr": "Attestation", "ar": "شهادة"},
    issued_on=date(2026, 3, 2),
    issuer={"region": "03", "name": {"fr": "Programme", "ar": "برنامج"}},
)


def test_the_page_speaks_french_and_arabic_from_right_to_left() -> None:
    page = as_page(VALID)
    assert 'lang="ar" dir="rtl"' in page
    assert "Certificat authentique et valable" in page
    assert "شهادة صحيحة وسارية المفعول" in page


def test_names_cannot_add_to_the_page() -> None:
    assert "Amina &lt;b&gt;" in as_page(VALID)


def test_an_unknown_number_shows_nothing_that_looks_like_a_certificate() -> None:
    page = as_page(Verification(number="<script>", status=Status.UNKNOWN))
    assert "&lt;script&gt;" in page
    assert "valable" not in page
    assert "Titulaire" not in page
