"""My messages: to me, and to the post I act in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.notices.leaving import mark_all_read
from linli.notices.models import Notice
from linli.notices.texts import text
from linli.staff import access, frame
from linli.staff.access import DeskRequest
from linli.staff.addresses import place_of
from linli.staff.saying import lang, tell

PAGE = 50


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
    return frame.draw(request, "desk/notices.html", page, current="notices")


def _line(one: Notice) -> Line:
    said = text(one.template, one.values, lang())
    return Line(said.title, said.body, one.left_at, one.read_at is None, place_of(one.link))


def read_all(request: DeskRequest) -> HttpResponse:
    """Note that all were read."""
    count = mark_all_read(by=access.actor(request), at=request.now)
    if count:
        tell(request, _("已读%(count)d条。") % {"count": count})
    return HttpResponseRedirect(reverse("desk:notices"))
