"""The blueprint that services write their API with: flask-smorest's, typed, strict, and under /v1."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import flask_smorest
from flask import g

from chassis.http.parsing import StrictParser

View = TypeVar("View", bound=Callable[..., Any])


class Blueprint(flask_smorest.Blueprint):
    """A group of views. Every view says `@requires("subject:action")` or `@public`."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, import_name: str, *, url_prefix: str = "/v1", description: str = "", **options: Any) -> None:
        super().__init__(name, import_name, url_prefix=url_prefix, description=description, **options)

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Serve a rule by the view below."""
        return super().route(rule, **options)  # type: ignore[no-any-return]

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Serve GET on a rule by the view below."""
        return self.route(rule, methods=["GET"], **options)

    def post(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Serve POST on a rule by the view below."""
        return self.route(rule, methods=["POST"], **options)

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Serve PUT on a rule by the view below."""
        return self.route(rule, methods=["PUT"], **options)

    def patch(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Serve PATCH on a rule by the view below."""
        return self.route(rule, methods=["PATCH"], **options)

    def delete(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Serve DELETE on a rule by the view below."""
        return self.route(rule, methods=["DELETE"], **options)

    def errorhandler(self, kind: type[Exception]) -> Callable[[View], View]:
        """Answer what the views of this blueprint raise by the function below, instead of by a problem."""
        return super().errorhandler(kind)  # type: ignore[no-any-return]

    def arguments(self, schema: Any, *, location: str = "json", **options: Any) -> Callable[[View], View]:
        """Load the body (or `location="query"`, `"form"`, `"files"`) by a schema: the view's first argument."""
        return super().arguments(schema, location=location, **options)  # type: ignore[no-any-return]

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[[View], View]:
        """Render what the view returns by a schema; a returned aggregate also gives the answer its ETag and Nassij-Event."""
        rendered = super().response(status_code, schema, **options)

        def decorate(view: View) -> View:
            return rendered(_remembered(view))  # type: ignore[no-any-return]

        return decorate


def _remembered(view: View) -> View:
    """Keep what the view returned, until the headers of the answer are written."""

    @wraps(view)
    def remember(*args: Any, **kwargs: Any) -> Any:
        result = view(*args, **kwargs)
        g.returned = result[0] if isinstance(result, tuple) else result
        return result

    return remember  # type: ignore[return-value]
