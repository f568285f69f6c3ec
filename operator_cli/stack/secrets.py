"""Passwords of the local stack: random, made once, one a file that its owner alone can read."""

import secrets as random

from operator_cli.stack.layout import SERVICES, Layout, write_whole
from operator_cli.stack.ports import Ports

OWNER_ONLY = 0o600
ADMIN = "admin"


def database(service: str) -> str:
    """The one database that a service's user may open."""
    return f"nassij_{service}"


def secret(layout: Layout, name: str) -> str:
    """The secret of this name, made when it is asked for first."""
    path = layout.secrets / name
    if not path.exists():
        write_whole(path, random.token_urlsafe(24), OWNER_ONLY)
    return path.read_text()


def store_password(layout: Layout, user: str) -> str:
    """The password of one user of the store."""
    return secret(layout, f"store-{user}.password")


def store_uri(layout: Layout, ports: Ports, service: str) -> str:
    """How a service reaches its own database."""
    name = database(service)
    return f"mongodb://{service}:{store_password(layout, service)}@127.0.0.1:{ports.store}/{name}?authSource={name}"


def admin_uri(layout: Layout, ports: Ports) -> str:
    """How the stack itself reaches the store, to make users; no service ever gets this."""
    return f"mongodb://{ADMIN}:{store_password(layout, ADMIN)}@127.0.0.1:{ports.store}/?authSource=admin"


def write_all(layout: Layout, ports: Ports) -> None:
    """Make what is missing; addresses are written anew, since ports may have moved since the last start."""
    store_password(layout, ADMIN)
    for service in SERVICES:
        secret(layout, f"{service}.key-secret")
        write_whole(layout.secrets / f"{service}.store-uri", store_uri(layout, ports, service), OWNER_ONLY)
