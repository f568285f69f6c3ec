"""Every metric of the mechanics, and the way to declare one of the domain.

Conventions: the prefix `nassij_`, base units in the name (seconds, total), labels with few values and never an id.
Domain gauges are facts of the store and come from every process of a service that answers `/metrics`: a query over
them takes `max without (instance, job)`, never a sum over processes.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import structlog
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from chassis import __version__
from chassis.scope import unscoped

log = structlog.get_logger(__name__)

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
MULTIPROCESS_DIR = "PROMETHEUS_MULTIPROC_DIR"

# ---- HTTP. `route` is the rule with its placeholders ("/v1/regions/<code>"), never the path that was asked.
HTTP_SECONDS = Histogram(
    "nassij_http_request_duration_seconds", "Time to answer a request.", ["method", "route", "status"], buckets=QUICK
)

# ---- Consumer.
CONSUMER_BATCH_SIZE = Histogram("nassij_consumer_batch_size", "Events in one polled batch.", buckets=SIZES)
CONSUMER_BATCH_SECONDS = Histogram("nassij_consumer_batch_duration_seconds", "Time to apply one batch.", buckets=QUICK)
# outcome: applied | duplicate | waiting (for another event) | dead | ignored (no reaction here).
CONSUMER_EVENTS = Counter("nassij_consumer_events", "Events taken from Kafka, by what became of them.", ["outcome"])
CONSUMER_LAG = Gauge("nassij_consumer_lag", "Events on a topic that this consumer has not taken yet.", ["topic"])
# A pause is a fault of the store or the broker that was waited out; a split is a batch halved after a write conflict.
CONSUMER_PAUSES = Counter("nassij_consumer_pauses", "Pauses of the consumer because of a fault around it.", ["cause"])
CONSUMER_SPLITS = Counter("nassij_consumer_batch_splits", "Batches that were split after a write conflict.")
WAITING_KEYS = Gauge("nassij_waiting_keys", "Keys whose events wait for an event of their own or of another key.")
WAITING_OLDEST_SECONDS = Gauge("nassij_waiting_oldest_seconds", "Age of the event that has waited longest; 0 when none waits.")
# state: open, those that somebody must decide.
DEAD_LETTERS = Gauge("nassij_dead_letters", "Dead letters in this service's store.", ["state"])

# ---- Outbox and relay.
OUTBOX_PENDING = Gauge("nassij_outbox_pending", "Events recorded and not yet published.")
OUTBOX_OLDEST_SECONDS = Gauge("nassij_outbox_oldest_seconds", "Age of the oldest event not yet published; 0 when none is.")
OUTBOX_PUBLISHED = Counter("nassij_outbox_published", "Events that Kafka has acknowledged.")
OUTBOX_FAILED = Counter("nassij_outbox_publish_failures", "Publishing rounds that ended in an error.")
OUTBOX_DELAY_SECONDS = Histogram(
    "nassij_outbox_delay_seconds", "Time from an event's record to Kafka's acknowledgement.", buckets=(*QUICK, 30, 60, 300)
)
RELAY_LEASE_HELD = Gauge("nassij_relay_lease_held", "1 while this process holds the relay's lease, else 0.")

# ---- Intents (mail, SMS, webhooks) and deadlines.
INTENTS_PENDING = Gauge("nassij_intents_pending", "Intents due and not yet sent.", ["kind"])
INTENTS_OLDEST_SECONDS = Gauge("nassij_intents_oldest_seconds", "How long the oldest due intent has been due; 0 when none is.")
# outcome: sent | retry | gave-up.
INTENTS = Counter("nassij_intents", "Attempts to send an intent.", ["kind", "outcome"])
DEADLINES_OVERDUE = Gauge("nassij_deadlines_overdue", "Deadlines that are past and have not run.")
DEADLINES_OLDEST_SECONDS = Gauge("nassij_deadlines_oldest_seconds", "How long the oldest overdue deadline has been due.")
DEADLINES_RUN = Counter("nassij_deadlines_run", "Deadlines that came due, by what became of them.", ["name", "outcome"])

# ---- Store.
STORE_SECONDS = Histogram("nassij_store_seconds", "Time of one round trip to the store.", ["operation"], buckets=QUICK)
# outcome: committed | conflict (run again) | refused (by a rule) | failed.
TRANSACTIONS = Counter("nassij_transactions", "Transactions, by how they ended.", ["outcome"])

# ---- The process itself.
BUILD_INFO = Gauge(
    "nassij_build_info", "1, with the version and service as labels.", ["version", "service"], multiprocess_mode="max"
)
LOOP_SECONDS = Gauge("nassij_loop_last_round_timestamp_seconds", "When a background loop last came round.", ["loop"])
DOMAIN_ERRORS = Counter("nassij_domain_gauge_errors", "Scrapes in which a domain gauge could not be read.", ["gauge"])

Samples = Iterable[tuple[Sequence[str], float]]
CACHED_SECONDS = 15.0


class DomainGauge:
    """A figure of the domain that is read from the store when Prometheus asks, at most every 15 seconds."""

    def __init__(self, name: str, description: str, labels: Sequence[str], read: Callable[[], Samples]) -> None:
        self.name = name
        self._description = description
        self._labels = tuple(labels)
        self._read = read
        self._lock = threading.Lock()
        self._until = 0.0
        self._samples: list[tuple[Sequence[str], float]] = []

    def forget(self) -> None:
        """Read anew at the next scrape."""
        self._until = 0.0

    def family(self) -> Metric:
        """Return the samples of now. Raises what the reading function raises."""
        with self._lock:
            if time.monotonic() >= self._until:
                with unscoped(f"the gauge {self.name} counts the whole country"):
                    self._samples = list(self._read())
                self._until = time.monotonic() + CACHED_SECONDS
            family = GaugeMetricFamily(self.name, self._description, labels=self._labels)
            for labels, value in self._samples:
                family.add_metric(list(labels), value)
            return family


class DomainCollector(Collector):
    """All domain gauges of this process."""

    def __init__(self) -> None:
        self._gauges: dict[str, DomainGauge] = {}

    def add(self, gauge: DomainGauge) -> None:
        """Take in a gauge. Raises ValueError if the name is taken."""
        if gauge.name in self._gauges:
            raise ValueError(f"There are two domain gauges called {gauge.name}.")
        self._gauges[gauge.name] = gauge

    def forget(self) -> None:
        """Read every gauge anew at the next scrape: the store is another one."""
        for gauge in self._gauges.values():
            gauge.forget()

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not read the store."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield every gauge that can be read; one that cannot is counted and logged, and the others still answer."""
        for gauge in list(self._gauges.values()):
            try:
                yield gauge.family()
            except Exception:
                DOMAIN_ERRORS.labels(gauge.name).inc()
                log.exception("metrics.domain_gauge_unreadable", gauge=gauge.name)


domain_gauges = DomainCollector()
REGISTRY.register(domain_gauges)


def domain_gauge(
    name: str, description: str, labels: Sequence[str] = ()
) -> Callable[[Callable[[], Samples]], Callable[[], Samples]]:
    """Declare a figure of the domain: the function yields `((label values), value)` and sees the whole country.

    It runs when Prometheus asks, outside any transaction, at most every 15 seconds: one aggregation, no loop over documents.
    """

    def declare(read: Callable[[], Samples]) -> Callable[[], Samples]:
        domain_gauges.add(DomainGauge(name, description, labels, read))
        return read

    return declare


def announce(service: str) -> None:
    """Say which version of which service this process is."""
    BUILD_INFO.labels(__version__, service).set(1)


def exposition(accept: str = "") -> tuple[bytes, str]:
    """Return the metrics of this process (of all workers where there are several) and their content type."""
    encode, content_type = choose_encoder(accept)
    return encode(_registry()), content_type


def _registry() -> CollectorRegistry:
    if MULTIPROCESS_DIR not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    shared.register(domain_gauges)
    return shared
