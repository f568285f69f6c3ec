"""Checks of this machine: processes, ports, disk, rights, secrets, versions; and what they say of a stack elsewhere."""

import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from operator_cli.doctor import disk, indexes, ports, processes, rights, versions
from operator_cli.doctor.examine import CHECKS, examine, is_well
from operator_cli.doctor.finding import FAIL, OK, UNSEEN, WARN, Unseen, fine
from operator_cli.health import Health
from operator_cli.stack.rights import Trial
from operator_cli.stack.state import HELD, PAUSING, READY, Process
from tests.unit.operator_cli.doctor.fakes import FakeSight, bad, severities

GB = 1024**3
INDEXES = "training-web/ops/indexes"


@pytest.fixture
def sight(tmp_path: Path) -> FakeSight:
    sight = FakeSight(tmp_path)
    sight.layout.create()
    return sight


def health(state: str = READY, *, ready: bool = True, restarts: int = 0) -> Health:
    return Health("training-background", "http://x", 7, state, restarts, ready)


def test_processes_that_are_ready_are_fine(sight: FakeSight) -> None:
    sight.healths = [health()]
    assert set(severities(processes.check(sight))) == {OK}


@pytest.mark.parametrize(
    ("found", "severity", "advice"),
    [
        (health(HELD, ready=False), FAIL, "nassij process release training-background"),
        (health(PAUSING, ready=False), FAIL, "nassij logs training-background -n 50"),
        (health(ready=False), FAIL, "nassij logs training-background -n 50"),
        (health(restarts=4), WARN, "nassij logs training-background -n 50"),
    ],
)
def test_a_process_in_trouble_is_told_with_what_to_do(sight: FakeSight, found: Health, severity: str, advice: str) -> None:
    sight.healths = [found]
    (finding,) = bad(processes.check(sight))
    assert (finding.where, finding.severity, finding.advice) == ("training-background", severity, advice)


def test_a_task_that_did_not_end_well_is_a_fault(sight: FakeSight) -> None:
    assert sight.state is not None
    sight.state.processes.append(Process("training-migrate", task=True, state=PAUSING, note="ended with 1"))
    (finding,) = bad(processes.check(sight))
    assert finding.advice == "nassij logs training-migrate -n 50"


def test_a_stopped_stack_is_told_to_start_and_the_rest_is_not_looked_at(tmp_path: Path) -> None:
    findings = examine(FakeSight(tmp_path, running=False))
    assert [finding.advice for finding in bad(findings) if finding.check == "processes"] == ["nassij up"]
    assert {finding.check for finding in findings if finding.severity == UNSEEN} >= {"topics", "backlog", "indexes", "clocks"}
    assert not is_well(findings)


def test_of_a_stack_elsewhere_what_is_local_is_not_looked_at_and_never_fine(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, here=False)
    findings = [each for each in examine(sight) if each.check in {"ports", "disk", "rights", "secrets"}]
    assert [(each.check, each.severity) for each in findings] == [(n, UNSEEN) for n in ("ports", "rights", "secrets", "disk")]
    assert all(each.found.startswith("not looked at: ") for each in findings)


