from pathlib import Path

import pytest

from operator_cli.errors import Refusal
from operator_cli.stack.layout import Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports


def test_data_of_another_version_is_refused_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "format").write_text("0")
    with pytest.raises(Refusal, match=r"another version of the stack .*nassij reset"):
        LocalStack(Layout(tmp_path), Ports.from_base(20000)).start()


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match=r"cannot be written .*NASSIJ_HOME"):
        LocalStack(Layout(tmp_path / "file" / "home"), Ports.from_base(20000)).start()


def test_reset_removes_what_the_stack_made_and_nothing_else(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    layout.create()
    (tmp_path / "letter.txt").touch()
    LocalStack(layout, Ports()).reset()
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
