"""The environment of every process that the stack starts: what a service is told, in one place."""

import os
from pathlib import Path

from operator_cli.stack.layout import ROOT, Layout
from operator_cli.stack.ports import Ports

ISSUER = "nassij-local"
"""The `iss` of tokens that the local issuer signs."""

CELL = "national"
"""A local stack is the whole of its cell."""


def python_environment() -> dict[str, str]:
    """What every Python process of ours needs; settings of the caller's shell (a log level, say) are passed on."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def service_environment(layout: Layout, ports: Ports, service: str, role: str) -> dict[str, str]:
    """The settings of one process of a service; chassis/settings.py says what each means."""
    secrets: Path = layout.secrets
    return {
        **python_environment(),
        "NASSIJ_INSTANCE": f"{service}-{role}-0",
        "NASSIJ_CELL": CELL,
        "NASSIJ_STORE_URI_FILE": str(secrets / f"{service}.store-uri"),
        "NASSIJ_KEY_SECRET_FILE": str(secrets / f"{service}.key-secret"),
        "NASSIJ_KAFKA": f"127.0.0.1:{ports.kafka}",
        "NASSIJ_BIND": f"127.0.0.1:{ports.web_of(service)}",
        "NASSIJ_OPS_BIND": f"127.0.0.1:{ports.background_of(service)}",
        "NASSIJ_PUBLIC_URL": f"http://127.0.0.1:{ports.web_of(service)}",
        "NASSIJ_JWKS": str(layout.issuer / "jwks.json"),
        "NASSIJ_ISSUER": ISSUER,
        "NASSIJ_CLOCK_FILE": str(layout.clock),
        "NASSIJ_SMTP": f"127.0.0.1:{ports.smtp}",
        # The local partner's endpoint is a process of this same stack.
        "NASSIJ_WEBHOOK_ALLOW_LOCAL": "yes",
    }
