"""A region's programme in miniature, brought about through the public API: one of everything that there can be."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from operator_cli.stack.layout import ROOT, SERVICES, write_whole
from tests.e2e.api import Api
from vocabulary.association_sheet import COLUMNS
from vocabulary.pack import Pack

REGION, PROVINCE, COMMUNE = "03", "03.591", "03.591.01.03"
COURSE, MODULE = "TOT-01", "OD-01"
AGO = timedelta(days=30)
"""How long ago it begins, so that a course can be over by now."""

PACK = Pack.from_folder(ROOT / "packs" / "fes-meknes").variant(
    "1.0-miniature", {"associations-registered": 1, "associations-diagnosed": 1}
)
Found = TypeVar("Found")


def until(look: Callable[[], Found], what: str, seconds: float = 30) -> Found:
    """Look again and again until there is something."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < deadline, f"still missing after {seconds:.0f} s: {what}"
        time.sleep(0.1)


def settle(api: Api) -> None:
    """Wait until nothing is on its way in any service, for longer than a lag takes to be measured."""
    quiet = [0]

    def look() -> bool:
        quiet[0] = 0 if any(_busy(api, service) for service in SERVICES) else quiet[0] + 1
        return quiet[0] >= 7

    until(look, "a moment without work")


def _busy(api: Api, service: str) -> bool:
    status = api.status(service)
    work = (status["consumer"]["lag"], status["outbox"]["pending"], status["intents"]["due"], status["deadlines"]["overdue"])
    return any(work)


def person(name: str, number: int) -> dict[str, Any]:
    """Somebody, as the API takes people."""
    return {"names": {"fr": name}, "phone": f"06612345{number:02}", "email": f"person-{number}@example.org", "language": "fr"}


def association(name: str, reference: str, *officers: dict[str, Any], commune: str = COMMUNE) -> dict[str, Any]:
    """An association, as the API takes it."""
    return {"names": {"fr": name}, "commune": commune, "reference": reference, "officers": list(officers)}


def sheet(reference: str) -> bytes:
    """A file of one association, which has no name and so is refused by itself."""
    return ",".join(COLUMNS).encode() + f"\n{reference}\n".encode()


