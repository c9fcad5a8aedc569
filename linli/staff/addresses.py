"""Addresses of the staff doors: every one guarded (signed in, a post, nothing cached), found by name in any of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from linli.staff.access import staff

# The staff doors by the names of their addresses; no two of them use the same name.
DOORS = ("desk", "office", "registry")
# The word of a notice's or a row's link, and the name of the page that shows it.
PLACES = {
    "case": "case",
    "mediation": "mediation",
    "publication": "publication",
    "project": "project",
    "evaluation": "evaluation-page",
    "report": "report-page",
    "meeting": "meeting",
}


def read(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """The address of a page that is only read."""
    return path(route, staff(require_http_methods(["GET", "HEAD"])(view)), name=name)


def show(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """The address of a page that is read and may be posted to."""
    return path(route, staff(require_http_methods(["GET", "HEAD", "POST"])(view)), name=name)


def change(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """An address that only takes changes."""
    return path(route, staff(require_http_methods(["POST"])(view)), name=name)


def address_of(name: str, *args: object) -> str:
    """The address of a page by its bare name, in whichever staff door has it; nothing where this build has none."""
    for door in DOORS:
        try:
            return reverse(f"{door}:{name}", args=args)
        except NoReverseMatch:
            continue
    return ""


def place_of(link: str) -> str:
    """The address of a link's word (``case:NUMBER``, ``inbox:mine``), or nothing."""
    kind, _colon, key = link.partition(":")
    if kind == "inbox":
        return address_of("inbox")
    return address_of(PLACES[kind], key) if kind in PLACES and key else ""
