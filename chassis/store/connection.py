"""One service's database and how it is reached."""

import threading
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from bson.codec_options import CodecOptions
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

Row = dict[str, Any]
OPTIONS: "CodecOptions[Row]" = CodecOptions(tz_aware=True, tzinfo=UTC)
DURABLE = WriteConcern("majority", j=True)


@dataclass
class Store:
    """A database, with one session for each thread.

    Sessions are kept so that a process which died in a transaction can have its open transactions ended by its successor
    of the same ``instance`` name: until then they lock what they wrote.
    """

    client: "MongoClient[Row]"
    database: "Database[Row]"
    instance: str | None = None
    _threads: threading.local = field(default_factory=threading.local)

    @classmethod
    def connect(cls, uri: str, *, instance: str | None = None, timeout_ms: int = 5_000) -> "Store":
        """Open the database that ``uri`` names. Connect after a fork, never before.

        Raises:
            pymongo.errors.ConfigurationError: the address is malformed or names no database.

        """
        client: MongoClient[Row] = MongoClient(
            uri,
            tz_aware=True,
            uuidRepresentation="standard",
            serverSelectionTimeoutMS=timeout_ms,
            socketTimeoutMS=60_000,
            w="majority",
            journal=True,
        )
        database = client.get_default_database(codec_options=OPTIONS, write_concern=DURABLE)
        return cls(client, database, instance)

    def beside(self, suffix: str) -> "Store":
        """Another database of the same user, over the same connections: ``<name>_<suffix>``."""
        name = f"{self.database.name}_{suffix}"
        return Store(self.client, self.client.get_database(name, OPTIONS, write_concern=DURABLE))

    def session(self) -> ClientSession:
        """Give this thread its session."""
        session: ClientSession | None = getattr(self._threads, "session", None)
        if session is None:
            session = self.client.start_session()
            self._threads.session = session
            self._remember(session)
        return session

    def forget_session(self) -> None:
        """Give up this thread's session, after an error that leaves its state unknown."""
        session: ClientSession | None = getattr(self._threads, "session", None)
        self._threads.session = None
        if session is not None:
            session.end_session()

    def end_predecessor(self) -> int:
        """End the transactions that a dead process of the same instance name left open.

        Returns:
            How many sessions were ended.

        """
        if self.instance is None:
            return 0
        row = self.database.instances.find_one({"_id": self.instance})
        sessions = [{"id": identity} for identity in row["sessions"]] if row else []
        if sessions:
            self.client.admin.command("killSessions", sessions, codec_options=self.client.codec_options)
        self.database.instances.replace_one({"_id": self.instance}, {"sessions": []}, upsert=True)
        return len(sessions)

    def ping(self) -> None:
        """Ask the store for a sign of life.

        Raises:
            pymongo.errors.PyMongoError: it did not answer.

        """
        self.database.command("ping")

    def close(self) -> None:
        """Close every connection."""
        self.client.close()

    def _remember(self, session: ClientSession) -> None:
        if self.instance is not None:
            self.database.instances.update_one(
                {"_id": self.instance}, {"$addToSet": {"sessions": session.session_id["id"]}}, upsert=True
            )


SNAPSHOT = ReadConcern("snapshot")
_store: Store | None = None


def use(store: Store | None) -> None:
    """Make ``store`` the one this process works on; ``None`` takes it away."""
    global _store  # noqa: PLW0603 - a process has one store, chosen once when it starts
    _store = store


def store() -> Store:
    """The store of this process.

    Raises:
        RuntimeError: none was opened yet.

    """
    if _store is None:
        raise RuntimeError("No store is open in this process: call chassis.store.connection.use() first.")
    return _store
