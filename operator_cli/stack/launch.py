"""Everything between "start" and a living supervisor: what can be refused is refused here, in the caller's sight."""

import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from operator_cli.errors import Refusal
from operator_cli.stack import issuer, jars, kafka, monitoring, orphans, secrets, state
from operator_cli.stack.environment import python_environment
from operator_cli.stack.last_words import last_words
from operator_cli.stack.layout import FORMAT, ROOT, Layout, write_whole
from operator_cli.stack.parts import is_watched, services_of
from operator_cli.stack.ports import Ports, refuse_taken
from operator_cli.stack.specs import specs_of
from operator_cli.stack.state import State

LOOK_EVERY = 0.05


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """Two starts at once: the second waits, then finds the stack running. Raises Refusal where the folder cannot be written."""
    try:
        layout.create()
    except OSError as error:
        raise Refusal(f"The folder {layout.home} cannot be written ({error.strerror}); name another with NASSIJ_HOME.") from error
    with (layout.run / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(layout: Layout, ports: Ports, parts: str, announce: Callable[[str], None], hurry: int = 1) -> None:
    """Check and write all that processes need before the first one starts. Raises Refusal with the reason when it cannot be."""
    if is_watched(parts):
        monitoring.refuse_missing()
    _check_format(layout)
    jars.java()
    classpath = jars.classpath(announce)
    orphans.end(layout)
    for held in (layout.run / "held").iterdir():
        held.unlink()
    layout.wanted.unlink(missing_ok=True)
    refuse_taken(ports, {spec.name for spec in specs_of(layout, ports, parts, classpath)})
    secrets.write_all(layout, ports)
    issuer.ensure(layout)
    write_whole(kafka.properties_file(layout), kafka.server_properties(layout, ports))
    if is_watched(parts):
        monitoring.write(layout, ports, services_of(parts), hurry)


def prepare_more(layout: Layout, running: State, parts: str, hurry: int = 1) -> None:
    """The same for what a running stack is to have besides, and ask its supervisor to start it.

    Raises Refusal with the reason when it cannot be.
    """
    if is_watched(parts):
        monitoring.refuse_missing()
    begun = {process.name for process in running.processes}
    refuse_taken(running.ports, {spec.name for spec in specs_of(layout, running.ports, parts, classpath=())} - begun)
    if is_watched(parts):
        monitoring.write(layout, running.ports, services_of(parts), hurry)
    write_whole(layout.wanted, parts)


def launch(layout: Layout, ports: Ports, parts: str, guardian: int | None = None) -> "subprocess.Popen[bytes]":
    """Start the supervisor, wait until it has spoken, and answer it. It stops when its guardian, a process, is no more.

    Raises Refusal when it ends at once.
    """
    layout.state.unlink(missing_ok=True)
    arguments = [str(layout.home), parts, json.dumps(asdict(ports)), *([str(guardian)] if guardian else [])]
    with layout.log("supervisor").open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            [sys.executable, "-m", "operator_cli.stack.supervisor", *arguments],
            env=python_environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while state.read(layout) is None:
        if process.poll() is not None:
            raise Refusal(f"The supervisor did not start: {last_words(layout.log('supervisor'))}")
        time.sleep(LOOK_EVERY)
    return process


def _check_format(layout: Layout) -> None:
    found = layout.format.read_text() if layout.format.exists() else FORMAT
    if found != FORMAT:
        raise Refusal(
            f"The data in {layout.home} is of another version of the stack ({found}, not {FORMAT}); remove it with "
            "`nassij reset`, or name another folder with NASSIJ_HOME."
        )
    write_whole(layout.format, FORMAT)
