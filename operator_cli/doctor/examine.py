"""All families of checks, run side by side and within a bound."""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from operator_cli.doctor import backlog, clocks, contracts, disk, indexes, keys, ports, processes, rights, topics, versions
from operator_cli.doctor.finding import FAIL, Finding, Unseen, broke_off, unseen, warn
from operator_cli.doctor.sight import Sight

WITHIN = 8.0
"""Seconds for everything."""

Check = Callable[[Sight], Iterable[Finding]]
CHECKS: Mapping[str, Check] = {
    "processes": processes.check,
    "ports": ports.check,
    "topics": topics.check,
    "backlog": backlog.check,
    "contracts": contracts.check,
    "events": contracts.check_events,
    "indexes": indexes.check,
    "clocks": clocks.check,
    "keys": keys.check,
    "rights": rights.check,
    "secrets": rights.check_files,
    "disk": disk.check,
    "versions": versions.check,
}


@dataclass
class _Round:
    """One family's findings as they come."""

    name: str
    findings: list[Finding] = field(default_factory=list)
    done: bool = False

    def run(self, check: Check, sight: Sight) -> None:
        """Collect them. Whatever a check stumbles over is a finding too: it may never be silently fine."""
        try:
            for finding in check(sight):
                self.findings.append(finding)
        except Unseen as why:
            self.findings.append(unseen(self.name, "stack", str(why)))
        except Exception as error:  # noqa: BLE001 - a broken stack can answer anything
            self.findings.append(broke_off(self.name, "doctor", error))
        self.done = True


def examine(sight: Sight, checks: Mapping[str, Check] = CHECKS, within: float = WITHIN) -> list[Finding]:
    """Every finding, in the order of the families. A family that takes too long is told as one that was not finished."""
    rounds = [_Round(name) for name in checks]
    # Threads that nobody waits for at the end: a check that hangs must not keep the command.
    threads = [threading.Thread(target=each.run, args=(checks[each.name], sight), daemon=True) for each in rounds]
    until = time.monotonic() + within
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return [finding for each in rounds for finding in _of(each, within)]


def _of(each: _Round, within: float) -> list[Finding]:
    late = warn(each.name, "doctor", f"The check was not finished within {within:.0f} s.", "nassij status")
    return [*each.findings, *([] if each.done else [late])]


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether nobody has to do anything."""
    return not any(finding.bad for finding in findings)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Faults, then warnings, then what was not looked at; what is fine last."""
    order = {FAIL: 0, "warn": 1, "unseen": 2}
    return sorted(findings, key=lambda finding: order.get(finding.severity, 3))
