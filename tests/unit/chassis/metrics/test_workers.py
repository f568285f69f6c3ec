"""Workers of one web process share their figures, also with those that ended before them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chassis.metrics import workers

WORKER = """
from chassis import metrics
metrics.announce("training", metrics.WEB)
metrics.HTTP_SECONDS.labels("GET", "/v1/sessions", "200").observe(0.02)
metrics.TRANSACTIONS.labels("committed").inc(3)
"""
SCRAPE = "from chassis import metrics; metrics.announce('training', metrics.WEB); print(metrics.exposition()[0].decode())"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(workers.MULTIPROCESS_DIR, str(tmp_path))
    return tmp_path


def run(script: str) -> tuple[int, str]:
    """What a process of its own prints, and its pid."""
    script += "\nimport os, json; print(json.dumps(os.getpid()))"
    done = subprocess.run([sys.executable, "-c", script], env=os.environ, capture_output=True, text=True, check=True)  # noqa: S603
    text, _, pid = done.stdout.strip().rpartition("\n")
    return json.loads(pid), text


def test_what_an_ended_worker_counted_stays_and_its_files_go(folder: Path) -> None:
    for pid in [run(WORKER)[0], run(WORKER)[0]]:
        workers.forget(pid)
        assert not list(folder.glob(f"*_{pid}.db"))
    run(WORKER)
    _, text = run(SCRAPE)
    assert 'nassij_transactions_total{outcome="committed"} 9.0' in text
    assert 'nassij_http_request_duration_seconds_count{method="GET",route="/v1/sessions",status="200"} 3.0' in text
    assert 'nassij_http_request_duration_seconds_bucket{le="0.025",method="GET",route="/v1/sessions",status="200"} 3.0' in text


def test_no_gauge_stands_there_once_for_each_worker(folder: Path) -> None:
    run(WORKER)
    run(WORKER)
    _, text = run(SCRAPE)
    assert text.count("\nnassij_build_info{") == 1
    assert "pid=" not in text


def test_where_workers_share_nothing_nothing_is_to_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(workers.MULTIPROCESS_DIR, raising=False)
    workers.forget(4242)
    with workers.undisturbed():
        pass
