"""How commands answer: a table for people, JSON for programs."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, on one line.")


def print_json(body: Any) -> None:
    """One line of JSON on standard output."""
    click.echo(json.dumps(body, ensure_ascii=False, default=str))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], colour: Callable[[Sequence[object]], str] | None = None
) -> None:
    """A table; `colour` names the style of a row from its values. Numbers stand on the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    found = [list(row) for row in rows]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        numeric = any(isinstance(row[index], int | float) for row in found)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row), style=colour(row) if colour else None)
    Console(highlight=False, width=None if click.get_text_stream("stdout").isatty() else 160).print(table)
