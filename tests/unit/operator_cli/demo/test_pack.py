from operator_cli.demo.play import PACK, pack_of
from vocabulary.pack import Pack


def test_at_full_scale_the_regions_own_pack_is_published_unchanged() -> None:
    assert pack_of(1.0, PACK) == Pack.from_folder(PACK)


def test_another_scale_is_another_version_whose_gates_ask_for_as_many_as_take_part() -> None:
    pack = pack_of(0.1, PACK)
    needed = {condition.code: condition.needed for condition in pack.gates["open"]}
    assert pack.version != Pack.from_folder(PACK).version
    assert (needed["associations-registered"], needed["associations-diagnosed"], needed["services-prepared"]) == (30, 30, 3)
