"""What is taught: the training modules in their families, and the course that makes trainers."""

from dataclasses import dataclass

from vocabulary.pack.reading import Node
from vocabulary.text import Bilingual

AUDIENCES = ("president", "secretary", "treasurer", "any")
_LONGEST = 40  # half-days: four weeks; more is a track, not a module
_LARGEST = 200  # seats


@dataclass(frozen=True)
class Family:
    """One of the families the modules belong to."""

    code: str
    title: Bilingual


@dataclass(frozen=True)
class Module:
    """A training module.

    `half_days` is its planned length, `capacity` the seats of a session unless the session says otherwise; one association takes
    `seats_per_association` of them at most. `audience` is the office it is meant for, `dimensions` what it answers in the grid.
    """

    code: str
    family: str
    title: Bilingual
    aim: Bilingual
    half_days: int
    capacity: int
    seats_per_association: int
    audience: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class TrainerCourse:
    """The training of trainers: one cohort, whose members then hold the sessions."""

    code: str
    title: Bilingual
    aim: Bilingual
    half_days: int
    seats: int


def read_family(node: Node) -> Family:
    """One family of the list."""
    node.holds(Family)
    return Family(code=node["code"].code(), title=node["title"].bilingual())


def read_module(node: Node) -> Module:
    """One module of the list; whether its family and dimensions exist is the pack's question."""
    node.holds(Module)
    capacity = node["capacity"].whole(1, _LARGEST)
    return Module(
        code=node["code"].code(),
        family=node["family"].code(),
        title=node["title"].bilingual(),
        aim=node["aim"].bilingual(),
        half_days=node["half_days"].whole(1, _LONGEST),
        capacity=capacity,
        seats_per_association=node["seats_per_association"].whole(1, capacity),
        audience=node["audience"].choice(AUDIENCES),
        dimensions=tuple(item.code() for item in node["dimensions"].items()),
    )


def read_trainer_course(node: Node) -> TrainerCourse:
    """The one course for trainers."""
    node.holds(TrainerCourse)
    return TrainerCourse(
        code=node["code"].code(),
        title=node["title"].bilingual(),
        aim=node["aim"].bilingual(),
        half_days=node["half_days"].whole(1, _LONGEST),
        seats=node["seats"].whole(1, _LARGEST),
    )
