"""Makes the passwords and keys of a stack in containers and hands each container those that are its own.

`python -m operator_cli.stack.containers.secrets OUT STORE_UID` makes what is missing in NASSIJ_HOME, then fills the folders below
OUT, each a volume of one container: `store` (its administrator's password and the key of its replica set) and one a service (the
address of its database with its password, the secret that encrypts its keys, the public keys of the token issuer). Nothing that
exists is replaced, so it may run before every start.
"""

import os
import secrets as random
import sys
from pathlib import Path

from operator_cli.stack import issuer
from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.secrets import ADMIN, database, secret, store_password

STORE = "store:27017"
"""Where the store answers inside the stack's network."""

OWNER_READS = 0o400
KEY_BYTES = 512
"""A replica set's key: up to 1,024 characters of base64, so 768 bytes at most."""


def store_uri(layout: Layout, service: str) -> str:
    """How a service reaches its own database: one node, spoken to directly."""
    name = database(service)
    return f"mongodb://{service}:{store_password(layout, service)}@{STORE}/{name}?authSource={name}&directConnection=true"


def admin_uri(layout: Layout) -> str:
    """How the one-time tasks reach the store; no service ever gets this."""
    return f"mongodb://{ADMIN}:{store_password(layout, ADMIN)}@{STORE}/?authSource=admin&directConnection=true"


def hand_out(layout: Layout, out: Path, services_owner: tuple[int, int], store_owner: tuple[int, int]) -> None:
    """Make what is missing and give every container its part."""
    for folder in (layout.secrets, layout.issuer):
        folder.mkdir(parents=True, exist_ok=True)
    issuer.ensure(layout)
    for path in (layout.issuer / "key.pem", layout.issuer / "jwks.json", layout.issuer, layout.secrets):
        os.chown(path, *services_owner)
    _give(
        out / "store", {"admin.password": store_password(layout, ADMIN), "replica-set.key": _replica_set_key(layout)}, store_owner
    )
    jwks = (layout.issuer / "jwks.json").read_text()
    for service in SERVICES:
        own = {"store-uri": store_uri(layout, service), "key-secret": secret(layout, f"{service}.key-secret"), "jwks.json": jwks}
        _give(out / service, own, services_owner)
    for folder in (layout.secrets, layout.issuer):
        for path in (folder, *folder.iterdir()):
            os.chown(path, *services_owner)


def _replica_set_key(layout: Layout) -> str:
    path = layout.secrets / "replica-set.key"
    if not path.exists():
        _write(path, random.token_hex(KEY_BYTES), (os.getuid(), os.getgid()))
    return path.read_text()


def _give(folder: Path, contents: dict[str, str], owner: tuple[int, int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in contents.items():
        path = folder / name
        if not path.exists() or path.read_text() != text:
            _write(path, text, owner)


def _write(path: Path, text: str, owner: tuple[int, int]) -> None:
    """A whole file or none: its owner may read it, nobody may write it."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_READS), "w") as file:
        file.write(text)
    os.chown(draft, *owner)
    draft.replace(path)


def main(out: str, store_uid: str) -> None:
    """Run as root: volumes belong to different users. The image's own folder tells who runs the services."""
    home = Layout.chosen()
    services = home.home.stat()
    hand_out(home, Path(out), (services.st_uid, services.st_gid), (int(store_uid), int(store_uid)))
    print("Every container has its secrets.")  # noqa: T201 - this is the task's log


if __name__ == "__main__":
    main(*sys.argv[1:])
