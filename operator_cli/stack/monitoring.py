"""Prometheus and Alertmanager of the local stack: the machine's own programs, told what the stack consists of.

Their settings and rules are deploy/monitoring as it is; only the lists of addresses are made here. Nothing else of the stack
needs them.
"""

import json
import re
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from operator_cli.errors import BadInput
from operator_cli.stack.environment import CELL
from operator_cli.stack.layout import ROOT, Layout, write_whole
from operator_cli.stack.ports import Ports

SOURCE = ROOT / "deploy" / "monitoring"
INSTALL = "apt install prometheus prometheus-alertmanager"
PROGRAMS = {"Prometheus": ("prometheus",), "Alertmanager": ("prometheus-alertmanager", "alertmanager")}
"""By their names: Debian's, and its makers' own."""

KEPT_FOR, KEPT_AT_MOST = "15d", "2GB"
ROLES = ("web", "background")

DURATION = re.compile(r"^( *)((?:- )?)(for|interval|\w+_interval|\w+_timeout|group_wait): (\d+)([smhd])$", re.MULTILINE)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
Lists = list[dict[str, Any]]


def refuse_missing() -> None:
    """Raise BadInput that says how to install what is not there."""
    missing = [name for name, files in PROGRAMS.items() if _found(files) is None]
    if missing:
        raise BadInput(f"{' and '.join(missing)} cannot be found on this machine; install both with `{INSTALL}` and call again.")


def prometheus_command(layout: Layout, ports: Ports) -> list[str]:
    """Runs Prometheus on the loopback interface; old data go by age and by size."""
    return [
        _program("Prometheus"),
        f"--config.file={layout.prometheus / 'prometheus.yml'}",
        f"--storage.tsdb.path={layout.prometheus / 'data'}",
        f"--storage.tsdb.retention.time={KEPT_FOR}",
        f"--storage.tsdb.retention.size={KEPT_AT_MOST}",
        f"--web.listen-address=127.0.0.1:{ports.prometheus}",
        "--log.level=warn",
    ]


def alertmanager_command(layout: Layout, ports: Ports) -> list[str]:
    """Runs Alertmanager on the loopback interface, alone."""
    return [
        _program("Alertmanager"),
        f"--config.file={layout.alertmanager / 'alertmanager.yml'}",
        f"--storage.path={layout.alertmanager / 'data'}",
        f"--web.listen-address=127.0.0.1:{ports.alertmanager}",
        "--cluster.listen-address=",
        "--log.level=warn",
    ]


def write(layout: Layout, ports: Ports, services: Sequence[str], hurry: int = 1) -> None:
    """Write all that both read when they start; Prometheus takes up new lists of addresses while it runs.

    `hurry` is for tests alone: every pause that is asked for (a rule's `for`, how often is scraped, evaluated and told) is
    so many times shorter. The ranges inside expressions stay as they are.
    """
    for folder in (layout.prometheus / "rules", layout.prometheus / "targets", layout.alertmanager):
        folder.mkdir(parents=True, exist_ok=True)
    for old in (layout.prometheus / "rules").iterdir():
        old.unlink()
    write_whole(layout.prometheus / "targets" / "alertmanager.json", json.dumps(alertmanagers(ports)))
    write_whole(layout.prometheus / "targets" / "nassij.json", json.dumps(targets(ports, services), indent=1))
    for rules in sorted((SOURCE / "rules").glob("*.yml")):
        _copy(rules, layout.prometheus / "rules" / rules.name, hurry)
    _copy(SOURCE / "alertmanager.yml", layout.alertmanager / "alertmanager.yml", hurry)
    _copy(SOURCE / "prometheus.yml", layout.prometheus / "prometheus.yml", hurry)


def targets(ports: Ports, services: Sequence[str]) -> Lists:
    """What Prometheus asks: both processes of each service, with the labels that rules and dashboards know."""
    at = {"web": ports.web_of, "background": ports.background_of}
    return [
        {"targets": [f"127.0.0.1:{at[role](service)}"], "labels": {"service": service, "role": role, "cell": CELL}}
        for service in services
        for role in ROLES
    ]


def alertmanagers(ports: Ports) -> Lists:
    """Whom Prometheus tells."""
    return [{"targets": [f"127.0.0.1:{ports.alertmanager}"]}]


def hurried(text: str, hurry: int) -> str:
    """Settings or rules with every pause so many times shorter."""

    def shorter(found: re.Match[str]) -> str:
        indent, dash, name, number, unit = found.groups()
        pause = timedelta(seconds=int(number) * SECONDS[unit]) / hurry
        return f"{indent}{dash}{name}: {round(pause.total_seconds() * 1000)}ms"

    return text if hurry == 1 else DURATION.sub(shorter, text)


def _copy(source: Path, target: Path, hurry: int) -> None:
    write_whole(target, hurried(source.read_text(encoding="utf-8"), hurry))


def _found(files: Sequence[str]) -> str | None:
    return next((path for path in map(shutil.which, files) if path), None)


def _program(name: str) -> str:
    """Where a program lies; the name that Debian gives it where it is not installed (`refuse_missing` says so before)."""
    return _found(PROGRAMS[name]) or PROGRAMS[name][0]
