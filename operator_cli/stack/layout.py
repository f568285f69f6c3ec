"""Where the local stack keeps what it writes, and which services it runs."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's own folder: processes run here."""

SERVICES = ("registry", "training", "certification", "notifications", "observatory")

FORMAT = "1"
"""Raised when data of an older stack can no longer be read by a newer one."""

PRIVATE = 0o700

ELSEWHERE = "NASSIJ_WEB_URL"
"""Set where the stack that commands speak to is not one of this machine; operator_cli/addresses.py says more."""


@dataclass(frozen=True)
class Layout:
    """The folders and files of one local stack, all below `home`."""

    home: Path

    @classmethod
    def chosen(cls) -> "Layout":
        """The stack that NASSIJ_HOME names, or `.nassij` in the project's folder."""
        return cls(Path(os.environ.get("NASSIJ_HOME") or ROOT / ".nassij").expanduser().absolute())

    @property
    def kafka(self) -> Path:
        """Kafka's log segments and `server.properties`."""
        return self.home / "kafka"

    @property
    def store(self) -> Path:
        """The store's WiredTiger files."""
        return self.home / "store"

    @property
    def logs(self) -> Path:
        """One file a process: `<process>.log`."""
        return self.home / "logs"

    @property
    def run(self) -> Path:
        """What is true of this moment: the supervisor's state, held processes."""
        return self.home / "run"

    @property
    def stamps(self) -> Path:
        """What was set up already; lies beside the data, so that `reset` forgets both."""
        return self.home / "stamps"

    @property
    def secrets(self) -> Path:
        """Passwords and keys, one a file, readable by the owner alone."""
        return self.home / "secrets"

    @property
    def mail(self) -> Path:
        """The mails that the sink received, as `.eml` files."""
        return self.home / "mail"

    @property
    def webhooks(self) -> Path:
        """The deliveries that the local partner's endpoint received, and the secrets that it trusts."""
        return self.home / "webhooks"

    @property
    def prometheus(self) -> Path:
        """Prometheus' settings and data; there only where it is wanted."""
        return self.home / "prometheus"

    @property
    def alertmanager(self) -> Path:
        """Alertmanager's settings and data; there only where it is wanted."""
        return self.home / "alertmanager"

    @property
    def demo(self) -> Path:
        """Which programme the demo has played here."""
        return self.home / "demo.json"

    @property
    def issuer(self) -> Path:
        """The local token issuer's key and its `jwks.json`."""
        return self.home / "issuer"

    @property
    def clock(self) -> Path:
        """The offset of the demo clock in seconds; absent means none."""
        return self.home / "clock"

    @property
    def format(self) -> Path:
        """Says which version of the stack wrote this folder."""
        return self.home / "format"

    @property
    def state(self) -> Path:
        """What the supervisor last knew of its processes."""
        return self.run / "state.json"

    def log(self, process: str) -> Path:
        """The log of one process."""
        return self.logs / f"{process}.log"

    def hold(self, process: str) -> Path:
        """A file that exists while a process is to stay stopped."""
        return self.run / "held" / process

    @property
    def wanted(self) -> Path:
        """The parts that a running supervisor is asked to add."""
        return self.run / "wanted"

    def own(self) -> list[Path]:
        """Everything that the stack makes in its home."""
        data = [self.kafka, self.store, self.mail, self.webhooks, self.secrets, self.issuer, self.clock, self.demo]
        return [*data, self.prometheus, self.alertmanager, self.logs, self.stamps, self.run, self.format]

    def create(self) -> None:
        """Make every folder that is missing."""
        for folder in (self.kafka, self.store, self.logs, self.run / "held", self.stamps, self.mail, self.webhooks):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.secrets, self.issuer):
            folder.mkdir(mode=PRIVATE, exist_ok=True)


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a small file so that a reader sees the old text or the new one, never a part."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
    draft.replace(path)
