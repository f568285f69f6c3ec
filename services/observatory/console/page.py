"""The page as HTML. Whatever comes from events is escaped where it is written, by the templates' engine."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.observatory.console.board import COLUMNS, SHARES, STATES, Board
from services.observatory.console.words import Language

HERE = Path(__file__).parent / "templates"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""The Content-Security-Policy of every page: our own stylesheet, our own forms, and no script at all."""

REFRESH_SECONDS = 30

_environment = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_environment.globals.update(STATES=STATES, SHARES=SHARES, COLUMNS=COLUMNS, REFRESH_SECONDS=REFRESH_SECONDS)


def stylesheet() -> str:
    """The stylesheet of every page."""
    return (HERE / "console.css").read_text(encoding="utf-8")


def of_board(board: Board, language: Language, *, who: str, where: Sequence[Mapping[str, str]]) -> str:
    """The page of figures. `who` is signed in; `where` are the names of the regions that are seen, none for the whole country."""
    return _render("console.html", language, board=board, who=who, where=where, here=_code(board))


def of_sign_in(language: Language, refusal: str | None = None) -> str:
    """The page on which one signs in, with the key of the sentence that says why one has to again."""
    return _render("sign_in.html", language, refusal=refusal, here=None)


def of_problem(language: Language, sentence: str, *, again: bool = False) -> str:
    """The page that says why there is nothing else, by the key of its sentence; `again`: it tries by itself."""
    return _render("problem.html", language, sentence=sentence, again=again, here=None)


def _code(board: Board) -> str | None:
    return board.here.code if board.here else None


def _render(template: str, language: Language, **shown: Any) -> str:
    return _environment.get_template(template).render(lang=language, say=language.say, **shown)
