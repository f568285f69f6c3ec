"""Runs SecantusDB where the command says `mongod`: the flags and variables of MongoDB's image, as far as Nassij uses them.

--port and --keyFile count (a key file means that users must say who they are); other flags are MongoDB's own and are passed over.
MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD (or ..._FILE) make the first user of an empty data folder.
"""

# ruff: noqa: S603, S606, S104 - its commands are its own, and a container listens for its network

import os
import subprocess
import sys
from pathlib import Path

from pymongo import MongoClient

DATA = Path("/data/db")
PROGRAM = "/opt/store/bin/secantusd-py"


def given(name: str) -> str | None:
    """A variable, or what the file holds that NAME_FILE names."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text() if path else os.environ.get(name)


def flag(name: str) -> str | None:
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def server(host: str, port: str) -> list[str]:
    where = ["--host", host, "--port", port, "--storage-path", str(DATA)]
    return [PROGRAM, *where, "--sync-on-commit", "--log-level", "WARNING", "--cache-size", "512M"]


def make_first_user(port: str, user: str, password: str) -> None:
    process = subprocess.Popen(server("127.0.0.1", port))
    try:
        with MongoClient("127.0.0.1", int(port), directConnection=True) as client:
            client.admin.command("createUser", user, pwd=password, roles=["root"])
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    port = flag("--port") or "27017"
    user, password = given("MONGO_INITDB_ROOT_USERNAME"), given("MONGO_INITDB_ROOT_PASSWORD")
    if user and password and not any(DATA.iterdir()):
        make_first_user(port, user, password)
    authenticate = ["--auth"] if user or flag("--keyFile") else []
    os.execv(PROGRAM, [*server("0.0.0.0", port), *authenticate])


if __name__ == "__main__":
    main()
