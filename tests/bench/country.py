"""A country that takes part: the demo in one region, and the eleven others joined, with something in each of 75 provinces."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from operator_cli.demo.data.files import comma_separated
from operator_cli.demo.data.maker import Maker
from operator_cli.stack.issuer import mint
from operator_cli.stack.layout import ROOT, SERVICES, Layout
from operator_cli.stack.local import LocalStack
from operator_cli.stack.ports import SETTING, Ports
from tests.bench.failure import TurnFailed
from vocabulary import territory
from vocabulary.pack import Pack

PLAYED = "03"
SCALE = "0.1"
IN_EACH_PROVINCE, DIAGNOSED = 8, 2
COHORT = 4
PATIENCE = 120.0
AT_ONCE = 4
PARTIES = ["Agence de développement social", "Conseil régional"]


@contextmanager
def populated(say: Callable[[str], None]) -> "Iterator[LocalStack]":
    """A stack of its own on which the country lives, for as long as the block lasts. Raises TurnFailed."""
    with TemporaryDirectory(prefix="nassij-country-") as home, LocalStack(Layout(Path(home)), Ports.free()).borrowed() as stack:
        began = time.monotonic()
        _play(stack)
        say(f"region {PLAYED} played after {time.monotonic() - began:.0f} s")
        Country(stack).fill()
        say(f"the country filled after {time.monotonic() - began:.0f} s")
        yield stack


def _play(stack: LocalStack) -> None:
    chosen = {"NASSIJ_HOME": str(stack.layout.home), SETTING: str(stack.ports.kafka)}
    command = [sys.executable, "-m", "operator_cli", "demo", "--scale", SCALE, "--json"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **chosen}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise TurnFailed(f"The demo did not play: {(done.stderr or done.stdout).strip()[-500:]}")


class Country:
    """The regions beside the one that was played, over HTTP as their staff would."""

    def __init__(self, stack: LocalStack) -> None:
        self._ports = stack.ports
        headers = {"Authorization": f"Bearer {mint(stack.layout, 'national', subject='bench')}"}
        self._http = httpx.Client(timeout=60, trust_env=False, headers=headers)
        self._regions = [region.code for region in territory.regions() if region.code != PLAYED]
        pack = self._get("registry", f"/v1/regions/{PLAYED}")["pack"]
        self._pack = Pack.from_document(self._get("registry", f"/v1/packs/{pack['name']}@{pack['version']}")["document"])
        self._on = date.today() - timedelta(days=1)  # noqa: DTZ011 - the demo's clock ends today

    def fill(self) -> None:
        """Bring all of it about."""
        self._join()
        self._each(self._import, self._regions)
        provinces = [province.code for region in self._regions for province in territory.provinces(region)]
        self._each(self._diagnose, provinces)
        self._until(self._is_quiet, "the services to have come to rest")
        self._each(self._plan, provinces)
        self._each(self._gather, self._regions)
        self._until(self._is_quiet, "the services to have come to rest")
        self._http.close()

    def _join(self) -> None:
        terms = {"title": {"fr": "Convention"}, "parties": PARTIES, "regions": self._regions, "starts": str(self._on)}
        made = self._post("registry", "/v1/conventions", terms | {"ends": str(self._on + timedelta(days=1000))})
        self._post("registry", f"/v1/conventions/{made['id']}/sign", {"on": str(self._on)})
        # The demo lets a second region join, too.
        for region in [code for code in self._regions if self._get("registry", f"/v1/regions/{code}")["state"] == "planned"]:
            pack = {"name": self._pack.name, "version": self._pack.version}
            self._post("registry", f"/v1/regions/{region}/join", {"pack": pack, "convention": made["id"]})
        for region in self._regions:
            self._until(lambda code=region: self._is_prepared(code), f"region {region} to be prepared")

    def _is_prepared(self, region: str) -> bool:
        return all(each["prepared_at"] for each in self._get("registry", f"/v1/regions/{region}")["preparations"])

    def _import(self, region: str) -> None:
        maker = Maker(Random(region), region)  # noqa: S311 - made-up data
        drafts = [maker.association(province.code) for province in territory.provinces(region) for _ in range(IN_EACH_PROVINCE)]
        rows = [draft.row() | {"ref": f"B-{region}-{number}"} for number, draft in enumerate(drafts)]
        form: dict[str, Any] = {"data": {"region": region}, "files": {"file": ("rows.csv", comma_separated(rows))}}
        job = self._good(self._http.post(f"{self._base('registry')}/v1/imports", **form))["id"]
        self._until(lambda: self._get("registry", f"/v1/imports/{job}")["state"] == "completed", f"region {region}'s import")

    def _diagnose(self, province: str) -> None:
        """Some of its associations, with the lowest answers to everything."""
        questions = [question.code for dimension in self._pack.grid.dimensions for question in dimension.questions]
        for association in self._get("registry", "/v1/associations", province=province, limit=DIAGNOSED)["items"]:
            body = {"association": association["id"], "on": str(self._on), "answers": dict.fromkeys(questions, 0)}
            self._post("registry", "/v1/diagnostics", body)

    def _plan(self, province: str) -> None:
        self._post("training", "/v1/plans", {"province": province})

    def _gather(self, region: str) -> None:
        """Open a cohort of some of the region's people."""
        course, first = self._pack.trainer_course, self._on + timedelta(days=30)
        days = [{"date": str(first + timedelta(days=n // 2)), "part": ("am", "pm")[n % 2]} for n in range(course.half_days)]
        made = self._post("training", "/v1/cohorts", {"region": region, "course": course.code, "half_days": days})
        people = [actor["id"] for actor in self._get("registry", "/v1/actors", region=region, limit=COHORT)["items"]]
        for step in ("candidates", "select"):
            self._post("training", f"/v1/cohorts/{made['id']}/{step}", {"persons": people})

    def _is_quiet(self) -> bool:
        return not any(self._busy(service) for service in SERVICES)

    def _busy(self, service: str) -> bool:
        status = self._http.get(f"http://127.0.0.1:{self._ports.background_of(service)}/ops/status").json()
        return bool(status["consumer"]["lag"] or status["outbox"]["pending"] or status["intents"]["due"])

    def _base(self, service: str) -> str:
        return f"http://127.0.0.1:{self._ports.web_of(service)}"

    def _get(self, service: str, path: str, **query: Any) -> Any:
        return self._good(self._http.get(self._base(service) + path, params=query))

    def _post(self, service: str, path: str, body: dict[str, Any]) -> Any:
        return self._good(self._http.post(self._base(service) + path, json=body))

    @staticmethod
    def _good(answer: httpx.Response) -> Any:
        if not answer.is_success:
            raise TurnFailed(f"{answer.request.method} {answer.url.path}: {answer.status_code} {answer.text[:300]}")
        return json.loads(answer.content)

    @staticmethod
    def _each(work: Callable[[Any], None], items: Iterable[Any]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(work, items))

    @staticmethod
    def _until(reached: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not reached():
            if time.monotonic() > deadline:
                raise TurnFailed(f"Waited {PATIENCE:.0f} s for {what}.")
            time.sleep(0.2)
