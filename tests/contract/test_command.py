import json

import pytest
from click.testing import CliRunner

from chassis.contracts.__main__ import main
from operator_cli.app import nassij


def test_what_is_committed_has_no_drift() -> None:
    found = CliRunner().invoke(nassij, ["contracts", "check", "--json"])
    assert (found.exit_code, json.loads(found.stdout)) == (0, {"ok": True, "drift": []})


def test_another_action_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish"]) == 2
    assert "write|check" in capsys.readouterr().err
