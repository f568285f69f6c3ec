"""What an association answers in the demo's diagnostic."""

from random import Random

from vocabulary.pack.grid import TOP, Grid

_TYPICAL, _BETWEEN_ASSOCIATIONS, _BETWEEN_DIMENSIONS, _BETWEEN_QUESTIONS = 1.8, 0.7, 0.8, 0.6  # levels: mean, then spreads


def answers(grid: Grid, ref: str, seed: int = 3) -> dict[str, int]:
    """A level from 0 to 4 for every question, by its code; always the same for a seed and a reference.

    An association is better or worse on the whole, has strong and weak sides, and answers about one of them much alike: so the
    needs of two associations differ.
    """
    rng = Random(f"{seed}/{ref}")  # noqa: S311 - made-up data, not secrets
    whole = rng.gauss(_TYPICAL, _BETWEEN_ASSOCIATIONS)
    levels: dict[str, int] = {}
    for dimension in grid.dimensions:
        side = whole + rng.gauss(0, _BETWEEN_DIMENSIONS)
        levels |= {question.code: _level(rng.gauss(side, _BETWEEN_QUESTIONS)) for question in dimension.questions}
    return levels


def _level(drawn: float) -> int:
    return min(TOP, max(0, round(drawn)))
