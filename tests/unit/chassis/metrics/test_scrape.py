import tomllib
from pathlib import Path

import pytest

from chassis import __version__, metrics
from chassis.metrics import scrape

ROOT = Path(__file__).parents[4]


@pytest.fixture(autouse=True)
def _role(monkeypatch: pytest.MonkeyPatch) -> None:
    """The role that a test announces ends with it."""
    monkeypatch.setattr(scrape, "_role", None)


def scraped() -> str:
    return metrics.exposition()[0].decode()


def test_a_process_says_its_version() -> None:
    metrics.announce("training")
    assert f'nassij_build_info{{service="training",version="{__version__}"}} 1.0' in scraped()


def test_the_version_is_the_projects() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__


def test_a_web_process_shows_no_backlog_since_it_counts_none() -> None:
    metrics.announce("training", metrics.WEB)
    text = scraped()
    assert "# TYPE nassij_http_request_duration_seconds histogram" in text
    assert "# TYPE nassij_transactions_total counter" in text
    assert "nassij_outbox_pending" not in text
    assert "nassij_outbox_published" not in text


def test_a_background_process_shows_its_backlogs_and_no_requests() -> None:
    metrics.announce("training", metrics.BACKGROUND)
    text = scraped()
    assert "# TYPE nassij_outbox_pending gauge" in text
    assert "nassij_http_request_duration_seconds" not in text


def test_nobody_is_told_when_each_series_was_born() -> None:
    assert "_created" not in scraped()
