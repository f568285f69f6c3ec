"""Where the stack that a command speaks to answers: the one of this machine, or one that the environment names.

A stack that something else runs (containers, a cluster) is named by addresses with {service} in them, as this command reaches it:
NASSIJ_WEB_URL (http://{service}-web:8100) and NASSIJ_BACKGROUND_URL (http://{service}-background:8200), its brokers by
NASSIJ_KAFKA, its mail sink's reader by NASSIJ_MAIL_URL. The issuer's key lies where NASSIJ_HOME says.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from operator_cli.errors import BadInput, Refusal
from operator_cli.stack.layout import ELSEWHERE, SERVICES, Layout
from operator_cli.stack.probes import Probe
from operator_cli.stack.state import READY, Process

if TYPE_CHECKING:
    from operator_cli.stack.local import LocalStack

BACKGROUND = "NASSIJ_BACKGROUND_URL"
KAFKA = "NASSIJ_KAFKA"
MAIL = "NASSIJ_MAIL_URL"


@dataclass(frozen=True)
class Addresses:
    """A stack's processes and where they answer."""

    layout: Layout
    processes: tuple[Process, ...]
    kafka: str = ""
    mail: str = ""
    probes: Mapping[str, Probe] = field(default_factory=dict)
    """How those processes that are no service are asked whether they are ready."""

    @classmethod
    def of(cls, stack: "LocalStack") -> "Addresses":
        """The running stack of this machine. Raises NotRunning where it does not run."""
        from operator_cli.stack.probes import of_infrastructure

        found = stack.running()
        mail = f"http://127.0.0.1:{found.ports.smtp_reader}"
        return cls(stack.layout, tuple(found.processes), stack.kafka, mail, of_infrastructure(found.ports))

    @classmethod
    def chosen(cls) -> "Addresses":
        """The stack that the environment names, or the running one of this machine. Raises NotRunning where none is."""
        from operator_cli.stack.local import LocalStack

        return elsewhere() or cls.of(LocalStack.chosen())

    def of_process(self, name: str) -> str | None:
        """The address of a process, if the stack has one of this name."""
        return next((process.address for process in self.processes if process.name == name), None)

    def need(self, setting: str, value: str) -> str:
        """An address that not every stack has. Raises Refusal that names the setting it would come from."""
        if not value:
            raise Refusal(f"This stack runs elsewhere and {setting} does not say where; set it to the address.")
        return value


def elsewhere() -> Addresses | None:
    """The stack that the environment names, or None. Raises BadInput when its addresses do not name {service}."""
    if not os.environ.get(ELSEWHERE):
        return None
    templates = {"web": _template(ELSEWHERE), "background": _template(BACKGROUND)}
    processes = tuple(
        # Nobody here supervises them, so all that is known is what they answer themselves.
        Process(f"{service}-{role}", template.replace("{service}", service), state=READY)
        for service in SERVICES
        for role, template in templates.items()
    )
    return Addresses(Layout.chosen(), processes, os.environ.get(KAFKA, ""), os.environ.get(MAIL, "").rstrip("/"))


def _template(setting: str) -> str:
    value = os.environ.get(setting, "")
    if not value.startswith(("http://", "https://")) or "{service}" not in value:
        raise BadInput(f"{setting} must be an address with {{service}} in it, such as http://{{service}}:8100, not {value!r}.")
    return value.rstrip("/")
