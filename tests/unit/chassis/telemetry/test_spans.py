import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from chassis import telemetry
from chassis.events import Received
from chassis.settings import Settings, SettingsError
from chassis.telemetry import spans
from tests.otlp import Collector, collecting

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
NOBODY = "http://127.0.0.1:9"


def settings(url: str = "") -> Settings:
    return Settings(service="training", store_uri="mongodb://u:p@h/d", otlp_url=url)


def event(**told: object) -> Received:
    usual = {
        "id": "e-1",
        "type": "ma.nassij.registry.region.joined.v1",
        "source": "/nassij/registry",
        "key": "region/03",
        "sequence": 2,
        "time": datetime.now(UTC),
        "traceparent": CALLER,
    }
    return Received(**(usual | told))  # type: ignore[arg-type]


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as found:
        yield found


def test_off_nothing_of_opentelemetry_is_imported_and_work_has_no_span() -> None:
    code = """
import sys
from chassis import telemetry
from chassis.settings import Settings
import chassis.run, chassis.background, chassis.http.app
settings = Settings(service="training", store_uri="mongodb://u:p@h/d")
telemetry.check(settings)
telemetry.start(settings, "web")
with telemetry.serving("GET", "/", None) as span, telemetry.committing():
    span.tell({"a": 1})
    assert span.traceparent is None
telemetry.published([{}], 0)
assert not [name for name in sys.modules if name.startswith("opentelemetry")]
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, timeout=60)  # noqa: S603 - our own code


def test_where_the_packages_are_missing_the_start_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "NEEDED", ("nowhere.at.all",))
    telemetry.check(settings())
    with pytest.raises(SettingsError, match="install the extra `telemetry`"):
        telemetry.check(settings(NOBODY))


def test_the_address_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASSIJ_STORE_URI", "mongodb://u:p@h/d")
    monkeypatch.setenv("NASSIJ_OTLP_URL", "collector:4318")
    with pytest.raises(SettingsError, match="NASSIJ_OTLP_URL must be"):
        Settings.from_environment(service="training")


def test_a_span_says_which_process_made_it(collector: Collector) -> None:
    with telemetry.serving("GET", "/v1/regions/<code>", None):
        pass
    collector.flush()
    told = collector.named("GET /v1/regions/<code>").resource
    assert {name: told[name] for name in ("service.name", "service.instance.id", "cell", "role")} == {
        "service.name": "training",
        "service.instance.id": "training-web-0",
        "cell": "north",
        "role": "web",
    }
    assert told["service.version"]


def test_what_is_applied_is_told_when_its_transaction_is_there(collector: Collector) -> None:
    with telemetry.committing():
        with telemetry.applying(event()) as span:
            recorded_by = span.traceparent
        collector.flush()
        assert collector.spans == []
    collector.flush()
    (found,) = collector.spans
    assert found.traceparent == recorded_by
    assert (found.kind, found.parent) == ("consumer", "b7ad6b7169203331")
    assert found.attributes["messaging.message.id"] == "e-1"
    assert found.attributes["nassij.event.key"] == "region/03"


def test_what_a_transaction_that_failed_had_applied_was_never_applied(collector: Collector) -> None:
    def apply_and_conflict() -> None:
        with telemetry.committing():
            with telemetry.applying(event()):
                pass
            raise KeyError("conflict")

    with pytest.raises(KeyError):
        apply_and_conflict()
    with telemetry.committing(), pytest.raises(KeyError), telemetry.applying(event()):
        raise KeyError("torn")
    collector.flush()
    assert collector.spans == []


def test_a_deadline_begins_a_trace_of_its_own_linked_with_what_set_it(collector: Collector) -> None:
    with telemetry.running("offer-expires", CALLER):
        pass
    collector.flush()
    found = collector.named("deadline offer-expires")
    assert found.parent == ""
    assert found.trace not in CALLER
    assert found.links == ["b7ad6b7169203331"]


def test_a_failure_is_told_by_its_kind_and_never_in_its_words(collector: Collector) -> None:
    with pytest.raises(ValueError, match="Amina"), telemetry.sending("mail", 2, CALLER):
        raise ValueError("Amina Alaoui, 0661000000")
    collector.flush()
    found = collector.named("send mail")
    assert found.failed
    assert found.attributes == {"nassij.intent.kind": "mail", "nassij.intent.attempt": 2, "error.type": "ValueError"}
    assert "Amina" not in str(collector.spans)


def test_a_caller_who_does_not_record_is_followed_by_nobody_and_his_decision_travels_on(collector: Collector) -> None:
    with telemetry.serving("GET", "/", CALLER[:-2] + "00") as span:
        assert span.traceparent is not None
        assert span.traceparent.startswith(CALLER[:36])
        assert span.traceparent.endswith("-00")
    collector.flush()
    assert collector.spans == []


def test_work_goes_on_where_the_collector_is_away_and_it_is_said_once() -> None:
    with capture_logs() as lines:
        telemetry.start(settings(NOBODY), "web")
        assert spans._exporting is not None
        began = time.monotonic()
        for _ in range(20_000):
            with telemetry.serving("GET", "/", None):
                pass
        took = time.monotonic() - began
        telemetry.stop()
    assert took < 5
    assert [line["event"] for line in lines] == ["telemetry.collector_away"]
    assert time.monotonic() - began < 15