def test_a_port_that_something_else_has_taken_is_named_while_the_stack_is_stopped(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, running=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        sight.ports = replace(sight.ports, kafka=taken.getsockname()[1])
        found = bad(ports.check(sight))
    assert any(
        f"Port {sight.ports.kafka}, which kafka needs" in each.found and "NASSIJ_PORT_BASE" in each.advice for each in found
    )


def test_a_port_of_ours_that_a_stranger_holds_is_named(sight: FakeSight) -> None:
    assert sight.state is not None
    sight.state.processes.append(Process("kafka", "", state=READY, pid=None))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        sight.ports = replace(sight.ports, kafka=taken.getsockname()[1])
        assert [f"held by process {os.getpid()}" in each.found for each in bad(ports.check(sight))] == [True]
        sight.state.processes[-1].pid = os.getpid()
        assert bad(ports.check(sight)) == []


@pytest.mark.parametrize(
    ("free", "severity"), [(50 * GB, OK), (9 * GB, WARN), (GB, FAIL), (GB // 4, FAIL)], ids=["half", "9 %", "1 %", "nothing"]
)
def test_room_on_disk_is_judged_by_bytes_and_by_share(free: int, severity: str) -> None:
    finding = disk.judged("kafka", 100 * GB, free, "kafka 1 GB", "/srv")
    assert finding.severity == severity
    assert bool(finding.advice) == (severity != OK)


def test_every_file_system_of_the_stack_is_looked_at_once(sight: FakeSight) -> None:
    (sight.layout.kafka / "segment").write_bytes(b"x" * 5000)
    findings = list(disk.check(sight))
    assert [finding.where for finding in findings] == ["kafka, store, logs"]
    assert disk.size(sight.layout.kafka) >= 5000


def test_users_that_were_refused_everything_are_fine(sight: FakeSight) -> None:
    sight.attempts = [Trial("training", "read nassij_registry", refused=True)]
    assert severities(rights.check(sight)) == [OK]


def test_a_user_that_was_let_in_is_a_fault_and_an_unclear_answer_never_fine(sight: FakeSight) -> None:
    sight.attempts = [
        Trial("training", "read nassij_registry", refused=False),
        Trial("nobody", "read nassij_registry", refused=False, unclear="AutoReconnect"),
    ]
    let_in, unclear = bad(rights.check(sight))
    assert (let_in.severity, let_in.found) == (FAIL, "The store let training read nassij_registry.")
    assert "store-users" in let_in.advice
    assert unclear.severity == WARN


def test_a_store_that_does_not_answer_has_refused_nobody(sight: FakeSight) -> None:
    sight.attempts = [Trial("training", "enter the store", refused=False, unclear="ServerSelectionTimeoutError")]
    with pytest.raises(Unseen, match="does not answer"):
        list(rights.check(sight))


def test_secrets_that_others_may_read_are_named(sight: FakeSight) -> None:
    kept = sight.layout.secrets / "training.store-uri"
    kept.touch(mode=0o600)
    assert severities(rights.check_files(sight)) == [OK]
    kept.chmod(0o644)
    (found,) = bad(rights.check_files(sight))
    assert (found.severity, found.advice) == (FAIL, f"chmod 600 {kept}")


def test_a_folder_of_secrets_that_others_may_list_is_named(sight: FakeSight) -> None:
    sight.layout.secrets.chmod(0o755)
    assert [found.advice for found in bad(rights.check_files(sight))] == [f"chmod 700 {sight.layout.secrets}"]


def collection(**changes: Any) -> dict[str, Any]:
    return {"collection": "sessions", "exists": True, "missing": [], "surplus": [], "different": [], **changes}


def test_indexes_that_are_all_there_are_fine(sight: FakeSight) -> None:
    sight.answers[INDEXES] = {"collections": [collection()]}
    assert severities(indexes.check(sight)) == [OK]


@pytest.mark.parametrize(
    ("changes", "severity", "advice"),
    [
        ({"missing": ["region_1"]}, FAIL, "training-migrate; nassij down; nassij up"),
        ({"exists": False}, FAIL, "training-migrate; nassij down; nassij up"),
        ({"different": ["region_1"]}, FAIL, "drop that index"),
        ({"surplus": ["old_1"]}, WARN, "drop it in nassij_training"),
    ],
)
def test_an_index_that_is_not_as_declared_is_named(sight: FakeSight, changes: dict[str, Any], severity: str, advice: str) -> None:
    sight.answers[INDEXES] = {"collections": [collection(**changes)]}
    (found,) = bad(indexes.check(sight))
    assert found.severity == severity
    assert advice in found.advice


def test_processes_of_one_version_are_fine_and_others_are_named(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, here=False)
    own = versions.own_version()
    sight.answers["training-web/ops/process"] = {"version": own, "python": "3.11.7"}
    sight.answers["training-background/metrics"] = f'nassij_build_info{{service="training",version="{own}"}} 1.0\n'
    assert severities(versions.check(sight)) == [OK]
    sight.answers["training-background/metrics"] = 'nassij_build_info{role="background",version="0.0.9"} 1.0\n'
    (found,) = bad(versions.check(sight))
    assert "training-background 0.0.9" in found.found


def test_a_process_older_than_its_code_is_named(sight: FakeSight) -> None:
    assert sight.state is not None
    assert not [each for each in versions.check(sight) if each.where == "code" and each.bad]
    sight.state.processes[0].started = 1.0
    (found,) = [each for each in versions.check(sight) if each.where == "code"]
    assert (found.severity, "training-web" in found.found) == (WARN, True)


def test_a_check_that_breaks_or_takes_too_long_is_never_silently_fine(sight: FakeSight) -> None:
    def broken(_: Any) -> Any:
        yield fine("broken", "x", "Half of it is fine.")
        raise KeyError("secret")

    def unable(_: Any) -> Any:
        raise Unseen("there is no light")

    def endless(_: Any) -> Any:
        socket.create_server(("127.0.0.1", 0)).accept()
        return []

    findings = examine(sight, {"broken": broken, "unable": unable, "endless": endless}, within=0.2)
    assert severities(findings) == [OK, WARN, UNSEEN, WARN]
    assert "KeyError" in findings[1].found
    assert "secret" not in findings[1].found
    assert "not finished" in findings[3].found
    assert len(CHECKS) == 13
