from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import groupby

import pytest

from operator_cli.demo.data import answers, generate
from operator_cli.demo.plan import (
    OFFICES,
    Case,
    Demand,
    Person,
    PlannedSession,
    future_trainers,
    plan_sessions,
    session_count,
)
from operator_cli.demo.timeline import Timeline
from operator_cli.stack.layout import ROOT
from vocabulary import territory
from vocabulary.pack import Pack

PACK = Pack.from_folder(ROOT / "packs" / "fes-meknes")
BEGINS = date(2026, 3, 2)
SCALES = (0.1, 0.3, 1.0)


@cache
def demands(scale: float) -> tuple[Demand, ...]:
    """What the services would say of the generated associations."""
    people, needs = [], {}
    for row in generate(3, scale).rows:
        if row.is_new:
            commune = territory.commune(row.cells["commune_code"])
            needs[row.ref] = frozenset(need.module for need in PACK.grid.needs(PACK.grid.score(answers(PACK.grid, row.ref))))
            people += [
                Person(row.ref, office, f"{row.ref}-{office}", row.ref, commune.province, commune.code) for office in OFFICES[:3]
            ]
    provinces = sorted({person.province for person in people})
    return tuple(_demand(code, [person for person in people if person.province == code], needs) for code in provinces)


def _demand(province: str, people: list[Person], needs: dict[str, frozenset[str]]) -> Demand:
    here = {person.association for person in people}
    asked = Counter(module for association in here for module in needs[association])
    return Demand(province, people, needs, [module for module, _ in sorted(asked.items(), key=lambda item: (-item[1], item[0]))])


@cache
def trainers(scale: float) -> tuple[Person, ...]:
    return tuple(future_trainers([person for demand in demands(scale) for person in demand.people], 24))


@cache
def planned(scale: float) -> tuple[PlannedSession, ...]:
    return tuple(plan_sessions(demands(scale), trainers(scale), PACK, Timeline(BEGINS), session_count(scale)))


@pytest.mark.parametrize("scale", SCALES)
def test_every_scale_shows_each_case_of_a_waiting_list(scale: float) -> None:
    cases = [session.case for session in planned(scale) if session.case]
    assert set(cases) == set(Case)
    assert cases.count(Case.DECLINED) == cases.count(Case.EXPIRED) == 1


@pytest.mark.parametrize("scale", SCALES)
def test_a_crowded_session_has_two_people_waiting_at_least_in_the_cases_that_need_them(scale: float) -> None:
    for session in planned(scale):
        waiting = len(session.applicants) - session.capacity
        assert waiting >= {None: -session.capacity, Case.ACCEPTED: 1}.get(session.case, 2)


@pytest.mark.parametrize("scale", SCALES)
def test_nobody_is_asked_to_be_in_two_places_at_once(scale: float) -> None:
    for _, wave in groupby(planned(scale), key=lambda session: session.wave):
        sessions = list(wave)
        there = [person.id for session in sessions for person in (*session.applicants, session.trainer)]
        assert len(there) == len(set(there))
        assert len({territory.commune(session.commune).province for session in sessions}) == len(sessions)


@pytest.mark.parametrize("scale", SCALES)
def test_who_asks_for_a_seat_belongs_to_the_audience_and_their_association_needs_the_module(scale: float) -> None:
    needs = demands(scale)[0].needs
    for session in planned(scale):
        assert len(session.half_days) == session.module.half_days
        for person in session.applicants:
            assert session.module.code in needs[person.association]
            assert session.module.audience in ("any", person.office)
        by_association = Counter(person.association for person in session.applicants)
        assert max(by_association.values()) <= session.module.seats_per_association


def test_at_full_scale_every_province_has_a_session_and_every_trainer_holds_one() -> None:
    sessions = planned(1.0)
    assert len(sessions) == 24
    assert len({territory.commune(session.commune).province for session in sessions}) == 9
    assert {session.trainer for session in sessions} == set(trainers(1.0))


@pytest.mark.parametrize("scale", SCALES)
def test_future_trainers_come_from_all_provinces_and_are_drawn_alike_each_time(scale: float) -> None:
    people = [person for demand in demands(scale) for person in demand.people]
    assert future_trainers(reversed(people), 24) == list(trainers(scale))
    assert len({trainer.province for trainer in trainers(scale)}) == 9


def test_sessions_lie_within_the_programme() -> None:
    dates = [date.fromisoformat(half_day["date"]) for session in planned(1.0) for half_day in session.half_days]
    assert BEGINS < min(dates) <= max(dates) < BEGINS + timedelta(days=150)
