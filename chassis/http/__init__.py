"""The HTTP side of a service: `Blueprint`, who may call what, pages, and the application around them."""

from chassis.http.access import for_browsers, public, requires, takes_imports
from chassis.http.app import create_app
from chassis.http.blueprint import Blueprint
from chassis.http.pages import Page, PageArguments, page, page_of

__all__ = [
    "Blueprint",
    "Page",
    "PageArguments",
    "create_app",
    "for_browsers",
    "page",
    "page_of",
    "public",
    "requires",
    "takes_imports",
]
