"""What the stack consists of: its processes and one-time tasks, in the order in which they need each other."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from operator_cli.stack import kafka, monitoring, store, topics
from operator_cli.stack.environment import python_environment, service_environment
from operator_cli.stack.layout import ROOT, SERVICES, Layout
from operator_cli.stack.parts import EVERYTHING, INFRASTRUCTURE, is_watched, services_of
from operator_cli.stack.ports import Ports
from operator_cli.stack.probes import Probe, accepts, http_ok, kafka_answers
from operator_cli.stack.stamps import code_fingerprint, fingerprint
from operator_cli.stack.users import BESIDE

__all__ = ["EVERYTHING", "INFRASTRUCTURE", "Spec", "specs_of"]


@dataclass(frozen=True)
class Spec:
    """A process that is kept running, or (with a `mark`) a task that runs once for each new mark."""

    name: str
    command: list[str]
    env: dict[str, str]
    after: tuple[str, ...] = ()
    ready: Probe | None = None
    address: str = ""
    mark: str | None = None
    grace: float = 10.0
    cwd: Path = field(default=ROOT)


def specs_of(layout: Layout, ports: Ports, parts: str, classpath: Sequence[Path]) -> list[Spec]:
    """The processes of a whole stack, of its infrastructure, or of the infrastructure and some services ("registry,training").

    Raises BadInput for a service that does not exist.
    """
    services = [spec for service in services_of(parts) for spec in _service(layout, ports, service)]
    others = [_mail_sink(layout, ports), _partner(layout, ports)] if services else []
    watching = _monitoring(layout, ports) if is_watched(parts) else []
    return [*_infrastructure(layout, ports, classpath), *others, *watching, *services]


def _infrastructure(layout: Layout, ports: Ports, classpath: Sequence[Path]) -> list[Spec]:
    env = python_environment()
    users = [sys.executable, "-m", "operator_cli.stack.users", str(layout.home), str(ports.store)]
    declared = [sys.executable, "-m", "operator_cli.stack.topics", f"127.0.0.1:{ports.kafka}"]
    return [
        Spec("kafka-format", kafka.format_command(layout, classpath), env, mark=fingerprint(kafka.CLUSTER)),
        Spec("store-users", users, env, mark=fingerprint(*SERVICES, str(BESIDE))),
        Spec(
            "kafka",
            kafka.server_command(layout, classpath),
            env,
            after=("kafka-format",),
            ready=kafka_answers(ports.kafka),
            address=f"127.0.0.1:{ports.kafka}",
            grace=20,
        ),
        Spec(
            "store",
            store.server_command(layout, ports.store),
            env,
            after=("store-users",),
            ready=accepts(ports.store),
            address=f"127.0.0.1:{ports.store}",
        ),
        Spec("topics", declared, env, after=("kafka",), mark=fingerprint(*topics.TOPICS)),
    ]


def _mail_sink(layout: Layout, ports: Ports) -> Spec:
    command = [sys.executable, "-m", "operator_cli.stack.smtp_sink", str(layout.mail), str(ports.smtp), str(ports.smtp_reader)]
    return Spec(
        "smtp", command, python_environment(), ready=http_ok(ports.smtp_reader, "/livez"), address=f"127.0.0.1:{ports.smtp}"
    )


def _partner(layout: Layout, ports: Ports) -> Spec:
    command = [sys.executable, "-m", "operator_cli.stack.webhook_sink", str(layout.webhooks), str(ports.webhooks)]
    address = f"http://127.0.0.1:{ports.webhooks}"
    return Spec("webhooks", command, python_environment(), ready=http_ok(ports.webhooks, "/livez"), address=address)


def _monitoring(layout: Layout, ports: Ports) -> list[Spec]:
    """Needed by nothing, and in need of nothing: they see the others come up."""
    commands = {
        "prometheus": (monitoring.prometheus_command(layout, ports), ports.prometheus),
        "alertmanager": (monitoring.alertmanager_command(layout, ports), ports.alertmanager),
    }
    return [
        Spec(name, command, dict(os.environ), ready=http_ok(port, "/-/ready"), address=f"http://127.0.0.1:{port}")
        for name, (command, port) in commands.items()
    ]


def _service(layout: Layout, ports: Ports, service: str) -> list[Spec]:
    """A service's migration, then its two processes."""

    def run(role: str) -> tuple[list[str], dict[str, str]]:
        return [sys.executable, "-m", "chassis.run", service, role], service_environment(layout, ports, service, role)

    migrate, web, background = f"{service}-migrate", f"{service}-web", f"{service}-background"
    web_port, background_port = ports.web_of(service), ports.background_of(service)
    return [
        Spec(migrate, *run("migrate"), after=("store",), mark=code_fingerprint("chassis", f"services/{service}")),
        Spec(web, *run("web"), after=(migrate,), ready=http_ok(web_port), address=f"http://127.0.0.1:{web_port}", grace=25),
        Spec(
            background,
            *run("background"),
            after=(migrate, "topics"),
            ready=http_ok(background_port),
            address=f"http://127.0.0.1:{background_port}",
            grace=20,
        ),
    ]
