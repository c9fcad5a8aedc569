"""The inbox: one dense list for every kind of matter, by due day; filters, tabs, pages by key."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases import urging
from linli.cases.models import Case
from linli.cases.moving import moves_for
from linli.desk import asking
from linli.desk.asking import Chosen
from linli.grievances import intake as grievance_intake
from linli.grievances.models import Grievance
from linli.people.actors import Actor
from linli.places.models import Building
from linli.services import decision
from linli.services.models import Application
from linli.staff import access, case_rows, frame, words
from linli.staff.access import DeskRequest
from linli.staff.saying import DONE, tell, tried

FILTERS = "desk_filters"
MOST_FILTERS = 8
BULK = {decision.ACCEPT: "acceptances", "grievances.intake.dispatch": "dispatches"}


def show(request: DeskRequest) -> HttpResponse:
    """The list."""
    by, asked = access.actor(request), asking.of_request(request)
    found = asking.page(request, by, asked)
    rows = [
        replace(row, bulk=_bulk(case, by, asked))
        for case, row in zip(found.found, case_rows.drawn(found.found, by), strict=True)
    ]
    kinds, subjects = _offered(by, asked)
    page = {
        "chosen": asked,
        "rows": rows,
        "newer": found.newer,
        "older": found.older,
        "tabs": _tabs(asked),
        "kinds": kinds,
        "subjects": subjects,
        "saved": _saved(request.session.get(FILTERS, []), asked),
        "buildings": list(
            Building.objects.filter(community=by.place).order_by("order", "id").values_list("name", flat=True)
        ),
        "bulk": sorted({row.bulk for row in rows if row.bulk}),
        "once": uuid.uuid4().hex,
        "is_filtered": asked != Chosen(tab=asked.tab),
        "export": asked.query,
        "channels": list(words.CHANNELS.items()),
        "kept": [
            (name, getattr(asked, name))
            for name in ("place", "post", "since", "until")
            if getattr(asked, name)
        ],
    }
    current = asked.due if asked.due and asked.tab == "mine" else "inbox"
    return frame.draw(request, "desk/inbox.html", page, current=current)


def _saved(filters: list[dict[str, str]], asked: Chosen) -> list[dict[str, object]]:
    """The filters kept in this session, with the one in use marked."""
    urls = [_saved_url(one["query"]) for one in filters]
    return [
        {"name": one["name"], "url": url, "order": place, "current": url == asked.url()}
        for place, (one, url) in enumerate(zip(filters, urls, strict=True))
    ]


def _tabs(asked: Chosen) -> list[dict[str, object]]:
    names = (
        ("mine", _("在我手里")),
        ("done", _("我办过的")),
        ("all", _("本地全部")),
        ("closed", _("已办结")),
        *([(asked.tab, _("统计背后的办件"))] if asked.tab in ("opened", "rated") else []),
    )
    return [
        {"label": label, "url": Chosen(tab=tab).url(), "current": asked.tab == tab, "count": None}
        for tab, label in names
    ]


def _bulk(case: Case, by: Actor, asked: Chosen) -> str:
    """The bulk act a row may be ticked for: what its step allows in one's own hands, reminding whoever else holds it."""
    if (case.hold_post, case.hold_place) != (by.post, by.place):
        return "reminders" if asked.tab == "all" and urging.may(case, by) else ""
    verbs = {move.verb for move in moves_for(case, by)}
    return next((name for verb, name in BULK.items() if verb in verbs), "")


def _offered(by: Actor, asked: Chosen) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Filters with counts, for one's own hands; elsewhere the kinds alone, so that no big table is counted."""
    if asked.tab != "mine":
        return [_every(asked), *(_kind(asked, code, None) for code in words.MAIN_KINDS)], []
    groups = (
        Case.objects.filter(pk__in=_bounded(by))
        .values("kind", "subject", "title")
        .annotate(count=Count("pk"))
        .order_by("-count")[:40]
    )
    counts: dict[str, int] = {}
    subjects: list[dict[str, object]] = []
    for group in groups:
        counts[group["kind"]] = counts.get(group["kind"], 0) + group["count"]
        if not asked.kind or group["kind"] == asked.kind:
            count = asking.shown(group["count"])
            subjects.append({"code": group["subject"], "label": group["title"], "count": count})
    return [_every(asked), *(_kind(asked, code, count) for code, count in counts.items())], subjects


