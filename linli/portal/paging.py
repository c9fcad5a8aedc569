"""Lists are paged by key: the number of the last row shown, never an offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 20


@dataclass(frozen=True)
class Rows:
    """The rows of one page, and the addresses of the pages beside it (empty where there is none)."""

    rows: Sequence[Any]
    newer: str = ""
    older: str = ""


def newest_first(request: HttpRequest, rows: QuerySet[Any], size: int = SIZE) -> Rows:
    """A page of ``rows``, newest first, after or before the row whose public ``number`` the address names."""
    keys = rows.model._default_manager.values("pk")
    if number := request.GET.get("after", ""):
        found = list(rows.filter(pk__gt=keys.filter(number=number)[:1]).order_by("pk")[: size + 1])
        return _page(request, found[:size][::-1], newer=len(found) > size, older=bool(found))
    if number := request.GET.get("before", ""):
        rows = rows.filter(pk__lt=keys.filter(number=number)[:1])
    found = list(rows.order_by("-pk")[: size + 1])
    return _page(request, found[:size], newer=bool(number) and bool(found), older=len(found) > size)


def _page(request: HttpRequest, rows: list[Any], *, newer: bool, older: bool) -> Rows:
    return Rows(
        rows,
        _address(request, after=rows[0].number) if newer and rows else "",
        _address(request, before=rows[-1].number) if older and rows else "",
    )


def _address(request: HttpRequest, **key: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in ("after", "before")}
    return "?" + urlencode({**kept, **key})
