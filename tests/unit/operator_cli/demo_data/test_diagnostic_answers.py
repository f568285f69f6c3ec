from collections import Counter

from operator_cli.demo.data import answers
from vocabulary.pack.grid import Dimension, Grid, Question
from vocabulary.text import Bilingual

TEXT = Bilingual("Question", "سؤال")
GRID = Grid(
    scales={"practice": (TEXT,) * 5},
    dimensions=tuple(
        Dimension(code, TEXT, 1, tuple(Question(f"{code}-{n}", TEXT, 1, "practice") for n in range(4)), ())
        for code in ("governance", "finance", "projects")
    ),
)
REFS = [f"FM-{number:04d}" for number in range(200)]


def test_every_question_is_answered_with_a_level() -> None:
    for ref in REFS:
        given = answers(GRID, ref)
        assert set(given) == {question.code for question in GRID.questions}
        assert set(given.values()) <= {0, 1, 2, 3, 4}


def test_an_association_always_answers_the_same() -> None:
    assert answers(GRID, "FM-0001") == answers(GRID, "FM-0001")
    assert answers(GRID, "FM-0001") != answers(GRID, "FM-0002")
    assert answers(GRID, "FM-0001", seed=4) != answers(GRID, "FM-0001", seed=3)


def test_associations_are_weak_in_different_dimensions() -> None:
    scores = [{d.code: d.score(answers(GRID, ref)) for d in GRID.dimensions} for ref in REFS]
    weakest = Counter(min(score, key=score.__getitem__) for score in scores)
    assert min(weakest[dimension.code] for dimension in GRID.dimensions) > 40
    below_half = sum(value < 50 for score in scores for value in score.values()) / (3 * len(REFS))
    assert 0.3 < below_half < 0.7
