"""What we publish is read by a CloudEvents library that knows nothing of us."""

import json
from collections.abc import Iterator
from datetime import datetime

import msgspec
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
from cloudevents.core.formats.json import JSONFormat

from chassis import identity
from chassis.context import Context, entered
from chassis.contracts.catalogue import Catalogue
from chassis.contracts.examples import TRACE, example_data
from chassis.outbox.rows import Row, as_record, outbox_row
from services.notifications.subscriptions.commands import as_cloud_event
from tests.contract.releases import examples


@pytest.fixture(autouse=True)
def in_a_cell() -> Iterator[None]:
    identity.use(identity.Identity("registry", "fes-meknes"))
    with entered(Context(by="operator-7", correlation="a-request", causation="an-event", traceparent=TRACE)):
        yield
    identity.use(None)


def rows(catalogue: Catalogue) -> Iterator[Row]:
    for event in catalogue.events:
        happened: object = msgspec.convert(example_data(event), event.cls)
        yield outbox_row(happened, subject_id="03", sequence=7, region="03", province="03.591")


def test_every_record_of_the_outbox_is_a_cloudevent_in_kafkas_binary_mode(catalogue: Catalogue) -> None:
    for row in rows(catalogue):
        key, value, headers = as_record(row)
        event = from_kafka(KafkaMessage(dict(headers), key, value), JSONFormat())
        expected = row["attributes"] | {
            "time": datetime.fromisoformat(row["attributes"]["time"]),
            "datacontenttype": "application/json",
            "partitionkey": row["key"],
        }
        assert event.get_attributes() == expected
        assert event.get_data() == json.loads(row["value"])


def test_what_an_event_does_not_have_is_no_attribute_of_it(catalogue: Catalogue) -> None:
    happened = next(event for event in catalogue.events if not catalogue.territory(event))
    row = outbox_row(
        msgspec.convert(example_data(happened), happened.cls), subject_id="1", sequence=1, region=None, province=None
    )
    key, value, headers = as_record(row)
    event = from_kafka(KafkaMessage(dict(headers), key, value), JSONFormat())
    assert not {"region", "province"} & event.get_attributes().keys()


def test_every_example_is_a_cloudevent_in_structured_json() -> None:
    for example in examples():
        event = JSONFormat().read(None, json.dumps(example.event).encode())
        assert event.get_type() == example.type
        assert event.get_subject() == example.event["subject"]
        assert event.get_extension("sequence") == example.event["sequence"]
        assert event.get_data() == example.event["data"]


def test_what_partners_are_sent_by_webhook_is_the_example_without_what_only_we_need(catalogue: Catalogue) -> None:
    own = {"cell", "by", "traceparent", "correlation", "causation"}
    for example in examples():
        received = example.record(catalogue.by_type[example.type].topic)
        assert json.loads(as_cloud_event(received)) == {name: value for name, value in example.event.items() if name not in own}
