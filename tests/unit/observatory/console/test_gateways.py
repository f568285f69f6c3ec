import re

from services.observatory.console import gateways
from vocabulary import territory

PATH = re.compile(r"M(-?[\d.]+,-?[\d.]+L)+-?[\d.]+,-?[\d.]+Z")


def test_every_region_has_an_outline_inside_the_drawing() -> None:
    drawn = gateways.country()
    assert [outline.code for outline in drawn.outlines] == [region.code for region in territory.regions()]
    assert max(drawn.width, drawn.height) == gateways.SIDE
    for outline in drawn.outlines:
        assert PATH.fullmatch(outline.path)
        assert 0 < outline.x < drawn.width
        assert 0 < outline.y < drawn.height


def test_every_province_has_an_outline_in_its_region() -> None:
    for region in territory.regions():
        drawn = gateways.region(region.code)
        assert [outline.code for outline in drawn.outlines] == [province.code for province in territory.provinces(region.code)]


def test_outlines_have_no_more_bends_than_a_screen_shows() -> None:
    assert sum(len(outline.path) for outline in gateways.country().outlines) < 20_000


def test_north_is_up() -> None:
    placed = {outline.code: outline for outline in gateways.country().outlines}
    assert placed["01"].y < placed["12"].y
    assert placed["02"].x > placed["12"].x
