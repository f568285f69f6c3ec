"""`python -m chassis.run SERVICE ROLE`: one image, several commands."""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

import structlog
from pymongo.errors import PyMongoError

from chassis import clock, identity, logs, telemetry
from chassis.service import Service
from chassis.settings import Settings, SettingsError
from chassis.store import connection
from chassis.store.connection import Store

log = structlog.get_logger(__name__)
USAGE = "usage: python -m chassis.run SERVICE web|background|worker|relay|sender|timekeeper|migrate|rebuild|verify"
MISCONFIGURED = 78


PARTS = ("worker", "relay", "sender", "timekeeper")


def main(arguments: list[str]) -> int:
    """Run one process of a service. Returns its exit code."""
    once = {"migrate": _migrate, "rebuild": _rebuild, "verify": _verify}
    roles = {"web": _web, "background": _background(PARTS)} | {part: _background((part,)) for part in PARTS} | once
    match arguments:
        case [name, role] if role in roles and find_spec(f"services.{name}") is not None:
            return _start(name, role, roles[role])
    print(USAGE, file=sys.stderr)  # noqa: T201 - there is no log yet
    return 2


def _start(name: str, role: str, run: Callable[[Service, Settings], None]) -> int:
    try:
        _check_crc32c()
        settings = Settings.from_environment(service=name)
        logs.configure(settings, role)
        _set_clock(settings)
        identity.use(identity.Identity(name, settings.cell))
        service: Service = import_module(f"services.{name}.service").service
        settings.demand(service.demands)
        telemetry.check(settings)
        run(service, settings)
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return MISCONFIGURED
    except PyMongoError as error:
        log.error("process.store_unreachable", error=type(error).__name__)  # noqa: TRY400 - the name says it all
        print("The store does not answer: check NASSIJ_STORE_URI and that the store runs.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _check_crc32c() -> None:
    """Kafka's checksums in pure Python cost seven eighths of the consumer's speed, so a missing extension is a fault."""
    if find_spec("crc32c") is None:
        raise SettingsError("The package crc32c is missing: install kafka-python[crc32c], as requirements.lock does.")


def _set_clock(settings: Settings) -> None:
    if settings.clock_file is not None:
        clock.use(clock.FileOffsetClock(settings.clock_file))


def _connect(settings: Settings, role: str) -> None:
    # Workers of one web process share its name, and must not end each other's transactions.
    instance = f"{settings.instance}-{role}" if settings.web_workers == 1 else None
    store = Store.connect(settings.store_uri, instance=instance)
    ended = store.end_predecessor()
    connection.use(store)
    telemetry.start(settings, role)
    log.info("store.connected", instance=instance, sessions_ended=ended)


# Each role imports what it needs: no web process waits for Kafka's client, and no process starts with another's libraries.


def _web(service: Service, settings: Settings) -> None:
    from chassis.http.app import create_app
    from chassis.http.server import serve

    def ping() -> None:
        connection.store().ping()

    serve(settings, lambda: create_app(service, settings, checks={"store": ping}), lambda: _connect(settings, "web"))


def _background(parts: tuple[str, ...]) -> Callable[[Service, Settings], None]:
    def run(service: Service, settings: Settings) -> None:
        _connect(settings, "-".join(parts) if len(parts) == 1 else "background")
        from chassis.background import Background

        Background(service, settings, parts).run()

    return run


def _migrate(service: Service, settings: Settings) -> None:
    from chassis.migrations import migrate

    connection.use(Store.connect(settings.store_uri))
    log.info("store.migrated", collections=len(migrate(service, settings)))


def _verify(service: Service, settings: Settings) -> None:
    from chassis.replay.command import verify

    connection.use(Store.connect(settings.store_uri))
    verify(service, settings)


def _rebuild(service: Service, settings: Settings) -> None:
    from chassis.replay.command import rebuild

    connection.use(Store.connect(settings.store_uri))
    rebuild(service, settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
