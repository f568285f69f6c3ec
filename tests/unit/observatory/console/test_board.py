import pytest

from chassis.problems import NotFound
from services.observatory.console import board
from tests.unit.observatory.console.samples import Country, country, place, region


def test_the_countrys_figures_stand_against_the_targets_of_all_regions_that_joined() -> None:
    tiles = {tile.figure: tile for tile in board.of_country(country()).tiles}
    assert (tiles["associations"].count, tiles["associations"].target) == (1340, 700)
    assert (tiles["people_trained"].count, tiles["people_trained"].target) == (640, 2000)
    assert tiles["people_trained"].share == pytest.approx(0.32)
    assert (tiles["certificates"].target, tiles["certificates"].share) == (None, None)


def test_a_part_of_a_region_has_no_targets() -> None:
    assert [tile.target for tile in board.of_country(country(), with_targets=False).tiles] == [None] * 4


def test_the_longest_bar_is_the_largest_figure() -> None:
    bars = {bar.step: bar for bar in board.of_country(country()).bars}
    assert bars["associations"].width == 100
    assert bars["people_trained"].width == pytest.approx(47.8)


def test_an_empty_country_has_bars_of_nothing_and_a_map_without_colours() -> None:
    found = board.of_country(Country(told=None))
    assert {bar.width for bar in found.bars} == {0}
    assert {area.colour for area in found.areas} == {"none"}
    assert len(found.areas) == 12
    assert found.as_of is None


def test_regions_are_coloured_by_their_state() -> None:
    colours = {area.outline.code: area.colour for area in board.of_country(country()).areas}
    assert (colours["03"], colours["04"], colours["05"], colours["12"]) == ("open", "preparing", "planned", "none")


def test_a_region_is_where_it_is_since_it_opened_else_since_it_joined() -> None:
    opened, joined, planned = board.of_country(country()).regions
    assert [row.since and row.since.isoformat() for row in (opened, joined, planned)] == ["2024-09-03", "2024-03-01", None]


def test_what_is_missing_are_the_gates_that_do_not_hold() -> None:
    row = board.of_country(country()).regions[1]
    assert [gate["code"] for gate in row.missing] == ["register"]


def test_a_region_shows_its_provinces_and_last_what_belongs_to_none_of_them() -> None:
    source = country()
    source.places.append(place("03", None, sessions=2))
    found = board.of_region(source, "03")
    assert [row.code for row in found.provinces] == ["03.231", "03.591", None]
    assert [row.figures["sessions"] for row in found.provinces] == [4, 0, 2]
    assert found.here is not None
    assert found.here.state == "open"


def test_nothing_of_the_region_as_a_whole_is_no_row() -> None:
    assert [row.code for row in board.of_region(country(), "03").provinces] == ["03.231", "03.591"]


@pytest.mark.parametrize(
    ("associations", "trained", "share"), [(0, 0, "none"), (10, 0, "0"), (10, 2, "20"), (10, 9, "80"), (3, 3, "80")]
)
def test_provinces_are_coloured_by_the_share_of_their_trained_associations(associations: int, trained: int, share: str) -> None:
    row = board.ProvinceRow("03.231", {}, {"associations": associations, "associations_trained": trained})
    assert row.share == share


def test_a_region_that_is_not_seen_is_not_found() -> None:
    with pytest.raises(NotFound):
        board.of_region(Country(regions=[region("04")]), "03")


def test_a_code_that_nobody_has_is_its_own_name() -> None:
    source = country()
    source.places.append(place("03", "03.999", associations=1))
    assert board.of_region(source, "03").provinces[-1].names == {"fr": "03.999", "ar": "03.999"}
