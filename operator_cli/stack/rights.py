"""What the store's users may not do, really tried. Every trial that were wrongly granted would change nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.ports import Ports
from operator_cli.stack.secrets import ADMIN, database

if TYPE_CHECKING:
    from pymongo import MongoClient

PATIENCE_MS = 2000
NOT_AUTHORISED = 13
ALREADY_EXISTS = 51003


@dataclass(frozen=True)
class Trial:
    """One attempt: whose, at what, and whether the store refused it; `unclear` says why it cannot be told."""

    user: str
    what: str
    refused: bool
    unclear: str = ""


def tried(layout: Layout, ports: Ports) -> Iterator[Trial]:
    """Let each service's user, and nobody at all, try what they must not do."""
    users = {service: layout.secrets / f"{service}.store-uri" for service in SERVICES}
    addresses = {user: path.read_text() for user, path in users.items() if path.exists()}
    addresses["nobody"] = f"mongodb://127.0.0.1:{ports.store}/"
    with ThreadPoolExecutor(max_workers=len(addresses)) as pool:
        for trials in pool.map(_tried, addresses.items()):
            yield from trials


def _tried(whose: tuple[str, str]) -> list[Trial]:
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError

    user, address = whose
    try:
        with MongoClient[dict[str, Any]](address, serverSelectionTimeoutMS=PATIENCE_MS) as client:
            return list(_trials(client, user))
    except PyMongoError as error:
        return [Trial(user, "enter the store", refused=False, unclear=type(error).__name__)]


def _trials(client: "MongoClient[dict[str, Any]]", user: str) -> Iterator[Trial]:
    for service in SERVICES:
        if service != user:
            yield _trial(client, user, f"read {database(service)}", database(service), {"find": "watermarks", "limit": 1})
    # The name is taken already, so that even a store which allowed it would make nobody.
    where, known = (database(user), user) if user in SERVICES else ("admin", ADMIN)
    yield _trial(client, user, f"make users in {where}", where, {"createUser": known, "pwd": "refused", "roles": []})
    if user in SERVICES:
        yield _trial(client, user, "make users in admin", "admin", {"createUser": ADMIN, "pwd": "refused", "roles": []})


def _trial(client: "MongoClient[dict[str, Any]]", user: str, what: str, where: str, command: dict[str, Any]) -> Trial:
    from pymongo.errors import OperationFailure

    try:
        client[where].command(command)
    except OperationFailure as error:
        allowed = error.code == ALREADY_EXISTS
        refused = error.code == NOT_AUTHORISED
        return Trial(user, what, refused, unclear="" if allowed or refused else f"the store answered with error {error.code}")
    return Trial(user, what, refused=False)
