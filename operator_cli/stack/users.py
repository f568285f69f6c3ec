"""The store's users: one a service, at home in its own database and refused everywhere else.

`python -m operator_cli.stack.users HOME PORT` starts the store without authentication on that port, makes or renews the users,
and stops it again: the store takes users only from someone who is already let in.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.secrets import ADMIN, database, store_password
from operator_cli.stack.store import server_command

if TYPE_CHECKING:
    from pymongo import MongoClient

READY_MS = 20_000
ALREADY_EXISTS = 51003
BESIDE = {"observatory": ("replay",)}
"""Databases beside its own that a service's user may open: where a replay is compared with the living projections."""


def ensure(layout: Layout, port: int) -> None:
    """Make the administrator and each service's user, with the passwords in the secrets folder."""
    with _open_store(layout, port) as client:
        write(client, layout)


def write(client: "MongoClient[dict[str, Any]]", layout: Layout) -> None:
    """Make or renew them in a store that lets this client do so."""
    _upsert(client, "admin", ADMIN, store_password(layout, ADMIN), ["root"])
    for service in SERVICES:
        name = database(service)
        own = (name, *(f"{name}_{suffix}" for suffix in BESIDE.get(service, ())))
        roles = [{"role": role, "db": each} for each in own for role in ("readWrite", "dbAdmin")]
        _upsert(client, name, service, store_password(layout, service), roles)


@contextmanager
def _open_store(layout: Layout, port: int) -> Iterator["MongoClient[dict[str, Any]]"]:
    from pymongo import MongoClient

    server = subprocess.Popen(server_command(layout, port, authenticate=False))  # noqa: S603 - our own command line
    try:
        client: MongoClient[dict[str, Any]] = MongoClient(
            "127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=READY_MS
        )
        with client:
            yield client
    finally:
        server.terminate()
        server.wait()


def _upsert(client: "MongoClient[Any]", where: str, user: str, password: str, roles: list[Any]) -> None:
    from pymongo.errors import OperationFailure

    try:
        client[where].command("createUser", user, pwd=password, roles=roles)
    except OperationFailure as error:
        if error.code != ALREADY_EXISTS:
            raise
        client[where].command("updateUser", user, pwd=password, roles=roles)


if __name__ == "__main__":
    ensure(Layout(Path(sys.argv[1])), int(sys.argv[2]))
