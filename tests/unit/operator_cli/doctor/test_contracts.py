import json
from pathlib import Path
from typing import Any

import pytest

from chassis.contracts.fingerprints import fingerprint
from operator_cli.doctor import contracts
from operator_cli.doctor.broker import Record
from operator_cli.doctor.finding import OK, Unseen
from operator_cli.stack.layout import ROOT
from tests.unit.operator_cli.doctor.fakes import FakeSight, bad, severities

TOLD = "training-web/ops/contracts"
JOINED = "ma.nassij.registry.region.joined.v1"
SCHEMAS = contracts.schemas_of(ROOT / "contracts")
EXAMPLE = json.loads((ROOT / "contracts/registry/region.joined.v1.json").read_text())
DATA: dict[str, Any] = {
    "region": "03",
    "names": {"fr": "Fès-Meknès", "ar": "فاس-مكناس"},
    "pack": {"name": "fes-meknes", "version": "1.0"},
    "convention": "c1",
    "services": ["training"],
    "on": "2026-03-02",
}


def running() -> dict[str, Any]:
    own = {kind: schema for kind, schema in SCHEMAS.items() if kind.split(".")[2] == "training"}
    return {"publishes": [{"type": kind, "fingerprint": fingerprint(schema)} for kind, schema in own.items()], "reads": [JOINED]}


@pytest.fixture
def sight(tmp_path: Path) -> FakeSight:
    sight = FakeSight(tmp_path)
    sight.answers[TOLD] = running()
    return sight


def record(data: Any, kind: str = JOINED, **headers: str) -> Record:
    attributes = {"id": "1", "type": kind, "source": "/nassij/registry", "sequence": "2", "time": "2026-03-02T08:00:00+00:00"}
    told = [(f"ce_{name}", value.encode()) for name, value in (attributes | headers).items() if value]
    value = data if isinstance(data, bytes) or data is None else json.dumps(data).encode()
    return Record("nassij.registry", 0, 7, b"region/03", told, value)


def test_running_code_that_agrees_with_this_checkout_is_fine(sight: FakeSight) -> None:
    assert severities(contracts.check(sight)) == [OK]


def test_a_fingerprint_does_not_hang_on_the_order_of_a_schema() -> None:
    assert fingerprint(EXAMPLE) == fingerprint(dict(reversed(EXAMPLE.items())))
    assert fingerprint(EXAMPLE) != fingerprint(EXAMPLE | {"description": "another"})


def test_a_schema_that_differs_is_named(sight: FakeSight) -> None:
    sight.answers[TOLD]["publishes"][0]["fingerprint"] = "0" * 16
    (found,) = bad(contracts.check(sight))
    assert f"another schema for {sight.answers[TOLD]['publishes'][0]['type']}" in found.found
    assert "nassij contracts check" in found.advice


def test_types_that_only_one_of_them_knows_are_named(sight: FakeSight) -> None:
    gone = sight.answers[TOLD]["publishes"].pop()["type"]
    sight.answers[TOLD]["publishes"].append({"type": "ma.nassij.training.session.dreamt.v1", "fingerprint": "0" * 16})
    sight.answers[TOLD]["reads"].append("ma.nassij.registry.region.forgotten.v1")
    told = " ".join(found.found for found in bad(contracts.check(sight)))
    assert all(kind in told for kind in (gone, "session.dreamt", "region.forgotten"))


def test_who_follows_everything_needs_no_contract_of_its_own(sight: FakeSight) -> None:
    sight.answers[TOLD]["reads"].append("ma.nassij.registry.*")
    assert bad(contracts.check(sight)) == []


def test_newest_events_as_their_schemas_say_are_fine(sight: FakeSight) -> None:
    sight.kafka.records = [record(DATA)]
    assert severities(contracts.check_events(sight)) == [OK]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (record({**DATA, "on": 5}), "data.on breaks 'type'"),
        (record({name: value for name, value in DATA.items() if name != "region"}), "data breaks 'required'"),
        (record(b"\xff{"), "not JSON"),
        (record(None), "no data"),
        (record(DATA, sequence="first"), "no event"),
        (record(DATA, kind="ma.nassij.registry.region.dreamt.v1"), "no contract"),
    ],
)
def test_a_newest_event_that_breaks_its_contract_is_told_by_where_the_fault_lies(
    sight: FakeSight, wrong: Record, where: str
) -> None:
    sight.kafka.records = [record(DATA), wrong]
    (found,) = bad(contracts.check_events(sight))
    assert where in found.found
    assert "nassij topics nassij.registry --last" in found.advice


def test_no_value_of_a_wrong_event_is_told(sight: FakeSight) -> None:
    sight.kafka.records = [record({**DATA, "on": ["amina@example.ma"]}), record(DATA, kind="amina@example.ma")]
    assert "amina" not in str(list(contracts.check_events(sight)))


def test_a_tombstone_of_personal_data_is_no_fault() -> None:
    personal = record(None, kind="ma.nassij.registry.person.described.v1")
    assert contracts.fault_of(Record("nassij.registry.personal", *list(vars(personal).values())[1:]), SCHEMAS) is None


def test_without_contracts_at_hand_nobody_looks(tmp_path: Path) -> None:
    with pytest.raises(Unseen, match="contracts/"):
        contracts.schemas_of(tmp_path)
