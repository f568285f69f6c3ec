"""The `nassij` script in a checkout of its own, with a command that only says that it was called."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from operator_cli.stack.layout import ROOT

BOUND = 60


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "nassij", tmp_path / "nassij")
    (tmp_path / "requirements.lock").write_text("# nothing is needed\n")
    (tmp_path / "operator_cli").mkdir()
    (tmp_path / "operator_cli" / "__init__.py").touch()
    (tmp_path / "operator_cli" / "__main__.py").write_text("import sys; print('called with', *sys.argv[1:])")
    return tmp_path


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": str(checkout), **environment}
    command = [str(checkout / "nassij"), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=BOUND, check=False)  # noqa: S603


def test_two_first_starts_at_once_make_one_environment(checkout: Path) -> None:
    with ThreadPoolExecutor() as pool:
        one, other = pool.map(lambda word: run(checkout, word), ["one", "other"])
    assert (one.stdout, other.stdout) == ("called with one\n", "called with other\n")
    told = [line for done in (one, other) for line in done.stderr.splitlines()]
    assert len(told) == 1
    assert "Setting up the Python environment" in told[0]
    assert not (checkout / ".nassij" / "setup.busy").exists()


def test_a_lock_that_changed_is_installed_again_and_an_unchanged_one_is_not(checkout: Path) -> None:
    assert "Setting up" in run(checkout).stderr
    assert run(checkout).stderr == ""
    (checkout / "requirements.lock").write_text("# still nothing\n")
    assert "Setting up" in run(checkout).stderr


def test_without_a_network_it_says_so_in_one_sentence(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text(f"click==8.0.0 --hash=sha256:{'0' * 64}\n")
    done = run(checkout, PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_FIND_LINKS="", PIP_NO_CACHE_DIR="1")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        "nassij: The Python packages could not be fetched; check the network connection"
    )
    assert "Traceback" not in done.stderr


def test_without_python_it_says_which_one_is_needed(checkout: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    for tool in ("sh", "cat", "cksum", "dirname", "mkdir", "rm", "readlink", "sleep"):
        (bare / tool).symlink_to(shutil.which(tool) or "")
    done = run(checkout, PATH=str(bare))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("nassij: Python 3.11 or newer")


def test_it_may_be_called_by_a_link_from_anywhere(checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("nassij")
    assert run(checkout, "here").stdout == "called with here\n"
    done = subprocess.run([str(link), "there"], cwd="/", capture_output=True, text=True, timeout=BOUND, check=True)  # noqa: S603
    assert done.stdout == "called with there\n"
