from typing import Any

import pytest
from pymongo.errors import OperationFailure

from operator_cli.errors import NotRunning
from operator_cli.stack.containers.store import NOT_YET_INITIALIZED, ensure_replica_set


class FreshServer:
    """What a MongoDB server with --replSet says: nothing before it is told its members, writable some looks after."""

    def __init__(self, *, looks: int = 2, refuses: int = NOT_YET_INITIALIZED) -> None:
        self.admin = self
        self.members: list[str] = []
        self.looks = looks
        self.refuses = refuses

    def command(self, name: str, value: Any = None) -> dict[str, Any]:
        if name == "replSetInitiate":
            self.members = [member["host"] for member in value["members"]]
        elif name == "replSetGetStatus" and not self.members:
            raise OperationFailure("no", self.refuses)
        elif name == "hello":
            self.looks -= 1
        return {"isWritablePrimary": bool(self.members) and self.looks < 0}


def ensure(server: Any, patience: float = 5.0) -> None:
    ensure_replica_set(server, "store:27017", patience)


def test_a_fresh_server_becomes_a_replica_set_of_itself() -> None:
    server = FreshServer()
    ensure(server)
    assert server.members == ["store:27017"]


def test_one_that_is_a_replica_set_is_left_as_it_is() -> None:
    server = FreshServer()
    server.members = ["elsewhere:27017"]
    ensure(server)
    assert server.members == ["elsewhere:27017"]


def test_any_other_refusal_is_told() -> None:
    with pytest.raises(OperationFailure):
        ensure(FreshServer(refuses=13))


def test_one_that_never_takes_writes_is_not_waited_for_without_end() -> None:
    with pytest.raises(NotRunning, match="takes no writes"):
        ensure(FreshServer(looks=10**6), patience=0.3)
