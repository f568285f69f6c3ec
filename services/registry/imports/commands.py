"""Importing a sheet: it is taken in whole, then worked off batch by batch, each in a transaction that also moves the import on.

A process that dies leaves the import where its last batch ended; whoever comes next goes on from there, and no row counts twice.
"""

from collections.abc import Sequence
from hashlib import sha256

from chassis import clock
from chassis.commands import command
from chassis.deadlines import set_deadline
from chassis.problems import Invalid
from chassis.queries import get
from services.registry.associations.faults import Fault
from services.registry.associations.model import Association
from services.registry.associations.reading import Refused, read
from services.registry.associations.values import Application, Source
from services.registry.imports import queries
from services.registry.imports.gateways import Row, read_sheet
from services.registry.imports.model import Batch, Import, Line
from services.registry.reviews.commands import admit_all
from vocabulary import territory

STEP = "import-step"


def receive_file(region: str, file: str, content: bytes) -> Import:
    """Take a sheet in for a region. Handed in again, the same file gives the first import.

    Raises:
        Invalid: there is no such region, or the file cannot be taken (the rows are judged later, one by one).
        Forbidden: the region lies outside the scope.

    """
    try:
        code = territory.region(region).code
    except territory.UnknownTerritory as unknown:
        raise Invalid("region-unknown", str(unknown), region=region) from None
    digest = sha256(content).hexdigest()
    known = queries.of_file(code, digest)
    return known or receive_rows(code, digest, file, read_sheet(content))


@command
def receive_rows(region: str, digest: str, file: str, rows: Sequence[Row]) -> Import:
    """Keep the rows of a file, to be worked off from now on."""
    known = queries.of_file(region, digest)
    if known is not None:
        return known
    job = Import.receive(region, digest, file, len(rows), clock.now()).save()
    for batch in Batch.split(job, rows):
        batch.save()
    _go_on(job)
    return job


@command
def continue_import(identifier: str) -> Import:
    """Work off the next rows: each is registered, held for review or rejected."""
    job = queries.import_job(identifier)
    if job.is_completed:
        return job
    batch = get(Batch, job.next_batch)
    accepted = [application for line in batch.lines if (application := _judge(line, job))]
    admitted = admit_all(accepted)
    registered = sum(isinstance(one, Association) for one in admitted)
    rejected = len(batch.lines) - len(accepted)
    job.advance(registered=registered, held=len(admitted) - registered, rejected=rejected, at=clock.now())
    _let_go(batch)
    if not job.is_completed:
        _go_on(job)
    return job.save()


def _judge(line: Line, job: Import) -> Application | None:
    """The application that a line is; None for one that was rejected."""
    faults = [Fault("ref", "row-shifted")] if line.shifted else []
    try:
        application = read(line.cells, within=job.region, today=clock.today())
    except Refused as refused:
        faults += refused.faults
    if faults:
        line.reject(faults)
        return None
    application.source = Source(import_id=job.id, line=line.number)
    return application


def _let_go(batch: Batch) -> None:
    batch.keep_rejected()
    if batch.lines:
        batch.save()
    else:
        batch.remove()


def _go_on(job: Import) -> None:
    set_deadline(STEP, job.id, due=clock.now(), region=job.region)
