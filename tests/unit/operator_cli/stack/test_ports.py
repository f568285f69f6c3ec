import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_cli.errors import BadInput, Refusal
from operator_cli.stack.ports import HIGHEST, LOWEST, Ports, is_taken, refuse_taken


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_documented_ports_count_without_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NASSIJ_PORT_BASE", raising=False)
    ports = Ports.chosen()
    assert (ports.kafka, ports.store, ports.web_of("registry"), ports.background_of("notifications")) == (9192, 27117, 8101, 8204)


def test_one_setting_moves_all_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASSIJ_PORT_BASE", "20000")
    assert {port // 100 for _, port in Ports.chosen().each()} == {200}


@given(base=st.integers(LOWEST, HIGHEST))
def test_no_two_processes_share_a_port_wherever_the_stack_is_moved(base: int) -> None:
    used = [port for _, port in Ports.from_base(base).each()]
    assert len(used) == len(set(used))
    assert base <= min(used) <= max(used) <= 65535


@pytest.mark.parametrize("setting", ["eighty", "-1", "80", "70000"])
def test_a_base_that_is_no_port_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("NASSIJ_PORT_BASE", setting)
    with pytest.raises(BadInput, match="NASSIJ_PORT_BASE must be"):
        Ports.chosen()


def test_a_taken_port_is_refused_by_the_name_of_who_needs_it_and_of_who_has_it(listening: int) -> None:
    with pytest.raises(Refusal, match=rf"Port {listening}, which store needs, is taken by process \d+ .*NASSIJ_PORT_BASE"):
        refuse_taken(Ports(store=listening), {"store"})


def test_a_taken_port_that_is_not_needed_disturbs_nobody(listening: int) -> None:
    refuse_taken(Ports(smtp=listening), {"only-this"})


def test_a_free_block_is_free() -> None:
    assert not any(is_taken(port) for _, port in Ports.free().each())
