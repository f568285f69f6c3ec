"""One local stack as its users see it: start it, ask about it, stop it, remove it."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from operator_cli.errors import NotRunning, Refusal
from operator_cli.stack import orphans, secrets, state
from operator_cli.stack.identity import is_alive
from operator_cli.stack.last_words import last_words
from operator_cli.stack.launch import alone, launch, prepare, prepare_more
from operator_cli.stack.layout import ELSEWHERE, Layout
from operator_cli.stack.parts import EVERYTHING, INFRASTRUCTURE, union
from operator_cli.stack.ports import Ports
from operator_cli.stack.specs import specs_of
from operator_cli.stack.state import Process, State

Watch = Callable[[State], None]

START_DEADLINE = 90.0
STOP_DEADLINE = 60.0
TAKE_IN_DEADLINE = 10.0
LOOK_EVERY = 0.1
HOPELESS = 5
"""A process that ended so often in a row before it was ready will not become ready by waiting."""


class LocalStack:
    """The stack whose data lies in `layout.home`; the ports it is given count only while it is not running.

    `hurry` is for tests of monitoring: so many times shorter are the pauses of alerts (stack/monitoring.py).
    """

    def __init__(self, layout: Layout, ports: Ports, parts: str = EVERYTHING, hurry: int = 1) -> None:
        self.layout = layout
        self.parts = parts
        self._hurry = hurry
        self._wanted = ports
        self._guardian: int | None = None
        self._supervisor: subprocess.Popen[bytes] | None = None

    @classmethod
    def chosen(cls, parts: str = EVERYTHING) -> "LocalStack":
        """The stack that the environment names (NASSIJ_HOME, NASSIJ_PORT_BASE).

        Raises Refusal where the environment names a stack that something else runs.
        """
        if os.environ.get(ELSEWHERE):
            raise Refusal(f"{ELSEWHERE} names a stack that something else runs; unset it to use this machine's own.")
        return cls(Layout.chosen(), Ports.chosen(), parts)

    def state(self) -> State | None:
        """What the supervisor knows, or None where none runs."""
        found = state.read(self.layout)
        return found if found and is_alive(found.pid, found.started) else None

    def running(self) -> State:
        """What the supervisor knows. Raises NotRunning where none runs."""
        found = self.state()
        if found is None:
            raise NotRunning(
                "The supervisor was killed and its processes are left over; `nassij up` starts all anew, `nassij down` ends them."
                if orphans.left(self.layout)
                else "The stack is not running; start it with `nassij up`."
            )
        return found

    def process(self, name: str) -> Process:
        """One process. Raises Refusal for a name that the stack does not have."""
        found = self.running()
        process = found.process(name)
        if process is None:
            names = ", ".join(each.name for each in found.processes if not each.task)
            raise Refusal(f"There is no process {name}; there are {names}.")
        return process

    @property
    def ports(self) -> Ports:
        """Where the running stack listens, or where it would."""
        found = self.state()
        return found.ports if found else self._wanted

    @property
    def kafka(self) -> str:
        """The broker's address."""
        return f"127.0.0.1:{self.ports.kafka}"

    def store_uri(self, service: str) -> str:
        """How a service reaches its own database."""
        return secrets.store_uri(self.layout, self.ports, service)

    def admin_uri(self) -> str:
        """How an administrator reaches the store (tests, and the stack itself)."""
        return secrets.admin_uri(self.layout, self.ports)

    def start(self, watch: Watch = lambda _: None, announce: Callable[[str], None] = lambda _: None) -> bool:
        """Start what is not running and wait until all is ready; False if all of it ran already.

        `watch` is called about ten times a second with what is known, `announce` with what takes long the first time.
        Raises Refusal with the reason when it cannot be started or does not become ready.
        """
        with alone(self.layout):
            found = self.state()
            if found is not None:
                started = self._extend(found)
            else:
                prepare(self.layout, self._wanted, self.parts, announce, self._hurry)
                self._supervisor = launch(self.layout, self._wanted, self.parts, self._guardian)
                started = True
            self._await_ready(watch)
        return started

    def stop(self, watch: Watch = lambda _: None) -> bool:
        """Stop everything, the last started first; False if nothing ran. Data stays."""
        found = self.state()
        if found is None:
            return bool(orphans.end(self.layout))

        def ended() -> bool:
            watch(self.state() or found)
            return not is_alive(found.pid, found.started)

        os.kill(found.pid, signal.SIGTERM)
        self._until(ended, f"The supervisor (process {found.pid}) has not stopped", STOP_DEADLINE)
        if self._supervisor:
            # Whoever started it in this same process has to take note of its end.
            self._supervisor.wait()
        return True

    def reset(self) -> None:
        """Stop everything and remove all data: what the stack made, and nothing else that lies in the same folder."""
        self.stop()
        for path in self.layout.own():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        with suppress(OSError):
            self.layout.home.rmdir()

    def hold(self, name: str) -> None:
        """Stop one process and keep it stopped until `release`."""
        self.process(name)
        self.layout.hold(name).touch()
        self._until(lambda: self.process(name).state == state.HELD, f"{name} has not stopped", STOP_DEADLINE)

    def release(self, name: str) -> None:
        """Let a held process run again, and wait until it is ready."""
        self.process(name)
        self.layout.hold(name).unlink(missing_ok=True)
        self._until(lambda: self.process(name).state == state.READY, f"{name} is not ready", START_DEADLINE)

    def kill(self, name: str) -> int:
        """Kill one process as a crash would, and answer its pid; the supervisor starts it again."""
        pid = self.process(name).pid
        if pid is None:
            raise Refusal(f"{name} is not running now; see `nassij status`.")
        os.kill(pid, signal.SIGKILL)
        return pid

    def infrastructure(self) -> "AbstractContextManager[LocalStack]":
        """Broker and store alone, for as long as the block lasts, and no longer than this process lives (tests)."""
        self.parts = INFRASTRUCTURE
        return self.borrowed()

    @contextmanager
    def borrowed(self) -> "Iterator[LocalStack]":
        """The stack for as long as the block lasts, and no longer than this process lives (tests)."""
        self._guardian = os.getpid()
        try:
            self.start()
            yield self
        finally:
            self.stop()

    def _extend(self, found: State) -> bool:
        """Have a running stack start what else is wanted; False if it has all of it. Raises Refusal when it cannot."""
        parts = union(found.parts, self.parts)
        wanted = {spec.name for spec in specs_of(self.layout, found.ports, parts, classpath=())}
        if wanted <= {process.name for process in found.processes}:
            return False
        prepare_more(self.layout, found, parts, self._hurry)
        complaint = f"The supervisor, which runs {found.parts}, has taken in nothing more (`nassij down`, then start anew)"
        self._until(lambda: wanted <= {process.name for process in self.running().processes}, complaint, TAKE_IN_DEADLINE)
        return True

    def _await_ready(self, watch: Watch) -> None:
        deadline = time.monotonic() + START_DEADLINE
        while True:
            found = self.state()
            if found is None:
                raise Refusal(f"The supervisor ended while starting: {last_words(self.layout.log('supervisor'))}")
            watch(found)
            missing = [process for process in found.processes if not process.settled]
            if not missing:
                return
            self._refuse_hopeless(missing, late=time.monotonic() > deadline)
            time.sleep(LOOK_EVERY)

    def _refuse_hopeless(self, missing: list[Process], *, late: bool) -> None:
        for process in missing:
            if process.failures >= HOPELESS or (late and process.state != state.WAITING):
                why = process.note or f"is not ready after {START_DEADLINE:.0f} s"
                line = last_words(self.layout.log(process.name))
                raise Refusal(f"{process.name} {why}; its log ends with: {line} (all of it: `nassij logs {process.name}`)")

    @staticmethod
    def _until(reached: Callable[[], bool], complaint: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not reached():
            if time.monotonic() > deadline:
                raise Refusal(f"{complaint} after {seconds:.0f} s; see `nassij logs`.")
            time.sleep(LOOK_EVERY)
