"""What the registry says of associations that are held for review. Officers, telephones and the decider's words stay behind."""

from dataclasses import dataclass
from typing import Literal

from chassis.events import event
from vocabulary.text import Bilingual

_REVIEW = "01930d52-0b6e-7b1c-a1f5-93a1f0d0c411"
_ASSOCIATION = "01930d4e-7c1a-7a53-9d0e-0f4b4d1f7a10"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """The association that is held, as far as it is public."""

    names: Bilingual
    region: str
    province: str
    commune: str


@event(
    "ma.nassij.registry.review.opened.v1",
    example={
        "review": _REVIEW,
        "candidate": {
            "names": {"fr": "Ass. El Amal p. le dév. rural", "ar": ""},
            "region": "03",
            "province": "03.591",
            "commune": "03.591.01.03",
        },
        "against": [_ASSOCIATION],
        "score": 0.97,
        "reasons": ["same phone", "name 0.93", "same commune"],
    },
)
class ReviewOpened:
    """An association may be in the register already: it is held, not counted, until a person decides.

    `against` are the associations that it may be, the likeliest first; `score` (0 to 1) and `reasons` are about that one.
    """

    review: str
    candidate: Candidate
    against: list[str]
    score: float
    reasons: list[str]


@event(
    "ma.nassij.registry.review.decided.v1",
    example={"review": _REVIEW, "decision": "duplicate", "of": _ASSOCIATION, "registered": None},
)
class ReviewDecided:
    """A person decided: `of` is the association of which it is a duplicate, `registered` the new one if it is distinct."""

    review: str
    decision: Literal["distinct", "duplicate"]
    of: str | None
    registered: str | None
