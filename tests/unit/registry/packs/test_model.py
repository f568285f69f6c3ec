from copy import deepcopy

import pytest

from chassis.events import type_of
from chassis.problems import RuleBroken
from services.registry.packs.events import PackPublished, PackRef
from services.registry.packs.example import EXAMPLE
from tests.unit.registry.samples import content, published_pack
from vocabulary.pack import Pack as Content


def test_a_published_pack_gives_its_content_back() -> None:
    assert published_pack().content() == content()


def test_the_event_carries_the_document_part_by_part() -> None:
    (published,) = published_pack().recorded
    assert isinstance(published, PackPublished)
    assert Content.from_document(_as_read(published)) == content()


def test_the_example_of_the_contract_keeps_every_rule_of_a_pack() -> None:
    assert type_of(PackPublished).example == EXAMPLE
    assert Content.from_document(EXAMPLE).to_document() == EXAMPLE


def test_the_same_content_may_come_again() -> None:
    published_pack().must_hold(content())


def test_another_content_wants_another_version() -> None:
    changed = deepcopy(EXAMPLE)
    changed["targets"]["associations"] = 351
    with pytest.raises(RuleBroken) as refused:
        published_pack().must_hold(Content.from_document(changed))
    assert refused.value.slug == "pack-version-taken"


def test_its_gates_say_which_services_must_prepare_themselves() -> None:
    assert published_pack().services_to_prepare() == ("training", "certification", "notifications")


def test_a_reference_is_read_back() -> None:
    assert PackRef.parse(published_pack().id) == published_pack().ref == PackRef("fes-meknes", "1.0")


def _as_read(published: PackPublished) -> dict[str, object]:
    import msgspec

    read: dict[str, object] = msgspec.json.decode(type_of(published).encode(published))
    return read
