"""Events: how a service declares what it publishes, and how it reads what others published."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, TypeVar, dataclass_transform

import msgspec

LARGEST_SEQUENCE = 2**53
LONGEST_ATTRIBUTE = 500
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""What every store and every reader of JSON holds."""

# U+FFFD stands where the bytes were no UTF-8.
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffd]")
_TYPE = re.compile(r"ma\.nassij\.(?P<service>[a-z]+)\.(?P<subject>[a-z-]+)\.(?P<action>[a-z-]+)\.v(?P<version>[1-9]\d*)")
Cls = TypeVar("Cls", bound=type)


@dataclass(frozen=True, slots=True)
class EventType:
    """A declared event: its CloudEvents type taken apart, its class, and an example of its data."""

    name: str
    service: str
    subject: str
    action: str
    cls: type
    example: Mapping[str, Any]
    personal: bool = False

    @property
    def source(self) -> str:
        """The CloudEvents source, the same in every cell."""
        return f"/nassij/{self.service}"

    @property
    def topic(self) -> str:
        """The topic it travels on; personal data only ever on the compacted one."""
        return f"nassij.{self.service}.personal" if self.personal else f"nassij.{self.service}"

    def encode(self, data: object) -> bytes:
        """The data as JSON, refused where its own schema refuses it.

        Raises:
            msgspec.ValidationError: a value is not of its declared type.

        """
        encoded = msgspec.json.encode(data)
        msgspec.json.decode(encoded, type=self.cls)
        return encoded


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(name: str, *, example: Mapping[str, Any], personal: bool = False) -> Callable[[Cls], Cls]:
    """Declare an event, ``ma.nassij.<service>.<subject>.<action>.v1``, past tense.

    The class becomes a frozen dataclass; it is the contract's source. ``example`` holds its fields as JSON has them.
    """
    parts = _TYPE.fullmatch(name)
    if parts is None:
        raise ValueError(f"{name} is not ma.nassij.<service>.<subject>.<action>.v<number>.")

    def declare(cls: Cls) -> Cls:
        made: Any = dataclass(frozen=True, kw_only=True)(cls)
        found = parts.groupdict()
        made.__event__ = EventType(name, found["service"], found["subject"], found["action"], made, example, personal)
        return made  # type: ignore[no-any-return]

    return declare


@dataclass_transform(frozen_default=True, kw_only_default=True)
def personal_event(name: str, *, example: Mapping[str, Any]) -> Callable[[Cls], Cls]:
    """Declare an event that carries personal data: it travels on the compacted, access-controlled topic only."""
    return event(name, example=example, personal=True)


def type_of(data: object) -> EventType:
    """The declaration of an event or of an event's class.

    Raises:
        TypeError: it was never declared.

    """
    declared: EventType | None = getattr(data, "__event__", None)
    if declared is None:
        raise TypeError(f"{data!r} is no event: declare its class with @event.")
    return declared


class Stream(NamedTuple):
    """The events of one aggregate, in order: where they come from and their key."""

    source: str
    key: str


class Malformed(ValueError):  # noqa: N818 - the field's word
    """A record that is not an event, with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An event as it came from the log. ``data`` is read when somebody asks for it; ``fault`` says why it is none."""

    id: str
    type: str
    source: str
    key: str
    sequence: int
    time: datetime
    region: str | None = None
    province: str | None = None
    by: str | None = None
    correlation: str | None = None
    causation: str | None = None
    traceparent: str | None = None
    personal: bool = False
    fault: str | None = None
    value: bytes | None = None
    _decoded: list[Any] = field(default_factory=list, repr=False, compare=False)

    @property
    def stream(self) -> Stream:
        """The stream it belongs to."""
        return Stream(self.source, self.key)

    @property
    def place(self) -> str:
        """What no two events share: the stream and the sequence. An ``id`` is only as unique as its publisher is careful."""
        return f"{self.source}|{self.key}|{self.sequence}"

    @property
    def subject_id(self) -> str:
        """The id of the aggregate it tells about."""
        return self.key.partition("/")[2]

    @property
    def data(self) -> Any:
        """The event's data, as JSON has it; ``None`` for a tombstone.

        Raises:
            msgspec.DecodeError: it is not JSON.

        """
        if not self._decoded:
            self._decoded.append(None if self.value is None else msgspec.json.decode(self.value))
        return self._decoded[0]


