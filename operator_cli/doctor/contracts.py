"""Schema drift: what runs against contracts/ of this checkout, and the newest events against their schemas.

No value of an event is ever told, only where in it the fault lies.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chassis.contracts.fingerprints import fingerprint
from chassis.events import Received, read
from operator_cli.doctor.broker import Record
from operator_cli.doctor.finding import Finding, Unseen, fail, fine, or_fine, warn
from operator_cli.doctor.sight import Sight, each_service
from operator_cli.stack.layout import ROOT
from operator_cli.stack.topics import TOPICS

CHECK = "contracts"
EACH = 10
"""Newest events of each partition that are looked at."""
MOST_TOLD = 5
EVERY = ".*"
RENEW = "nassij contracts check says whether the checkout agrees with itself; nassij down; nassij up runs it"

Schemas = Mapping[str, Mapping[str, Any]]


def check(sight: Sight) -> Iterator[Finding]:
    """The running code, then what it published last."""
    schemas = schemas_of(ROOT / "contracts")

    def look(sight: Sight, service: str) -> Iterator[Finding]:
        told = sight.web(service, "/ops/contracts").answer
        found = [*_published(service, told, schemas), *_read(service, told, schemas)]
        yield from or_fine(found, CHECK, service, f"{len(told['publishes'])} event types of {service} are as in contracts/.")

    yield from each_service(sight, CHECK, look)


def check_events(sight: Sight) -> Iterator[Finding]:
    """The newest events of each partition."""
    schemas = schemas_of(ROOT / "contracts")
    records = sight.broker().newest([topic.name for topic in TOPICS], EACH)
    faults = Counter(fault for record in records if (fault := fault_of(record, schemas)))
    for (topic, kind, what), count in faults.most_common(MOST_TOLD):
        told = f"{count} of the newest events on {topic} ({kind}) are not as their contract says: {what}."
        yield fail(CHECK, topic, told, f"nassij topics {topic} --last 20; who reads them: nassij deadletters list")
    if len(faults) > MOST_TOLD:
        yield warn(
            CHECK, "kafka", f"{len(faults) - MOST_TOLD} more kinds of such events were found.", "mend the first ones first"
        )
    if not faults:
        yield fine(CHECK, "kafka", f"The newest {len(records)} events of all partitions are as their contracts say.")


def schemas_of(folder: Path) -> Schemas:
    """The schemas of this checkout by event type. Raises Unseen where there are none."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*/*.json"))]
    if not found:
        raise Unseen("contracts/ does not lie beside this command")
    return {schema["title"]: schema for schema in found if "$id" in schema}


def _published(service: str, told: Mapping[str, Any], schemas: Schemas) -> Iterator[Finding]:
    running = {each["type"]: each["fingerprint"] for each in told["publishes"]}
    written = {kind: fingerprint(schema) for kind, schema in schemas.items() if kind.split(".")[2] == service}
    for kinds, what in (
        (running.keys() - written.keys(), "publishes {} without a contract in this checkout"),
        (written.keys() - running.keys(), "does not know {}, which this checkout has"),
        ([kind for kind in running.keys() & written.keys() if running[kind] != written[kind]], "has another schema for {}"),
    ):
        if kinds:
            yield fail(CHECK, service, f"The running {service} {what.format(', '.join(sorted(kinds)))}.", RENEW)


def _read(service: str, told: Mapping[str, Any], schemas: Schemas) -> Iterator[Finding]:
    unknown = sorted(kind for kind in told["reads"] if not kind.endswith(EVERY) and kind not in schemas)
    if unknown:
        found = f"The running {service} reacts to {', '.join(unknown)}, of which this checkout has no contract."
        yield fail(CHECK, service, found, RENEW)


def fault_of(record: Record, schemas: Schemas) -> tuple[str, str, str] | None:
    """The topic, the event's type and what is wrong with it; None for an event as it should be."""
    place = f"{record.topic}/{record.partition}/{record.offset}"
    event = read(record.topic, place, record.key, record.headers, record.value)
    if event.fault is not None:
        return record.topic, "unreadable", "it is no event"
    what = _fault_of(event, schemas)
    kind = event.type if event.type in schemas else "a type of no contract"
    return (record.topic, kind, what) if what else None


def _fault_of(event: Received, schemas: Schemas) -> str:
    if event.type not in schemas:
        return "there is no contract of its type"
    if event.value is None:
        return "" if event.personal else "it has no data"
    try:
        data = event.data
    except ValueError:
        return "its data are not JSON"
    schema = json.dumps(schemas[event.type])
    return next(
        (f"{error.json_path.replace('$', 'data')} breaks {error.validator!r}" for error in _validator(schema).iter_errors(data)),
        "",
    )


@cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads(schema))
