"""The committed dashboards: as the code makes them, and as Grafana reads them."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models import dashboard as grafana
from grafana_foundation_sdk.models import units

from deploy.monitoring.dashboards import files
from deploy.monitoring.dashboards.board import COLUMNS, TITLES, Board
from operator_cli.app import nassij
from tests.integration.monitoring.dashboards_asked import VARIABLE, boards, panels

ROOT = Path(__file__).parents[3]
RUNBOOKS = ROOT / "docs" / "runbooks"
RULES = [
    rule
    for path in (ROOT / "deploy" / "monitoring" / "rules").glob("*.yml")
    for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
UNITS = {value for name, value in vars(units).items() if not name.startswith("_") and isinstance(value, str)}
GRAFANAS_OWN = {"__value", "__url_time_range"}
EVERYBODYS = {"up", "ALERTS", "process_start_time_seconds", "process_resident_memory_bytes", "process_cpu_seconds_total"}
SERIES = re.compile(r"\b(?:nassij_\w+|service:[\w:]+|up|ALERTS|process_\w+)(?=\{|\[)")
DECLARED = re.compile(r"^\| `(nassij_\w+)` \| (\w+) \|", re.MULTILINE)

Json = dict[str, Any]
each_board = pytest.mark.parametrize("board", boards(), ids=lambda found: found["uid"])


def known() -> set[str]:
    """Every series that Prometheus can have: what docs/metrics.md and the recording rules declare, and everybody's own."""
    declared = DECLARED.findall((ROOT / "docs" / "metrics.md").read_text(encoding="utf-8"))
    parts = {name + part for name, kind in declared if kind == "histogram" for part in ("_bucket", "_sum", "_count")}
    return {name for name, _ in declared} | parts | {rule["record"] for rule in RULES if "record" in rule} | EVERYBODYS


def everything(found: object, key: str) -> list[Any]:
    """All values under a key, however deep."""
    if isinstance(found, list):
        return [value for item in found for value in everything(item, key)]
    if not isinstance(found, dict):
        return []
    here = [found[key]] if key in found else []
    return here + [value for item in found.values() for value in everything(item, key)]


def test_what_is_committed_is_what_the_code_makes() -> None:
    found = CliRunner().invoke(nassij, ["dashboards", "check", "--json"])
    assert (found.exit_code, json.loads(found.stdout)) == (0, {"ok": True, "drift": []})


def test_writing_mends_a_file_that_differs_and_removes_one_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    (tmp_path / "nassij-rollout.json").write_text("{}", encoding="utf-8")
    (tmp_path / "old.json").write_text("{}", encoding="utf-8")
    assert len(files.drift()) == len(files.BOARDS) + 1
    files.write()
    assert files.drift() == []


def test_every_dashboard_has_its_file_and_its_address() -> None:
    assert {board["uid"]: board["title"] for board in boards()} == TITLES
    assert {path.stem for path in files.FOLDER.glob("*.json")} == set(TITLES)


@each_board
def test_grafanas_schema_reads_it_back_without_loss(board: Json) -> None:
    register_default_plugins()
    read = grafana.Dashboard.from_json(board)
    assert json.loads(json.dumps(read, cls=JSONEncoder)) == board


@each_board
def test_panels_have_numbers_of_their_own(board: Json) -> None:
    numbers = [panel["id"] for panel in board["panels"]]
    assert len(numbers) == len(set(numbers))


@each_board
def test_panels_lie_on_the_grid_side_by_side_and_fill_it(board: Json) -> None:
    places = [panel["gridPos"] for panel in board["panels"]]
    assert all(place["x"] >= 0 and place["x"] + place["w"] <= COLUMNS for place in places)
    assert not [pair for pair in combinations(places, 2) if _overlap(*pair)]
    lines: dict[int, list[Json]] = {}
    for panel in board["panels"]:
        lines.setdefault(panel["gridPos"]["y"], []).append(panel)
    assert {top: sum(panel["gridPos"]["w"] for panel in line) for top, line in lines.items()} == dict.fromkeys(lines, COLUMNS)
    assert all(len({panel["gridPos"]["h"] for panel in line}) == 1 for line in lines.values())


