from pathlib import Path

from chassis.contracts.files import drift, write
from chassis.contracts.places import EXAMPLES, SUBJECTS, release

SCHEMA = Path("contracts/library/shelf.filled.v1.json")
EXAMPLE = EXAMPLES / release() / "library" / "shelf.filled.v1.json"
EARLIER = EXAMPLES / "0.0" / "library" / "shelf.filled.v1.json"
FILES = {SCHEMA: "{}\n", EXAMPLE: "{}\n"}


def put(root: Path, *paths: Path) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("written before\n")


def test_after_writing_nothing_drifts_and_nothing_is_written_again(tmp_path: Path) -> None:
    assert drift(FILES, tmp_path) == [f"{path} is missing" for path in sorted(FILES)]
    assert write(FILES, tmp_path) == sorted(FILES)
    assert drift(FILES, tmp_path) == []
    assert write(FILES, tmp_path) == []


def test_a_file_that_was_edited_by_hand_is_drift(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    put(tmp_path, SCHEMA)
    assert drift(FILES, tmp_path) == [f"{SCHEMA} is not what the event classes say"]


def test_examples_of_earlier_releases_are_neither_changed_nor_removed(tmp_path: Path) -> None:
    put(tmp_path, EARLIER, SUBJECTS)
    write(FILES, tmp_path)
    assert (tmp_path / EARLIER).read_text() == (tmp_path / SUBJECTS).read_text() == "written before\n"
    assert drift(FILES, tmp_path) == []


def test_what_belongs_to_no_event_any_more_goes(tmp_path: Path) -> None:
    gone = Path("contracts/library/shelf.painted.v1.json")
    put(tmp_path, gone)
    assert f"{gone} belongs to no event that is declared" in drift(FILES, tmp_path)
    assert gone in write(FILES, tmp_path)
    assert not (tmp_path / gone).exists()
