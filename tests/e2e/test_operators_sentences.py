"""What the `nassij` command says when it cannot do what it was asked: one sentence that says what to do, and an exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from operator_cli.stack.layout import ROOT
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from tests.e2e.command import call

REFUSED, CALLED_WRONGLY, NOT_RUNNING = 1, 2, 3
ASKING = [
    ("status",),
    ("deadletters", "list"),
    ("outbox", "list"),
    ("topics", "list"),
    ("wait", "--quiet"),
    ("region", "list"),
    ("region", "open", "03"),
    ("token", "--role", "national"),
    ("process", "kill", "store"),
    ("mail", "list"),
]


def nassij(home: Path | str, *words: str, **settings: str) -> tuple[int, str]:
    """The exit code of a command and what it says on standard error."""
    done = call(home, *words, **settings)
    return done.exit_code, done.stderr


def is_one_sentence(said: str) -> bool:
    """One line that begins with the command's name and ends as sentences do."""
    return said.count("\n") == 1 and said.startswith("nassij: ") and said.rstrip().endswith((".", ")"))


@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_without_a_stack_every_question_says_how_to_start_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    code, said = nassij(tmp_path, *words)
    assert (code, is_one_sentence(said)) == (NOT_RUNNING, True), said
    assert "nassij up" in said


def test_a_port_that_is_taken_is_named_with_its_holder(stack: LocalStack, tmp_path: Path) -> None:
    code, said = nassij(tmp_path, "up", NASSIJ_PORT_BASE=str(stack.ports.kafka))
    assert (code, is_one_sentence(said)) == (REFUSED, True), said
    assert f"Port {stack.ports.kafka}, which kafka needs, is taken by process" in said
    assert "NASSIJ_PORT_BASE" in said


@pytest.mark.parametrize("home", ["/proc/nassij", "/dev/null/nassij"])
def test_a_folder_that_cannot_be_written_is_named(home: str) -> None:
    code, said = nassij(home, "up", NASSIJ_PORT_BASE=str(Ports.free().kafka))
    assert (code, is_one_sentence(said)) == (REFUSED, True), said
    assert home in said
    assert "NASSIJ_HOME" in said


@pytest.mark.parametrize("base", ["nonsense", "-1", "80", "70000"])
def test_ports_that_are_none_are_refused(tmp_path: Path, base: str) -> None:
    code, said = nassij(tmp_path, "up", NASSIJ_PORT_BASE=base)
    assert (code, is_one_sentence(said)) == (CALLED_WRONGLY, True), said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("region", "open", "three"), CALLED_WRONGLY),
        (("region", "join", "03", "--pack", "fes meknes"), CALLED_WRONGLY),
        (("region", "open", "99"), REFUSED),
        (("region", "join", "99", "--pack", "none@1"), REFUSED),
        (("wait", "nothing"), CALLED_WRONGLY),
        (("deadletters", "retry", "none", "--in", "training"), REFUSED),
        (("deadletters", "discard", "none", "--in", "training", "--reason", "  "), REFUSED),
        (("outbox", "republish", "--in", "training", "--since", "yesterday"), CALLED_WRONGLY),
        (("process", "kill", "toaster"), REFUSED),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else None,
)
@pytest.mark.usefixtures("programme")
def test_what_a_service_refuses_is_told_in_its_own_sentence(stack: LocalStack, words: tuple[str, ...], code: int) -> None:
    found, said = nassij(stack.layout.home, *words)
    assert (found, is_one_sentence(said)) == (code, True), said


def test_no_home_of_the_callers_own_is_needed(stack: LocalStack) -> None:
    command = [sys.executable, "-m", "operator_cli", "status", "--json"]
    env = {"PATH": os.environ["PATH"], "NASSIJ_HOME": str(stack.layout.home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
