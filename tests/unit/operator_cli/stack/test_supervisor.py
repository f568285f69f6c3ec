"""The supervisor with processes that are a few lines of shell."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from operator_cli.stack import orphans, state
from operator_cli.stack.identity import is_alive
from operator_cli.stack.layout import ROOT, Layout
from operator_cli.stack.ports import Ports
from operator_cli.stack.specs import Spec
from operator_cli.stack.state import Process
from operator_cli.stack.supervisor import Supervisor, stop_without

BOUND = 10.0


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path)
    made.create()
    return made


def shell(name: str, script: str, ready: Callable[[], bool] = lambda: True, **more: object) -> Spec:
    return Spec(name, ["/bin/sh", "-c", script], dict(os.environ), ready=ready, **more)  # type: ignore[arg-type]


@contextmanager
def supervised(layout: Layout, specs: Sequence[Spec]) -> Iterator[None]:
    layout.state.unlink(missing_ok=True)
    supervisor = Supervisor(layout, Ports(), "test", lambda _: specs)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        yield
    finally:
        supervisor.ask_to_stop()
        thread.join(BOUND)
    assert not thread.is_alive()


def process(layout: Layout, name: str) -> Process:
    found = state.read(layout)
    known = found.process(name) if found else None
    return known or Process(name)


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + BOUND
    while not holds():
        assert time.monotonic() < deadline, "did not come about"
        time.sleep(0.02)


def test_a_process_waits_for_what_it_needs(layout: Layout) -> None:
    opened = threading.Event()
    specs = [shell("first", "exec sleep 60", ready=opened.is_set), shell("second", "exec sleep 60", after=("first",))]
    with supervised(layout, specs):
        eventually(lambda: process(layout, "first").state == "starting")
        assert process(layout, "second").state == "waiting"
        opened.set()
        eventually(lambda: process(layout, "second").state == "ready")


def test_a_killed_process_is_started_again(layout: Layout) -> None:
    with supervised(layout, [shell("worker", "exec sleep 60")]):
        eventually(lambda: process(layout, "worker").state == "ready")
        first = process(layout, "worker").pid
        assert first
        os.kill(first, signal.SIGKILL)
        eventually(lambda: process(layout, "worker").state == "ready" and process(layout, "worker").pid != first)
        assert process(layout, "worker").restarts == 1


def test_what_a_killed_process_left_behind_is_ended_too(layout: Layout, tmp_path: Path) -> None:
    child = tmp_path / "child"
    with supervised(layout, [shell("server", f"sleep 60 & echo $! >{child}; wait")]):
        eventually(lambda: child.exists() and child.read_text().strip() != "")
        left = int(child.read_text())
        os.kill(process(layout, "server").pid or 0, signal.SIGKILL)
        eventually(lambda: not Path(f"/proc/{left}").exists() or " Z " in Path(f"/proc/{left}/stat").read_text())


def test_one_that_cannot_live_says_how_it_ended_and_how_often(layout: Layout) -> None:
    with supervised(layout, [shell("broken", "echo no such setting; exit 3", ready=lambda: False)]):
        eventually(lambda: process(layout, "broken").failures >= 3)
        assert "exit 3" in process(layout, "broken").note
        assert "no such setting" in layout.log("broken").read_text()


def test_a_task_runs_once_for_each_mark(layout: Layout, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for mark in ("a", "a", "b"):
        with supervised(layout, [shell("task", f"echo x >>{ran}", mark=mark)]):
            eventually(lambda: process(layout, "task").state == "done")
    assert ran.read_text().split() == ["x", "x"]


def test_what_is_asked_for_later_is_taken_in_once(layout: Layout) -> None:
    first, second = shell("first", "exec sleep 60"), shell("second", "exec sleep 60", after=("first",))
    layout.state.unlink(missing_ok=True)
    supervisor = Supervisor(layout, Ports(), "some", lambda parts: [first, second] if parts == "all" else [first])
    running = threading.Thread(target=supervisor.run)
    running.start()
    try:
        eventually(lambda: process(layout, "first").state == "ready")
        pid = process(layout, "first").pid
        layout.wanted.write_text("all")
        eventually(lambda: process(layout, "second").state == "ready")
        assert process(layout, "first").pid == pid
    finally:
        supervisor.ask_to_stop()
        running.join(BOUND)
    found = state.read(layout)
    assert found is not None
    assert (found.parts, [each.name for each in found.processes]) == ("all", ["first", "second"])
    assert not layout.wanted.exists()


def test_a_held_process_stays_away_until_it_is_released(layout: Layout) -> None:
    with supervised(layout, [shell("broker", "exec sleep 60")]):
        eventually(lambda: process(layout, "broker").state == "ready")
        layout.hold("broker").touch()
        eventually(lambda: process(layout, "broker").state == "held")
        layout.hold("broker").unlink()
        eventually(lambda: process(layout, "broker").state == "ready")


def test_one_that_does_not_end_when_asked_is_killed_after_its_grace(layout: Layout) -> None:
    stubborn = shell("stubborn", "trap '' TERM; while :; do sleep 0.1; done", grace=0.3)
    with supervised(layout, [stubborn]):
        eventually(lambda: process(layout, "stubborn").state == "ready")
        pid, started = process(layout, "stubborn").pid, process(layout, "stubborn").started
    assert not is_alive(pid, started)


RECORDER = """
import pathlib, signal, sys, time

