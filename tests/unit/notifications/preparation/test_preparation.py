from pathlib import Path

from services.notifications.preparation.events import PreparationCompleted
from services.notifications.preparation.model import PackPart, templates_of
from tests.unit.notifications import fakes
from vocabulary.pack.messages import MESSAGES
from vocabulary.pack.pack import Pack

PACKS = Path(__file__).parents[4] / "packs"


def test_a_region_is_prepared_with_its_templates_in_both_languages() -> None:
    [completed] = fakes.prepared().recorded
    assert isinstance(completed, PreparationCompleted)
    assert (completed.what.templates, completed.what.languages) == (3, ["fr", "ar"])


def test_the_first_regions_pack_has_every_message_that_is_ever_written() -> None:
    document = Pack.from_folder(PACKS / "fes-meknes").to_document()
    templates = {template.code: template for template in templates_of(document)}
    assert set(templates) == set(MESSAGES)
    assert templates["session-enrolled"].id == "fes-meknes@1.0/session-enrolled"
    assert "${module}" in templates["session-enrolled"].wording("ar").subject
    assert len(PackPart.of(document).titles) == 17


def test_a_course_that_the_pack_does_not_know_keeps_its_code_as_title() -> None:
    assert fakes.part().title("XX-99").fr == "XX-99"