@each_board
def test_every_query_asks_something_under_a_letter_of_its_own(board: Json) -> None:
    for panel in panels(board):
        letters = [target["refId"] for target in panel["targets"]]
        assert letters, panel["title"]
        assert len(letters) == len(set(letters))
        assert all(target["expr"].strip() and letter for target, letter in zip(panel["targets"], letters, strict=True))


@each_board
def test_every_panel_has_a_title_plain_words_a_source_and_a_unit_that_grafana_knows(board: Json) -> None:
    for panel in panels(board):
        assert panel["title"]
        assert panel["description"].endswith("."), panel["title"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS, panel["title"]
        given = {one["value"] for found in everything(panel, "properties") for one in found if one["id"] == "unit"}
        assert given <= UNITS


@each_board
def test_series_are_called_by_labels_that_their_query_keeps(board: Json) -> None:
    for panel in panels(board):
        columns = {name for names in everything(panel["transformations"], "renameByName") for name in names}
        for target in panel["targets"]:
            labels = set(re.findall(r"\{\{(\w+)\}\}", target.get("legendFormat", "")))
            labels |= {name for name in columns if not name.startswith("Value")}
            kept = {label for found in re.findall(r"by \(([^)]*)\)", target["expr"]) for label in found.split(", ")}
            assert labels <= kept, panel["title"]


@each_board
def test_colours_change_at_rising_values(board: Json) -> None:
    for panel in panels(board):
        first, *steps = [step["value"] for step in panel["fieldConfig"]["defaults"]["thresholds"]["steps"]]
        assert first is None
        assert steps == sorted(set(steps)), panel["title"]


@each_board
def test_titles_are_not_told_twice(board: Json) -> None:
    titles = [panel["title"] for panel in board["panels"] if panel["type"] != "row"]
    assert sorted(titles) == sorted(set(titles))


@each_board
def test_every_variable_that_is_used_can_be_chosen_and_every_choice_is_used(board: Json) -> None:
    declared = {variable["name"] for variable in board["templating"]["list"]}
    used = set(VARIABLE.findall(json.dumps(board["panels"]))) - GRAFANAS_OWN
    assert used == declared


@each_board
def test_every_series_is_declared(board: Json) -> None:
    asked = " ".join(everything(board["panels"], "expr"))
    assert set(SERIES.findall(asked)) - known() == set()
    assert set(re.findall(r"\bnassij_\w+|\bservice:\w[\w:]*", asked)) <= set(SERIES.findall(asked))


@each_board
def test_every_link_leads_somewhere(board: Json) -> None:
    alerts = {rule["alert"] for rule in RULES if "alert" in rule}
    for url in everything(board, "url"):
        if url.startswith("/d/"):
            assert url.removeprefix("/d/").partition("?")[0] in TITLES
        elif "${__value.raw}" not in url:
            alert = url.removeprefix("${runbooks:raw}/").removesuffix(".md")
            assert alert in alerts, url
            assert (RUNBOOKS / f"{alert}.md").exists(), url


@each_board
def test_every_other_dashboard_is_a_click_away(board: Json) -> None:
    assert {link["url"].removeprefix("/d/") for link in board["links"]} == set(TITLES) - {board["uid"]}


@pytest.mark.parametrize("board", files.BOARDS, ids=lambda found: found.uid)
def test_the_text_is_the_same_each_time(board: Board) -> None:
    assert board.text() == board.text()


def test_grafana_is_told_where_the_dashboards_and_the_source_are() -> None:
    folder = ROOT / "deploy" / "monitoring" / "grafana"
    dashboards = yaml.safe_load((folder / "dashboards.yaml").read_text(encoding="utf-8"))
    datasources = yaml.safe_load((folder / "datasources.yaml").read_text(encoding="utf-8"))
    assert [provider["type"] for provider in dashboards["providers"]] == ["file"]
    assert [source["type"] for source in datasources["datasources"]] == ["prometheus"]


def _overlap(one: Json, other: Json) -> bool:
    across = one["x"] < other["x"] + other["w"] and other["x"] < one["x"] + one["w"]
    return bool(across and one["y"] < other["y"] + other["h"] and other["y"] < one["y"] + one["h"])
