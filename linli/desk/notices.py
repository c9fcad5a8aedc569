"""My messages: to me, and to the post I act in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from linli.desk import access, frame
from linli.desk.access import DeskRequest
from linli.desk.saying import lang, tell
from linli.notices.leaving import mark_all_read
from linli.notices.models import Notice
from linli.notices.texts import text

PAGE = 50
# The word of a link, and the name of the page that shows it.
PLACES = {
    "case": "case",
    "publication": "publication",
    "project": "project",
    "evaluation": "evaluation",
    "report": "report",
}


@dataclass(frozen=True)
class Line:
    """One message."""

    title: str
    body: str
    at: dt.datetime
    is_new: bool
    url: str


def show(request: DeskRequest) -> HttpResponse:
    """The messages, newest first; reading all of them is one press."""
    by = access.actor(request)
    rows = Notice.objects.for_actor(by)
    mark = rows.filter(key=request.GET.get("after", "")).first() if request.GET.get("after") else None
    if mark:
        rows = rows.filter(pk__lt=mark.pk)
    found = list(rows.order_by("-id")[: PAGE + 1])
    older = f"{reverse('desk:notices')}?after={found[PAGE - 1].key}" if len(found) > PAGE else ""
    page = {
        "lines": [_line(one) for one in found[:PAGE]],
        "older": older,
        "any_new": any(one.read_at is None for one in found),
    }
    return frame.draw(request, "notices.html", page, current="notices")


def _line(one: Notice) -> Line:
    said = text(one.template, one.values, lang())
    return Line(said.title, said.body, one.left_at, one.read_at is None, place_of(one.link))


def place_of(link: str) -> str:
    """The desk's address of a link's word (``case:NUMBER``), or nothing."""
    kind, _colon, key = link.partition(":")
    if kind not in PLACES or not key:
        return ""
    try:
        return reverse(f"desk:{PLACES[kind]}", args=[key])
    except NoReverseMatch:
        return ""


def read_all(request: DeskRequest) -> HttpResponse:
    """Note that all were read."""
    count = mark_all_read(by=access.actor(request), at=request.now)
    if count:
        tell(request, _("已读%(count)d条。") % {"count": count})
    return HttpResponseRedirect(reverse("desk:notices"))
