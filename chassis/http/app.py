"""The web application of a service: one place where every request is let in, given its context, answered and measured."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

import flask_smorest
import structlog
from flask import Flask, Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from chassis import __version__, metrics, telemetry
from chassis.auth import Principal, TokenVerifier
from chassis.context import Context, entered
from chassis.http import answers, signing_in, tracing
from chassis.http.access import PUBLIC, access_of, check_all_say, is_import, public
from chassis.http.blueprint import Blueprint
from chassis.http.health import Check, Readiness, readiness_body
from chassis.http.parsing import check_no_body, check_query, read_away
from chassis.ids import new_id
from chassis.problems import Forbidden, Problem, TooLarge
from chassis.settings import Settings

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
QUIET = frozenset({"/livez", "/readyz", "/metrics"})

log = structlog.get_logger(__name__)


class Served(Protocol):
    """What this module wants of a service."""

    @property
    def name(self) -> str:
        """Its name, such as `training`."""
        ...

    @property
    def title(self) -> str:
        """What it is for, in a few words."""
        ...

    @property
    def blueprints(self) -> Sequence[Blueprint]:
        """All its views."""
        ...


class Application(Flask):
    """A Flask application that lets nobody in whom a view has not asked for."""

    verifier: TokenVerifier
    settings: Settings

    def full_dispatch_request(self) -> Response:
        """Answer one request, with its ids on every line that is logged on the way."""
        g.started = time.perf_counter()
        g.request_id = new_id()
        g.correlation = tracing.correlation(request.headers.get("X-Correlation-Id"))
        with structlog.contextvars.bound_contextvars(correlation=g.correlation, request=g.request_id), _followed() as g.span:
            answer = super().full_dispatch_request()
            self._finish(answer)
            read_away(request)
        return answer

    def dispatch_request(self) -> ResponseReturnValue:
        """Let the request in, or not, and hand it to its view in its context."""
        rule = request.url_rule
        if rule is None or request.routing_exception is not None or request.method == "OPTIONS":
            return super().dispatch_request()
        view = self.view_functions[rule.endpoint]
        limit = self.settings.max_import_bytes if is_import(view) else self.settings.max_body_bytes
        _check_length(request.content_length or 0, limit)
        principal = self._principal(access_of(view), signing_in.authorization(request, view))
        _read_body(limit)
        check_query(request, view)
        if request.method in CHANGING and not is_import(view):
            check_no_body(request, view)
        with entered(_context(principal)):
            return super().dispatch_request()

    def _principal(self, access: str | None, authorization: str | None) -> Principal | None:
        if access == PUBLIC:
            return None
        principal = self.verifier.principal(authorization)
        if access is None or not principal.may(access):
            sentence = f"The role {principal.role} may not do this; it takes the permission {access}."
            raise Forbidden("permission-missing", sentence, permission=access)
        return principal

    def _finish(self, answer: Response) -> None:
        method, route = _asked()
        seconds = time.perf_counter() - g.started
        metrics.HTTP_SECONDS.labels(method, route, str(answer.status_code)).observe(seconds)
        _tell(g.span, answer.status_code)
        answer.headers["X-Correlation-Id"] = g.correlation
        answers.add_security_headers(answer.headers)
        if answer.status_code < 400:  # noqa: PLR2004 - refusals have no version
            answers.add_result_headers(answer, g.get("returned"))
        if route not in QUIET and (method in CHANGING or answer.status_code >= 400):  # noqa: PLR2004
            about = {"method": method, "route": route, "status": answer.status_code, "ms": round(seconds * 1000, 1)}
            log.info("http.answered", **about, **_recorded(answer))


def _recorded(answer: Response) -> dict[str, str]:
    """The last event that the request recorded, in words that `nassij trace` takes."""
    event = answer.headers.get("Nassij-Event")
    return {"recorded": event} if event and request.method in CHANGING else {}


def _asked() -> tuple[str, str]:
    """Method and route, of which there are few, whatever was sent."""
    method = request.method if request.method in METHODS else "(other)"
    return method, request.url_rule.rule if request.url_rule else "(none)"


def _followed() -> AbstractContextManager[telemetry.Span]:
    method, route = _asked()
    if route in QUIET:
        return nullcontext(telemetry.Span())
    return telemetry.serving(method, route, request.headers.get("traceparent"))


def _tell(span: telemetry.Span, status: int) -> None:
    span.tell({"http.response.status_code": status})
    if status >= 500:  # noqa: PLR2004 - a refusal is no failure of ours
        span.fail(str(status))


def _check_length(length: int, limit: int) -> None:
    if length > limit:
        raise TooLarge("body-too-large", f"The body may have {limit} bytes; send it in parts.", limit=limit)


def _read_body(limit: int) -> None:
    # A body sent in chunks does not tell its length, and Werkzeug would cut it off at the limit without a word: so it may
    # read one byte more, and having that byte is too much.
    request.max_content_length = limit + 1
    if request.method in CHANGING:
        _check_length(len(request.get_data(cache=True)), limit)


def _context(principal: Principal | None) -> Context:
    by = principal.id if principal else None
    changing = request.method in CHANGING
    return Context(
        by=by,
        role=principal.role if principal else None,
        partner=principal.partner if principal else None,
        scope=principal.scope if principal else None,
        correlation=g.correlation,
        causation=g.request_id,
        traceparent=g.span.traceparent or tracing.continued(request.headers.get("traceparent")),
        idempotency_key=tracing.idempotency_key(request.headers.get("Idempotency-Key")) if changing else None,
        fingerprint=answers.fingerprint(request, by) if changing else None,
        expected_version=answers.expected_version(request) if changing else None,
    )


class _Api(flask_smorest.Api):
    """Flask-smorest, whose errors are problems."""

    ERROR_SCHEMA = answers.ProblemDetails
    DEFAULT_RESPONSE_CONTENT_TYPE = "application/json"

    def _register_responses(self) -> None:
        # What it documents here are the refusals alone, and those are problems.
        self.DEFAULT_RESPONSE_CONTENT_TYPE = answers.PROBLEM_JSON
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def handle_http_exception(self, error: HTTPException) -> Response:
        return answers.of_http_exception(error)


def create_app(
    service: Served,
    settings: Settings,
    *,
    checks: Mapping[str, Check] | None = None,
    verifier: TokenVerifier | None = None,
) -> Application:
    """Return the service's web application.

    `checks` are what /readyz runs, such as a ping of the store: callables that raise when something is wrong.
    Raises TypeError if a view says neither @requires nor @public.
    """
    app = Application(service.name, static_folder=None)
    app.settings = settings
    app.verifier = verifier or TokenVerifier.from_settings(settings)
    app.config.update(_configuration(service, settings))
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.register_error_handler(Problem, answers.render)
    app.register_error_handler(Exception, answers.of_unexpected)
    _add_own_views(app, Readiness(checks or {}))
    api = _Api(app)
    for blueprint in service.blueprints:
        api.register_blueprint(blueprint)
    _open_document(app, api)
    check_all_say(app)
    metrics.announce(service.name, metrics.WEB)
    return app


def _configuration(service: Served, settings: Settings) -> dict[str, Any]:
    security = {"components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}}}
    about = {"info": {"description": service.title}, "servers": [{"url": settings.public_url}]}
    return {
        "API_TITLE": f"Nassij {service.name}",
        "API_VERSION": f"v1 ({__version__})",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/",
        "API_SPEC_OPTIONS": about | security | {"security": [{"bearer": []}]},
        "MAX_CONTENT_LENGTH": settings.max_body_bytes,
        "PROPAGATE_EXCEPTIONS": False,
    }


def _add_own_views(app: Application, readiness: Readiness) -> None:
    """Add the addresses that every process has: health and metrics, public and without a word about the domain's people."""

    @app.get("/livez")
    @public
    def livez() -> Response:
        return jsonify(status="alive")

    @app.get("/readyz")
    @public
    def readyz() -> tuple[dict[str, Any], int]:
        return readiness_body(readiness)

    @app.get("/metrics")
    @public
    def exposition() -> Response:
        body, content_type = metrics.exposition(request.headers.get("Accept", ""))
        return Response(body, content_type=content_type)


def _open_document(app: Application, api: Any) -> None:
    """Let everybody read /openapi.json."""
    endpoint = f"{api._make_doc_blueprint_name()}.openapi_json"  # noqa: SLF001 - its only name for it
    app.view_functions[endpoint] = public(lambda: jsonify(api.spec.to_dict()))
