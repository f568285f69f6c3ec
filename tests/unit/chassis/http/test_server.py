import json
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from chassis.http.server import WebServer, check_free, forget_worker, fresh_metrics_folder, write_refusal
from chassis.metrics import MULTIPROCESS_DIR
from chassis.settings import Address, Settings, SettingsError


@pytest.fixture
def taken() -> Iterator[Address]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield Address("127.0.0.1", listener.getsockname()[1])


def settings(**given: object) -> Settings:
    return Settings(service="training", store_uri="mongodb://u:p@h/d", **given)  # type: ignore[arg-type]


def test_a_port_that_is_taken_ends_in_one_sentence(taken: Address) -> None:
    with pytest.raises(SettingsError, match=f"NASSIJ_BIND is {taken}, where this process cannot listen"):
        check_free(taken, patience=0.0)


def test_a_port_that_a_killed_predecessor_still_holds_is_waited_for() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Timer(0.15, listener.close).start()
    check_free(Address("127.0.0.1", listener.getsockname()[1]), patience=5.0)


def test_gunicorn_is_told_by_the_settings() -> None:
    connected: list[str] = []
    server = WebServer(settings(web_threads=3, bind=Address("127.0.0.1", 8101)), lambda: None, lambda: connected.append("now"))  # type: ignore[arg-type,return-value]
    assert (server.cfg.threads, server.cfg.workers, server.cfg.bind) == (3, 1, ["127.0.0.1:8101"])
    assert server.cfg.worker_class_str == "gthread"
    server.cfg.post_fork(None, None)
    assert connected == ["now"]


@pytest.mark.parametrize(
    ("status", "reason", "slug"), [(414, "URI Too Long", "address-too-long"), (417, "Expectation Failed", "expectation-failed")]
)
def test_what_is_no_request_is_told_by_a_problem(status: int, reason: str, slug: str) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        write_refusal(ours, status, reason, "<script>")
        answer = HTTPResponse(theirs)
        answer.begin()
        problem = json.loads(answer.read())
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert (problem["type"], problem["status"]) == (f"urn:nassij:problem:{slug}", status)
    assert problem["detail"].endswith(".")
    assert "script" not in str(problem)


def test_the_figures_of_a_former_start_are_forgotten() -> None:
    folder = fresh_metrics_folder(settings())
    (folder / "counter_1.db").touch()
    assert list(fresh_metrics_folder(settings()).iterdir()) == []
    folder.rmdir()


def test_a_worker_that_ends_leaves_the_gauges(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Worker:
        pid = 4242

    left = tmp_path / "gauge_liveall_4242.db"
    left.touch()
    forget_worker(None, Worker())
    assert left.exists()
    monkeypatch.setenv(MULTIPROCESS_DIR, str(tmp_path))
    forget_worker(None, Worker())
    assert not left.exists()
