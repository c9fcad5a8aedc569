"""What is made public: the list by category, one publication exactly as shown, objections and their answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.disclosure.declared import KIND, item_of
from linli.disclosure.models import Objection, Publication
from linli.disclosure.objecting import LONGEST, object_to
from linli.grievances.models import Grievance
from linli.look.templatetags.linli import both
from linli.people.roles import role
from linli.portal import access, items, once, saying, shell
from linli.portal.moment import now, today
from linli.portal.paging import newest_first
from linli.portal.saying import page
from linli.projects.models import Project
from linli.rulebook.publishing import editions

# After their days are over, lists of people come down for good; reports about money and work stay readable.
COMES_DOWN = ("assistance",)


class Objecting(forms.Form):
    """What somebody objects to."""

    text = forms.CharField(
        label=gettext_lazy("您认为哪里不对，为什么"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("只有办理异议的人能看到您写的话和名字。"), error_messages={"required": gettext_lazy("请写明哪里不对。")},
    )  # fmt: skip


def categories() -> dict[str, str]:
    """Categories of the catalogue in the reader's words."""
    return {
        "finance": _("财务收支"), "assistance": _("救助名单"), "projects": _("项目"), "funds": _("专项资金"), "services": _("办事"),
        "residents": _("居务"), "party": _("党务"), "consultation": _("协商结果"), "elections": _("选举"), "tasks": _("承接任务"),
        "facilities": _("场地设施"), "property": _("物业"), "organisations": _("社会组织"), "safety": _("平安"),
    }  # fmt: skip


@page("GET")
def disclosure(request: HttpRequest, code: str) -> HttpResponse:
    """What is shown today, newest first, by category; projects beside it."""
    region = access.community(request, code)
    on = today(request)
    catalogue = {row.pk: item_of(row) for row in editions(KIND, on)}
    chosen = request.GET.get("category", "")
    rows = Publication.objects.within(*region.span).showing(on)
    if chosen:
        rows = rows.filter(
            item__code__in=[item.code for item in catalogue.values() if item.category == chosen]
        )
    found = newest_first(request, rows.select_related("item"))
    here, known = reverse("portal:disclosure", args=[code]), categories()
    there = {item.category for item in catalogue.values()}
    pills = [{"label": _("全部"), "url": here, "current": not chosen, "count": None}]
    pills += [
        {"label": name, "url": f"{here}?category={word}", "current": chosen == word, "count": None}
        for word, name in known.items()
        if word in there
    ]
    projects = Project.objects.public().within(*region.span).select_related("case").order_by("-case_id")[:5]
    return shell.show(
        request, "disclosure/list.html", region, "disclosure", publications=[_line(row) for row in found.rows], pills=pills,
        newer=found.newer, older=found.older,
        projects=[{"name": row.name, "year": row.year, "url": reverse("portal:project", args=[code, row.code or row.case.number])} for row in projects],
    )  # fmt: skip


def _line(row: Publication) -> dict[str, Any]:
    item = item_of(row.item)
    return {
        "title": row.title, "category": categories().get(item.category, item.category), "from": row.from_on, "until": row.until_on,
        "url": reverse("portal:publication", args=[row.region_id, row.number]), "is_correction": row.previous_id is not None,
    }  # fmt: skip


@page("GET")
def news(request: HttpRequest, code: str) -> HttpResponse:
    """What is new: publications and answers released to everybody, newest first."""
    region = access.community(request, code)
    on = today(request)
    rows = Publication.objects.within(*region.span).showing(on).select_related("item").order_by("-pk")[:12]
    replies = Grievance.objects.public().filter(case__region=region).order_by("-released_at")[:8]
    names = items.titles(on)
    told = [
        {"title": items.title(row.case, names), "text": row.public_reply, "at": row.released_at}
        for row in replies
    ]
    return shell.show(
        request,
        "disclosure/news.html",
        region,
        "disclosure",
        publications=[_line(row) for row in rows],
        replies=told,
    )


def state(row: Publication, on: date) -> str:
    """Whether the text is shown: ``shown``, ``coming``, ``over`` (readable), ``corrected``, ``down`` (gone)."""
    if getattr(row, "taken_down", None) is not None:
        return "down"
    if row.from_on > on:
        return "down"
    private = item_of(row.item).category in COMES_DOWN
    if getattr(row, "correction_of", None) is not None and row.correction_of.from_on <= on:
        return "down" if private else "corrected"
    if row.until_on < on:
        return "down" if private else "over"
    return "shown"


@page("GET", "POST")
def publication(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One publication; objecting is a POST by somebody signed in."""
    region = access.community(request, code)
    row = access.publication(request, code, number)
    shown = state(row, today(request))
    if shown == "down":
        return shell.show(request, "disclosure/down.html", region, "disclosure", status=410)
    if request.method == "POST":
        return _object(request, row, shown)
    return _shown(request, row, shown, Objecting())


def _object(request: HttpRequest, row: Publication, shown: str) -> HttpResponse:
    here = reverse("portal:publication", args=[row.region_id, row.number])
    if not request.user.is_authenticated:
        return redirect(f"{reverse('portal:sign_in')}?next={here}")
    if first := once.result(request):
        return redirect(first)
    form = Objecting(request.POST)
    if form.is_valid():
        with saying.into(form):
            object_to(
                publication=row,
                text=form.cleaned_data["text"],
                channel="portal",
                by=access.actor(request),
                at=now(request),
            )
            messages.success(request, _("异议收到了，答复会发到您的消息里。"))
            return redirect(once.remember(request, f"{here}#objections"))
    return _shown(request, row, shown, form, status=422)


def _shown(
    request: HttpRequest, row: Publication, shown: str, form: Objecting, status: int = 200
) -> HttpResponse:
    item = item_of(row.item)
    objections = list(Objection.objects.filter(publication=row).select_related("answer").order_by("pk"))
    answered = [objection for objection in objections if getattr(objection, "answer", None) is not None]
    by = access.actor(request)
    mine = (
        [
            o
            for o in objections
            if o.filed_by == by.actor_word or (by.person_id and o.person_id == by.person_id)
        ]
        if by.account_id
        else []
    )
    outcomes = {"upheld": _("成立，已改正"), "partly": _("部分成立"), "dismissed": _("不成立")}
    facts = [
        (_("公开到"), row.until_on), (_("张贴处"), row.board), (_("依据"), item.basis), (_("决定或发生日期"), row.event_on),
        (_("谁发布"), both(role(row.post).title)), (_("编号"), row.number),
    ]  # fmt: skip
    later = getattr(row, "correction_of", None)
    return shell.show(
        request, "disclosure/publication.html", access.community(request, row.region_id), "disclosure", status=status,
        title=row.title, lead=row.body.get("lead", ""), rows=[(both(line["label"]), both(line["value"])) for line in row.body["rows"]],
        category=categories().get(item.category, item.category), begins=row.from_on, ends=row.until_on, state=shown, facts=facts,
        correction=row.correction, later=reverse("portal:publication", args=[later.region_id, later.number]) if later else "",
        answers=[{"outcome": outcomes[o.answer.outcome], "text": o.answer.text, "on": o.answer.on} for o in answered],
        waiting=len(objections) - len(answered), form=form, once=once.word(),
        mine=[{"text": o.text, "on": o.on, "due": o.due_on, "answered": getattr(o, "answer", None) is not None} for o in mine],
    )  # fmt: skip
