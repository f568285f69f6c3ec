"""Who comes to which half-day: drawn once for a seed, always the same."""

from random import Random

IRREGULAR = 0.12
"""The share of participants who miss many half-days; most of these complete nothing."""
MISSES, MISSES_WHEN_IRREGULAR = 0.03, 0.45
TRAINER_MISSES = (0, 0, 0, 1, 1, 2)
"""How many of ten half-days a future trainer misses: two at most still complete the course."""


def of_participant(seed: int, activity: object, person: str, half_days: int) -> frozenset[int]:
    """The half-days (from 1) to which a participant of a session comes."""
    rng = Random(f"{seed}/{activity}/{person}")  # noqa: S311 - made-up data, not secrets
    misses = MISSES_WHEN_IRREGULAR if rng.random() < IRREGULAR else MISSES
    return frozenset(number for number in range(1, half_days + 1) if rng.random() >= misses)


def of_future_trainer(seed: int, person: str, half_days: int) -> frozenset[int]:
    """The half-days (from 1) to which a future trainer comes: enough of them, whoever it is."""
    rng = Random(f"{seed}/cohort/{person}")  # noqa: S311 - made-up data, not secrets
    missed = rng.sample(range(1, half_days + 1), rng.choice(TRAINER_MISSES) * half_days // 10)
    return frozenset(range(1, half_days + 1)) - set(missed)
