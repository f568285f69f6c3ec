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

from chassis.metrics import declared
from deploy.monitoring.dashboards import files
from deploy.monitoring.dashboards.board import TITLES
from operator_cli.app import nassij
from tests.integration.monitoring.dashboards_asked import VARIABLE, boards, panels

ROOT = Path(__file__).parents[3]
RULES = [
    rule
    for path in (ROOT / "deploy" / "monitoring" / "rules").glob("*.yml")
    for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
UNITS = {value for name, value in vars(units).items() if not name.startswith("_") and isinstance(value, str)}
GRAFANAS_OWN = {"__value", "__url_time_range"}
EVERYBODYS = {"up", "ALERTS", "process_start_time_seconds", "process_resident_memory_bytes", "process_cpu_seconds_total"}
SERIES = re.compile(r"\b(?:nassij_\w+|service\w*:[\w:]+|up|ALERTS|process_\w+)(?=\{|\[)")

board = pytest.mark.parametrize("board", boards(), ids=lambda found: found["uid"])
Json = dict[str, Any]
