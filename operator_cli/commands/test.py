"""`nassij test`."""

import os
import subprocess
import sys
import time
from pathlib import Path

import click

from operator_cli.output import print_table
from operator_cli.stack.layout import ROOT

CHECKS = {
    "ruff": [sys.executable, "-m", "ruff", "check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "lint-imports": [str(Path(sys.executable).with_name("lint-imports"))],
}
NARROWING = ("-k", "-m", "--lf", "--last-failed", "--ff", "--sw", "--co", "--collect-only")


@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog="""\b
Examples:
  nassij test                              everything
  nassij test tests/unit -x                these alone
  nassij test -k store_contract --store mongodb://127.0.0.1:27017
  nassij test --stack containers           the broker and the store in containers""",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def test(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    """Run ruff, mypy, import-linter and pytest. ARGUMENTS go to pytest; with paths or -k only pytest runs."""
    suites = {} if _is_narrow(arguments) else dict(CHECKS)
    suites["pytest"] = [sys.executable, "-m", "pytest", *arguments]
    results = {name: _run(name, command) for name, command in suites.items()}
    print_table(
        ("check", "result", "seconds"), [(name, "ok" if code == 0 else f"exit {code}", s) for name, (code, s) in results.items()]
    )
    ctx.exit(1 if any(code for code, _ in results.values()) else 0)


def _is_narrow(arguments: tuple[str, ...]) -> bool:
    """Whether a part of the tests was asked for: a path, or an option that selects."""
    return any(given.startswith(NARROWING) or (ROOT / given.split("::")[0]).exists() for given in arguments)


def _run(name: str, command: list[str]) -> tuple[int, float]:
    """Run one check where the project lies; its exit code and how long it took."""
    click.secho(f"── {name}", bold=True)
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)  # noqa: S603
    return done.returncode, round(time.monotonic() - begun, 1)
