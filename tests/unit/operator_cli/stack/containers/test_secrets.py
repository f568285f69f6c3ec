import os
import stat
from pathlib import Path

import pytest

from operator_cli.stack.containers.secrets import hand_out
from operator_cli.stack.layout import SERVICES, Layout

ME = (os.getuid(), os.getgid())


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "home")


@pytest.fixture
def out(layout: Layout, tmp_path: Path) -> Path:
    hand_out(layout, tmp_path / "out", ME, ME)
    return tmp_path / "out"


def contents(out: Path) -> dict[str, str]:
    return {str(path.relative_to(out)): path.read_text() for path in out.rglob("*") if path.is_file()}


def test_a_service_gets_its_own_password_and_no_other(out: Path, layout: Layout) -> None:
    passwords = {user: (layout.secrets / f"store-{user}.password").read_text() for user in (*SERVICES, "admin")}
    for service in SERVICES:
        given = "".join((out / service / name).read_text() for name in ("store-uri", "key-secret", "jwks.json"))
        assert [user for user, password in passwords.items() if password in given] == [service]


def test_no_service_gets_the_issuer_s_private_key(out: Path) -> None:
    assert not [name for name, text in contents(out).items() if "PRIVATE KEY" in text]
    assert '"kid"' in contents(out)["registry/jwks.json"]


def test_a_second_start_changes_nothing(out: Path, layout: Layout) -> None:
    before = contents(out)
    hand_out(layout, out, ME, ME)
    assert contents(out) == before


def test_what_is_handed_out_can_be_read_by_its_owner_alone(out: Path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*") if path.is_file()} == {0o400}


def test_the_replica_set_s_key_is_one_that_mongod_takes(out: Path) -> None:
    key = (out / "store" / "replica-set.key").read_text()
    assert 6 <= len(key) <= 1024
    assert key.isalnum()
