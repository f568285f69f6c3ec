"""The unit of work: what one transaction has loaded and will write, flushed once per collection."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, TypeVar

from pymongo import DeleteOne, InsertOne, ReplaceOne, UpdateOne
from pymongo.client_session import ClientSession

from chassis import metrics
from chassis.store.connection import Row, Store
from chassis.store.faults import Conflict

if TYPE_CHECKING:
    from chassis.store.documents import Stored

Write = InsertOne[Row] | ReplaceOne[Row] | UpdateOne | DeleteOne
OUTBOX = "outbox"


class Identity(NamedTuple):
    """Which document: its class and its primary key."""

    cls: "type[Stored]"
    pk: Any


class Gathered(Protocol):
    """What a hot path gathers over a whole transaction, to be written at its end in a few bulk writes.

    ``changes`` counts what was gathered: it cannot be taken back singly, only with the transaction.
    """

    changes: int

    @classmethod
    def over(cls, unit: "UnitOfWork") -> Self:
        """Begin with nothing."""

    def writes(self) -> "Iterable[tuple[str, Write]]":
        """Hand over what is to be written, by collection, and begin anew."""


G = TypeVar("G", bound=Gathered)


@dataclass(frozen=True, slots=True)
class Savepoint:
    """How far a unit of work had come, to go back to when one event of a batch fails."""

    flushes: int
    gathered: int
    changed: frozenset[Identity]
    rows: dict[str, int]


class UnitOfWork:
    """Documents loaded (each once), documents to write, and raw rows to write, of one transaction."""

    def __init__(self, store: Store, session: ClientSession) -> None:
        self.store = store
        self.session = session
        self.documents: dict[Identity, Stored] = {}
        self._changed: dict[Identity, Stored] = {}
        self._removed: dict[Identity, Stored] = {}
        self._held: dict[Identity, Stored] = {}
        self._rows: defaultdict[str, list[Write]] = defaultdict(list)
        self._gathered: dict[type[Gathered], Gathered] = {}
        self._absent: set[Identity] = set()
        self._touched: set[Identity] = set()
        self._flushes = 0

    # What is loaded

    def known(self, cls: "type[Stored]", pk: Any) -> "Stored | None":
        """The document if this transaction already has it, with the changes made so far."""
        identity = Identity(cls, pk)
        self._touched.add(identity)
        return self.documents.get(identity)

    def settled(self, cls: "type[Stored]", pk: Any) -> bool:
        """Whether the store need not be asked: the document is here, is removed, or was found missing in this snapshot."""
        identity = Identity(cls, pk)
        return identity in self.documents or identity in self._removed or identity in self._absent

    def note_absent(self, cls: "type[Stored]", pks: Iterable[Any]) -> None:
        """Remember that the store has no such documents."""
        self._absent.update(Identity(cls, pk) for pk in pks)

    def adopt(self, document: "Stored") -> None:
        """Remember a document as loaded, so that it is loaded once."""
        identity = Identity(type(document), document.pk)
        self._touched.add(identity)
        self.documents[identity] = document

    # What is to be written

    def change(self, document: "Stored") -> None:
        """Write this document when the transaction ends."""
        self.adopt(document)
        self._changed[Identity(type(document), document.pk)] = document

    def remove(self, document: "Stored") -> None:
        """Delete this document when the transaction ends."""
        identity = Identity(type(document), document.pk)
        self._touched.add(identity)
        self._changed.pop(identity, None)
        self.documents.pop(identity, None)
        if document.version:
            self._removed[identity] = document

    def hold(self, document: "Stored") -> None:
        """Write a guard into a document that a rule relies on, so that a concurrent change of it conflicts."""
        self._held[Identity(type(document), document.pk)] = document

    def add(self, collection: str, *writes: Write) -> None:
        """Write raw rows when the transaction ends."""
        self._rows[collection].extend(writes)

    def gathered(self, kind: type[G]) -> G:
        """What this transaction has gathered of a kind so far."""
        found = self._gathered.get(kind)
        if found is None:
            found = self._gathered[kind] = kind.over(self)
        return found  # type: ignore[return-value]

    # Going back

    def savepoint(self) -> Savepoint:
        """Remember this point; what is touched from here on can be undone by ``back_to``."""
        self._touched = set()
        rows = {name: len(rows) for name, rows in self._rows.items()}
        return Savepoint(self._flushes, self._changes(), frozenset(self._changed), rows)

    def back_to(self, point: Savepoint) -> bool:
        """Undo what came after ``point``.

        Returns:
            False, with nothing undone, where it is not possible without ending the transaction: something of it was
            flushed or gathered already, or it touched a document that was changed before it.

        """
        if (self._flushes, self._changes()) != (point.flushes, point.gathered) or self._touched & point.changed:
            return False
        for identity in self._touched:
            for known in (self.documents, self._changed, self._removed, self._held):
                known.pop(identity, None)
        for name, rows in self._rows.items():
            del rows[point.rows.get(name, 0) :]
        return True

    # Flushing

    def flush_before_reading(self, cls: "type[Stored]") -> None:
        """Write what is pending of a class, so that a query sees this transaction's own changes."""
        pending = [identity for identity in (*self._changed, *self._removed) if identity.cls is cls]
        if pending:
            self._flush_class(cls)

    def flush_rows(self, name: str) -> None:
        """Write the raw rows pending for a collection, so that reading it sees them."""
        self._write(name, self._rows.pop(name, []))

    def delete_now(self, name: str, query: Row) -> bool:
        """Delete one row at once, whether it is there or not.

        Returns:
            Whether it was there.

        """
        self.flush_rows(name)
        self._flushes += 1
        with metrics.timed("write"):
            return bool(self.store.database[name].delete_one(query, session=self.session).deleted_count)

    def flush(self) -> None:
        """Write everything that is pending: one round trip a collection.

        Raises:
            Conflict: a document is no longer the version that was loaded.

        """
        pending = (*self._changed, *self._removed, *self._held)
        for cls in dict.fromkeys(identity.cls for identity in pending):
            self._flush_class(cls)
        for gathered in self._gathered.values():
            for name, write in gathered.writes():
                self._rows[name].append(write)
        for name, rows in self._rows.items():
            self._write(name, rows)
        self._rows.clear()

    def _changes(self) -> int:
        return sum(gathered.changes for gathered in self._gathered.values())

    def _flush_class(self, cls: "type[Stored]") -> None:
        changed = _take(self._changed, cls)
        writes = [document.write() for document in changed]
        writes += [document.write_removal() for document in _take(self._removed, cls)]
        changed_now = {id(document) for document in changed}
        writes += [document.write_guard() for document in _take(self._held, cls) if id(document) not in changed_now]
        self._write(cls.collection_name(), writes)
        for document in changed:
            document.version += 1

    def _write(self, name: str, writes: "list[Write]") -> None:
        if not writes:
            return
        self._flushes += 1
        with metrics.timed("write"):
            result = self.store.database[name].bulk_write(writes, ordered=False, session=self.session)
        expected = sum(1 for write in writes if not isinstance(write, InsertOne))
        found = result.matched_count + result.deleted_count + result.upserted_count
        if found != expected:
            raise Conflict(f"{expected - found} of {expected} documents of {name} are no longer what was loaded")


def _take(pending: "dict[Identity, Stored]", cls: "type[Stored]") -> "list[Stored]":
    identities = [identity for identity in pending if identity.cls is cls]
    return [pending.pop(identity) for identity in identities]


_unit: ContextVar[UnitOfWork | None] = ContextVar("nassij_unit_of_work", default=None)


def current_unit() -> UnitOfWork | None:
    """The unit of work of the open transaction, if there is one."""
    return _unit.get()


def require_unit() -> UnitOfWork:
    """The unit of work of the open transaction.

    Raises:
        RuntimeError: there is none; writing is for commands, reactions and deadlines.

    """
    unit = _unit.get()
    if unit is None:
        raise RuntimeError("No transaction is open: writing belongs inside a @command, a reaction or a deadline.")
    return unit


@contextmanager
def working(unit: UnitOfWork) -> Iterator[UnitOfWork]:
    """Make ``unit`` the one that loads and saves go to."""
    token = _unit.set(unit)
    try:
        yield unit
    finally:
        _unit.reset(token)


def inserts(rows: Iterable[Row]) -> "list[Write]":
    """Writes that insert these rows."""
    return [InsertOne(row) for row in rows]
