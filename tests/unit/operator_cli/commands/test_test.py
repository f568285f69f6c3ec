import pytest

from operator_cli.commands.test import _is_narrow


@pytest.mark.parametrize("arguments", [("-k", "store_contract"), ("tests/unit",), ("tests/unit/__init__.py::x", "-x"), ("--lf",)])
def test_naming_some_tests_runs_these_alone(arguments: tuple[str, ...]) -> None:
    assert _is_narrow(arguments)


@pytest.mark.parametrize("arguments", [(), ("-x",), ("--stack", "containers"), ("--durations", "5"), ("--maxfail=1",)])
def test_how_tests_run_does_not_narrow_them(arguments: tuple[str, ...]) -> None:
    assert not _is_narrow(arguments)
