"""What integration tests stand on: a broker and a store, native or in containers, or a store that the caller names."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Backing:
    """Addresses of a broker and a store; the store's user may use any database."""

    kafka: str
    store: str

    def database(self, name: str) -> str:
        """The address of a database in the store."""
        address, _, options = self.store.partition("?")
        host = address.rstrip("/") if address.count("/") == 2 else address.rpartition("/")[0]
        source = "" if "authSource" in options or "@" not in address else "authSource=admin"
        return f"{host}/{name}?{'&'.join(part for part in (options, source) if part)}"


@contextmanager
def native(home: Path) -> Iterator[Backing]:
    """Apache Kafka and SecantusDB as processes of this machine."""
    from operator_cli.stack.layout import Layout
    from operator_cli.stack.local import LocalStack
    from operator_cli.stack.ports import Ports

    with LocalStack(Layout(home), Ports.free()).infrastructure() as stack:
        yield Backing(stack.kafka, stack.admin_uri())


@contextmanager
def containers() -> Iterator[Backing]:
    """Kafka and MongoDB in containers; skips with the reason where no engine answers."""
    from tests.containers import kafka_container, mongo_container, why_no_engine

    reason = why_no_engine()
    if reason is not None:
        pytest.skip(f"--stack containers: {reason}")
    with ExitStack() as started:
        yield Backing(started.enter_context(kafka_container()), started.enter_context(mongo_container()))
