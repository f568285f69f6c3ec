from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.problems import Invalid
from services.registry.associations.model import Association
from services.registry.diagnostics.events import DiagnosticCompleted
from services.registry.diagnostics.model import Diagnostic, Round
from tests.unit.registry.people import application
from tests.unit.registry.samples import content
from vocabulary.pack.grid import TOP

PACK = content()
QUESTIONS = [question.code for question in PACK.grid.questions]
ASSOCIATION = Association.register(application())
DAY = date(2023, 10, 4)


def diagnostic(answers: dict[str, int]) -> Diagnostic:
    return Diagnostic.complete(ASSOCIATION, PACK, answers, on=DAY, round=Round.BASELINE)


@given(st.fixed_dictionaries({code: st.integers(0, TOP) for code in QUESTIONS}))
def test_complete_answers_give_scores_and_the_needs_of_the_grid(answers: dict[str, int]) -> None:
    made = diagnostic(answers)
    made.validate()
    assert dict(made.scores) == PACK.grid.score(answers)
    assert [(need.module, need.dimension) for need in made.needs] == [
        (n.module, n.dimension) for n in PACK.grid.needs(made.scores)
    ]
    assert 0 <= made.overall <= 100


def test_what_was_found_is_told_with_the_grid_it_was_found_by() -> None:
    made = diagnostic(dict.fromkeys(QUESTIONS, 0))
    (told,) = made.recorded
    assert isinstance(told, DiagnosticCompleted)
    assert (told.association, told.grid, told.round, told.on) == (ASSOCIATION.id, PACK.reference, "baseline", DAY)
    assert told.needs


def test_a_strong_association_needs_nothing() -> None:
    assert diagnostic(dict.fromkeys(QUESTIONS, TOP)).needs == []


def test_a_partly_filled_diagnostic_is_refused_with_the_questions_left() -> None:
    with pytest.raises(Invalid) as refused:
        diagnostic(dict.fromkeys(QUESTIONS[1:], 2) | {"XX-9": 1})
    named = {fault["field"]: fault["problem"] for fault in refused.value.extra["fields"]}
    assert set(named) == {f"answers.{QUESTIONS[0]}", "answers.XX-9"}
    assert named[f"answers.{QUESTIONS[0]}"] == "has no answer"
