"""Keeps one process running: waits for what it needs, starts it, sees it become ready, starts it again when it ends."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from contextlib import suppress

import structlog

from operator_cli.stack import stamps, state
from operator_cli.stack.identity import started_at
from operator_cli.stack.layout import Layout
from operator_cli.stack.restarts import Backoff
from operator_cli.stack.specs import Spec
from operator_cli.stack.state import Board

LOOK_EVERY = 0.1
LONGEST_LOG = 20 * 1024 * 1024

log = structlog.get_logger()


class Keeper(threading.Thread):
    """One thread for one process; nearly all its time it sleeps in the kernel until the process ends."""

    def __init__(self, spec: Spec, layout: Layout, board: Board, usable: Mapping[str, threading.Event]) -> None:
        super().__init__(name=spec.name, daemon=True)
        self.spec = spec
        self._layout = layout
        self._board = board
        self._usable = usable
        self._stopping = threading.Event()
        self._spawning = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._backoff = Backoff()
        self._restarts = 0

    def run(self) -> None:
        """The whole life of the process."""
        if self._needs_nothing_more() and not self._is_done_already():
            while not self._stopping.is_set():
                if self._is_held():
                    self._rest()
                elif self._live_once():
                    break
        if self.spec.mark is None:
            self._board.set(self.spec.name, state=state.STOPPED, pid=None, started=None)

    def stop(self) -> None:
        """End the process for good: politely, then by force when its grace is over."""
        self._stopping.set()
        self.end_process()
        self.join()

    def end_process(self) -> None:
        """Ask the process to end, and make it when its grace is over."""
        with self._spawning:
            process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(self.spec.grace)
        except subprocess.TimeoutExpired:
            log.warning("killed after its grace", process=self.spec.name, grace=self.spec.grace)
            _kill_group(process.pid)

    def is_to_be_held(self) -> bool:
        """Whether an operator wants it stopped while it still runs."""
        return self._is_held() and self._process is not None

    def _is_held(self) -> bool:
        return self._layout.hold(self.spec.name).exists()

    def _needs_nothing_more(self) -> bool:
        while not self._stopping.is_set():
            if all(self._usable[name].is_set() for name in self.spec.after):
                return True
            self._stopping.wait(LOOK_EVERY / 2)
        return False

    def _is_done_already(self) -> bool:
        if self.spec.mark is None or not stamps.is_done(self._layout, self.spec.name, self.spec.mark):
            return False
        self._become_usable(state.DONE)
        return True

    def _rest(self) -> None:
        self._board.set(self.spec.name, state=state.HELD, pid=None, started=None)
        while self._is_held() and not self._stopping.wait(LOOK_EVERY):
            pass

    def _live_once(self) -> bool:
        """One life of the process; True when there is to be no other."""
        born = time.monotonic()
        process = self._start()
        if process is None:
            return True
        self._await_ready(process)
        code = process.wait()
        # What it left behind (workers of a killed server) would hold its port.
        _kill_group(process.pid)
        self._process = None
        if self.spec.mark is not None and code == 0:
            stamps.set_done(self._layout, self.spec.name, self.spec.mark)
            self._become_usable(state.DONE)
            return True
        if not self._stopping.is_set() and not self._is_held():
            self._pause(code, time.monotonic() - born)
        return self._stopping.is_set()

    def _start(self) -> subprocess.Popen[bytes] | None:
        path = self._layout.log(self.spec.name)
        if path.exists() and path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        with self._spawning, path.open("ab") as output:
            if self._stopping.is_set():
                return None
            process = self._process = subprocess.Popen(  # noqa: S603 - our own command lines
                self.spec.command,
                env=self.spec.env,
                cwd=self.spec.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._board.set(self.spec.name, state=state.STARTING, pid=process.pid, started=started_at(process.pid))
        return process

    def _await_ready(self, process: subprocess.Popen[bytes]) -> None:
        if self.spec.ready is None:
            return
        while process.poll() is None and not self._stopping.is_set():
            if self.spec.ready():
                self._become_usable(state.READY)
                return
            self._stopping.wait(LOOK_EVERY)

    def _become_usable(self, now: str) -> None:
        self._board.set(self.spec.name, state=now, failures=0, note="")
        self._usable[self.spec.name].set()

    def _pause(self, code: int, lived: float) -> None:
        pause = self._backoff.after(lived)
        self._restarts += 1
        note = f"ended with {_describe(code)} after {lived:.1f} s"
        log.warning(
            "process ended, starting it again", process=self.spec.name, how=_describe(code), lived=round(lived, 1), pause=pause
        )
        self._board.set(
            self.spec.name,
            state=state.PAUSING,
            pid=None,
            started=None,
            restarts=self._restarts,
            failures=self._backoff.failures,
            note=note,
        )
        self._stopping.wait(pause)


def _describe(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _kill_group(pid: int) -> None:
    """Kill what is left of a process's group: each was started as the leader of its own."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
