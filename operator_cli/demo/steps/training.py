"""Plans, the opening, the training of trainers, and the sessions in their calendar."""

from typing import Any

from operator_cli.demo import presence
from operator_cli.demo.plan import Demand, Person, PlannedSession, future_trainers, plan_sessions, session_count
from operator_cli.demo.play import Play
from operator_cli.demo.quiet import until
from operator_cli.demo.timeline import COHORT, OPENING, evening, half_days_of
from operator_cli.demo.wire import REGION

CANDIDATES = 1.5
"""Candidates for each seat of the cohort."""


def establish_plans(play: Play) -> str:
    """A plan for every province whose diagnostics call for something."""
    play.clock.reach(play.timeline.morning(OPENING))
    play.settle()  # training must have heard of every diagnostic
    needed = play.wire.get("training", "/v1/needs", region=REGION)["items"]
    provinces = sorted({need["province"] for need in needed})
    play.each(provinces, lambda code: play.wire.post("training", "/v1/plans", {"province": code}, "plan", code))
    return f"{len(provinces)} provincial plans over {len({need['module'] for need in needed})} modules"


def open_region(play: Play) -> str:
    """Open the region: its gates hold now."""
    gates = play.wire.get("registry", f"/v1/regions/{REGION}/readiness")["gates"]
    play.wire.post("registry", f"/v1/regions/{REGION}/open", None, "open", REGION)
    until(lambda: play.wire.get("training", "/v1/catalogue", region=REGION)["opened_on"], "training told of the opening")
    return "gates: " + ", ".join(f"{gate['gate']} {gate['found']}/{gate['needed']}" for gate in gates)


def train_trainers(play: Play) -> str:
    """Open a cohort, select its people, keep its register half-day by half-day, and close it."""
    play.clock.reach(play.timeline.morning(COHORT))
    course = play.pack.trainer_course
    candidates = future_trainers(play.people, round(course.seats * CANDIDATES))
    play.trainers = candidates[: course.seats]
    days = play.timeline.cohort_days(course.half_days)
    wanted = {"region": REGION, "course": course.code, "half_days": half_days_of(days, course.half_days)}
    path = f"/v1/cohorts/{play.wire.post('training', '/v1/cohorts', wanted, 'cohort')['id']}"
    _tell(play, f"{path}/candidates", candidates)
    _tell(play, f"{path}/select", play.trainers)
    for number in play.in_turn(range(1, course.half_days + 1)):
        play.clock.reach(evening(days[(number - 1) // 2]))
        body = {"half_day": number, "present": _present(play, play.trainers, number, course.half_days)}
        play.wire.post("training", f"{path}/attendance", body, "cohort-sheet", number)
    play.wire.post("training", f"{path}/close", None, "close-cohort")
    return f"{len(play.trainers)} of {len(candidates)} candidates selected, {course.half_days} half-days held"


def _tell(play: Play, path: str, people: list[Person]) -> None:
    body = {"persons": [person.id for person in people]}
    play.wire.post("training", path, body, "cohort", path.rpartition("/")[2])


def _present(play: Play, people: list[Person], number: int, half_days: int) -> list[str]:
    seed = play.programme.seed
    return [person.id for person in people if number in presence.of_future_trainer(seed, person.name, half_days)]


def certify_trainers(play: Play) -> str:
    """Wait until the future trainers hold their certificates and form the region's competence pole."""
    wanted = {trainer.id for trainer in play.trainers}

    def pole() -> bool:
        found = play.wire.every("registry", "/v1/poles")
        members = {trainer["person"] for each in found for trainer in each["trainers"] if each["region"] == REGION}
        return members >= wanted

    def bookable() -> bool:
        found = play.wire.every("training", "/v1/trainers", region=REGION)
        return {trainer["person"] for trainer in found if trainer["certified"]} >= wanted

    until(pole, "a competence pole of all trainers")
    until(bookable, "trainers certified in training")
    return f"the competence pole of region {REGION} has {len(wanted)} certified trainers"


def plan_all_sessions(play: Play) -> str:
    """Put the sessions into the calendar: modules of each province's plan, held by the pole's trainers."""
    play.clock.reach(play.timeline.enrolment_opens(0))
    count = session_count(play.programme.scale)
    play.sessions = plan_sessions(_demands(play), play.trainers, play.pack, play.timeline, count)
    play.session_ids = dict(play.each(play.sessions, lambda session: (session.number, _plan(play, session))))
    modules = {session.module.code for session in play.sessions}
    provinces = {session.commune[:6] for session in play.sessions}
    return f"{len(play.sessions)} sessions of {len(modules)} modules in {len(provinces)} provinces"


def _demands(play: Play) -> list[Demand]:
    needs = {
        found["association"]: frozenset(need["module"] for need in found["needs"])
        for found in play.wire.every("registry", "/v1/diagnostics", region=REGION)
    }
    plans = play.wire.every("training", "/v1/plans", region=REGION)
    return [
        Demand(
            province=plan["province"],
            people=[person for person in play.people if person.province == plan["province"]],
            needs=needs,
            modules=[planned["module"] for planned in plan["modules"]],
        )
        for plan in plans
    ]


def _plan(play: Play, session: PlannedSession) -> str:
    body: dict[str, Any] = {
        "module": session.module.code,
        "trainer": session.trainer.id,
        "commune": session.commune,
        "half_days": session.half_days,
        "capacity": session.capacity,
    }
    return str(play.wire.post("training", "/v1/sessions", body, "session", session.number)["id"])