def leave(*_):
    with open({ended!r}, "a") as file:
        file.write({name!r} + " ")
    sys.exit(0)

signal.signal(signal.SIGTERM, leave)
pathlib.Path({up!r}).touch()
time.sleep(60)
"""


def test_the_last_started_is_stopped_first(layout: Layout, tmp_path: Path) -> None:
    ended = tmp_path / "ended"

    def recorder(name: str, *after: str) -> Spec:
        up = tmp_path / f"{name}-is-up"
        script = RECORDER.format(ended=str(ended), name=name, up=str(up))
        return Spec(name, [sys.executable, "-c", script], dict(os.environ), after, ready=up.exists)

    with supervised(layout, [recorder("store"), recorder("service", "store")]):
        eventually(lambda: process(layout, "service").state == "ready")
    assert ended.read_text().split() == ["service", "store"]


SUPERVISOR = """
from pathlib import Path
from operator_cli.stack.layout import Layout
from operator_cli.stack.ports import Ports
from operator_cli.stack.specs import Spec
from operator_cli.stack.supervisor import Supervisor

left = Spec("left", ["/bin/sleep", "60"], {{}}, ready=lambda: True)
Supervisor(Layout(Path({home!r})), Ports(), "test", lambda _: [left]).run()
"""


def test_processes_of_a_killed_supervisor_are_ended_by_who_comes_next(layout: Layout) -> None:
    script = SUPERVISOR.format(home=str(layout.home))
    with subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)}) as supervisor:  # noqa: S603
        eventually(lambda: process(layout, "left").state == "ready")
        assert orphans.end(layout) == [], "while the supervisor lives its processes are its own"
        supervisor.kill()
    left = process(layout, "left")
    assert is_alive(left.pid, left.started)
    assert orphans.end(layout) == ["left"]
    assert not is_alive(left.pid, left.started)


def test_a_stack_for_tests_does_not_outlive_who_wanted_it(layout: Layout) -> None:
    supervisor = Supervisor(layout, Ports(), "test", lambda _: [shell("worker", "exec sleep 60")])
    with subprocess.Popen(["/bin/sleep", "60"]) as guardian:
        threading.Thread(target=stop_without, args=(supervisor, guardian.pid)).start()
        running = threading.Thread(target=supervisor.run)
        running.start()
        eventually(lambda: process(layout, "worker").state == "ready")
        guardian.kill()
    running.join(BOUND)
    assert not running.is_alive()


def test_a_stranger_with_a_recorded_number_is_left_alone(layout: Layout) -> None:
    stranger = state.Process("gone", pid=os.getpid(), started=1.0, state="ready")
    state.Board(layout, state.State(2**22 + 1, 1.0, "test", Ports(), [stranger])).publish()
    assert orphans.end(layout) == []
