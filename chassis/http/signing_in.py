"""Signing in to a page: a browser sends no `Authorization` header by itself, so the token comes back in a cookie.

Why requests that another site forges (CSRF) are no matter: the cookie counts for GET and HEAD alone, on views marked
`@for_browsers` alone, and those change nothing. Whatever changes something wants the header, which no foreign page can make
a browser send. The cookie is SameSite=Strict, so it does not even come with a foreign page's link, and HttpOnly, so no
script reads it. Signing in and out themselves refuse what a browser says comes from another site.
"""

import time
from collections.abc import Callable
from typing import Any, Protocol, cast

from flask import Request, Response, current_app

from chassis.auth import Principal, TokenVerifier
from chassis.http.access import is_for_browsers
from chassis.problems import Unauthorized
from chassis.settings import Settings

COOKIE = "nassij_token"
READING = frozenset({"GET", "HEAD"})
LONGEST = 3800
"""Characters of a token that every browser keeps in a cookie."""


class Trusting(Protocol):
    """What this module wants of the application."""

    verifier: TokenVerifier
    settings: Settings


def authorization(request: Request, view: Callable[..., Any]) -> str | None:
    """The Authorization header that was sent, or what stands for it in a browser that has signed in."""
    sent = request.headers.get("Authorization")
    if sent is None and request.method in READING and is_for_browsers(view) and request.cookies.get(COOKIE):
        return f"Bearer {request.cookies[COOKIE]}"
    return sent


def check(token: str) -> Principal:
    """Who a token stands for. Raises Unauthorized, or Unavailable when there are no keys to check it with."""
    if len(token) > LONGEST:
        raise Unauthorized("token-too-long", f"The token has more than {LONGEST} characters; get a shorter one from its issuer.")
    return _application().verifier.principal(f"Bearer {token}")


def keep(answer: Response, token: str) -> None:
    """Have the browser send this token from now on, as long as it holds. Raises Unauthorized for one that does not."""
    application = _application()
    left = application.verifier.expiry(token) - time.time()
    answer.set_cookie(COOKIE, token, max_age=max(0, int(left)), **_attributes(application))


def forget(answer: Response) -> None:
    """Have the browser forget its token."""
    answer.delete_cookie(COOKIE, **_attributes(_application()))


def is_from_elsewhere(request: Request) -> bool:
    """Whether the browser says that another site's page made it send this."""
    return request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}


def _attributes(application: Trusting) -> dict[str, Any]:
    secure = application.settings.public_url.startswith("https://")
    return {"httponly": True, "samesite": "Strict", "secure": secure, "path": "/"}


def _application() -> Trusting:
    return cast("Trusting", current_app)
