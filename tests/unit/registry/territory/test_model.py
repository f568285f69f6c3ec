from dataclasses import replace

from services.registry.territory.model import Commune, Province
from vocabulary import territory


def test_a_commune_is_kept_as_the_official_list_describes_it() -> None:
    entry = territory.communes()[0]
    commune = Commune.of(entry)
    assert (commune.code, commune.province, commune.region) == (entry.code, entry.province, entry.region)
    assert commune.names == {"fr": entry.names.fr, "ar": entry.names.ar}


def test_a_place_that_the_list_describes_as_before_does_not_change() -> None:
    entry = territory.provinces("03")[0]
    assert not Province.of(entry).follow(entry)


def test_a_place_follows_a_new_census() -> None:
    entry = territory.provinces("03")[0]
    province = Province.of(entry)
    assert province.follow(replace(entry, population=entry.population + 1))
    assert province.population == entry.population + 1


def test_everybody_may_read_the_territory() -> None:
    assert Commune.territory == Province.territory == ()
