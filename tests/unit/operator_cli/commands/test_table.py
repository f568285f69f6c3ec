"""The table of commands."""

import subprocess
import sys

import pytest
from click import Group

from operator_cli.app import COMMANDS, nassij
from operator_cli.stack.layout import ROOT
from tests.unit.operator_cli.commands.conftest import Nassij

OWN = [
    name for section in COMMANDS.values() for name, (module, _) in section.items() if module.startswith("operator_cli.commands")
]
QUICK = (
    "import sys, operator_cli.app; print([m for m in ('rich', 'kafka', 'pymongo', 'httpx', 'psutil', 'jwt') if m in sys.modules])"
)


@pytest.mark.parametrize("name", OWN)
def test_every_command_has_help_with_an_example(call: Nassij, name: str) -> None:
    told = call(name, "--help").stdout
    assert f"nassij {name}" in told.split("Example")[1]


def test_help_names_every_command_without_loading_it(call: Nassij) -> None:
    told = call("--help").stdout
    assert all(name in told for section in COMMANDS.values() for name in section)


def test_the_table_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", QUICK], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_a_command_that_does_not_exist_is_a_usage_error(call: Nassij) -> None:
    assert call("fly").exit_code == 2


def test_the_group_is_one_that_others_can_call() -> None:
    assert isinstance(nassij, Group)