Headers = Sequence[tuple[str, bytes | None]]
_REQUIRED = ("id", "type", "source", "sequence", "time")
_OPTIONAL = ("region", "province", "by", "correlation", "causation", "traceparent")
_KNOWN = (*_REQUIRED, *_OPTIONAL)


def read(topic: str, place: str, key: bytes | None, headers: Headers, value: bytes | None) -> Received:
    """Read a record in CloudEvents' Kafka binary mode.

    A record that is no event comes back with a ``fault``. Where at least its stream and sequence can be told, it stands
    in that stream; else it stands alone under ``place`` (topic, partition and offset).
    """
    found = {name[3:]: (raw or b"").decode("utf-8", "replace") for name, raw in headers if name.startswith("ce_")}
    name = (key or b"").decode("utf-8", "replace")
    personal = topic.endswith(".personal")
    missing = [f"ce_{attribute} header" for attribute in _REQUIRED if not found.get(attribute)]
    try:
        if missing or not name:
            raise Malformed(f"no {', '.join(missing) or 'key'}")
        _check_texts([name, *(found.get(attribute, "") for attribute in _KNOWN)])
        optional: dict[str, Any] = {attribute: found.get(attribute) or None for attribute in _OPTIONAL}
        return Received(
            id=found["id"],
            type=found["type"],
            source=found["source"],
            key=name,
            sequence=_counted(found["sequence"]),
            time=_moment(found["time"]),
            personal=personal,
            value=value,
            **optional,
        )
    except ValueError as error:
        return _unreadable(place, name, found, str(error), value)


def _unreadable(place: str, key: str, found: Mapping[str, str], fault: str, value: bytes | None) -> Received:
    usable = {attribute: text for attribute, text in found.items() if text and _is_usable(text)}
    sequence = usable.get("sequence", "")
    placed = bool(key) and _is_usable(key) and "source" in usable and _is_counted(sequence)
    return Received(
        id=usable.get("id") or place.replace("/", "-"),
        type=usable.get("type") or "unreadable",
        source=usable["source"] if placed else "unreadable",
        key=key if placed else place,
        sequence=int(sequence) if placed else 1,
        time=datetime.fromtimestamp(0, UTC),
        region=usable.get("region"),
        fault=fault,
        value=value,
    )


def _check_texts(texts: Sequence[str]) -> None:
    # One search for all of them: this is done for every event.
    if _UNUSABLE.search("".join(texts)) or max(map(len, texts)) > LONGEST_ATTRIBUTE:
        wrong = next(text for text in texts if not _is_usable(text))
        sentence = f"has control characters, is not UTF-8 or has more than {LONGEST_ATTRIBUTE} characters"
        raise Malformed(f"the key or a header, {wrong[:40]!r}, {sentence}")


def _is_usable(text: str) -> bool:
    return len(text) <= LONGEST_ATTRIBUTE and not _UNUSABLE.search(text)


def _is_counted(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 17 and 1 <= int(text) <= LARGEST_SEQUENCE  # noqa: PLR2004


def _counted(text: str) -> int:
    if not _is_counted(text):
        raise Malformed(f"ce_sequence {text[:30]} is no whole number from 1 to {LARGEST_SEQUENCE}")
    return int(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Malformed(f"ce_time {text[:40]} lacks its offset from UTC, or lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return moment


def as_headers(row: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """CloudEvents attributes as Kafka headers."""
    return [("content-type", b"application/json"), *((f"ce_{name}", text.encode()) for name, text in row.items() if text)]


def day(text: str) -> date:
    """A date of an event's data."""
    return date.fromisoformat(text)
