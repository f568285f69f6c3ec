import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from services.registry.associations.events import AssociationRegistered
from services.registry.associations.guards import _guarded, _row
from services.registry.associations.model import Association, State
from tests.unit.registry.people import COMMUNE, application
from vocabulary.matching import Fingerprint, blocking_keys
from vocabulary.text import Bilingual

NAMES = st.builds(Bilingual, st.sampled_from(["Al Amal", "Ennour", "Amal"]), st.sampled_from(["", "الأمل"]))
FINGERPRINTS = st.builds(
    Fingerprint.of,
    NAMES,
    commune=st.sampled_from([COMMUNE, "03.591.01.05"]),
    phones=st.lists(st.sampled_from(["0600012345", "0600012346"]), max_size=2),
    receipt=st.sampled_from([None, "12/2019"]),
    officers=st.lists(NAMES, max_size=2),
)


def test_an_association_lies_where_its_commune_lies() -> None:
    made = Association.register(application())
    assert (made.region, made.province, made.commune, made.state) == ("03", "03.591", COMMUNE, State.DECLARED)
    made.validate()


def test_registering_tells_names_and_place_and_no_telephone() -> None:
    made = Association.register(application())
    (told,) = made.recorded
    assert isinstance(told, AssociationRegistered)
    assert (told.association, told.commune, told.fields) == (made.id, COMMUNE, ["rural", "women"])
    assert "2126" not in str(dataclasses.asdict(told))


def test_an_association_is_found_by_its_officers_too() -> None:
    made = Association.register(application())
    assert "phone:+212600012346" in made.keys
    made.be_found_by(["phone:+212600099999", "phone:+212600012346"])
    assert made.keys == sorted(set(made.keys))
    assert "phone:+212600099999" in made.keys


@given(FINGERPRINTS, FINGERPRINTS)
def test_what_shares_a_key_shares_a_guard(one: Fingerprint, other: Fingerprint) -> None:
    keys, others = blocking_keys(one), blocking_keys(other)
    rows, other_rows = ({_row(_guarded(key)) for key in each} for each in (keys, others))
    assert not keys & others or rows & other_rows


def test_no_telephone_stands_in_a_guard() -> None:
    assert _row(_guarded("phone:+212600012345")).isalnum()
    assert len(_row(_guarded("phone:+212600012345"))) == 4
