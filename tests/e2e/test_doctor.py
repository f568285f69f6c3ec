"""`nassij doctor` names what is broken on a running stack with what mends it; `nassij support-bundle` betrays nobody."""

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from pymongo import MongoClient

from operator_cli.stack.environment import python_environment, service_environment
from operator_cli.stack.layout import ROOT, Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.rights import tried
from tests.e2e.api import Api
from tests.e2e.command import Operator
from tests.e2e.kafka import Kafka, record
from tests.e2e.programme import settle, until
from tests.unit.operator_cli.support.planted import betrayals, everything, files_of

pytestmark = pytest.mark.usefixtures("programme")
TOPIC = "nassij.training"
WITHIN = 10.0


def doctor(stack: LocalStack) -> list[dict[str, Any]]:
    """What wants something done; that somebody edits the code meanwhile is none of the stack's doing."""
    code, said = Operator(stack).nassij("doctor")
    bad = [finding for finding in said["findings"] if finding["severity"] in {"warn", "fail"}]
    assert code == (1 if bad else 0)
    assert said["seconds"] < WITHIN
    return [finding for finding in bad if (finding["check"], finding["where"]) != ("versions", "code")]


def advised(found: list[dict[str, Any]], check: str) -> tuple[str, str]:
    """Where one finding of a check lies, and its advice."""
    (finding,) = [each for each in found if each["check"] == check]
    return finding["where"], finding["advice"]


def run(command: list[str], env: dict[str, str]) -> None:
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own commands


@contextmanager
def held(stack: LocalStack, process: str) -> Iterator[None]:
    stack.hold(process)
    try:
        yield
    finally:
        stack.release(process)


def test_of_a_stack_that_is_well_everything_is_looked_at_and_nothing_found(stack: LocalStack, api: Api) -> None:
    settle(api)
    assert doctor(stack) == []
    _, said = Operator(stack).nassij("doctor")
    assert [finding for finding in said["findings"] if finding["severity"] == "unseen"] == []


def test_a_missing_index_is_named_and_the_migration_makes_it(stack: LocalStack) -> None:
    with MongoClient[dict[str, Any]](stack.admin_uri()) as client:
        client.nassij_training.intents.drop_index("state_1_due_1")
    where, advice = advised(doctor(stack), "indexes")
    assert where == "training"
    assert advice == f"rm {stack.layout.stamps / 'training-migrate'}; nassij down; nassij up"
    # What those commands come to, without stopping everybody's stack.
    env = service_environment(stack.layout, stack.ports, "training", "migrate")
    run([sys.executable, "-m", "chassis.run", "training", "migrate"], env)
    assert doctor(stack) == []


def test_a_topic_with_a_wrong_setting_is_named_and_the_advised_command_mends_it(stack: LocalStack) -> None:
    admin = KafkaAdminClient(bootstrap_servers=stack.kafka)
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, TOPIC, {"retention.ms": "60000000"})])
    admin.close()
    where, advice = advised(doctor(stack), "topics")
    assert where == TOPIC
    assert shlex.split(advice) == ["python", "-m", "operator_cli.stack.topics", stack.kafka]
    run([sys.executable, *shlex.split(advice)[1:]], python_environment())
    assert doctor(stack) == []


def test_a_held_process_is_named_with_how_to_release_it(stack: LocalStack, api: Api) -> None:
    with held(stack, "certification-background"):
        where, advice = advised(doctor(stack), "processes")
        assert (where, advice) == ("certification-background", "nassij process release certification-background")
    settle(api)
    assert doctor(stack) == []


def test_secrets_that_others_may_read_are_named_and_the_advised_command_mends_it(stack: LocalStack) -> None:
    path = stack.layout.secrets / "training.store-uri"
    path.chmod(0o644)
    _, advice = advised(doctor(stack), "secrets")
    run(shlex.split(advice), python_environment())
    assert doctor(stack) == []


def test_a_user_that_may_too_much_is_found_out_and_the_attempt_changes_nothing(stack: LocalStack, tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    layout.create()
    (layout.secrets / "training.store-uri").write_text(stack.admin_uri())
    granted = {(trial.user, trial.what) for trial in tried(layout, stack.ports) if not trial.refused}
    assert {("training", "read nassij_registry"), ("training", "make users in admin")} <= granted
    assert {user for user, _ in granted} == {"training"}
    assert all(trial.refused for trial in tried(stack.layout, stack.ports))
    with MongoClient[dict[str, Any]](stack.admin_uri()) as client:
        assert client.nassij_training.command("usersInfo", "training")["users"][0]["roles"] != []


def test_a_dead_letter_is_named_and_its_bundle_betrays_nobody(stack: LocalStack, api: Api, kafka: Kafka, tmp_path: Path) -> None:
    operator = Operator(stack)
    actors = api.get("registry", "/v1/actors", limit=200)["items"]
    people = [text for actor in actors for text in (*actor["names"].values(), actor["phone"], actor["mail"]) if text]
    evil = " ".join(people)
    kind, key = "ma.nassij.registry.region.joined.v1", "region/99"
    kafka.put(
        "nassij.registry",
        record(kind, key, 1, {"region": evil, "names": evil, "pack": evil, "convention": " ".join(everything())}),
    )
    until(operator.dead_letters, "a dead letter")
    _plant_in_logs(stack, people)
    try:
        where, advice = _of_dead_letters(doctor(stack))
        assert advice == f"nassij deadletters list --in {where}"
        code, said = operator.nassij("support-bundle", "-o", str(tmp_path / "bundle.tar.gz"))
    finally:
        operator.discard_all()
        settle(api)
    files = files_of(tmp_path / "bundle.tar.gz")
    assert (code, said["missing"], said["names_known"]) == (0, {}, len(actors))
    assert {name: found for name, text in files.items() if (found := _left(text, people, stack))} == {}
    (letter, *_) = json.loads(files["deadletters.json"])[where]
    assert (letter["type"], letter["key"]) == (kind, key)


def _of_dead_letters(found: list[dict[str, Any]]) -> tuple[str, str]:
    letters = [finding for finding in found if "could not apply" in finding["found"]]
    assert letters, found
    return letters[0]["where"], letters[0]["advice"]


def _plant_in_logs(stack: LocalStack, people: list[str]) -> None:
    lines = [json.dumps({"event": "library.message", "message": f"about {text}"}, ensure_ascii=False) for text in people]
    secrets = [path.read_text().strip() for path in stack.layout.secrets.iterdir()]
    with stack.layout.log("training-web").open("a") as log:
        log.write("\n".join([*lines, *people, *secrets, *(line for line in everything() if "mongodb" in line)]) + "\n")


def _left(text: str, people: list[str], stack: LocalStack) -> list[str]:
    """What of the people that the register knows, of the stack's secrets and of what is always planted is left in a text."""
    known = [*people, *(path.read_text().strip() for path in stack.layout.secrets.iterdir())]
    return [*(piece for piece in known if piece in text), *betrayals(text)]
