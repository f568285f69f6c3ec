"""What a scope keeps in a query and what it lets through of what is loaded already are the same."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chassis.scope import EVERYWHERE, Scope

FIELDS = ("region", "province")
regions, provinces = st.sampled_from(["01", "03", "07"]), st.sampled_from(["03.531", "03.591", "07.041"])
scopes = st.builds(Scope, st.frozensets(regions, min_size=1) | st.none(), st.frozensets(provinces, min_size=1) | st.none())
places = st.tuples(regions | st.lists(regions, max_size=3), provinces | st.none())


def keeps(query: dict[str, Any], document: dict[str, Any]) -> bool:
    """What a store does with such a query: a list matches where one of its members does."""
    for field, wanted in query.items():
        codes = wanted["$in"] if isinstance(wanted, dict) else [wanted]
        values = document[field] if isinstance(document[field], list) else [document[field]]
        if not set(values) & set(codes):
            return False
    return True


@given(scopes, places, st.integers(0, 2))
def test_a_loaded_document_is_seen_as_it_would_be_found(scope: Scope, place: tuple[Any, ...], named: int) -> None:
    document = dict(zip(FIELDS, place, strict=True))
    assert scope.sees(place[:named]) == keeps(scope.filter(FIELDS[:named]), document)


def test_everywhere_everything_is_seen() -> None:
    assert EVERYWHERE.sees(["03", None])
    assert EVERYWHERE.sees([["03", "07"]])
