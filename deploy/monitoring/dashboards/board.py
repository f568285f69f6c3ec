"""A dashboard: sections of panels that flow over 24 columns, what can be chosen, links to the other dashboards."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import dashboard as grafana

from deploy.monitoring.dashboards.panel import Panel

COLUMNS = 24
TAG = "nassij"
TITLES = {
    "nassij-rollout": "Nassij : déploiement",
    "nassij-region": "Nassij : une région",
    "nassij-events": "Nassij : flux des événements",
    "nassij-services": "Nassij : services",
}
"""Every dashboard by its uid, which is also its address (/d/UID) and never changes."""

Placed = grafana.Panel | grafana.RowPanel


@dataclass(frozen=True)
class Section:
    """Panels under one heading, in the order of reading."""

    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Board:
    """A whole dashboard."""

    uid: str
    says: str
    variables: tuple[grafana.VariableModel, ...]
    sections: tuple[Section, ...]
    since: str = "now-6h"
    refresh: str = "30s"

    def text(self) -> str:
        """The JSON file, the same each time."""
        return json.dumps(self.model(), cls=JSONEncoder, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def model(self) -> grafana.Dashboard:
        """Grafana's model of it."""
        return grafana.Dashboard(
            uid=self.uid,
            title=TITLES[self.uid],
            description=self.says,
            tags=[TAG],
            timezone="browser",
            graph_tooltip=grafana.DashboardCursorSync.CROSSHAIR,
            time=grafana.DashboardDashboardTime(from_val=self.since, to="now"),
            refresh=self.refresh,
            panels=list(placed(self.sections)),
            templating=grafana.DashboardDashboardTemplating(list_val=list(self.variables)),
            links=[_link(uid, title) for uid, title in TITLES.items() if uid != self.uid],
        )


def placed(sections: tuple[Section, ...]) -> Iterator[Placed]:
    """Headings and panels with their numbers and places, line by line; a line is as high as its highest panel."""
    numbers, top = count(1), 0
    for section in sections:
        place = grafana.GridPos(x=0, y=top, w=COLUMNS, h=1)
        yield grafana.RowPanel(title=section.title, id_val=next(numbers), grid_pos=place, collapsed=False, panels=[])
        left, top, height = 0, top + 1, 0
        for panel in section.panels:
            if left + panel.width > COLUMNS:
                left, top, height = 0, top + height, 0
            yield panel.model(next(numbers), grafana.GridPos(x=left, y=top, w=panel.width, h=panel.height))
            left, height = left + panel.width, max(height, panel.height)
        top += height


def _link(uid: str, title: str) -> grafana.DashboardLink:
    return grafana.DashboardLink(
        title=title.partition(" : ")[2].capitalize(),
        url=f"/d/{uid}",
        icon="dashboard",
        tooltip=title,
        keep_time=True,
        include_vars=True,
    )
