from pathlib import Path

import pytest

from operator_cli.stack.last_words import last_words


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "web.log"


def test_a_sentence_that_ended_a_process_is_what_is_told(log: Path) -> None:
    log.write_text("starting\nSet NASSIJ_STORE_URI to a MongoDB address.\n\n")
    assert last_words(log) == "Set NASSIJ_STORE_URI to a MongoDB address."


def test_of_a_traceback_the_error_is_told_even_when_it_explains_itself_at_length(log: Path) -> None:
    log.write_text('  File "x.py", line 1\nRuntimeError: outside of context.\n\nThis typically means\nthat you\n')
    assert last_words(log) == "RuntimeError: outside of context."


def test_of_a_structured_line_the_event_and_its_error_are_told(log: Path) -> None:
    log.write_text('{"event": "loop.broke", "exception": "Traceback ...\\n  File\\nOverflowError: date value out of range"}\n')
    assert last_words(log) == "loop.broke: OverflowError: date value out of range"


def test_it_stays_short(log: Path) -> None:
    log.write_text("x" * 5000)
    assert len(last_words(log)) == 300


def test_a_process_that_said_nothing_is_told_as_such(log: Path) -> None:
    assert last_words(log) == "(nothing)"
