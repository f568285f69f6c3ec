"""Refusals with a reason: what a caller gets instead of a result, rendered over HTTP as RFC 9457 problem details.

`detail` is one sentence for a person that says what to do. `slug` names the kind of problem and is part of the API.
Extra fields carry ids and figures, never personal data.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

TYPE_PREFIX = "urn:nassij:problem:"
_RESERVED = frozenset({"type", "title", "status", "detail", "instance"})


class Problem(Exception):  # noqa: N818 - these are outcomes that a caller is told, and read as such
    """Base of all refusals; `status` is the HTTP status they become."""

    status: int = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, slug: str, detail: str, **extra: Any) -> None:
        taken = _RESERVED & extra.keys()
        if taken:
            raise TypeError(f"A problem's extra fields may not be called {sorted(taken)}.")
        super().__init__(f"{slug}: {detail}")
        self.slug = slug
        self.detail = detail
        self.extra = extra

    @property
    def title(self) -> str:
        """The slug as words: the same for every problem of its kind."""
        return self.slug.replace("-", " ").capitalize()

    @property
    def headers(self) -> Mapping[str, str]:
        """HTTP headers that belong to this answer."""
        return {}

    def as_dict(self) -> dict[str, Any]:
        """Return the members of the problem+json document."""
        head = {"type": TYPE_PREFIX + self.slug, "title": self.title, "status": int(self.status), "detail": self.detail}
        return head | self.extra


class BadRequest(Problem):
    """The request cannot be read at all."""

    status = HTTPStatus.BAD_REQUEST


class Unauthorized(Problem):
    """Nobody is known to be asking: no token, or one that does not hold."""

    status = HTTPStatus.UNAUTHORIZED

    @property
    def headers(self) -> Mapping[str, str]:
        """Say how one identifies oneself, as RFC 9110 wants of a 401."""
        return {"WWW-Authenticate": 'Bearer realm="nassij"'}


class Forbidden(Problem):
    """Whoever asks is known and may not do this, or not there."""

    status = HTTPStatus.FORBIDDEN


class NotFound(Problem):
    """There is no such thing, or none that the asker may see: the two are not told apart."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self, what: str, identifier: object, detail: str | None = None, **extra: Any) -> None:
        sentence = detail or f"There is no {what} {identifier} that you may see; check its id and your territory."
        super().__init__(f"{what.replace(' ', '-').replace('_', '-').lower()}-not-found", sentence, id=str(identifier), **extra)


class RuleBroken(Problem):
    """A rule of the domain does not allow this now."""

    status = HTTPStatus.CONFLICT


class PreconditionFailed(Problem):
    """The thing has changed since the asker looked (If-Match)."""

    status = HTTPStatus.PRECONDITION_FAILED


class TooLarge(Problem):
    """More was sent than is taken at once."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Invalid(Problem):
    """The request was read and its content is not acceptable.

    `fields` lists what is wrong where: `{"field": "names.fr", "problem": "is missing"}`.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, slug: str, detail: str, fields: Sequence[Mapping[str, str]] = (), **extra: Any) -> None:
        if fields:
            extra["fields"] = [dict(field) for field in fields]
        super().__init__(slug, detail, **extra)


class Unavailable(Problem):
    """Something this needs is away for the moment; trying again later is right."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, slug: str, detail: str, retry_after: int = 2, **extra: Any) -> None:
        super().__init__(slug, detail, **extra)
        self.retry_after = retry_after

    @property
    def headers(self) -> Mapping[str, str]:
        """Say in how many seconds to try again."""
        return {"Retry-After": str(self.retry_after)}