def half_days(count: int, first: date) -> list[dict[str, str]]:
    """So many half-days in a row, as the API takes them."""
    return [{"date": str(first + timedelta(days=n // 2)), "part": ("am", "pm")[n % 2]} for n in range(count)]


@dataclass
class Programme:
    """What there is in region 03, by id. `places` says which id stands for which parameter of the API's addresses."""

    convention: str = ""
    association: str = ""
    trainer: str = ""
    learner: str = ""
    review: str = ""
    imported: str = ""
    diagnostic: str = ""
    cohort: str = ""
    completion: str = ""
    certificate: str = ""
    session: str = ""
    enrolment: str = ""
    message: str = ""
    subscription: str = ""
    api_key: str = ""

    def places(self, path: str) -> str:
        """An address of the API with the ids of this programme in place of its parameters. KeyError for an unknown one."""
        parts, ids = path.split("/"), _ids(self)
        return "/".join(ids[parts[2], part] if part.startswith("{") else part for part in parts)


def _ids(programme: Programme) -> dict[tuple[str, str], str]:
    return {
        ("regions", "{code}"): REGION,
        ("packs", "{reference}"): PACK.reference,
        ("conventions", "{identifier}"): programme.convention,
        ("associations", "{identifier}"): programme.association,
        ("imports", "{identifier}"): programme.imported,
        ("reviews", "{identifier}"): programme.review,
        ("actors", "{identifier}"): programme.learner,
        ("diagnostics", "{identifier}"): programme.diagnostic,
        ("poles", "{region}"): REGION,
        ("plans", "{province}"): PROVINCE,
        ("trainers", "{person}"): programme.trainer,
        ("cohorts", "{cohort_id}"): programme.cohort,
        ("sessions", "{session_id}"): programme.session,
        ("sessions", "{enrolment_id}"): programme.enrolment,
        ("completions", "{completion_id}"): programme.completion,
        ("issuers", "{region}"): REGION,
        ("certificates", "{number}"): programme.certificate,
        ("verify", "{number}"): programme.certificate,
        ("status-list", "{region}"): REGION,
        ("messages", "{message}"): programme.message,
        ("subscriptions", "{subscription}"): programme.subscription,
        ("deadletters", "{letter}"): "none",
        ("watermarks", "{source}"): "registry",
        ("watermarks", "{subject}"): "region",
        ("watermarks", "{identifier}"): REGION,
    }


def session(programme: Programme, days_ahead: int = 20) -> dict[str, Any]:
    """A session that could be planned."""
    count = next(module.half_days for module in PACK.modules if module.code == MODULE)
    days = half_days(count, datetime.now(UTC).date() + timedelta(days=days_ahead))
    return {"module": MODULE, "trainer": programme.trainer, "commune": COMMUNE, "half_days": days, "capacity": 1}


def subscription(programme: Programme, port: int) -> dict[str, Any]:
    """A subscription that a partner could have, whose endpoint listens on a port of this machine."""
    wish = {"partner": "observatoire", "regions": [REGION], "types": ["ma.nassij.certification.certificate.*"]}
    return {**wish, "url": f"http://127.0.0.1:{port}/webhooks", "convention": programme.convention}


class Story:
    """Tells the programme step by step; `told()` gives what there is at its end."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._clock = api.stack.layout.clock
        self._today = (datetime.now(UTC) - AGO).date()
        self.programme = Programme()

    def told(self) -> Programme:
        """Bring all of it about."""
        self._turn(-AGO)
        self._join()
        self._register()
        self._open()
        self._train()
        self._turn(timedelta())
        self._hold_session()
        settle(self._api)
        return self.programme

    def _turn(self, offset: timedelta) -> None:
        write_whole(self._clock, str(offset.total_seconds()))
        time.sleep(0.3)  # services look five times a second

    def _join(self) -> None:
        api, at = self._api, self._today
        api.send("PUT", "registry", "/v1/territory").raise_for_status()
        api.post("registry", "/v1/packs", PACK.to_document())
        ends = at.replace(year=at.year + 3, day=1)
        terms = {"title": {"fr": "Convention"}, "parties": ["ADS", "Conseil régional"], "regions": [REGION]}
        made = api.post("registry", "/v1/conventions", {**terms, "starts": str(at), "ends": str(ends)})
        self.programme.convention = made["id"]
        api.post("registry", f"/v1/conventions/{made['id']}/sign")
        api.post("registry", f"/v1/regions/{REGION}/join", {"pack": {"name": PACK.name, "version": PACK.version}})

    def _register(self) -> None:
        api, programme = self._api, self.programme
        officers = [{"office": "president", **person("Amina Alaoui", 1)}, {"office": "secretary", **person("Omar Idrissi", 2)}]
        made = api.post("registry", "/v1/associations", association("Association Al Amal", "E2E-1", *officers))
        programme.association = made["id"]
        by_name = {found["names"]["fr"]: found["id"] for found in api.get("registry", "/v1/actors", region=REGION)["items"]}
        programme.trainer, programme.learner = (by_name[officer["names"]["fr"]] for officer in officers)
        held = api.post("registry", "/v1/associations", association("Association El Amal", "E2E-2", *officers))
        programme.review = held["id"]
        handed_in = {"data": {"region": REGION}, "files": {"file": ("bad.csv", sheet("E2E-9"))}}
        sent = api.send("POST", "registry", "/v1/imports", by="regional", **handed_in)
        programme.imported = sent.raise_for_status().json()["id"]
        programme.diagnostic = api.post("registry", "/v1/diagnostics", self.diagnosis())["id"]

    def diagnosis(self) -> dict[str, Any]:
        """The lowest answers to every question, which call for every module."""
        questions = [question.code for dimension in PACK.grid.dimensions for question in dimension.questions]
        return {"association": self.programme.association, "on": str(self._today), "answers": dict.fromkeys(questions, 0)}

    def _open(self) -> None:
        api = self._api
        until(lambda: api.get("registry", f"/v1/regions/{REGION}/readiness")["ready"], "region 03 is ready to open")
        api.post("registry", f"/v1/regions/{REGION}/open", by="regional")
        until(lambda: api.get("training", "/v1/catalogue", region=REGION)["opened_on"], "training heard of the opening")
        settle(api)
        api.post("training", "/v1/plans", {"province": PROVINCE}, by="provincial")

    def _train(self) -> None:
        api, programme = self._api, self.programme
        count = PACK.trainer_course.half_days
        days = half_days(count, self._today + timedelta(days=1))
        wanted = {"region": REGION, "course": COURSE, "seats": 1, "half_days": days}
        programme.cohort = api.post("training", "/v1/cohorts", wanted)["id"]
        path, people = f"/v1/cohorts/{programme.cohort}", {"persons": [programme.trainer]}
        api.post("training", f"{path}/candidates", people)
        api.post("training", f"{path}/select", people)
        self._turn(timedelta(days=count // 2 + 2) - AGO)
        for number in range(1, count + 1):
            api.post("training", f"{path}/attendance", {"half_day": number, "present": [programme.trainer]})
        api.post("training", f"{path}/close")
        programme.completion = api.get("training", "/v1/completions", person=programme.trainer)["items"][0]["id"]
        issued = until(lambda: api.get("certification", "/v1/certificates", region=REGION)["items"], "a certificate")
        programme.certificate = issued[0]["number"]
        until(lambda: api.get("training", "/v1/trainers", region=REGION)["items"], "a certified trainer")
        until(lambda: api.get("registry", "/v1/poles")["items"], "a competence pole")

    def _hold_session(self) -> None:
        api, programme = self._api, self.programme
        programme.session = api.post("training", "/v1/sessions", session(programme))["id"]
        path = f"/v1/sessions/{programme.session}/enrolments"
        programme.enrolment = api.post("training", path, {"person": programme.learner})["id"]
        written = until(lambda: api.get("notifications", "/v1/messages", person=programme.learner)["items"], "a message")
        programme.message = written[0]["id"]
        made = api.post("notifications", "/v1/subscriptions", subscription(programme, api.stack.ports.webhooks))
        programme.subscription, programme.api_key = made["id"], made["api_key"]
