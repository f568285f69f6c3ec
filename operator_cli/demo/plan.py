"""Which sessions are held where, and who asks for a seat: a plain function of the register, the needs and the plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from operator_cli.demo.timeline import HalfDay, Timeline, half_days_of
from vocabulary import territory
from vocabulary.pack import Module, Pack

SESSIONS = 24  # at scale 1: as many as trainers, so that each holds one
FEWEST = 3  # one for each case of a waiting list
WAITING = 4
"""People who ask for a seat beyond the last one of a crowded session."""

RURAL, USUAL = 1, 2
"""Priorities on the waiting list: associations of rural communes go first."""

OFFICES = ("president", "secretary", "treasurer", "member")
ANY = "any"


class Case(StrEnum):
    """What happens to a seat that is given back in a crowded session."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True, order=True)
class Person:
    """An actor; ordered by what does not change from run to run: the association's own reference, then the office."""

    reference: str
    office: str
    id: str
    association: str
    province: str
    commune: str

    @property
    def name(self) -> str:
        """What tells this person apart in every run of the same programme."""
        return f"{self.reference}/{self.office}"


@dataclass(frozen=True)
class PlannedSession:
    """A session and those who ask for a seat, in the order in which they ask; `case` for a crowded one."""

    number: int
    wave: int
    module: Module
    commune: str
    trainer: Person
    half_days: tuple[HalfDay, ...]
    capacity: int
    applicants: tuple[Person, ...]
    case: Case | None

    def priority(self, person: Person) -> int:
        """A person's priority on the waiting list."""
        return RURAL if territory.commune(person.commune).kind == "rural" else USUAL


@dataclass(frozen=True)
class Demand:
    """A province's people, its associations' needs (association id -> module codes) and the modules of its plan in its order."""

    province: str
    people: Sequence[Person]
    needs: Mapping[str, frozenset[str]]
    modules: Sequence[str]


def session_count(scale: float) -> int:
    """How many sessions a programme of this scale holds."""
    return max(FEWEST, round(SESSIONS * scale))


def plan_sessions(
    demands: Iterable[Demand], trainers: Sequence[Person], pack: Pack, timeline: Timeline, count: int
) -> list[PlannedSession]:
    """The sessions in waves: in each wave one a province at most, so that nobody has to be in two places at once.

    A province's n-th wave teaches the n-th module of its plan. The provinces with most people who ask come first.
    """
    taught = {trainer.id for trainer in trainers}
    ordered = sorted(demands, key=lambda demand: (-len(demand.people), demand.province))
    places = [(wave, demand) for wave in range(count) for demand in ordered if wave < len(demand.modules)][:count]
    sessions: list[PlannedSession] = []
    for number, (wave, demand) in enumerate(places):
        module = pack.module(demand.modules[wave])
        asking = [person for person in who_asks(demand, module) if person.id not in taught]
        rank = sum(session.case is not None for session in sessions)
        seats, case = _seats(module.capacity, len(asking), rank)
        applicants = tuple(asking[: seats + WAITING])
        days = timeline.session_days(wave, module.half_days)
        sessions.append(
            PlannedSession(
                number=number,
                wave=wave,
                module=module,
                commune=_largest_commune(applicants, demand.province),
                trainer=trainers[number % len(trainers)],
                half_days=tuple(half_days_of(days, module.half_days)),
                capacity=seats,
                applicants=applicants,
                case=case,
            )
        )
    return sessions


def who_asks(demand: Demand, module: Module) -> list[Person]:
    """Those of the module's audience whose associations need it: one of each association first, then the second ones."""
    fitting = [
        person
        for person in sorted(demand.people, key=lambda person: (person.reference, OFFICES.index(person.office)))
        if module.code in demand.needs.get(person.association, ()) and module.audience in (ANY, person.office)
    ]
    rounds: list[list[Person]] = [[] for _ in range(module.seats_per_association)]
    met: dict[str, int] = {}
    for person in fitting:
        turn = met[person.association] = met.get(person.association, -1) + 1
        if turn < len(rounds):
            rounds[turn].append(person)
    return [person for each in rounds for person in each]


def _seats(usual: int, asking: int, rank: int) -> tuple[int, Case | None]:
    """The seats of a session, and its case if it is crowded; `rank` counts the crowded ones before it.

    The first ones show each case of a waiting list, also where few ask: they are held in a smaller room.
    """
    if rank < len(Case):
        seats = min(usual, asking - max(2, min(WAITING, asking // 3)))
        return (seats, list(Case)[rank]) if seats > 0 else (usual, None)
    return usual, Case.ACCEPTED if asking > usual else None


def _largest_commune(applicants: Sequence[Person], province: str) -> str:
    """Where most people of those who come live."""
    codes = {person.commune for person in applicants} or {commune.code for commune in territory.communes(province)}
    return max(codes, key=lambda code: (territory.commune(code).population, code))


def future_trainers(people: Iterable[Person], count: int) -> list[Person]:
    """The secretaries of associations, province after province in turn, then whoever else holds an office."""
    by_province: dict[str, list[Person]] = {}
    for person in sorted(people, key=lambda person: (person.office != "secretary", person.reference, person.office)):
        by_province.setdefault(person.province, []).append(person)
    turns = max(map(len, by_province.values()), default=0)
    queues = [by_province[code] for code in sorted(by_province)]
    return [queue[turn] for turn in range(turns) for queue in queues if turn < len(queue)][:count]
