"""One runbook for each alert, with commands that exist."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest

from operator_cli.app import nassij
from operator_cli.stack.layout import ROOT
from tests.rules import alerts

FOLDER = ROOT / "docs" / "runbooks"
INDEX = FOLDER / "README.md"
BOOKS = sorted(set(FOLDER.glob("*.md")) - {INDEX})
SECTIONS = ["What it means", "What to look at", "What to do"]
COMMAND = re.compile(r"(?:^|`)(nassij [^`\n]+)", re.MULTILINE)


def commands() -> Iterator[tuple[str, str]]:
    """Every command line in a runbook, in a block or within a sentence."""
    for book in (*BOOKS, INDEX):
        for line in dict.fromkeys(COMMAND.findall(book.read_text(encoding="utf-8"))):
            yield book.stem, line


def parse(line: str) -> None:
    """Have the command's own parser read the line without running anything. Raises click.UsageError, or Refusal."""
    command: click.Command = nassij
    context, rest = None, shlex.split(line)
    while True:
        name, *rest = rest
        context = command.make_context(name, list(rest), parent=context)
        if not isinstance(command, click.Group) or (command.invoke_without_command and not rest):
            return
        _, found, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert found is not None, line
        command, rest = found, [found.name or "", *rest]


def test_each_alert_has_a_runbook_and_each_runbook_an_alert() -> None:
    assert {book.stem for book in BOOKS} == {rule["alert"] for rule in alerts()}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_runbook_says_what_it_means_what_to_look_at_and_what_to_do(book: object) -> None:
    text = FOLDER.joinpath(str(book)).read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS
    assert COMMAND.search(text)


def test_the_index_names_each_with_its_severities() -> None:
    listed = dict(re.findall(r"^\| \[(\w+)\]\(\1\.md\) \| ([a-z, ]+) \|", INDEX.read_text(encoding="utf-8"), re.MULTILINE))
    severities: dict[str, dict[str, None]] = {}
    for rule in alerts():
        severities.setdefault(rule["alert"], {})[rule["labels"]["severity"]] = None
    assert listed == {name: ", ".join(found) for name, found in severities.items()}


@pytest.mark.parametrize(("book", "line"), list(commands()))
def test_a_command_in_a_runbook_is_one_that_exists(book: str, line: str) -> None:
    parse(line)


@pytest.mark.parametrize("line", ["nassij fly", "nassij process fly kafka", "nassij status --loud", "nassij deadletters retry"])
def test_a_command_that_does_not_exist_would_be_found(line: str) -> None:
    with pytest.raises(click.UsageError):
        parse(line)


def test_links_lead_somewhere() -> None:
    for book in (*BOOKS, INDEX):
        for target in re.findall(r"\]\(([^)#]+)\)", book.read_text(encoding="utf-8")):
            assert (FOLDER / target).exists(), f"{book.name}: {target}"
