"""Makes a store that has just been started ready for the services: a replica set of one node, and a user for each service.

`python -m operator_cli.stack.containers.store` finds the passwords in NASSIJ_HOME. Run again, it renews users and nothing else.
"""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from operator_cli.errors import NotRunning
from operator_cli.stack import users
from operator_cli.stack.containers.secrets import STORE, admin_uri
from operator_cli.stack.layout import Layout

if TYPE_CHECKING:
    from pymongo import MongoClient

REPLICA_SET = "nassij"
PATIENCE = 60.0
LOOK_EVERY = 0.2
NOT_YET_INITIALIZED = 94


def ensure_replica_set(client: "MongoClient[dict[str, Any]]", member: str, patience: float = PATIENCE) -> None:
    """Begin a replica set of this one member where there is none, and wait until it takes writes.

    Only a replica set has transactions and change streams.
    Raises NotRunning when it does not take writes in time.
    """
    from pymongo.errors import OperationFailure

    try:
        client.admin.command("replSetGetStatus")
    except OperationFailure as error:
        if error.code != NOT_YET_INITIALIZED:
            raise
        client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [{"_id": 0, "host": member}]})
    _until(lambda: bool(client.admin.command("hello").get("isWritablePrimary")), patience)


def _until(holds: Callable[[], bool], patience: float) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            raise NotRunning(f"The store takes no writes after {patience:.0f} s; see its log.")
        time.sleep(LOOK_EVERY)


def main() -> int:
    """Wait for the store, then make what is missing."""
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError

    layout = Layout.chosen()
    try:
        with MongoClient[dict[str, Any]](admin_uri(layout), serverSelectionTimeoutMS=int(PATIENCE * 1000)) as client:
            ensure_replica_set(client, STORE)
            users.write(client, layout)
    except PyMongoError as error:
        print(f"The store at {STORE} could not be made ready ({error}); see its log.", file=sys.stderr)  # noqa: T201
        return 1
    except NotRunning as error:
        error.show()
        return error.exit_code
    print("The store is a replica set and has its users.")  # noqa: T201 - this is the task's log
    return 0


if __name__ == "__main__":
    sys.exit(main())
