"""The site's day and moment as the reader's middleware fixed them for this request."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from django.http import HttpRequest


def today(request: HttpRequest) -> date:
    """The site's day."""
    return cast(date, request.today)  # type: ignore[attr-defined]


def now(request: HttpRequest) -> datetime:
    """The site's moment, aware."""
    return cast(datetime, request.now)  # type: ignore[attr-defined]