def _bounded(by: Actor) -> QuerySet[Case, Any]:
    """The thousand matters in one's hands that are due first: no count goes further."""
    mine = access.reached(by, Case.objects.in_hands_of(by)).order_by("next_due_on", "id")
    return mine.values("pk")[: asking.MOST_COUNTED]


def _kind(asked: Chosen, code: str, count: int | None) -> dict[str, object]:
    url = asked.url(kind=code, subject="")
    return {
        "label": words.kind(code),
        "url": url,
        "current": asked.kind == code,
        "count": count and asking.shown(count),
    }


def _every(asked: Chosen) -> dict[str, object]:
    url = asked.url(kind="", subject="")
    return {"label": _("不限类别"), "url": url, "current": not asked.kind, "count": None}


def save_filter(request: DeskRequest) -> HttpResponse:
    """Keep the present filters under a name, for this sign-in."""
    name = request.POST.get("name", "").strip()[:20]
    query = urlencode(
        [(key, value[:60]) for key, value in parse_qsl(request.POST.get("query", "")) if key in asking.FIELDS]
    )
    if name and query:
        kept = [one for one in request.session.get(FILTERS, []) if one["name"] != name]
        request.session[FILTERS] = [*kept, {"name": name, "query": query}][-MOST_FILTERS:]
    return HttpResponseRedirect(_saved_url(query))


def drop_filter(request: DeskRequest, order: int) -> HttpResponse:
    """Forget a saved filter."""
    kept = list(request.session.get(FILTERS, []))
    if order < len(kept):
        del kept[order]
        request.session[FILTERS] = kept
    return HttpResponseRedirect(reverse("desk:inbox"))


def _saved_url(query: str) -> str:
    return asking.chosen(dict(parse_qsl(query))).url()


def accept_many(request: DeskRequest) -> HttpResponse:
    """Accept every application ticked; each is its own act, and those refused are named with the reason."""
    return _many(request, _accept, _("受理了%(count)d件。"))


def dispatch_many(request: DeskRequest) -> HttpResponse:
    """Dispatch every grievance ticked to the body of its class."""
    return _many(request, _dispatch, _("派办了%(count)d件。"))


def remind_many(request: DeskRequest) -> HttpResponse:
    """Remind whoever holds the matters ticked."""
    return _many(request, _remind, _("催办了%(count)d件。"), back=Chosen(tab="all").url())


def _remind(request: DeskRequest, case: Case) -> None:
    urging.remind(case=case, by=access.actor(request), at=request.now)


def _accept(request: DeskRequest, case: Case) -> None:
    application = Application.objects.get(case=case)
    decision.accept(application=application, by=access.actor(request), at=request.now)


def _dispatch(request: DeskRequest, case: Case) -> None:
    grievance = Grievance.objects.get_queryset().get(case=case)
    grievance_intake.dispatch(grievance=grievance, by=access.actor(request), at=request.now)


def _many(
    request: DeskRequest, do: Callable[[DeskRequest, Case], None], words_done: str, *, back: str = ""
) -> HttpResponse:
    back = back or reverse("desk:inbox")
    numbers = list(dict.fromkeys(request.POST.getlist("number")))[: asking.PAGE]
    key = request.POST.get("once", "")
    seen = request.session.get(DONE, {})
    if not numbers or (key and key in seen):
        return HttpResponseRedirect(back)
    done = 0
    for case in access.cases(request).filter(number__in=numbers).order_by("next_due_on", "id"):
        done += tried(request, functools.partial(do, request, case), about=case.number)
    if done:
        tell(request, words_done % {"count": done})
    request.session[DONE] = {**seen, key: back}
    return HttpResponseRedirect(back)
