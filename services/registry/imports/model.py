"""An import and its rows.

The rows as they were handed in hold personal data. They lie in ``import_batches`` until their batch is worked off; what
stays then are the rejected ones alone, for the error file.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Self

from mongoengine import (
    BooleanField,
    DateTimeField,
    DictField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    StringField,
)

from chassis.aggregate import Aggregate, Stored
from chassis.ids import new_id
from services.registry.associations.faults import Fault
from services.registry.imports.events import ImportCompleted
from services.registry.imports.gateways import Row

BATCH_ROWS = 50
"""Rows worked off in one transaction."""


class State(StrEnum):
    """Whether all rows are worked off."""

    PROCESSING = "processing"
    COMPLETED = "completed"


class Import(Aggregate):
    """A sheet of associations that is worked off row by row. The same file counts once in a region."""

    subject = "import"
    territory = ("region",)

    id = StringField(primary_key=True)
    region = StringField(required=True)
    sha256 = StringField(required=True)
    file = StringField()
    state = EnumField(State, default=State.PROCESSING)
    rows = IntField(required=True)
    position = IntField(default=0)  # rows worked off
    registered = IntField(default=0)
    held = IntField(default=0)
    rejected = IntField(default=0)
    received_at = DateTimeField(required=True)
    completed_at = DateTimeField()

    meta = {"collection": "imports", "indexes": [{"fields": ("region", "sha256"), "unique": True}]}

    @classmethod
    def receive(cls, region: str, sha256: str, file: str, rows: int, at: datetime) -> Self:
        """A file whose rows are still to be worked off."""
        return cls(id=new_id(), region=region, sha256=sha256, file=file, rows=rows, received_at=at)

    @property
    def is_completed(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.state is State.COMPLETED)

    @property
    def next_batch(self) -> str:
        """The id of the batch that comes next."""
        return batch_id(self.id, self.position // BATCH_ROWS)

    def advance(self, *, registered: int, held: int, rejected: int, at: datetime) -> None:
        """Count a batch that was worked off; the last one completes the import."""
        self.registered += registered
        self.held += held
        self.rejected += rejected
        self.position += registered + held + rejected
        if self.position >= self.rows:
            self.state, self.completed_at = State.COMPLETED, at
            counts = {name: getattr(self, name) for name in ("rows", "registered", "held", "rejected")}
            self.record(ImportCompleted(region=self.region, **counts))


class Line(EmbeddedDocument):
    """A row of the sheet: cells by column and, once it is rejected, what is wrong (`column:code`, see associations/faults.py)."""

    number = IntField(required=True)
    cells = DictField()
    shifted = BooleanField(default=False)
    faults = ListField(StringField())

    def reject(self, faults: Sequence[Fault]) -> None:
        """Note what is wrong."""
        self.faults = [f"{fault.column}:{fault.code}" for fault in faults]

    def reasons(self) -> list[Fault]:
        """What is wrong."""
        return [Fault(*text.split(":")) for text in self.faults]


class Batch(Stored):
    """The next rows to work off in one transaction; afterwards the rejected ones among them."""

    territory = ("region",)

    id = StringField(primary_key=True)
    import_id = StringField(required=True)
    region = StringField(required=True)
    lines = EmbeddedDocumentListField(Line)

    meta = {"collection": "import_batches", "indexes": ["import_id"]}

    @classmethod
    def split(cls, job: Import, rows: Sequence[Row]) -> list[Self]:
        """The rows of an import, batch by batch."""
        starts = range(0, len(rows), BATCH_ROWS)
        return [cls._of(job, number, rows[start : start + BATCH_ROWS]) for number, start in enumerate(starts)]

    @classmethod
    def _of(cls, job: Import, number: int, rows: Sequence[Row]) -> Self:
        lines = [Line(number=row.line, cells=dict(row.cells), shifted=row.shifted) for row in rows]
        return cls(id=batch_id(job.id, number), import_id=job.id, region=job.region, lines=lines)

    def keep_rejected(self) -> None:
        """Let go of the rows that became associations or reviews."""
        self.lines = [line for line in self.lines if line.faults]


def batch_id(import_id: str, number: int) -> str:
    """The id of an import's batch; ids sort as the rows do."""
    return f"{import_id}/{number:05d}"
