"""What a view says about itself: who may call it, and how much it may be sent. Saying nothing is an error at start."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar

from flask import Flask

from chassis.auth import require_known

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
_ACCESS = "nassij_access"
_IMPORT = "nassij_import"
_BROWSERS = "nassij_browsers"


def requires(permission: str) -> Callable[[View], View]:
    """Let in only those whose role has this permission (chassis/auth/roles.py). Raises ValueError for an unknown one."""
    return _marked(require_known(permission), {"x-permission": permission})


def public(view: View) -> View:
    """Let in everybody, without a token and without a scope: what the view reads, it reads under an explicit `unscoped()`."""
    return _marked(PUBLIC, {"security": []})(view)


def takes_imports(view: View) -> View:
    """Let this view be sent as much as NASSIJ_MAX_IMPORT_BYTES instead of NASSIJ_MAX_BODY_BYTES."""
    setattr(view, _IMPORT, True)
    return view


def for_browsers(view: View) -> View:
    """Let in also by the cookie of somebody who signed in (chassis/http/signing_in.py): for pages, which only read."""
    setattr(view, _BROWSERS, True)
    return view


def _marked(access: str, documented: dict[str, Any]) -> Callable[[View], View]:
    # Marks are attributes, which functools.wraps carries outward, so their place among the decorators does not matter.
    def mark(view: View) -> View:
        setattr(view, _ACCESS, access)
        apidoc = deepcopy(getattr(view, "_apidoc", {}))
        apidoc["manual_doc"] = apidoc.get("manual_doc", {}) | documented
        view._apidoc = apidoc  # type: ignore[attr-defined]  # noqa: SLF001 - where flask-smorest keeps what it documents
        return view

    return mark


def access_of(view: Callable[..., Any]) -> str | None:
    """Return the permission that a view wants, PUBLIC, or nothing if it does not say."""
    return getattr(view, _ACCESS, None)


def is_import(view: Callable[..., Any]) -> bool:
    """Whether a view takes files to import."""
    return getattr(view, _IMPORT, False)


def is_for_browsers(view: Callable[..., Any]) -> bool:
    """Whether a view is a page that one signs in to."""
    return getattr(view, _BROWSERS, False)


def check_all_say(app: Flask) -> None:
    """Raise TypeError for the first view that says neither @requires nor @public."""
    for endpoint, view in app.view_functions.items():
        if access_of(view) is None:
            raise TypeError(f"The view {endpoint} says neither @requires(...) nor @public.")
