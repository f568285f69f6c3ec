"""What a process is told from outside: environment variables, each documented where it is declared.

A variable is the field's name in capitals after `NASSIJ_`. Each may come from a file instead, named by the variable
plus `_FILE` (`NASSIJ_STORE_URI_FILE`): that is how secrets are given. Wrong values end the start with one sentence.
"""

# ruff: noqa: RUF009 - _variable() makes a dataclass field; ruff only knows field() itself

import re
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from environs import FileAwareEnv

PREFIX = "NASSIJ_"
MB = 1024 * 1024

Reader = Callable[[str], Any]


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one sentence that names the variable and what it takes."""


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port to listen on or to connect to."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def _text(pattern: str) -> Reader:
    def read(raw: str) -> str:
        if not re.fullmatch(pattern, raw):
            raise ValueError(raw)
        return raw

    return read


def _number(low: int, high: int) -> Reader:
    def read(raw: str) -> int:
        number = int(raw)
        if not low <= number <= high:
            raise ValueError(raw)
        return number

    return read


def _yes_or_no(raw: str) -> bool:
    return {"yes": True, "no": False}[raw.lower()]


def _address(raw: str) -> Address:
    host, colon, port = raw.rpartition(":")
    if not (host and colon and port.isdecimal() and 0 < int(port) < 65536):  # noqa: PLR2004 - ports end there
        raise ValueError(raw)
    return Address(host, int(port))


def _variable(takes: str, read: Reader, default: Any = MISSING, *, secret: bool = False) -> Any:
    """Declare one variable: what it takes (for the error), how its text is read, and whether it may ever be shown."""
    return field(default=default, repr=not secret, metadata={"takes": takes, "read": read, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one process. No secret shows in its repr."""

    # Who this process is.
    service: str = _variable("a service's name in lower-case letters, such as training", _text("[a-z]+"))
    # The set of services that share a Kafka and a store cluster; part of what is published, not of any key.
    cell: str = _variable("a cell's name in lower-case letters, digits and dashes", _text("[a-z][a-z0-9-]*"), "national")
    # This process's lasting name: static member of its consumer group, and the key to its predecessor's open transactions.
    instance: str = _variable("a name in lower-case letters, digits and dashes", _text("[a-z][a-z0-9-]*"), "")
    log_level: str = _variable("DEBUG, INFO, WARNING or ERROR", _text("DEBUG|INFO|WARNING|ERROR"), "INFO")
    # A file with an offset in seconds that is added to the machine's time (the demo clock); none in production.
    clock_file: Path | None = _variable("the path of a file that holds a number of seconds", Path, None)

    # What it stands on.
    store_uri: str = _variable(
        "a MongoDB address that names a user and this service's database, mongodb://USER:PASSWORD@HOST:PORT/DATABASE?...",
        _text(r"mongodb(\+srv)?://\S+/\w+(\?\S*)?"),
        secret=True,
    )
    kafka: str = _variable(
        "the brokers' addresses, HOST:PORT separated by commas",
        _text(r"[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*"),
        "127.0.0.1:9192",
    )

    # HTTP. The background process listens on ops_bind for its health and metrics only.
    bind: Address = _variable("HOST:PORT", _address, Address("127.0.0.1", 8100))
    ops_bind: Address = _variable("HOST:PORT", _address, Address("127.0.0.1", 8200))
    web_threads: int = _variable("a number of threads from 1 to 64", _number(1, 64), 8)
    web_workers: int = _variable("a number of processes from 1 to 32", _number(1, 32), 1)
    # Bytes of a request's body; files to import may be larger than everything else.
    max_body_bytes: int = _variable("a number of bytes of at least 1024", _number(1024, 1024 * MB), 2 * MB)
    max_import_bytes: int = _variable("a number of bytes of at least 1024", _number(1024, 1024 * MB), 20 * MB)
    # The address under which the public reaches this service; printed on certificates.
    public_url: str = _variable(
        "an http:// or https:// address without a final slash", _text(r"https?://\S+[^\s/]"), "http://127.0.0.1:8100"
    )

    # Tokens: who signs them (the `iss` claim), where its public keys are, and for whom they must be (the `aud` claim).
    issuer: str = _variable("the token issuer's name, as it stands in the iss claim", _text(r"\S+"), "nassij-local")
    jwks: str = _variable("the path or the http(s):// address of the token issuer's key set (JWKS)", _text(r"\S.*"), "")
    audience: str = _variable(
        "the audience that tokens must name, as it stands in the aud claim; empty for any", _text(r"\S*"), ""
    )

    # The outside world.
    smtp: Address = _variable("HOST:PORT of the mail server", _address, Address("127.0.0.1", 8125))
    smtp_from: str = _variable("a mail address", _text(r"[^@\s]+@[^@\s]+"), "nassij@localhost")
    # Encrypts the private keys that certificate issuers keep in the store, and partners' webhook secrets.
    key_secret: str = _variable("a secret of 32 characters or more", _text(r"\S{32,}"), "", secret=True)

    # Lets webhooks go to http:// and to this machine itself: for the local stack, whose partner lives there.
    webhook_allow_local: bool = _variable("yes or no", _yes_or_no, default=False)

    # Where OpenTelemetry's spans go (OTLP over HTTP); empty: none are made. Headers for the collector and the share of traces
    # that are kept come from OpenTelemetry's own variables, OTEL_EXPORTER_OTLP_HEADERS and OTEL_TRACES_SAMPLER(_ARG).
    otlp_url: str = _variable(
        "the http:// or https:// address of an OTLP collector without a final slash, such as http://127.0.0.1:4318",
        _text(r"https?://\S+[^\s/]"),
        "",
    )

    # Consumers, relay, sender.
    batch_size: int = _variable("a number of events from 1 to 5000", _number(1, 5000), 500)
    # What wakes the relay: an adaptive poll, or a change stream (quicker by some milliseconds, dearer for every writer).
    relay_wake: str = _variable("poll or change-stream", _text("poll|change-stream"), "poll")
    # How long published outbox rows are kept, so that they can be published again.
    outbox_retention_days: int = _variable("a number of days from 1 to 3650", _number(1, 3650), 14)
    # So many dead letters within so many seconds stop the consumer: a bad deploy, not bad events.
    dead_letter_limit: int = _variable("a number of dead letters from 1 to 100000", _number(1, 100_000), 20)
    dead_letter_window_seconds: int = _variable("a number of seconds from 1 to 86400", _number(1, 86_400), 60)
    # A background loop that has not come round for so long ends its process, which is then started again.
    watchdog_seconds: int = _variable("a number of seconds from 5 to 3600", _number(5, 3600), 30)

    @classmethod
    def from_environment(cls, **given: Any) -> Self:
        """Read the variables; what is `given` (already typed) goes before the environment.

        Raises SettingsError with one sentence for the first variable that is missing or wrong.
        """
        env = FileAwareEnv(prefix=PREFIX, strip_whitespace=True)
        values = {declared.name: _read(env, declared) for declared in fields(cls) if declared.name not in given}
        settings = cls(**values, **given)
        return settings if settings.instance else cls(**(values | given | {"instance": f"{settings.service}-0"}))

    def demand(self, names: Sequence[str]) -> None:
        """Refuse to start without settings that are optional to others. Raises SettingsError, which names the first one."""
        for declared in fields(self):
            if declared.name in names and not getattr(self, declared.name):
                raise SettingsError(f"Set {PREFIX}{declared.name.upper()} (or its _FILE) to {declared.metadata['takes']}.")


def _read(env: FileAwareEnv, declared: Field[Any]) -> Any:
    name, takes = declared.name.upper(), declared.metadata["takes"]
    try:
        raw = env.str(name, None)
    except ValueError as error:
        raise SettingsError(f"{PREFIX}{name}_FILE must name a file that this process can read, holding {takes}.") from error
    if not raw:
        if declared.default is MISSING:
            raise SettingsError(f"Set {PREFIX}{name} (or {PREFIX}{name}_FILE) to {takes}.")
        return declared.default
    try:
        return declared.metadata["read"](raw)
    except (ValueError, KeyError):
        found = "" if declared.metadata["secret"] else f", not {raw!r}"
        # The reader's own error may carry a secret, so it is not chained.
        raise SettingsError(f"{PREFIX}{name} must be {takes}{found}.") from None
