"""How commands answer: a table for people, JSON for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

WIDE = 160

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, on one line.")


def print_json(body: Any) -> None:
    """One line of JSON on standard output."""
    click.echo(json.dumps(body, ensure_ascii=False, default=str))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], style: Callable[[Sequence[object]], str] | None = None
) -> None:
    """A table; `style` names the look of a row from its values. Numbers stand on the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    found = [list(row) for row in rows]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        numeric = any(isinstance(row[index], int | float) for row in found)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row), style=style(row) if style else None)
    # Written to a file or a pipe a table may be as wide as it needs.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    console.print(table)
