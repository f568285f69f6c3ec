"""The services of this run. They live in modules of this folder; everything else is the chassis's own."""

import sys
from functools import cached_property
from importlib import import_module
from types import ModuleType

from chassis import identity, logs
from chassis.migrations import migrate
from chassis.service import Service
from chassis.settings import Address, Settings
from chassis.store import connection
from chassis.store.connection import Store
from tests.bench.ours.ports import free_port
from tests.bench.work import BULK, REACTION, Run

OWN = {BULK: "projection", REACTION: "registers"}


class BenchService(Service):
    """A service whose subjects are modules here, under a name that changes with each run."""

    @cached_property
    def modules(self) -> list[ModuleType]:
        return [import_module(f"tests.bench.ours.{subject}") for subject in self.subjects]


def own_service(run: Run) -> Service:
    """The contestant."""
    return BenchService(run.name, "A contestant", [OWN[run.row]])


def feed_service(run: Run) -> Service:
    """Whoever tells it of sessions."""
    return BenchService(run.feed, "The feed of a contestant", ["feed", "feed_api"])


def become(service: Service, run: Run, store_uri: str, **given: object) -> Settings:
    """Make this process one of the service, as chassis.run does, with its collections and indexes made."""
    settings = Settings.from_environment(
        service=service.name, store_uri=store_uri, kafka=run.kafka, ops_bind=Address("127.0.0.1", free_port()), **given
    )
    logs.configure(settings, "bench", sys.stderr)
    identity.use(identity.Identity(service.name, settings.cell))
    store = Store.connect(store_uri, instance=settings.instance)
    store.end_predecessor()
    connection.use(store)
    migrate(service, settings)
    return settings
