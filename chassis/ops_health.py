"""What a process says of how it is made, for `nassij doctor`: contracts, indexes, clocks, settings, waiting streams.

All of it is read-only, needs the permission ops:read, and holds no secret and nothing of a person.
"""

import platform
import re
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, cast

from flask import current_app
from pymongo import ASCENDING

from chassis import __version__, clock
from chassis.consumer.ledger import WAITING, WATERMARKS
from chassis.contracts.fingerprints import fingerprint
from chassis.contracts.schemas import schema_of
from chassis.hosted import Hosted
from chassis.http.access import requires
from chassis.http.app import Application
from chassis.http.blueprint import Blueprint
from chassis.migrations import declared
from chassis.settings import Settings
from chassis.store.connection import store
from chassis.store.indexes import compare

LONGEST_WAITING = 20
"""Waiting streams that are named, those first that wait longest."""

Answer = dict[str, Any]
_PASSWORD = re.compile(r"(\w+://)[^\s@]*@")
_started = datetime.now(UTC)


def health_of(service: Hosted) -> Blueprint:
    """The views of one service."""
    blueprint = Blueprint("health", __name__, url_prefix="/ops", description="For operators: how this process is made.")
    blueprint.get("/clock")(_view(clocks))
    blueprint.get("/process")(_view(process))
    blueprint.get("/waiting")(_view(waiting))
    blueprint.get("/contracts")(_view(lambda: contracts(service), contracts))
    blueprint.get("/indexes")(_view(lambda: indexes(service, _settings()), indexes))
    return blueprint


def contracts(service: Hosted) -> Answer:
    """The event types that this code publishes, each with its schema's fingerprint, and those that it reacts to."""
    published = [
        {"type": event.name, "topic": event.topic, "fingerprint": fingerprint(schema_of(event))} for event in service.events
    ]
    return {"publishes": published, "reads": sorted(service.reactions), "topics": service.topics}


def indexes(service: Hosted, settings: Settings) -> Answer:
    """The collections and indexes that a migration of this code would make, beside those that the store has."""
    return {"collections": [asdict(found) for found in compare(store().database, declared(service, settings))]}


def clocks() -> Answer:
    """The machine's time, the time that the service lives in (the demo clock), and the store's."""
    machine, lived = datetime.now(UTC), clock.now()
    kept = store().database.command("hello")["localTime"]
    return {
        "machine": machine.isoformat(),
        "clock": lived.isoformat(),
        "offset_seconds": round((lived - machine).total_seconds(), 2),
        "store": (kept if kept.tzinfo else kept.replace(tzinfo=UTC)).isoformat(),
        "answered": datetime.now(UTC).isoformat(),
    }


def process() -> Answer:
    """Which code runs here, since when, and the settings that it was given; of a secret only whether there is one."""
    return {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "started": _started.isoformat(),
        "settings": told(_settings()),
    }


def waiting() -> Answer:
    """How many streams this service follows, and those whose events have waited longest; what they wait for."""
    database = store().database
    halted = database[WATERMARKS].find({"halted": True}).sort("since", ASCENDING).limit(LONGEST_WAITING)
    named = ("source", "key", "sequence", "blocked", "awaits", "since", "tries")
    return {
        "streams": database[WATERMARKS].estimated_document_count(),
        "events_waiting": database[WAITING].estimated_document_count(),
        "longest": [{name: row.get(name) for name in named} for row in halted],
    }


def told(settings: Settings) -> dict[str, str]:
    """Settings as they may be shown."""
    return {declared.name: _shown(getattr(settings, declared.name), **declared.metadata) for declared in fields(settings)}


def _shown(value: Any, *, secret: bool, **_: Any) -> str:
    if secret:
        return "given" if value else "not given"
    return _PASSWORD.sub(r"\1…@", "" if value is None else str(value))


def _settings() -> Settings:
    return cast("Application", current_app).settings


def _view(answer: Callable[[], Answer], says: Callable[..., Answer] | None = None) -> Callable[[], Answer]:
    def view() -> Answer:
        return answer()

    named = says or answer
    view.__name__, view.__doc__ = f"show_{named.__name__}", named.__doc__
    return requires("ops:read")(view)
