"""A whole bundle of a stack in whose every answer, file and setting something was planted."""

import hashlib
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from operator_cli.doctor import backlog
from operator_cli.doctor.broker import TopicSeen
from operator_cli.doctor.finding import Unseen
from operator_cli.health import Health
from operator_cli.stack.webhook_sink import SECRETS as WEBHOOK_SECRETS
from operator_cli.support import gather as gathering
from operator_cli.support.archive import write
from operator_cli.support.gather import gather
from operator_cli.support.known import people_of, places, secrets_of
from operator_cli.support.scrub import Scrubber
from tests.unit.operator_cli.doctor.fakes import QUIET, FakeSight
from tests.unit.operator_cli.support.planted import (
    ACTORS,
    KEY_SECRET,
    PASSWORD,
    PEM,
    TOKEN,
    URIS,
    WEBHOOK,
    betrayals,
    everything,
    files_of,
)

EVIL = " ".join(everything())
LETTER: dict[str, Any] = {
    "id": "training-01a2086e-9420-5525-9087-1031b8cc334e", "state": "open", "type": "ma.nassij.registry.person.described.v1",
    "source": "/nassij/registry", "key": "person/01a2086e-9420-7525-9087-1031b8cc334e", "sequence": 3, "region": "03",
    "cause": f"KeyError: {EVIL}", "trace": EVIL, "data": EVIL, "died": "2026-11-23T12:00:00+00:00", "deaths": 1,
}  # fmt: skip


@pytest.fixture
def sight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSight:
    monkeypatch.setattr(backlog, "LOOK_AGAIN_AFTER", 0.0)
    monkeypatch.setenv("NASSIJ_STORE_URI", URIS[0])
    monkeypatch.setenv("NASSIJ_REMARK", "set up by Amina El Idrissi, 06 61 23 45 67")
    sight = FakeSight(tmp_path / "home", services=("registry",))
    sight.layout.create()
    _plant_secrets(sight)
    _plant_answers(sight)
    _plant_logs(sight)
    return sight


def _plant_secrets(sight: FakeSight) -> None:
    (sight.layout.secrets / "store-registry.password").write_text(PASSWORD)
    (sight.layout.secrets / "registry.store-uri").write_text(URIS[0])
    (sight.layout.secrets / "registry.key-secret").write_text(KEY_SECRET)
    (sight.layout.issuer / "key.pem").write_text(PEM)
    (sight.layout.webhooks / WEBHOOK_SECRETS).write_text(f"{WEBHOOK}\n")


def _plant_answers(sight: FakeSight) -> None:
    status = {**QUIET, "trouble": {"relay": EVIL}, "consumer": {**QUIET["consumer"], "state": "stopped", "reason": EVIL}}
    settings = {"store_uri": URIS[0], "key_secret": KEY_SECRET, "jwks": URIS[1], "smtp_from": "amina.idrissi@example.ma"}
    odd = {**LETTER, "type": "Amina", "key": "person/Amina El Idrissi", "source": EVIL, "region": EVIL, "cause": EVIL, "id": EVIL}
    longest = [{"source": "/nassij/registry", "key": "person/Amina", "awaits": "/nassij/registry|person/Idrissi", "since": None}]
    sight.answers = {
        "registry-web/v1/actors": {"items": list(ACTORS), "next": None},
        "registry-web/ops/process": {"version": EVIL, "python": "3.11", "started": TOKEN, "settings": settings},
        "registry-web/ops/deadletters": {"items": [LETTER, odd], "next": None},
        "registry-web/ops/waiting": {"streams": 2, "longest": longest},
        "registry-web/ops/indexes": {"collections": [], "remark": EVIL},
        "registry-web/metrics": f'nassij_x{{route="{EVIL}"}} 1\n',
        "registry-background/metrics": f"# {EVIL}\n",
        "registry-background/ops/status": status,
    }
    sight.healths = [Health("registry-web", "http://x", 7, "pausing", 2, ready=False, detail=EVIL)]
    sight.kafka.seen["nassij.registry"] = TopicSeen(6, 1, 0, {"cleanup.policy": EVIL})


def _plant_logs(sight: FakeSight) -> None:
    lines = [json.dumps({"event": "library.message", "message": line, "mail": line}, ensure_ascii=False) for line in everything()]
    lines += [json.dumps({"event": "x", "deep": [{"exception": line}]}) for line in everything()]
    sight.layout.log("registry-web").write_text("\n".join([*lines, *everything(), PEM]) + "\n")
    sight.layout.log("kafka").write_text("\n".join([PEM, *everything()]) + "\n")
    # The last lines begin in the middle of a key that is in no file of secrets.
    cut = "".join(chr(ord("A") + index % 26) for index in range(64))
    sight.layout.log("store").write_text(f"{cut}\n-----END RSA PRIVATE KEY-----\nafter\n")


