"""Messages to the reader."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linli.cases.models import Case
from linli.disclosure.models import Publication
from linli.look.templatetags.wording import lang
from linli.notices.leaving import mark_all_read, mark_read
from linli.notices.models import Notice
from linli.notices.texts import text
from linli.portal import access, shell
from linli.portal.moment import now
from linli.portal.saying import page
from linli.projects.models import Project

SHOWN = 30


@page("GET", personal=True)
def notices(request: HttpRequest) -> HttpResponse:
    """The newest messages; older ones by the key of the last."""
    rows = Notice.objects.filter(to_person_id=access.person(request).pk).order_by("-id")
    if before := request.GET.get("before", ""):
        rows = rows.filter(pk__lt=Notice.objects.filter(key=before).values("pk")[:1])
    found = list(rows[: SHOWN + 1])
    older = f"?before={found[SHOWN - 1].key}" if len(found) > SHOWN else ""
    return shell.show(
        request, "notices.html", access.own_community(request), "my", notices=[_line(row) for row in found[:SHOWN]],
        older=older, newest=reverse("portal:notices") if before else "",
        unread=any(row.read_at is None for row in found),
    )  # fmt: skip


def _line(row: Notice) -> dict[str, Any]:
    said = text(row.template, row.values, lang())
    return {
        "key": row.key,
        "title": said.title,
        "body": said.body,
        "at": row.left_at,
        "is_new": row.read_at is None,
        "link": row.link,
    }


@page("POST", personal=True)
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every message read."""
    mark_all_read(by=access.actor(request), at=now(request))
    return redirect("portal:notices")


@page("POST", personal=True)
def opening(request: HttpRequest, key: str) -> HttpResponse:
    """Open what a message is about, and mark it read."""
    notice = access.notice(request, key)
    mark_read(notice=notice, by=access.actor(request), at=now(request))
    return redirect("portal:go", notice.link) if notice.link else redirect("portal:notices")


@page("GET")
def go(request: HttpRequest, word: str) -> HttpResponse:
    """Resolve a word such as ``case:NUMBER``: the door knows which page shows it, the rooms below do not."""
    kind, _, key = word.partition(":")
    if kind == "case":
        return _to_case(request, key)
    if kind == "publication":
        region = Publication.objects.filter(number=key).values_list("region_id", flat=True).first()
        if region:
            return redirect("portal:publication", region, key)
    if kind == "project":
        public = Project.objects.public().filter(Q(code=key) | Q(code="", case__number=key))
        region = public.values_list("case__region_id", flat=True).first()
        if region:
            return redirect("portal:project", region, key)
    raise Http404


def _to_case(request: HttpRequest, number: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(f"{reverse('portal:query')}?number={number}")
    own = Case.objects.filter(access.own_cases(request), number=number).exists()
    if not own and access.holds_a_post(request):
        return redirect(f"/desk/cases/{number}/")
    return redirect("portal:case", number)
