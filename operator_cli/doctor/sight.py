"""All that checks see of a stack: its processes over HTTP, its broker, and (on this machine only) its folders and users."""

import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from typing import Any

from operator_cli.addresses import KAFKA, Addresses, elsewhere
from operator_cli.client import call
from operator_cli.doctor.broker import Broker, KafkaBroker
from operator_cli.doctor.finding import Finding, Unseen, broke_off, unseen
from operator_cli.errors import NotRunning
from operator_cli.health import Health, survey
from operator_cli.stack.issuer import mint
from operator_cli.stack.layout import SERVICES, Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import Ports
from operator_cli.stack.rights import Trial, tried
from operator_cli.stack.state import State

PATIENCE = 3.0
STOPPED = "the stack is not running; start it with `nassij up`"
AWAY = "the stack runs elsewhere, and this can only be seen on its own machine"
OK = 200
UNKNOWN = 404


@dataclass(frozen=True)
class Timed:
    """An answer and the machine's times between which it was given."""

    began: datetime
    answer: Any
    ended: datetime


@dataclass
class Sight:
    """One stack as the doctor sees it."""

    layout: Layout
    addresses: Addresses | None
    """Where its processes answer; None while it is stopped."""
    state: State | None
    """What its supervisor knows; None for a stack that is stopped or runs elsewhere."""
    ports: Ports
    here: bool
    """Whether it is this machine's own."""
    _seen: dict[str, Timed] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def chosen(cls) -> "Sight":
        """The stack that the environment names, running or not."""
        away = elsewhere()
        if away is not None:
            return cls(away.layout, away, None, Ports(), here=False)
        stack = LocalStack.chosen()
        state = stack.state()
        return cls(stack.layout, Addresses.of(stack) if state else None, state, stack.ports, here=True)

    @property
    def services(self) -> list[str]:
        """The services that it runs; all there are while it is stopped."""
        if self.addresses is None:
            return list(SERVICES)
        return [service for service in SERVICES if self.addresses.of_process(f"{service}-web")]

    def web(self, service: str, path: str, **query: str | int | None) -> Timed:
        """Ask a service's API with a token. Raises Unseen with the reason when it cannot tell."""
        self._running()
        asked = urllib.parse.urlencode({name: value for name, value in query.items() if value is not None})
        return self._ask(f"{service}-web", f"{path}?{asked}" if asked else path, token=self._token)

    def background(self, service: str, path: str, *, fresh: bool = False) -> Timed:
        """Ask a service's background process, anew if its answer must be `fresh`. Raises Unseen when it cannot tell."""
        if fresh:
            return self._asked(f"{service}-background", path, None)
        return self._ask(f"{service}-background", path)

    def health(self) -> list[Health]:
        """How each process does. Raises Unseen while the stack is stopped."""
        return survey(self._running())

    def broker(self) -> Broker:
        """Its broker. Raises Unseen where nobody says where it is, or none answers."""
        running = self._running()
        if not running.kafka:
            raise Unseen(f"the stack runs elsewhere and {KAFKA} does not say where its brokers are")
        return KafkaBroker.at(running.kafka)

    def trials(self) -> Iterable[Trial]:
        """What the store's users were refused when they tried. Raises Unseen where the store cannot be tried."""
        self.must_be_here()
        self._running()
        return tried(self.layout, self.ports)

    def must_be_here(self) -> None:
        """Raise Unseen for a stack of another machine."""
        if not self.here:
            raise Unseen(AWAY)

    def _running(self) -> Addresses:
        if self.addresses is None:
            raise Unseen(STOPPED)
        return self.addresses

    @cached_property
    def _token(self) -> str:
        try:
            return mint(self.layout, "national", subject="local-operator")
        except NotRunning:
            raise Unseen(f"there is no issuer's key in {self.layout.issuer} to sign a token with") from None

    def _ask(self, process: str, path: str, token: str | None = None) -> Timed:
        """Ask each question once, however many checks want its answer."""
        known = f"{process}{path}"
        with self._lock:
            found = self._seen.get(known)
        if found is None:
            found = self._asked(process, path, token)
            with self._lock:
                self._seen[known] = found
        return found

    def _asked(self, process: str, path: str, token: str | None) -> Timed:
        address = self._running().of_process(process)
        if address is None:
            raise Unseen(f"the stack runs no {process}")
        began = datetime.now(UTC)
        try:
            answer = call("GET", address + path, token=token, patience=PATIENCE)
        except NotRunning:
            raise Unseen(f"{process} does not answer") from None
        if answer.status != OK:
            what = "is older than this command" if answer.status == UNKNOWN else f"answered {answer.status}"
            raise Unseen(f"{process} {what} at {path.partition('?')[0]}")
        return Timed(began, answer.body, datetime.now(UTC))


def each_service(sight: Sight, check: str, look: Callable[[Sight, str], Iterable[Finding]]) -> Iterator[Finding]:
    """Look at all services at once; one that cannot be seen is told as such, and the others are looked at all the same."""
    if sight.addresses is None:
        raise Unseen(STOPPED)

    def looked(service: str) -> list[Finding]:
        try:
            return list(look(sight, service))
        except Unseen as why:
            return [unseen(check, service, str(why))]
        except Exception as error:  # noqa: BLE001 - one service's odd answer must not hide the others
            return [broke_off(check, service, error)]

    with ThreadPoolExecutor(max_workers=max(1, len(sight.services))) as pool:
        for findings in pool.map(looked, sight.services):
            yield from findings
