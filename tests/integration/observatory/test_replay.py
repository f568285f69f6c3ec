"""The replay on the real broker and store: compared, found different, made anew."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from kafka import KafkaAdminClient, KafkaProducer
from kafka.admin import MemberToRemove

from chassis.background import Background
from chassis.broker.log import KafkaLog
from chassis.consumer import beginning
from chassis.consumer.engine import Engine
from chassis.consumer.ledger import StoreLedger
from chassis.consumer.worker import State, Worker
from chassis.events import Received, as_headers
from chassis.replay import replay
from chassis.settings import Settings
from chassis.store.connection import Store
from services.observatory.service import service
from tests.backing import Backing
from tests.unit.observatory.told import programme

GROUP = "nassij-observatory"
ROUNDS = 200
BOUND = 20.0


@pytest.fixture
def settings(backing: Backing, service_store: Store) -> Settings:
    uri = backing.database(service_store.database.name)
    return Settings(service="observatory", store_uri=uri, kafka=backing.kafka, instance="observatory-test-0")


@pytest.fixture
def played(backing: Backing) -> str:
    """The small programme lies on the topics, under keys of its own that end with this mark."""
    mark, producer = uuid4().hex[:8], KafkaProducer(bootstrap_servers=backing.kafka)
    for stream in programme():
        for event in stream:
            send(producer, event, mark)
    producer.flush(BOUND)
    producer.close()
    return mark


def send(producer: KafkaProducer, event: Received, mark: str) -> None:
    attributes = {"id": f"{mark}-{event.id}", "type": event.type, "source": event.source, "time": event.time.isoformat()}
    attributes |= {"sequence": str(event.sequence), "region": event.region or "", "province": event.province or ""}
    topic, key = f"nassij.{event.source.rpartition('/')[2]}", f"{event.key}-{mark}".encode()
    producer.send(topic, key=key, value=event.value, headers=as_headers(attributes))


@pytest.fixture
def consumed(settings: Settings, service_store: Store, played: str) -> Iterator[None]:
    """The observatory's own consumer has applied all that lies on the topics."""
    log = KafkaLog(settings.kafka, GROUP, settings.instance, service.topics)
    worker = Worker(log, Engine(StoreLedger(service.name), service.reactor()), moved=lambda: None)
    expected = sum(map(len, programme()))
    for _ in range(ROUNDS):
        worker.round()
        if service_store.database.told.count_documents({"event": {"$regex": f"^{played}-"}}) == expected:
            break
    else:
        pytest.fail("the consumer did not get to the end")
    worker.close()
    # A static member that has gone counts as one for 30 s more; a test need not wait for that.
    admin = KafkaAdminClient(bootstrap_servers=settings.kafka)
    admin.remove_group_members(GROUP, [MemberToRemove(group_instance_id=settings.instance)])
    yield
    admin.delete_groups([GROUP])
    admin.close()


@pytest.mark.usefixtures("consumed")
def test_projections_that_were_spoilt_are_found_out_and_made_anew(service_store: Store, settings: Settings) -> None:
    assert replay.verify(service, settings).equal
    service_store.database.figures.update_many({}, {"$inc": {"counts.associations": 1}})
    assert not replay.verify(service, settings).equal
    waited: list[bool] = []
    replay.rebuild(service, settings, waits=lambda: waited.append(True))
    assert waited
    assert replay.verify(service, settings).equal
    assert f"{service_store.database.name}_{replay.SUFFIX}" not in service_store.client.list_database_names()


@pytest.mark.usefixtures("consumed")
def test_after_a_rebuild_that_was_cut_short_no_consumer_starts(settings: Settings) -> None:
    def gone(*_: object) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        replay.rebuild(service, settings, progress=gone)
    worker = Background(service, settings, ("worker",)).worker
    assert worker is not None
    assert (worker.state, "nassij replay observatory" in (worker.reason or "")) == (State.STOPPED, True)
    replay.rebuild(service, settings)
    assert not beginning.is_rebuilding("observatory")
