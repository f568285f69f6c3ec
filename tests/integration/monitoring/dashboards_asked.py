"""The queries of the committed dashboards, with variables replaced as Grafana replaces them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deploy.monitoring.dashboards.files import FOLDER

VARIABLE = re.compile(r"\$\{?(\w+)(?::\w+)?\}?")


@dataclass(frozen=True)
class Asked:
    """One query of one panel, as it stands in the file."""

    board: str
    panel: str
    ref: str
    expr: str
    variables: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.board}/{self.panel}/{self.ref}"

    def filled(self, **chosen: str) -> str:
        """The expression as Prometheus gets it; what is not chosen has the dashboard's own first value."""
        return VARIABLE.sub(lambda found: (dict(self.variables) | chosen)[found[1]], self.expr)


def boards() -> list[dict[str, Any]]:
    """Every committed dashboard."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]


def panels(board: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Its panels that ask something (all but the headings)."""
    yield from (panel for panel in board["panels"] if panel["type"] != "row")


def asked() -> list[Asked]:
    """Every query of every panel."""
    return [
        Asked(board["uid"], panel["title"], target["refId"], target["expr"], _first_values(board))
        for board in boards()
        for panel in panels(board)
        for target in panel["targets"]
    ]


def _first_values(board: Mapping[str, Any]) -> dict[str, str]:
    return {one["name"]: _value(one) for one in board["templating"]["list"]}


def _value(variable: Mapping[str, Any]) -> str:
    """What the dashboard opens with: all of a list means an alternative of all of it."""
    value = variable.get("current", {}).get("value", "")
    if value != ["$__all"]:
        return str(value)
    if "allValue" in variable:
        return str(variable["allValue"])
    return "(" + "|".join(part.split(" : ")[1] for part in variable["query"].split(", ")) + ")"
