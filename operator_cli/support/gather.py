"""Everything that goes into a bundle, part by part. A part that cannot be had is left out and told as such."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from operator_cli.doctor.command import as_object
from operator_cli.doctor.examine import examine
from operator_cli.doctor.finding import Unseen
from operator_cli.doctor.sight import Sight
from operator_cli.stack.topics import TOPICS
from operator_cli.support.known import NAMED
from operator_cli.support.letters import dead_letters, waiting_of
from operator_cli.support.logs import last_lines, scrubbed
from operator_cli.support.machine import checkout, machine
from operator_cli.support.scrub import Scrubber

Say = Callable[[str], None]
SETTING = "NASSIJ_"
OPS = {"contracts": "/ops/contracts", "indexes": "/ops/indexes", "clock": "/ops/clock"}


@dataclass
class Bundle:
    """Scrubbed files by path, and what could not be gathered, with the reason."""

    scrubber: Scrubber
    files: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def put(self, path: str, make: Callable[[], Any]) -> None:
        """Add what ``make`` returns: a text, or anything that JSON has. Unseen, it is told as missing."""
        try:
            found = make()
        except Unseen as why:
            self.missing[path] = self.scrubber.text(str(why))
        except Exception as error:  # noqa: BLE001 - one broken part must not cost the others
            self.missing[path] = f"could not be gathered: {type(error).__name__}"
        else:
            self.files[path] = self.scrubber.text(found) if isinstance(found, str) else self._json(found)

    def _json(self, found: Any) -> str:
        plain = json.loads(json.dumps(found, default=str))
        return json.dumps(self.scrubber.value(plain), indent=2, ensure_ascii=False) + "\n"


def gather(sight: Sight, scrubber: Scrubber, lines: int, say: Say) -> Bundle:
    """The whole bundle of a stack, with so many last lines of each log."""
    bundle = Bundle(scrubber)
    for title, part in PARTS.items():
        say(title)
        part(sight, bundle)
    say("logs")
    _logs(sight, bundle, lines)
    return bundle


def _doctor(sight: Sight, bundle: Bundle) -> None:
    def look() -> dict[str, object]:
        begun = time.monotonic()
        findings = examine(sight)
        return as_object(sight, findings, time.monotonic() - begun)

    bundle.put("doctor.json", look)


def _status(sight: Sight, bundle: Bundle) -> None:
    bundle.put("status.json", lambda: {"supervisor": _supervisor(sight), "processes": [asdict(each) for each in sight.health()]})


def _supervisor(sight: Sight) -> Mapping[str, Any] | None:
    if sight.state is None:
        return None
    return {"pid": sight.state.pid, "parts": sight.state.parts, "tasks": [asdict(p) for p in sight.state.processes if p.task]}


def _services(sight: Sight, bundle: Bundle) -> None:
    bundle.put("versions.json", lambda: {"checkout": checkout(), "services": dict(_versions(sight))})
    bundle.put("settings/command.json", lambda: _own_settings(sight))
    for service in sight.services:
        _service(sight, bundle, service)


def _service(sight: Sight, bundle: Bundle, service: str) -> None:
    def ask(path: str) -> Callable[[], Any]:
        return lambda: sight.web(service, path).answer

    bundle.put(f"settings/{service}.json", lambda: sight.web(service, "/ops/process").answer["settings"])
    bundle.put(f"ops/{service}/status.json", lambda: sight.background(service, "/ops/status").answer)
    bundle.put(f"ops/{service}/waiting.json", lambda: waiting_of(sight.web(service, "/ops/waiting").answer))
    for name, path in OPS.items():
        bundle.put(f"ops/{service}/{name}.json", ask(path))
    bundle.put(f"metrics/{service}-web.txt", lambda: str(sight.web(service, "/metrics").answer))
    bundle.put(f"metrics/{service}-background.txt", lambda: str(sight.background(service, "/metrics").answer))


def _versions(sight: Sight) -> Iterator[tuple[str, Any]]:
    for service in sight.services:
        try:
            told = sight.web(service, "/ops/process").answer
            yield service, {name: value for name, value in told.items() if name != "settings"}
        except Unseen as why:
            yield service, str(why)


def _own_settings(sight: Sight) -> dict[str, Any]:
    """What this command was told by its environment, and where the stack lies."""
    own = {name: value for name, value in os.environ.items() if name.startswith(SETTING)}
    shown = {name: "given" if NAMED.search(name.removesuffix("_FILE")) else value for name, value in own.items()}
    return {"environment": shown, "home": str(sight.layout.home), "ports": asdict(sight.ports), "here": sight.here}


def _topics(sight: Sight, bundle: Bundle) -> None:
    names = [topic.name for topic in TOPICS]
    settings = sorted({name for topic in TOPICS for name in topic.config})
    groups = [f"nassij-{service}" for service in sight.services]

    def look() -> dict[str, Any]:
        broker = sight.broker()
        described = {name: asdict(seen) for name, seen in broker.topics(names, settings).items()}
        return {"brokers": broker.size(), "described": described, **broker.offsets(list(described), groups)}

    bundle.put("topics.json", look)


def _dead_letters(sight: Sight, bundle: Bundle) -> None:
    def look() -> dict[str, Any]:
        return {service: _or_why(sight, service) for service in sight.services}

    bundle.put("deadletters.json", look)


def _or_why(sight: Sight, service: str) -> Any:
    try:
        return dead_letters(sight, service)
    except Unseen as why:
        return str(why)


def _machine(sight: Sight, bundle: Bundle) -> None:
    bundle.put("machine.json", lambda: machine(sight.layout))


def _logs(sight: Sight, bundle: Bundle, lines: int) -> None:
    if not sight.here:
        bundle.missing["logs/"] = "the stack runs elsewhere, and so its logs lie there"
        return
    for path in sorted(sight.layout.logs.glob("*.log")):
        found = scrubbed(path.stem, last_lines(path, lines), bundle.scrubber)
        bundle.files[f"logs/{path.name}"] = "".join(f"{line}\n" for line in found)


PARTS: Mapping[str, Callable[[Sight, Bundle], None]] = {
    "what nassij doctor finds": _doctor,
    "status of all processes": _status,
    "versions, settings, metrics and what services say of themselves": _services,
    "topics and offsets": _topics,
    "dead letters": _dead_letters,
    "this machine": _machine,
}
