"""Whether each service's store has the collections and indexes that a migration of the running code would make."""

from collections.abc import Iterator, Mapping
from typing import Any

from operator_cli.doctor.finding import Finding, fail, or_fine, warn
from operator_cli.doctor.sight import Sight, each_service

CHECK = "indexes"


def check(sight: Sight) -> Iterator[Finding]:
    """Every service's store, as its own process sees it."""
    yield from each_service(sight, CHECK, _of)


def _of(sight: Sight, service: str) -> Iterator[Finding]:
    collections = sight.web(service, "/ops/indexes").answer["collections"]
    found = [finding for each in collections for finding in _collection(sight, service, each)]
    yield from or_fine(found, CHECK, service, f"{len(collections)} collections of {service} have the indexes of its code.")


def _collection(sight: Sight, service: str, seen: Mapping[str, Any]) -> Iterator[Finding]:
    name = seen["collection"]
    if not seen["exists"]:
        yield fail(
            CHECK, service, f"{service} lacks the collection {name}: its migration is not finished.", _migrate(sight, service)
        )
        return
    if seen["missing"]:
        found = f"{name} of {service} lacks the index {', '.join(seen['missing'])}: slow, or no longer unique."
        yield fail(CHECK, service, found, _migrate(sight, service))
    if seen["different"]:
        found = f"{name} of {service} has {', '.join(seen['different'])} with other keys or options than its code."
        yield fail(CHECK, service, found, f"drop that index in nassij_{service}, then: {_migrate(sight, service)}")
    if seen["surplus"]:
        found = f"{name} of {service} has {', '.join(seen['surplus'])}, which no code declares: every write pays for it."
        yield warn(CHECK, service, found, f"drop it in nassij_{service} when no older version runs any more")


def _migrate(sight: Sight, service: str) -> str:
    if not sight.here:
        return f"python -m chassis.run {service} migrate (with the settings of {service})"
    return f"rm {sight.layout.stamps / f'{service}-migrate'}; nassij down; nassij up"
