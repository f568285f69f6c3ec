"""Log files while they grow, are set aside and are cut."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from operator_cli.logs import files
from operator_cli.logs.files import LogFile
from operator_cli.logs.lines import Wanted

ALL = Wanted()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "training-web.log"


@pytest.fixture
def log(path: Path) -> Iterator[LogFile]:
    """The log at that path; opened when it is first read."""
    with closing(LogFile(path)) as made:
        yield made


def texts(lines: object) -> list[str]:
    return [line.text for line in lines]  # type: ignore[attr-defined]


def append(path: Path, text: str) -> None:
    with path.open("a") as file:
        file.write(text)


@pytest.mark.parametrize("block", [1, 3, 7, 1000])
@pytest.mark.parametrize("most", [0, 1, 2, 3, 10])
def test_the_last_lines_are_read_from_the_end(
    log: LogFile, path: Path, monkeypatch: pytest.MonkeyPatch, block: int, most: int
) -> None:
    monkeypatch.setattr(files, "BLOCK", block)
    path.write_text("first\nsecond\nthird\n")
    assert texts(log.last(most, ALL)) == ["first", "second", "third"][3 - most if most < 3 else 0 :]


def test_what_is_appended_is_read_once_and_only_whole_lines(log: LogFile, path: Path) -> None:
    path.write_text("one\n")
    assert texts(log.last(10, ALL)) == ["one"]
    append(path, "two\nth")
    assert texts(log.more(ALL)) == ["two"]
    assert texts(log.more(ALL)) == []
    append(path, "ree\n")
    assert texts(log.more(ALL)) == ["three"]


def test_a_file_set_aside_is_read_to_its_end_before_the_new_one(log: LogFile, path: Path) -> None:
    path.write_text("one\n")
    assert texts(log.all(ALL)) == ["one"]
    append(path, "two\n")
    path.replace(path.with_suffix(".log.1"))
    assert texts(log.more(ALL)) == ["two"]
    path.write_text("three\n")
    assert texts(log.more(ALL)) == ["three"]


def test_a_file_that_was_cut_is_read_from_its_beginning(log: LogFile, path: Path) -> None:
    path.write_text("a long line\n")
    log.last(10, ALL)
    path.write_text("new\n")
    assert texts(log.more(ALL)) == ["new"]


def test_what_was_set_aside_is_looked_through_first(log: LogFile, path: Path) -> None:
    path.with_suffix(".log.1").write_text("old\n")
    path.write_text("new\ncut off")
    assert texts([*log.all(ALL), *log.rest(ALL)]) == ["old", "new", "cut off"]


def test_a_log_that_begins_later_is_read_from_then_on(log: LogFile, path: Path) -> None:
    assert texts(log.last(10, ALL)) == []
    path.write_text("one\n")
    assert texts(log.more(ALL)) == ["one"]
