"""The commands themselves, where no stack runs."""

import json
from pathlib import Path

import pytest

from operator_cli.doctor.command import MARKS
from operator_cli.doctor.finding import SEVERITIES
from tests.e2e.command import call
from tests.unit.operator_cli.support.planted import files_of

BASE = {"NASSIJ_PORT_BASE": "61000", "NASSIJ_WEB_URL": ""}
SERVICES_AWAY = {"NASSIJ_WEB_URL": "http://127.0.0.1:1/{service}", "NASSIJ_BACKGROUND_URL": "http://127.0.0.1:1/{service}"}


def test_the_doctor_of_a_stopped_stack_says_how_to_start_it(tmp_path: Path) -> None:
    done = call(tmp_path, "doctor", **BASE)
    assert (done.exit_code, "do: nassij up" in done.stdout) == (1, True)


def test_its_json_counts_what_it_found_and_tells_the_worst_first(tmp_path: Path) -> None:
    done = call(tmp_path, "doctor", "--json", **BASE)
    told = json.loads(done.stdout)
    assert (told["ok"], told["stack"], set(told["counts"])) == (False, "stopped", set(SEVERITIES))
    assert sum(told["counts"].values()) == len(told["findings"])
    assert told["findings"][0]["severity"] == "fail"
    assert MARKS.keys() == set(SEVERITIES)


def test_of_a_stack_elsewhere_that_does_not_answer_every_process_is_a_fault(tmp_path: Path) -> None:
    told = json.loads(call(tmp_path, "doctor", "--json", **{**BASE, **SERVICES_AWAY}).stdout)
    assert told["stack"] == "elsewhere"
    faults = [finding for finding in told["findings"] if finding["severity"] == "fail"]
    assert len(faults) == 10
    assert not any(finding["severity"] == "ok" for finding in told["findings"])


def test_a_bundle_of_a_stopped_stack_holds_what_is_left_and_says_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "b.tar.gz"
    done = call(tmp_path, "support-bundle", "-o", str(path), **BASE)
    assert done.exit_code == 0, done.stderr
    assert str(path) in done.stdout
    assert "the stack is not running" in done.stdout
    manifest = json.loads(files_of(path)["manifest.json"])
    assert manifest["names_known"] is None
    assert "status.json" in manifest["missing"]


@pytest.mark.parametrize("name", ["bundle.zip", "no-such-folder/b.tar.gz"])
def test_a_file_that_cannot_be_one_is_refused_before_anything_is_gathered(tmp_path: Path, name: str) -> None:
    done = call(tmp_path, "support-bundle", "-o", str(tmp_path / name), **BASE)
    assert done.exit_code == 2
    assert done.stderr.startswith("nassij: ")
