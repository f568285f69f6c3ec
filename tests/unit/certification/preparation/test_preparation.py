from pathlib import Path

from services.certification.preparation.events import PreparationCompleted
from services.certification.preparation.model import CertificatePart, Preparation
from tests.unit.certification import fakes
from vocabulary.pack.pack import Pack

PACKS = Path(__file__).parents[4] / "packs"


def test_a_region_is_prepared_with_its_issuer_and_the_kinds_of_its_pack() -> None:
    [completed] = Preparation.complete(fakes.issuer(), "small", "1.0", fakes.part()).recorded
    assert isinstance(completed, PreparationCompleted)
    assert completed.what.issuer == "issuer/03"
    assert completed.what.kinds == ["participation", "trainer"]


def test_the_first_regions_pack_says_all_that_certificates_need() -> None:
    pack = Pack.from_folder(PACKS / "fes-meknes")
    part = CertificatePart.of(pack.to_document())
    assert part.reference == pack.reference
    assert len(part.titles) == 17
    code, kind = part.kind_for("cohort")
    assert (code, kind.validity_months) == ("trainer", 36)
    assert part.title_of(pack.trainer_course.code)["fr"] == pack.trainer_course.title.fr


def test_a_course_that_the_pack_does_not_know_keeps_its_code_as_title() -> None:
    assert fakes.part().title_of("XX-99") == {"fr": "XX-99", "ar": "XX-99"}
