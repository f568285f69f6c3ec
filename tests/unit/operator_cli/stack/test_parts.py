import pytest

from operator_cli.errors import BadInput
from operator_cli.stack.layout import SERVICES
from operator_cli.stack.parts import is_watched, services_of, union


def test_parts_are_words_with_commas() -> None:
    assert services_of("training,registry,monitoring") == ("registry", "training")
    assert services_of("everything,monitoring") == SERVICES
    assert services_of("infrastructure") == ()
    assert is_watched("everything,monitoring")
    assert not is_watched("everything")


@pytest.mark.parametrize(
    ("running", "asked", "both"),
    [
        ("everything", "everything,monitoring", "everything,monitoring"),
        ("everything,monitoring", "registry", "everything,monitoring"),
        ("registry", "training", "registry,training"),
        ("infrastructure", "registry,monitoring", "registry,monitoring"),
        ("infrastructure", "infrastructure", "infrastructure"),
        (",".join(SERVICES), "registry", "everything"),
    ],
)
def test_a_stack_that_runs_takes_in_what_else_is_asked_for(running: str, asked: str, both: str) -> None:
    assert union(running, asked) == both


def test_a_word_that_is_no_service_is_refused() -> None:
    with pytest.raises(BadInput, match="no service grants"):
        union("registry", "grants,monitoring")
