"""The diagnostic grid: questions answered by levels, scores by dimension, and the rules that turn a low score into needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vocabulary.pack.reading import Node
from vocabulary.text import Bilingual

TOP = 4  # levels run from 0 to 4
_HEAVIEST = 10


class AnswersRefused(ValueError):  # noqa: N818 - a name of the domain: the answers of a diagnostic
    """Answers that cannot be scored. `reasons` says for each question what is wrong with its answer."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{question}: {reason}" for question, reason in reasons.items()))
        self.reasons = dict(reasons)


@dataclass(frozen=True)
class Question:
    """A question; `scale` names the scale whose five texts are its possible answers."""

    code: str
    text: Bilingual
    weight: int
    scale: str


@dataclass(frozen=True)
class NeedRule:
    """A dimension that scores below `below` (0..100) needs these modules."""

    below: int
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Dimension:
    """One side of an association's management; `weight` is its part in the overall score."""

    code: str
    title: Bilingual
    weight: int
    questions: tuple[Question, ...]
    needs: tuple[NeedRule, ...]

    def score(self, levels: Mapping[str, int]) -> float:
        """Weighted mean of the levels, as 0..100 with one decimal."""
        weighted = sum(question.weight * levels[question.code] for question in self.questions)
        return round(100 * weighted / (TOP * sum(question.weight for question in self.questions)), 1)

    def needed(self, score: float) -> tuple[str, ...]:
        """The modules that the score calls for, in the order of the rules."""
        called = [module for rule in self.needs if score < rule.below for module in rule.modules]
        return tuple(dict.fromkeys(called))


@dataclass(frozen=True)
class Need:
    """A module that an association needs, the dimension that called for it and what that dimension scored."""

    module: str
    dimension: str
    score: float


@dataclass(frozen=True)
class Grid:
    """The whole grid. A scale is five texts, for the levels 0 to 4."""

    scales: Mapping[str, tuple[Bilingual, ...]]
    dimensions: tuple[Dimension, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which it is asked."""
        return tuple(question for dimension in self.dimensions for question in dimension.questions)

    def check(self, answers: Mapping[str, int]) -> None:
        """Hold partly given answers (question code -> level) against the grid.

        Raises AnswersRefused for unknown questions and for levels that are not whole numbers from 0 to 4.
        """
        reasons = dict(self._wrong(answers))
        if reasons:
            raise AnswersRefused(reasons)

    def score(self, answers: Mapping[str, int]) -> dict[str, float]:
        """The score of each dimension, 0..100 with one decimal: the weighted mean of its levels over 4.

        Raises AnswersRefused as `check` does, and for every question without an answer: a partly filled diagnostic has no score.
        """
        missing = {question.code: "has no answer" for question in self.questions if question.code not in answers}
        reasons = dict(self._wrong(answers)) | missing
        if reasons:
            raise AnswersRefused(reasons)
        return {dimension.code: dimension.score(answers) for dimension in self.dimensions}

    def overall(self, scores: Mapping[str, float]) -> float:
        """The weighted mean of the dimensions' scores, 0..100 with one decimal."""
        weighted = sum(dimension.weight * scores[dimension.code] for dimension in self.dimensions)
        return round(weighted / sum(dimension.weight for dimension in self.dimensions), 1)

    def needs(self, scores: Mapping[str, float]) -> tuple[Need, ...]:
        """What the scores call for, one entry for a module in each dimension that calls for it.

        Two dimensions may call for the same module: who plans counts distinct modules. A better score never adds an entry.
        """
        return tuple(
            Need(module, dimension.code, scores[dimension.code])
            for dimension in self.dimensions
            for module in dimension.needed(scores[dimension.code])
        )

    def _wrong(self, answers: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        known = {question.code for question in self.questions}
        for code, level in answers.items():
            if code not in known:
                yield code, "is not a question of this grid"
            elif type(level) is not int or not 0 <= level <= TOP:
                yield code, f"{level!r} is not a level; answer with a whole number from 0 to {TOP}"


def read_grid(node: Node) -> Grid:
    """The grid; whether its rules name existing modules is the pack's question."""
    node.holds(Grid)
    scales = {code: _scale(entry) for code, entry in node["scales"].entries()}
    return Grid(scales=scales, dimensions=tuple(_dimension(item, scales) for item in node["dimensions"].items()))


def _scale(node: Node) -> tuple[Bilingual, ...]:
    levels = tuple(item.bilingual() for item in node.items())
    if len(levels) != TOP + 1:
        node.refuse(f"has {len(levels)} levels", f"write {TOP + 1} levels, from 0 to {TOP}")
    return levels


def _dimension(node: Node, scales: Mapping[str, object]) -> Dimension:
    node.holds(Dimension)
    return Dimension(
        code=node["code"].code(),
        title=node["title"].bilingual(),
        weight=node["weight"].whole(1, _HEAVIEST),
        questions=tuple(_question(item, scales) for item in node["questions"].items()),
        needs=tuple(_rule(item) for item in node["needs"].items()),
    )


def _question(node: Node, scales: Mapping[str, object]) -> Question:
    node.holds(Question)
    return Question(
        code=node["code"].code(),
        text=node["text"].bilingual(),
        weight=node["weight"].whole(1, _HEAVIEST),
        scale=node["scale"].choice(tuple(scales)),
    )


def _rule(node: Node) -> NeedRule:
    node.holds(NeedRule)
    return NeedRule(below=node["below"].whole(1, 100), modules=tuple(item.code() for item in node["modules"].items()))
