"""How the supervisor finds out that a process is ready. A probe answers at once, and no for one that is not there."""

import http.client
import socket
import struct
from collections.abc import Callable, Mapping

from operator_cli.stack.ports import Ports

Probe = Callable[[], bool]

PATIENCE = 2.0
API_VERSIONS = struct.pack(">hhih", 18, 0, 1, -1)
"""Kafka's ApiVersions request, version 0, correlation 1, no client id: the first thing that any client asks."""


def http_ok(port: int, path: str = "/readyz") -> Probe:
    """Ready when this address answers 200."""

    def probe() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return probe


def accepts(port: int) -> Probe:
    """Ready when a connection is taken."""

    def probe() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
        except OSError:
            return False
        return True

    return probe


def kafka_answers(port: int) -> Probe:
    """Ready when the broker answers a request; its port opens some time before that."""

    def probe() -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
                connection.sendall(struct.pack(">i", len(API_VERSIONS)) + API_VERSIONS)
                return len(connection.recv(4)) > 0
        except OSError:
            return False

    return probe


def of_infrastructure(ports: Ports) -> Mapping[str, Probe]:
    """The probes of what is no service of ours, by the names of its processes."""
    return {
        "kafka": kafka_answers(ports.kafka),
        "store": accepts(ports.store),
        "smtp": http_ok(ports.smtp_reader, "/livez"),
        "webhooks": http_ok(ports.webhooks, "/livez"),
        "prometheus": http_ok(ports.prometheus, "/-/ready"),
        "alertmanager": http_ok(ports.alertmanager, "/-/ready"),
    }
