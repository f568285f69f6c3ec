"""The page and its sign-in. Browsers are told everything in a page, also what went wrong."""

from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import HTTPException

from chassis.context import current
from chassis.http import Blueprint, answers, for_browsers, public, requires, signing_in
from chassis.problems import Forbidden, NotFound, Problem, Unauthorized
from services.observatory.console import board, page
from services.observatory.console import queries as source
from services.observatory.console.schemas import Asked, SignIn
from services.observatory.console.words import LANGUAGES, Language, language

PERMISSION = "figures:read"
SERVER_FAULT = 500

blueprint = Blueprint("console", __name__, url_prefix="/", description="The page that shows the roll-out, for browsers.")


@blueprint.get("/")
@for_browsers
@requires(PERMISSION)
@blueprint.arguments(Asked, location="query")
@blueprint.response(200, content_type="text/html")
def console(asked: dict[str, Any]) -> Response:
    """The roll-out on one page: of the country, or of a region, as far as the asker sees it."""
    scope = current().scope
    with_targets = scope is not None and scope.provinces is None
    if asked["region"] is None:
        found = board.of_country(source, with_targets=with_targets)
    else:
        found = board.of_region(source, asked["region"], with_targets=with_targets)
    return _html(page.of_board(found, _language(), who=current().by or "", where=_where()))


@blueprint.get("/console.css")
@public
@blueprint.response(200, content_type="text/css")
def stylesheet() -> Response:
    """The page's stylesheet."""
    answer = Response(page.stylesheet(), mimetype="text/css", headers={"Cache-Control": "no-cache"})
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@blueprint.get("/sign-in")
@public
@blueprint.arguments(Asked, location="query")
@blueprint.response(200, content_type="text/html")
def sign_in_form(_: dict[str, Any]) -> Response:
    """A form into which one pastes a token."""
    return _html(page.of_sign_in(_language()))


@blueprint.post("/sign-in")
@public
@blueprint.arguments(SignIn, location="form")
@blueprint.response(303, content_type="text/html")
def sign_in(form: dict[str, Any]) -> Response:
    """Keep a token in the browser, as long as it holds, and show the page."""
    _refuse_elsewhere()
    token = form["token"].strip().removeprefix("Bearer ").strip()
    if not signing_in.check(token).may(PERMISSION):
        raise Forbidden("permission-missing", "The token's role may not read figures; get one of another role.")
    answer = _to("./", form["lang"])
    signing_in.keep(answer, token)
    return answer


@blueprint.post("/sign-out")
@public
@blueprint.arguments(SignIn, location="form")
@blueprint.response(303, content_type="text/html")
def sign_out(form: dict[str, Any]) -> Response:
    """Forget the token."""
    _refuse_elsewhere()
    answer = _to("sign-in", form["lang"])
    signing_in.forget(answer)
    return answer


@blueprint.errorhandler(Unauthorized)
def not_signed_in(problem: Unauthorized) -> Response:
    """Show the form to whoever has no token, and say what is wrong with the one that was sent."""
    # Only that the token ran out is worth telling apart; all else is the issuer's to know.
    wrong = "token_expired" if problem.slug == "token-expired" else "token_refused"
    nothing_sent = problem.slug == "token-missing" and request.method == "GET"
    return _refused(answers.render(problem), page.of_sign_in(_language(), None if nothing_sent else wrong))


@blueprint.errorhandler(Forbidden)
def not_allowed(problem: Forbidden) -> Response:
    """Say that this token cannot open the page, and ask for another."""
    sentence = "from_elsewhere" if problem.slug == "from-elsewhere" else "token_powerless"
    return _refused(answers.render(problem), page.of_sign_in(_language(), sentence))


@blueprint.errorhandler(NotFound)
def not_here(problem: NotFound) -> Response:
    """Say that there is no such region for the asker."""
    return _refused(answers.render(problem), page.of_problem(_language(), "no_such_region"))


@blueprint.errorhandler(Exception)
def not_now(error: Exception) -> Response:
    """Say in a page what else went wrong."""
    answer = answers.render(error) if isinstance(error, Problem) else answers.of_unexpected(error)
    away = answer.status_code >= SERVER_FAULT
    return _refused(answer, page.of_problem(_language(), "problem.away" if away else "problem.other", again=away))


def _refuse_elsewhere() -> None:
    if signing_in.is_from_elsewhere(request):
        raise Forbidden("from-elsewhere", "Another site's page sent this; open this page yourself.")


def _to(address: str, lang: str | None) -> Response:
    # A relative address: the page may stand below a path that only the proxy before us knows.
    return redirect(f"{address}?lang={lang}" if lang in LANGUAGES else address, 303)  # type: ignore[return-value]


def _language() -> Language:
    return language(request.args.get("lang") or _language_sent(), request.accept_languages.best_match(LANGUAGES))


def _language_sent() -> str | None:
    try:
        return request.form.get("lang")
    except HTTPException:  # the form is the very thing that was refused, as too large
        return None


def _where() -> list[dict[str, str]]:
    """The names of the asker's provinces or regions; none for the whole country."""
    scope = current().scope
    codes = () if scope is None else scope.provinces or scope.regions or ()
    return [board.names_of(code) for code in sorted(codes)]


def _html(text: str, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": page.POLICY, "Vary": "Accept-Language, Cookie, Accept"}
    return Response(text, status=status, mimetype="text/html", headers=headers)


def _refused(problem: Response, text: str) -> Response:
    """The page that tells a problem, for whoever wants a page; for anybody else the problem itself."""
    if request.accept_mimetypes.best_match([answers.PROBLEM_JSON, "text/html"]) != "text/html":
        return problem
    answer = _html(text, problem.status_code)
    for name, value in problem.headers.items():
        answer.headers.setdefault(name, value)  # such as what kind of token a 401 wants
    return answer
