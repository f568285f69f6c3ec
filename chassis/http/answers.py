"""How answers leave: problems as application/problem+json, versions and events of what was changed as headers."""

import hashlib
from collections.abc import Mapping
from typing import Any

import structlog
from flask import Request, Response, json
from marshmallow import fields
from werkzeug.exceptions import HTTPException

from chassis.ids import new_id
from chassis.problems import PreconditionFailed, Problem, Unavailable
from chassis.schemas import Schema
from chassis.store.faults import StoreAway, meaning

PROBLEM_JSON = "application/problem+json"
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
# What the framework refuses by itself, said so that one knows what to do.
SENTENCES = {
    400: ("bad-request", "The request cannot be read; check it against /openapi.json."),
    404: ("address-unknown", "There is nothing at this address; /openapi.json lists the addresses."),
    405: ("method-not-allowed", "This address does not take this method; /openapi.json lists the methods."),
    413: ("body-too-large", "The body is larger than this address takes; send it in parts."),
    414: ("address-too-long", "The address is longer than this service takes; shorten what stands in it."),
    415: ("media-type-unknown", "Send the body as JSON, with 'Content-Type: application/json'."),
    431: ("headers-too-large", "The headers are larger than this service takes; send fewer or shorter ones."),
}

log = structlog.get_logger(__name__)


class ProblemDetails(Schema):
    """What every refusal looks like (RFC 9457)."""

    type = fields.String(metadata={"description": "A URN that names the kind of problem."})
    title = fields.String(metadata={"description": "The kind of problem in words."})
    status = fields.Integer(metadata={"description": "The HTTP status."})
    detail = fields.String(metadata={"description": "One sentence that says what to do."})
    fields_ = fields.List(fields.Dict(), data_key="fields", metadata={"description": "What is wrong where, if the content is."})


def render(problem: Problem) -> Response:
    """Return the answer that tells a problem."""
    body = json.dumps(problem.as_dict())
    return Response(body, status=int(problem.status), content_type=PROBLEM_JSON, headers=dict(problem.headers))


def of_http_exception(error: HTTPException) -> Response:
    """Return the answer for what Flask or Werkzeug refused, or pass on the answer that they already made."""
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    code = error.code or 500
    slug, sentence = SENTENCES.get(code, (error.name.lower().replace(" ", "-"), error.description or error.name))
    problem = Problem(slug, sentence)
    problem.status = code
    answer = render(problem)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def of_unreadable(status: int, reason: str) -> bytes:
    """Return the answer, byte by byte, to what is no request that an application could be asked."""
    slug, sentence = SENTENCES.get(status, (reason.lower().replace(" ", "-"), SENTENCES[400][1]))
    problem = Problem(slug, sentence)
    problem.status = status
    body = json.dumps(problem.as_dict(), ensure_ascii=False).encode()
    headers = {"Connection": "close", "Content-Type": PROBLEM_JSON, "Content-Length": str(len(body))} | SECURITY_HEADERS
    lines = (f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers.items()), "", "")
    return "\r\n".join(lines).encode("latin-1") + body


def of_unexpected(error: Exception) -> Response:
    """Log an error that nobody foresaw, and return an answer that names the log's line and nothing of the error itself.

    A store that is away is foreseen, wherever it is noticed.
    """
    if isinstance(meaning(error), StoreAway):
        log.warning("http.store_away", kind=type(error).__name__)
        return render(Unavailable("store-away", "The store does not answer: send the same request again in a moment."))
    identifier = new_id()
    log.error("http.unexpected_error", error_id=identifier, kind=type(error).__name__, exc_info=error)
    sentence = f"Something went wrong here, not in your request; tell the operators the id {identifier}."
    return render(Problem("unexpected-error", sentence, error_id=identifier))


def add_result_headers(answer: Response, returned: Any) -> None:
    """Write the version of a returned document as ETag, and the last event of an aggregate as Nassij-Event."""
    version = getattr(returned, "version", None)
    if isinstance(version, int):
        answer.set_etag(str(version))
    subject, sequence = getattr(returned, "subject", None), getattr(returned, "sequence", None)
    if isinstance(subject, str) and isinstance(sequence, int) and sequence > 0:
        answer.headers["Nassij-Event"] = f"{subject}/{returned.pk}@{sequence}"


def expected_version(request: Request) -> int | None:
    """Return the version that If-Match asks for. Raises PreconditionFailed for one that no document of ours can have."""
    wanted = request.if_match
    if not wanted or wanted.star_tag:
        return None
    tags = [tag for tag in wanted.as_set(include_weak=True) if tag.isdecimal()]
    if len(tags) != 1:
        raise PreconditionFailed("etag-unknown", "If-Match takes one ETag, as it came with the thing that you want to change.")
    return int(tags[0])


def fingerprint(request: Request, by: str | None) -> str:
    """Return a hash of what was asked and by whom, so that an idempotency key is not taken for another request."""
    digest = hashlib.sha256(f"{by}\n{request.method}\n{request.full_path}\n".encode())
    body = request.get_data(cache=True)
    # The line between a form's parts is made anew by each client, also when it repeats itself.
    boundary = request.mimetype_params.get("boundary", "").encode()
    digest.update(body.replace(boundary, b"") if boundary else body)
    return digest.hexdigest()


def add_security_headers(headers: Any, chosen: Mapping[str, str] = SECURITY_HEADERS) -> None:
    """Write the security headers that the view has not chosen itself."""
    for name, value in chosen.items():
        headers.setdefault(name, value)