@pytest.fixture
def bundle(sight: FakeSight, tmp_path: Path) -> Path:
    path = tmp_path / "bundle.tar.gz"
    made = gather(sight, Scrubber(secrets_of(sight.layout), people_of(sight), places()), 5_000, lambda _: None)
    write(path, made.files, {"missing": made.missing})
    return path


def test_no_file_of_a_bundle_betrays_anything_that_was_planted(bundle: Path) -> None:
    files = files_of(bundle)
    assert {name: found for name, text in files.items() if (found := betrayals(text))} == {}
    assert "ABCDEFGHIJKLMNOPQRSTUVWXYZ" not in files["logs/store.log"]
    assert "after" in files["logs/store.log"]


def test_it_holds_what_one_needs(bundle: Path) -> None:
    files = files_of(bundle)
    expected = {"README.txt", "manifest.json", "doctor.json", "status.json", "versions.json", "topics.json", "deadletters.json"}
    expected |= {"machine.json", "settings/registry.json", "metrics/registry-background.txt", "logs/registry-web.log"}
    assert expected <= files.keys()
    letters = json.loads(files["deadletters.json"])["registry"]
    assert (letters[0]["type"], letters[0]["error"]) == ("ma.nassij.registry.person.described.v1", "KeyError")
    assert letters[0]["key"] == LETTER["key"]
    assert (letters[1]["type"], letters[1]["source"]) == (None, None)
    assert letters[1]["key"].startswith("person/#")
    assert all(name in files["README.txt"] for name in ("manifest.json", "doctor.json", "logs/", "metrics/"))


def test_its_manifest_names_every_other_file_with_its_checksum(bundle: Path) -> None:
    files = files_of(bundle)
    manifest = json.loads(files.pop("manifest.json"))
    told = {each["path"]: each["sha256"] for each in manifest["files"]}
    assert told == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}


def test_only_its_owner_may_read_it(bundle: Path) -> None:
    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600


def test_where_the_register_does_not_answer_no_free_text_of_services_leaves(sight: FakeSight, tmp_path: Path) -> None:
    with sight.layout.log("registry-web").open("a") as log:
        log.write(json.dumps({"event": "relay.published", "events": 12, "error": "Zoubida was here"}) + "\nZoubida again\n")
    made = gather(sight, Scrubber(secrets_of(sight.layout), None), 5_000, lambda _: None)
    assert "Zoubida" not in made.files["logs/registry-web.log"]
    assert '{"event": "relay.published", "events": 12}' in made.files["logs/registry-web.log"]


def test_who_acted_is_told_by_a_name_of_nobody_s_and_always_the_same(sight: FakeSight) -> None:
    with sight.layout.log("registry-web").open("a") as log:
        log.write(2 * (json.dumps({"event": "http.answered", "by": "zoubida.benjelloun"}) + "\n"))
    made = gather(sight, Scrubber([], people_of(sight)), 2, lambda _: None)
    one, other = made.files["logs/registry-web.log"].splitlines()
    assert one == other
    assert (json.loads(one)["by"][0], "zoubida" in one) == ("#", False)


def test_a_stopped_stack_still_gives_what_is_left(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, running=False)
    sight.layout.create()
    sight.layout.log("kafka").write_text("it ended\n")
    with pytest.raises(Unseen):
        people_of(sight)
    made = gather(sight, Scrubber(secrets_of(sight.layout), None), 10, lambda _: None)
    assert {"doctor.json", "machine.json", "logs/kafka.log"} <= made.files.keys()
    assert "the stack is not running" in made.missing["status.json"]


def test_of_a_stack_elsewhere_no_logs_are_taken_from_here(tmp_path: Path) -> None:
    sight = FakeSight(tmp_path, here=False)
    sight.layout.create()
    sight.layout.log("kafka").write_text("of another stack\n")
    made = gather(sight, Scrubber([], None), 10, lambda _: None)
    assert not [name for name in made.files if name.startswith("logs/")]
    assert "elsewhere" in made.missing["logs/"]


def test_a_part_that_breaks_is_named_and_costs_nothing_else(sight: FakeSight, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise ValueError(EVIL)

    monkeypatch.setattr(gathering, "machine", broken)
    made = gather(sight, Scrubber(secrets_of(sight.layout), people_of(sight)), 10, lambda _: None)
    assert made.missing["machine.json"] == "could not be gathered: ValueError"
    assert "status.json" in made.files
