import pytest

from chassis.deadlines import Timekeeper
from chassis.store.connection import Store
from operator_cli.demo.data.dataset import Dataset, generate
from services.registry.actors.model import Actor
from services.registry.associations.queries import count_registered
from services.registry.imports import commands, model, queries
from services.registry.imports.model import Batch, Import
from services.registry.reviews.queries import reviews
from services.registry.service import service
from tests.integration.registry.given import acting

DATA: Dataset = generate(scale=0.1)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "BATCH_ROWS", 8)


def received(content: bytes, file: str = "associations") -> Import:
    with acting("03"):
        return commands.receive_file("03", file, content)


def worked_off() -> None:
    timekeeper = Timekeeper(service.deadlines)
    while timekeeper.round():
        pass


def state_of(job: Import) -> Import:
    with acting("03"):
        return queries.import_job(job.id)


def test_every_row_is_registered_held_or_rejected_as_its_truth_is(service_store: Store) -> None:
    jobs = []
    for content in (DATA.xlsx, DATA.csv):
        jobs.append(received(content))
        worked_off()
    jobs = [state_of(job) for job in jobs]
    assert all(job.is_completed for job in jobs)
    assert sum(job.rows for job in jobs) == len(DATA.rows)
    with acting("03"):
        assert count_registered("03") == sum(row.is_new for row in DATA.rows)
        held = {("xlsx" if r.source.import_id == jobs[0].id else "csv", r.source.line) for r in reviews()}
        assert held == {(row.file, row.line) for row in DATA.of_kind("duplicate")}
        rejected = [[line.number for line in queries.rejected_lines(job)] for job in jobs]
        assert rejected == [[row.line for row in DATA.of_kind("bad") if row.file == file] for file in ("xlsx", "csv")]
        kept = sum(len(batch.lines) for batch in Batch.objects)
        assert kept == len(DATA.of_kind("bad"))
        mandates = sum(len(actor.mandates) for actor in Actor.objects)
        assert mandates == 3 * count_registered("03")
    told = service_store.database.outbox.count_documents({"attributes.type": "ma.nassij.registry.import.completed.v1"})
    assert told == 2


def test_the_same_file_again_is_the_first_import(service_store: Store) -> None:
    first = received(DATA.csv)
    worked_off()
    again = received(DATA.csv, "another name.csv")
    assert (again.id, again.is_completed) == (first.id, True)
    assert service_store.database.deadlines.count_documents({}) == 0


def test_an_import_goes_on_where_the_process_that_died_had_come_to(service_store: Store) -> None:
    job = received(DATA.xlsx)
    timekeeper = Timekeeper(service.deadlines)
    assert timekeeper.round() == 1
    half = state_of(job)
    assert 0 < half.position < half.rows  # what is left is a deadline in the store
    worked_off()
    done = state_of(job)
    with acting("03"):
        commands.continue_import(job.id)
        assert count_registered("03") == done.registered
    assert done.registered + done.held + done.rejected == done.rows
