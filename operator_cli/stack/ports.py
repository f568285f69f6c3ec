"""The ports of the local stack: fixed ones that documents can name, or a block of them that starts elsewhere."""

import errno
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from operator_cli.errors import BadInput, Refusal
from operator_cli.stack.layout import SERVICES

SETTING = "NASSIJ_PORT_BASE"
BLOCK = 40
"""Ports that a stack may use from its base on."""

LOWEST, HIGHEST = 1024, 65535 - BLOCK


@dataclass(frozen=True)
class Ports:
    """One stack's ports; `web` and `background` are those of the first service, the others follow in the order of SERVICES."""

    kafka: int = 9192
    kafka_controller: int = 9193
    store: int = 27117
    smtp: int = 8125
    smtp_reader: int = 8126
    webhooks: int = 8127
    web: int = 8101
    background: int = 8201
    prometheus: int = 9490
    alertmanager: int = 9493

    @classmethod
    def from_base(cls, base: int) -> "Ports":
        """A whole stack in the block of ports that starts at `base`."""
        if not LOWEST <= base <= HIGHEST:
            raise BadInput(f"{SETTING} must be a number from {LOWEST} to {HIGHEST}, not {base}.")
        first_of_services = base + 10, base + 20
        return cls(base, base + 1, base + 2, base + 3, base + 4, base + 5, *first_of_services, base + 6, base + 7)

    @classmethod
    def chosen(cls) -> "Ports":
        """The ports that NASSIJ_PORT_BASE asks for, or the documented ones."""
        setting = os.environ.get(SETTING)
        if not setting:
            return cls()
        if not setting.isdecimal():
            raise BadInput(f"{SETTING} must be a number, not {setting!r}.")
        return cls.from_base(int(setting))

    @classmethod
    def free(cls) -> "Ports":
        """A block of which nothing is in use now, for a second stack on the same machine (tests)."""
        first = 20000 + os.getpid() % 100 * BLOCK
        for base in [*range(first, 32000, BLOCK), *range(20000, first, BLOCK)]:
            ports = cls.from_base(base)
            if not any(is_taken(port) for _, port in ports.each()):
                return ports
        raise Refusal("No free block of ports was found between 20000 and 32000; stop what listens there.")

    def web_of(self, service: str) -> int:
        """Where the service's public HTTP API listens."""
        return self.web + SERVICES.index(service)

    def background_of(self, service: str) -> int:
        """Where the service's background process answers /readyz, /metrics and /ops/status."""
        return self.background + SERVICES.index(service)

    def each(self) -> Iterator[tuple[str, int]]:
        """Every port with the name of the process that listens on it."""
        yield from (("kafka", self.kafka), ("kafka", self.kafka_controller), ("store", self.store))
        yield from (("smtp", self.smtp), ("smtp", self.smtp_reader), ("webhooks", self.webhooks))
        yield from (("prometheus", self.prometheus), ("alertmanager", self.alertmanager))
        for service in SERVICES:
            yield f"{service}-web", self.web_of(service)
            yield f"{service}-background", self.background_of(service)


def is_taken(port: int) -> bool:
    """Whether another process listens on this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return True
            raise
    return False


def refuse_taken(ports: Ports, processes: set[str]) -> None:
    """Raise Refusal for the first port that a process of ours needs and something else holds."""
    for process, port in ports.each():
        if process in processes and is_taken(port):
            raise Refusal(
                f"Port {port}, which {process} needs, is taken by {holder(port)}; stop that, or move the whole stack with "
                f"{SETTING}=20000 (any free block of {BLOCK} ports)."
            )


def holder(port: int) -> str:
    """Who listens on a port, as far as this user may know."""
    import psutil

    try:
        listening = [
            c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port and c.status == psutil.CONN_LISTEN
        ]
        pid = next((pid for pid in listening if pid), None)
        return f"process {pid} ({psutil.Process(pid).name()})" if pid else "another process"
    except psutil.Error:
        return "another process"
