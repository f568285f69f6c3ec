"""Whether all processes run the same version, which is this checkout's, and none the code of before an edit."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from operator_cli.doctor.finding import Finding, fine, or_fine, unseen, warn
from operator_cli.doctor.sight import Sight, Timed, each_service
from operator_cli.stack.layout import ROOT

CHECK = "versions"
BUILD = re.compile(r'^nassij_build_info\{[^}]*version="([^"]+)"', re.MULTILINE)
RENEW = "nassij down; nassij up"


def check(sight: Sight) -> Iterator[Finding]:
    """Versions, and the age of the code that runs."""
    versions: dict[str, str] = {}
    pythons: dict[str, str] = {}

    def look(sight: Sight, service: str) -> Iterator[Finding]:
        told = sight.web(service, "/ops/process").answer
        versions[f"{service}-web"], pythons[service] = told["version"], told["python"]
        built = _built(sight.background(service, "/metrics"))
        if built is None:
            yield unseen(CHECK, f"{service}-background", "its metrics do not name its version")
        else:
            versions[f"{service}-background"] = built

    yield from each_service(sight, CHECK, look)
    yield from _compared(versions, pythons)
    if sight.state is not None:
        yield from or_fine(_outdated(sight), CHECK, "code", "No process runs code of before the last edit.")


def own_version() -> str:
    """The version of this checkout."""
    from chassis import __version__

    return __version__


def _built(metrics: Timed) -> str | None:
    found = BUILD.search(str(metrics.answer))
    return found[1] if found else None


def _compared(versions: dict[str, str], pythons: dict[str, str]) -> Iterator[Finding]:
    if not versions:
        return
    own = own_version()
    others = {name: version for name, version in versions.items() if version != own}
    if others:
        told = ", ".join(f"{name} {version}" for name, version in others.items())
        yield warn(CHECK, "services", f"This checkout is {own}, but there run: {told}.", RENEW)
    else:
        yield fine(CHECK, "services", f"{len(versions)} processes run version {own}, as this checkout.")
    if len(set(pythons.values())) > 1:
        told = ", ".join(f"{name} {version}" for name, version in pythons.items())
        yield warn(CHECK, "python", f"Services run on different Pythons: {told}.", RENEW)


def _outdated(sight: Sight) -> Iterator[Finding]:
    shared = max(newest(ROOT / folder) for folder in ("chassis", "vocabulary"))
    behind: dict[str, float] = {}
    for process in sight.state.processes if sight.state else ():
        service = process.name.rpartition("-")[0]
        if service in sight.services and not process.task and process.started is not None:
            edited = max(shared, newest(ROOT / "services" / service))
            if edited > process.started:
                behind[process.name] = edited
    if behind:
        when = datetime.fromtimestamp(max(behind.values()), UTC).isoformat(timespec="seconds")
        yield warn(CHECK, "code", f"Run code of before the edit of {when}: {', '.join(sorted(behind))}.", RENEW)


def newest(folder: Path) -> float:
    """When a Python file below was last edited, in seconds since 1970."""
    return max((path.stat().st_mtime for path in folder.rglob("*.py")), default=0.0)
