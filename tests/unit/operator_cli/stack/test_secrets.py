import stat
from pathlib import Path

import pytest

from operator_cli.stack import secrets
from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.ports import Ports


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path / "home")
    made.create()
    return made


def test_nobody_but_the_owner_reads_a_secret(layout: Layout) -> None:
    secrets.write_all(layout, Ports())
    assert {stat.S_IMODE(path.stat().st_mode) for path in layout.secrets.iterdir()} == {0o600}


def test_every_service_has_a_password_of_its_own(layout: Layout) -> None:
    passwords = {secrets.store_password(layout, user) for user in (*SERVICES, "admin")}
    assert len(passwords) == len(SERVICES) + 1


def test_passwords_stay_when_ports_move(layout: Layout) -> None:
    before = secrets.store_password(layout, "training")
    secrets.write_all(layout, Ports.from_base(20000))
    assert secrets.store_password(layout, "training") == before
    assert (layout.secrets / "training.store-uri").read_text() == (
        f"mongodb://training:{before}@127.0.0.1:20002/nassij_training?authSource=nassij_training"
    )
