from pathlib import Path

import pytest

from operator_cli.stack.environment import service_environment
from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.ports import Ports

LAYOUT = Layout(Path("/srv/stack"))
PORTS = Ports.from_base(20000)


def test_a_service_learns_where_it_listens_and_what_it_stands_on() -> None:
    told = service_environment(LAYOUT, PORTS, "training", "background")
    assert told["NASSIJ_INSTANCE"] == "training-background-0"
    assert told["NASSIJ_KAFKA"] == "127.0.0.1:20000"
    assert told["NASSIJ_BIND"] == "127.0.0.1:20011"
    assert told["NASSIJ_OPS_BIND"] == "127.0.0.1:20021"


@pytest.mark.parametrize("service", SERVICES)
def test_secrets_are_told_as_files_of_the_service_s_own(service: str) -> None:
    told = service_environment(LAYOUT, PORTS, service, "web")
    assert told["NASSIJ_STORE_URI_FILE"] == f"/srv/stack/secrets/{service}.store-uri"
    assert not any("mongodb://" in value for name, value in told.items() if name.startswith("NASSIJ_"))


def test_an_operator_s_log_level_reaches_the_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASSIJ_LOG_LEVEL", "DEBUG")
    assert service_environment(LAYOUT, PORTS, "registry", "web")["NASSIJ_LOG_LEVEL"] == "DEBUG"
