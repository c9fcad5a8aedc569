"""What one reader has chosen: elder version, large type, high contrast, theme, language, single-key moves.

The choice lives in one plain cookie of the browser, never in an account: it says nothing about a person that
the page does not show anyway, and it must work before signing in. Unknown values fall back to the default.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

COOKIE = "linli_reader"
YEAR = 365 * 24 * 60 * 60
THEMES = ("auto", "light", "dark")
LANGUAGES = ("zh-hans", "en")
DARK = "(prefers-color-scheme: dark)"
MORE = "(prefers-contrast: more)"


@dataclass(frozen=True)
class Reader:
    """One reader's choices. ``theme`` is one of ``THEMES``, ``language`` one of ``LANGUAGES``."""

    elder: bool = False
    large: bool = False
    contrast: bool = False
    theme: str = "auto"
    language: str = "zh-hans"
    keys: bool = True

    @property
    def lang(self) -> str:
        """The value of the page's ``lang`` attribute."""
        return "en" if self.language == "en" else "zh-Hans"

    @property
    def classes(self) -> str:
        """Classes of the ``html`` element; themes and contrast come by style sheet instead."""
        return " ".join(name for name in ("elder", "large", "contrast") if getattr(self, name))

    @property
    def sheets(self) -> tuple[tuple[str, str], ...]:
        """Extra style sheets with their media query, in order; ``all`` where the reader chose outright."""
        dark = {"auto": DARK, "dark": "all", "light": ""}[self.theme]
        more = "all" if self.contrast else MORE
        both = dark if more == "all" else more if dark == "all" else f"{more} and {dark}"
        found = [("dark", dark), ("contrast", more), ("contrast-dark", both if dark else "")]
        return tuple((f"look/css/{name}.css", media) for name, media in found if media)


def read(text: str) -> Reader:
    """The choices written in a cookie or a form; anything unknown is left out."""
    return changed(Reader(), dict(parse_qsl(text[:400])))


def written(reader: Reader) -> str:
    """The cookie text: only what differs from the default."""
    plain = Reader()
    kept = {f.name: getattr(reader, f.name) for f in fields(Reader)}
    kept = {name: value for name, value in kept.items() if value != getattr(plain, name)}
    return urlencode({name: int(v) if isinstance(v, bool) else v for name, v in kept.items()})


def changed(reader: Reader, choices: dict[str, str]) -> Reader:
    """The reader after ``choices``; switches are ``1`` or ``0``; unknown names and values change nothing."""
    good: dict[str, bool | str] = {
        name: choices[name] == "1"
        for name in ("elder", "large", "contrast", "keys")
        if choices.get(name) in {"0", "1"}
    }
    if choices.get("theme") in THEMES:
        good["theme"] = choices["theme"]
    if choices.get("language") in LANGUAGES:
        good["language"] = choices["language"]
    return replace(reader, **good)  # type: ignore[arg-type]


def site_day() -> dt.date:
    """The site's day: the frozen day of a sample site, else today where the site stands."""
    frozen = settings.LINLI_FROZEN_DAY
    return dt.date.fromisoformat(frozen) if frozen else timezone.localdate()


def site_moment() -> dt.datetime:
    """The site's moment, aware: on a sample site the frozen day at the real time of day."""
    return timezone.localtime().replace(
        year=(day := site_day()).year, month=day.month, day=day.day
    )  # fmt: skip


class ReaderMiddleware:
    """Gives each request ``reader``, ``today`` and ``now``, and turns on the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reader = read(request.COOKIES.get(COOKIE, ""))
        request.reader = reader  # type: ignore[attr-defined]
        request.today = site_day()  # type: ignore[attr-defined]
        request.now = site_moment()  # type: ignore[attr-defined]
        translation.activate(reader.language)
        request.LANGUAGE_CODE = reader.language
        response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        return response


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every page: the reader, the site's day and moment, whether it is frozen, and the nonce."""
    return {
        "reader": getattr(request, "reader", Reader()),
        "today": getattr(request, "today", None) or site_day(),
        "now": getattr(request, "now", None) or site_moment(),
        "frozen_day": site_day() if settings.LINLI_FROZEN_DAY else None,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }


def safe_next(request: HttpRequest, given: QueryDict) -> str:
    """Where to go back to: an address of this site only, else the front page."""
    target = given.get("next", "")
    good = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if good else "/"


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The page of display settings (GET), and the act of choosing (POST, then back to ``next``)."""
    reader = getattr(request, "reader", None) or read(request.COOKIES.get(COOKIE, ""))
    if request.method != "POST":
        return render(request, "look/page/settings.html", {"back": safe_next(request, request.GET)})
    chosen = changed(reader, {name: str(value) for name, value in request.POST.items()})
    response = HttpResponseRedirect(safe_next(request, request.POST))
    response.set_cookie(
        COOKIE,
        written(chosen),
        max_age=YEAR,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    return response
