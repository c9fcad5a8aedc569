"""My messages: to me, and to the post I act in; reading some or all; the morning digest on or off."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.morning import TEMPLATE as DIGEST
from linli.notices.leaving import break_silence, mark_all_read, mark_these_read, silence
from linli.notices.models import Notice, Silence
from linli.notices.texts import Text
from linli.notices.wording import shown
from linli.staff import access, frame
from linli.staff.access import DeskRequest
from linli.staff.addresses import place_of
from linli.staff.saying import lang, tell

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One message."""

    key: str
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
    texts = shown(found[:PAGE], lang())
    page = {
        "lines": [_line(one, said) for one, said in zip(found[:PAGE], texts, strict=True)],
        "older": older,
        "any_new": any(one.read_at is None for one in found),
        "digest": not Silence.objects.filter(person=by.person_id, template=DIGEST).exists(),
    }
    return frame.draw(request, "desk/notices.html", page, current="notices")


def _line(one: Notice, said: Text) -> Line:
    return Line(one.key, said.title, said.body, one.left_at, one.read_at is None, place_of(one.link))


def read_all(request: DeskRequest) -> HttpResponse:
    """Note that all were read."""
    return _read(request, mark_all_read(by=access.actor(request), at=request.now))


def read_chosen(request: DeskRequest) -> HttpResponse:
    """Note that those ticked were read."""
    keys = request.POST.getlist("key")[:PAGE]
    return _read(request, mark_these_read(keys=keys, by=access.actor(request), at=request.now))


def _read(request: DeskRequest, count: int) -> HttpResponse:
    if count:
        tell(request, _("已读%(count)d条。") % {"count": count})
    return HttpResponseRedirect(reverse("desk:notices"))


def switch_digest(request: DeskRequest) -> HttpResponse:
    """The morning digest off, or on again, for the person in all posts."""
    by, person = access.actor(request), request.user.person
    if request.POST.get("wanted") == "yes":
        break_silence(person=person, template=DIGEST, by=by, at=request.now)
        tell(request, _("工作日早上会收到一条待办提醒。"))
    else:
        silence(person=person, template=DIGEST, by=by, at=request.now)
        tell(request, _("不再发早上的待办提醒。"))
    return HttpResponseRedirect(reverse("desk:notices"))
