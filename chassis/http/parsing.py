"""Bodies and query strings: read strictly, refused with a list of what is wrong where."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs import core
from webargs.flaskparser import FlaskParser

from chassis.problems import BadRequest, Invalid, Problem
from chassis.schemas import OPERATOR

READ_AT_ONCE = 64 * 1024
MOST_READ_AWAY = 64 * 1024 * 1024

PLACES = {"json": "body", "query": "query string", "form": "form", "files": "files"}


class UnsupportedMediaType(Problem):
    """The body is of a kind that this address does not take."""

    status = 415


class StrictParser(FlaskParser):
    """Webargs' parser, which refuses what no schema names in a query string too, and answers by problems."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"query": RAISE, "querystring": RAISE, "files": RAISE}

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002 - webargs' signature
        """Return the JSON body. Raises BadRequest if it is none, UnsupportedMediaType if it does not say so."""
        raw = req.get_data(cache=True)
        if not core.is_json(req.mimetype):
            if raw:
                raise UnsupportedMediaType("media-type-unknown", "Send the body as JSON, with 'Content-Type: application/json'.")
            return core.missing
        try:
            return json.loads(raw.decode("utf-8"), parse_constant=_no_constant) if raw else core.missing
        except (ValueError, RecursionError) as error:
            where = f" (line {error.lineno}, column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
            raise BadRequest("json-malformed", f"The body is not JSON{where}; correct it and send it again.") from error

    def handle_error(self, error: ValidationError, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse a body or a query string with the list of its faults."""
        messages = error.messages if isinstance(error.messages, dict) else {"json": error.messages}
        faults = [
            {"field": name or place, "problem": text, "in": PLACES.get(place, place)}
            for place, found in messages.items()
            for name, text in _flat(found)
        ]
        raise Invalid("request-invalid", _sentence(faults), fields=faults) from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _flat(found: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted path, message) for marshmallow's nested messages; what concerns a whole object stands at its own path."""
    if isinstance(found, Mapping):
        for key, inner in found.items():
            own = path if key == "_schema" else f"{path}.{key}".lstrip(".")
            yield from _flat(inner, own)
    elif isinstance(found, list):
        for inner in found:
            yield from _flat(inner, path)
    else:
        yield path, str(found)


def _sentence(faults: list[dict[str, str]]) -> str:
    named = ", ".join(dict.fromkeys(fault["field"] for fault in faults[:5]))
    more = " and others" if len(faults) > 5 else ""  # noqa: PLR2004 - enough to begin with; all are in the list
    return f"Correct {named}{more} as the list of fields says, and send the request again."


def check_query(request: Request, view: Any) -> None:
    """Raise Invalid for parameters that look like operators of a query, or that the view takes none of at all."""
    for name in request.args:
        if OPERATOR.search(name) or "[" in name:
            fault = {"field": name, "problem": "Operators are not taken here.", "in": "query string"}
            sentence = "Ask with plain parameters: names with $, [, a dot or two underscores are not taken."
            raise Invalid("query-operator", sentence, fields=[fault])
    if request.args and not _documents(view, "query", "querystring"):
        faults = [{"field": name, "problem": "Unknown field.", "in": "query string"} for name in request.args]
        raise Invalid("request-invalid", "This address takes no parameters; leave them out.", fields=faults)


def check_no_body(request: Request, view: Any) -> None:
    """Raise Invalid for a body that says something to a view that would not hear it; an empty object says nothing."""
    if request.get_data(cache=True).strip() not in {b"", b"{}"} and not _documents(view, "json", "form", "files"):
        raise Invalid("request-invalid", "This address takes no body; leave it out.")


def read_away(request: Request) -> None:
    """Take what the caller still sends: closing a connection on it would reset it, and the answer would be lost with it."""
    left = MOST_READ_AWAY if request.content_length or request.environ.get("wsgi.input_terminated") else 0
    while left > 0 and (taken := len(request.environ["wsgi.input"].read(READ_AT_ONCE))):
        left -= taken


def _documents(view: Any, *places: str) -> bool:
    parameters = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    return any(parameter.get("in") in places for parameter in parameters)
