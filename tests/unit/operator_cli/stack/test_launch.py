from pathlib import Path

import pytest

from operator_cli.stack.launch import last_line
from operator_cli.stack.layout import Layout


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path)
    made.create()
    return made


def test_a_sentence_that_ended_a_process_is_what_is_told(layout: Layout) -> None:
    layout.log("web").write_text("starting\nSet NASSIJ_STORE_URI to a MongoDB address.\n\n")
    assert last_line(layout, "web") == "Set NASSIJ_STORE_URI to a MongoDB address."


def test_of_a_traceback_the_error_is_told_even_when_it_explains_itself_at_length(layout: Layout) -> None:
    layout.log("web").write_text('  File "x.py", line 1\nRuntimeError: outside of context.\n\nThis typically means\nthat you\n')
    assert last_line(layout, "web") == "RuntimeError: outside of context."


def test_a_process_that_said_nothing_is_told_as_such(layout: Layout) -> None:
    assert last_line(layout, "web") == "(nothing)"
