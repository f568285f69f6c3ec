from collections.abc import Iterator

import pytest
from prometheus_client import REGISTRY
from pymongo import _csot
from structlog.testing import capture_logs

from chassis import metrics
from chassis.context import current
from chassis.metrics import DomainCollector, DomainGauge, domain, domain_gauge
from chassis.scope import EVERYWHERE


@pytest.fixture
def gauges(monkeypatch: pytest.MonkeyPatch) -> Iterator[DomainCollector]:
    """A collector of this test's own in place of the process's."""
    own, everyones = DomainCollector(), domain.domain_gauges
    REGISTRY.unregister(everyones)
    REGISTRY.register(own)
    monkeypatch.setattr(domain, "domain_gauges", own)
    yield own
    REGISTRY.unregister(own)
    REGISTRY.register(everyones)


def scrape() -> str:
    return metrics.exposition()[0].decode()


def test_a_domain_gauge_is_read_when_prometheus_asks(gauges: DomainCollector) -> None:
    @domain_gauge("nassij_associations", "Associations.", ["region", "state"])
    def associations() -> Iterator[tuple[tuple[str, str], float]]:
        yield ("03", "registered"), 350

    assert 'nassij_associations{region="03",state="registered"} 350.0' in scrape()


def test_a_domain_gauge_sees_the_whole_country_and_is_read_at_most_every_fifteen_seconds() -> None:
    scopes = []

    def read() -> list[tuple[tuple[str, ...], float]]:
        scopes.append(current().scope)
        return [((), len(scopes))]

    gauge = DomainGauge("nassij_x", "x", [], read)
    gauge.family()
    assert gauge.family().samples[0].value == 1
    gauge._until = 0.0
    assert gauge.family().samples[0].value == 2
    assert scopes == [EVERYWHERE, EVERYWHERE]


def test_a_gauge_that_cannot_be_read_is_counted_and_told_and_the_others_answer(gauges: DomainCollector) -> None:
    @domain_gauge("nassij_broken", "x")
    def broken() -> metrics.Samples:
        raise ConnectionError("the store is away")

    @domain_gauge("nassij_whole", "x")
    def whole() -> metrics.Samples:
        return [((), 7)]

    with capture_logs() as lines:
        text = scrape()
    assert "nassij_whole 7.0" in text
    assert "\nnassij_broken" not in text
    assert [(line["event"], line["gauge"]) for line in lines] == [("metrics.domain_gauge_unreadable", "nassij_broken")]
    assert 'nassij_domain_gauge_errors_total{gauge="nassij_broken"} 1.0' in scrape()


def test_two_gauges_may_not_share_a_name(gauges: DomainCollector) -> None:
    domain_gauge("nassij_once", "x")(list)
    with pytest.raises(ValueError, match="nassij_once"):
        domain_gauge("nassij_once", "x")(list)


def test_all_gauges_of_a_scrape_share_one_bound_so_that_a_store_that_is_away_blinds_nobody() -> None:
    left = []

    def read() -> list[tuple[tuple[str, ...], float]]:
        left.append(_csot.remaining())
        return []

    collector = DomainCollector()
    for name in ("nassij_plans", "nassij_sessions"):
        collector.add(DomainGauge(name, "-", [], read))
    list(collector.collect())
    assert 0 < left[1] < left[0] <= domain.PATIENCE_SECONDS
