import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from chassis.contracts.catalogue import Catalogue
from chassis.contracts.files import drift, generated
from chassis.contracts.places import ASYNCAPI, ROOT, release
from chassis.contracts.schemas import says, schema_of
from chassis.contracts.subjects import EVERY_SERVICE
from chassis.events import EventType
from operator_cli.stack.topics import TOPICS
from tests.contract.releases import examples

PAST = re.compile(r".*(ed|given|left|sent|held|withdrawn|overdue)")  # an overdue thing has become so


def test_what_is_committed_is_what_the_event_classes_say(catalogue: Catalogue) -> None:
    assert drift(generated(catalogue)) == []


def test_every_event_has_an_example_in_the_release_in_the_making(catalogue: Catalogue) -> None:
    assert {example.type for example in examples() if example.release == release()} == set(catalogue.by_type)


def test_the_examples_of_every_release_pass_todays_schemas(catalogue: Catalogue) -> None:
    faults = []
    for example in examples():
        event = catalogue.by_type.get(example.type)
        if event is None:
            faults.append(f"{example} is declared no more: its topic is kept without end, so it is still read")
            continue
        validator = Draft202012Validator(schema_of(event), format_checker=Draft202012Validator.FORMAT_CHECKER)
        faults += [f"{example}: {error.json_path} {error.message}" for error in validator.iter_errors(example.event["data"])]
    assert faults == []


def test_schemas_are_schemas(catalogue: Catalogue) -> None:
    for event in catalogue.events:
        Draft202012Validator.check_schema(schema_of(event))


def test_every_event_says_what_happened_in_the_past_tense(catalogue: Catalogue) -> None:
    assert [event.name for event in catalogue.events if not PAST.fullmatch(event.action)] == []


def test_every_event_says_in_a_sentence_when_it_is_published(catalogue: Catalogue) -> None:
    assert [event.name for event in catalogue.events if not says(event).partition("\n\n")[0].endswith(".")] == []


def test_every_subject_in_the_list_has_events(catalogue: Catalogue) -> None:
    listed = {(service, subject) for service, rows in catalogue.subjects.by_service.items() for subject in rows}
    declared = {(event.service, event.subject) for event in catalogue.events}
    declared |= {(EVERY_SERVICE, event.subject) for event in catalogue.events}
    assert listed - declared == set()


def test_every_event_that_a_service_reacts_to_is_declared_by_its_producer(catalogue: Catalogue) -> None:
    faults = [
        f"{service.name} reacts to {reaction.type}, which {reaction.type.split('.')[2]} does not declare"
        for service, reaction in catalogue.reactions
        if reaction.type not in catalogue.by_type
    ]
    assert faults == []


def test_a_reaction_looks_for_an_event_on_the_topic_on_which_it_travels(catalogue: Catalogue) -> None:
    faults = [
        f"{service.name} looks for {reaction.type} on {reaction.topic}; it travels on {declared.topic}"
        for service, reaction in catalogue.reactions
        if (declared := catalogue.by_type.get(reaction.type)) is not None and declared.topic != reaction.topic
    ]
    assert faults == []


PERSONAL_FIELDS = re.compile(r"(mail|phone|birth|identity|address|person_names?|first_name|last_name)")


def test_nothing_personal_travels_on_a_topic_that_is_kept_without_end(catalogue: Catalogue) -> None:
    found = [
        f"{event.name}: {name}"
        for event in catalogue.events
        if not event.personal
        for name in schema_of(event)["properties"]
        if PERSONAL_FIELDS.search(name)
    ]
    assert found == []


@pytest.fixture(scope="module")
def asyncapi() -> dict[str, dict[str, dict[str, object]]]:
    document: dict[str, dict[str, dict[str, object]]] = yaml.safe_load((ROOT / ASYNCAPI).read_text(encoding="utf-8"))
    return document


def test_every_reference_of_the_asyncapi_document_leads_somewhere(asyncapi: dict[str, object]) -> None:
    assert [reference for reference in _references(asyncapi) if not _leads(reference, asyncapi)] == []


def test_every_event_is_a_message_of_its_topics_channel(catalogue: Catalogue, asyncapi: dict[str, dict[str, object]]) -> None:
    def names(event: EventType) -> str:
        return f"#/components/messages/{event.name.removeprefix('ma.nassij.')}"

    expected = {topic: {names(event) for event in events} for topic, events in catalogue.topics.items()}
    channels = asyncapi["channels"].values()
    assert {channel["address"]: {ref["$ref"] for ref in channel["messages"].values()} for channel in channels} == expected  # type: ignore[index]


def test_the_local_stack_makes_the_topics_as_the_contract_says(asyncapi: dict[str, dict[str, dict[str, Any]]]) -> None:
    promised = {row["address"]: row["bindings"]["kafka"]["topicConfiguration"] for row in asyncapi["channels"].values()}
    written = {topic.name: {name: _as_promised(name, text) for name, text in topic.config.items()} for topic in TOPICS}
    assert written == promised


def _as_promised(name: str, text: str) -> object:
    return [text] if name == "cleanup.policy" else int(text)


def _references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in _references(value)]
    return [found for value in node for found in _references(value)] if isinstance(node, list) else []


def _leads(reference: str, document: object) -> bool:
    if not reference.startswith("#/"):
        return (ROOT / ASYNCAPI).parent.joinpath(reference).is_file()
    for name in reference[2:].split("/"):
        if not isinstance(document, dict) or name not in document:
            return False
        document = document[name]
    return True
