"""The AsyncAPI document: servers, topics, messages, and who publishes and follows them."""

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.contracts.catalogue import Catalogue
from chassis.contracts.examples import example_data
from chassis.contracts.places import CONTRACTS, schema_path, short_name, version
from chassis.contracts.schemas import says
from chassis.events import EventType

Document = dict[str, Any]
BINDING = "0.5.0"
DAY_MS = 24 * 60 * 60 * 1000

_DESCRIPTION = (
    "Services tell each other and their partners what happened. Events are CloudEvents 1.0 in Kafka's binary mode: attributes "
    "are headers named ce_..., the value is the data as JSON, the record's key is the key of what it is about. Delivery is at "
    "least once, in order for each key; ce_sequence counts a key's events without gaps. docs/events.md says what a partner does."
)

_SERVERS: Document = {
    "local": {
        "host": "127.0.0.1:9192",
        "protocol": "kafka",
        "description": "The stack of `nassij up`: one broker, 6 partitions a topic.",
    },
    "cell": {
        "host": "{broker}",
        "protocol": "kafka-secure",
        "description": "A cell: one set of services with its own brokers, 12 partitions a topic.",
        "variables": {"broker": {"description": "The cell's bootstrap address, HOST:PORT; its operator gives it to partners."}},
    },
}

_ENDLESS = {"cleanup.policy": ["delete"], "retention.ms": -1, "retention.bytes": -1}
_COMPACTED = {"cleanup.policy": ["compact"], "delete.retention.ms": 7 * DAY_MS, "max.compaction.lag.ms": DAY_MS}

_RULES = (
    "Kept without end. 12 partitions (6 locally), never changed: growth is a new topic generation. For each key, ce_sequence is "
    "1, 2, 3, ... without gaps; a record may come twice."
)
_PERSONAL_RULES = (
    "Personal data, access-controlled and compacted: the latest record of a key counts. Gaps in ce_sequence are legal; apply a "
    "record if its ce_sequence is greater than the last one applied. A record without a value (a tombstone) erases the person: "
    "erase what you kept."
)

_HEADERS: Mapping[str, tuple[str, str]] = {
    "content-type": ("Always application/json.", "application/json"),
    "ce_specversion": ("The version of CloudEvents.", "1.0"),
    "ce_id": ("The event's id, a UUIDv7; the same when it is delivered again.", ""),
    "ce_type": ("What happened: ma.nassij.<service>.<subject>.<action>.v<number>.", ""),
    "ce_source": ("Who says so, the same in every cell: /nassij/<service>.", ""),
    "ce_subject": ("Which aggregate, the same as the record's key.", ""),
    "ce_time": ("When it was recorded, RFC 3339 in UTC.", ""),
    "ce_sequence": ("Which event of its key this is, from 1.", ""),
    "ce_region": ("The region's HCP code, where it belongs to one.", ""),
    "ce_province": ("The province's HCP code, where it belongs to one.", ""),
    "ce_cell": ("The cell that published it.", ""),
    "ce_traceparent": ("W3C trace context.", ""),
    "ce_correlation": ("The id of the first cause.", ""),
    "ce_causation": ("The id of the event or request right before.", ""),
    "ce_by": ("Who caused it, an id.", ""),
}
_ALWAYS = (
    "content-type",
    "ce_specversion",
    "ce_id",
    "ce_type",
    "ce_source",
    "ce_subject",
    "ce_time",
    "ce_sequence",
    "ce_cell",
    "ce_correlation",
)


def document(catalogue: Catalogue) -> Document:
    """The whole document, AsyncAPI 3.0."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:nassij:contract:asyncapi",
        "info": {
            "title": "Nassij events",
            "version": version(),
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": _SERVERS,
        "channels": {_channel_name(topic): _channel(topic, events) for topic, events in sorted(catalogue.topics.items())},
        "operations": _operations(catalogue),
        "components": {
            "schemas": {"Headers": _headers()},
            "messages": {_message_name(event): _message(event, catalogue) for event in catalogue.events},
        },
    }


def _channel_name(topic: str) -> str:
    return topic.removeprefix("nassij.")


def _message_name(event: EventType) -> str:
    return f"{event.service}.{short_name(event)}"


def _channel(topic: str, events: Iterable[EventType]) -> Document:
    personal = topic.endswith(".personal")
    name = _channel_name(topic)
    return {
        "address": topic,
        "title": f"What {name.partition('.')[0]} says{' of persons' if personal else ''}",
        "description": _PERSONAL_RULES if personal else _RULES,
        "messages": {short_name(event): {"$ref": f"#/components/messages/{_message_name(event)}"} for event in events},
        "bindings": {
            "kafka": {
                "topic": topic,
                "partitions": 12,
                "topicConfiguration": _COMPACTED if personal else _ENDLESS,
                "bindingVersion": BINDING,
            }
        },
    }


def _headers() -> Document:
    properties = {
        name: {"type": "string", "description": text, **({"const": constant} if constant else {})}
        for name, (text, constant) in _HEADERS.items()
    }
    return {
        "type": "object",
        "description": "CloudEvents attributes as Kafka headers, in UTF-8. Numbers are decimal text. More may be added.",
        "required": list(_ALWAYS),
        "properties": properties,
    }


def _message(event: EventType, catalogue: Catalogue) -> Document:
    subject, about = catalogue.subjects.of(event), says(event)
    example = example_data(event)
    return {
        "name": event.name,
        "title": f"{event.subject} {event.action.replace('-', ' ')}",
        "summary": about.split("\n\n")[0].replace("\n", " "),
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/Headers"},
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./{schema_path(event).relative_to(CONTRACTS)}"},
        },
        "bindings": {
            "kafka": {
                "key": {
                    "type": "string",
                    "description": f"{subject.key_pattern}: {subject.about}",
                    "examples": [subject.example_key(example)],
                },
                "bindingVersion": BINDING,
            }
        },
        "examples": [{"payload": example}],
    }


def _operations(catalogue: Catalogue) -> Document:
    publishing = {
        f"{events[0].service}.publish{'-personal' if topic.endswith('.personal') else ''}": _operation("send", topic, events)
        for topic, events in sorted(catalogue.topics.items())
    }
    return publishing | {
        f"{service}.follow-{_channel_name(topic)}": _operation("receive", topic, events)
        for (service, topic), events in sorted(_followed(catalogue).items())
    }


def _followed(catalogue: Catalogue) -> dict[tuple[str, str], list[EventType]]:
    found: dict[tuple[str, str], list[EventType]] = {}
    for service, reaction in catalogue.reactions:
        event = catalogue.by_type.get(reaction.type)
        if event is not None:
            events = found.setdefault((service.name, event.topic), [])
            if event not in events:
                events.append(event)
    return found


def _operation(action: str, topic: str, events: Iterable[EventType]) -> Document:
    channel = f"#/channels/{_channel_name(topic)}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/{short_name(event)}"} for event in sorted(events, key=short_name)],
    }
