"""What must hold between the parts of a pack, once each part can be read."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from vocabulary.pack.messages import MESSAGES
from vocabulary.pack.reading import Problem, Step

if TYPE_CHECKING:
    from vocabulary.pack.pack import Pack


def check_coherence(pack: "Pack") -> Iterator[Problem]:
    """Every problem between parts that are right by themselves, in reading order."""
    yield from _codes_once(pack)
    yield from _modules_belong(pack)
    yield from _rules_call_for_answers(pack)
    yield from _answers_are_called_for(pack)
    yield from _every_message_has_a_wording(pack)
    yield from _course_makes_the_trainers(pack)


def _codes_once(pack: "Pack") -> Iterator[Problem]:
    yield from _once(("families",), [family.code for family in pack.families])
    taken: set[str] = set()
    yield from _once(("modules",), [module.code for module in pack.modules], taken)
    if pack.trainer_course.code in taken:
        yield _taken(("trainer_course", "code"), pack.trainer_course.code)
    yield from _once(("grid", "dimensions"), [dimension.code for dimension in pack.grid.dimensions])
    seen: set[str] = set()
    for at, dimension in enumerate(pack.grid.dimensions):
        yield from _once(("grid", "dimensions", at, "questions"), [question.code for question in dimension.questions], seen)
    yield from _once(("templates",), [template.code for template in pack.templates])
    for state, conditions in pack.gates.items():
        yield from _once(("gates", state), [condition.code for condition in conditions])
    yield from _once(("targets", "phases"), [phase.code for phase in pack.targets.phases])


def _once(steps: tuple[Step, ...], codes: Sequence[str], seen: set[str] | None = None) -> Iterator[Problem]:
    """Codes that come a second time in a list, or in the lists that share `seen`."""
    seen = set() if seen is None else seen
    for at, code in enumerate(codes):
        if code in seen:
            yield _taken((*steps, at, "code"), code)
        seen.add(code)


def _taken(steps: tuple[Step, ...], code: str) -> Problem:
    return Problem(steps, f"is {code}, a code that is taken", "write a code of its own")


def _modules_belong(pack: "Pack") -> Iterator[Problem]:
    """Each module stands in a family and answers dimensions that exist."""
    families = [family.code for family in pack.families]
    dimensions = [dimension.code for dimension in pack.grid.dimensions]
    for at, module in enumerate(pack.modules):
        yield from _known(("modules", at, "family"), module.family, families)
        for place, code in enumerate(module.dimensions):
            yield from _known(("modules", at, "dimensions", place), code, dimensions)


def _rules_call_for_answers(pack: "Pack") -> Iterator[Problem]:
    """A dimension's rules name modules that exist and that answer it."""
    answers = {module.code: module.dimensions for module in pack.modules}
    for steps, dimension, code in _calls(pack):
        yield from _known(steps, code, answers)
        if dimension not in answers.get(code, (dimension,)):
            wrong = f"is {code}, which does not answer {dimension}"
            yield Problem(steps, wrong, "add the dimension to that module, or take it out")


def _answers_are_called_for(pack: "Pack") -> Iterator[Problem]:
    """Each module is called for by a rule of each dimension it says it answers: no need would ever lead to it otherwise."""
    called = {(dimension, code) for _, dimension, code in _calls(pack)}
    for at, module in enumerate(pack.modules):
        for place, dimension in enumerate(module.dimensions):
            if (dimension, module.code) not in called:
                wrong = f"is {dimension}, no rule of which calls for {module.code}"
                yield Problem(("modules", at, "dimensions", place), wrong, "add the module to a rule there, or take it out")


def _calls(pack: "Pack") -> Iterator[tuple[tuple[Step, ...], str, str]]:
    """Each module that a rule names: where, for which dimension, which module."""
    for at, dimension in enumerate(pack.grid.dimensions):
        for row, rule in enumerate(dimension.needs):
            for place, code in enumerate(rule.modules):
                yield ("grid", "dimensions", at, "needs", row, "modules", place), dimension.code, code


def _every_message_has_a_wording(pack: "Pack") -> Iterator[Problem]:
    for code in sorted(set(MESSAGES) - {template.code for template in pack.templates}):
        yield Problem(("templates",), f"has no {code}", "write its subject and body in French and Arabic")


def _course_makes_the_trainers(pack: "Pack") -> Iterator[Problem]:
    if pack.trainer_course.seats < pack.targets.trainers:
        wrong = f"is {pack.trainer_course.seats}, below the target of {pack.targets.trainers} trainers"
        yield Problem(("trainer_course", "seats"), wrong, "write as many seats, or lower the target")


def _known(steps: tuple[Step, ...], code: str, known: Iterable[str]) -> Iterator[Problem]:
    if code not in known:
        yield Problem(steps, f"is {code}, which the pack does not have", f"write one of {', '.join(known)}")
