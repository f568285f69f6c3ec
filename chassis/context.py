"""Who and what caused the work at hand. It travels with the thread of work, never as an argument of a rule."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chassis.scope import Scope


@dataclass(frozen=True, slots=True)
class Context:
    """One request, event or deadline being worked on.

    ``scope`` is ``None`` until somebody says what may be seen: reading a scoped document then fails.
    ``correlation`` is the id of the first cause, ``causation`` of the event or request right before.
    ``expected_version`` is what ``If-Match`` asked for.
    """

    by: str | None = None
    role: str | None = None
    partner: str | None = None
    scope: "Scope | None" = None
    correlation: str | None = None
    causation: str | None = None
    traceparent: str | None = None
    idempotency_key: str | None = None
    fingerprint: str | None = None
    expected_version: int | None = None


_current: ContextVar[Context] = ContextVar("nassij_context", default=Context())  # noqa: B039 - it is frozen


def current() -> Context:
    """The context of this thread of work."""
    return _current.get()


@contextmanager
def entered(context: Context) -> Iterator[Context]:
    """Work inside ``context``, and come back to the one before."""
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
