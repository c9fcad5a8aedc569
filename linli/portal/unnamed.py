"""Telling without a name: no sign-in, a code to ask with; what cannot be had that way is said beforehand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.grievances.intake import class_list
from linli.grievances.models import Grievance
from linli.grievances.unnamed import UNNAMED, asked_by, file_unnamed
from linli.look.templatetags.linli import both
from linli.places.models import Region
from linli.portal import access, grievances, limiting, once, saying, shell
from linli.portal.forms.grievances import Asking, Unnamed
from linli.portal.forms.grievances import Grievance as GrievanceForm
from linli.portal.moment import now, today
from linli.portal.saying import page
from linli.portal.timeline import holder
from linli.trail.writing import writing

MINUTES = 60
MOST_TOLD, MOST_ASKED = 5, 20


@page("GET", "POST")
def new(request: HttpRequest, code: str) -> HttpResponse:
    """The form without a person; the code stands on the page that answers it, once, and nowhere else."""
    region = access.community(request, code)
    if request.method == "POST" and (first := once.result(request)):
        return redirect(first)
    _edition, sheet = class_list(today(request))
    form, likely = grievances.make_form(request, region, sheet, kind=Unnamed)
    if grievances.is_ready(request, form, sheet, region):
        if limiting.tries("unnamed", limiting.sender(request)) >= MOST_TOLD:
            form.add_error(None, _("这台设备一小时里提交得太多了，请过一会儿再来，或者打电话说。"))
        else:
            with saying.into(form):
                return _told(request, region, form)
    return grievances.show_form(request, region, sheet, form, likely, is_unnamed=True)


def _told(request: HttpRequest, region: Region, form: GrievanceForm) -> HttpResponse:
    told = grievances.told_in(form, region)
    _edition, sheet = class_list(today(request))
    with writing():
        data_class = sheet.of(told.class_code).data_class
        photos = [
            grievances.kept(request, region, data_class, photo) for photo in form.cleaned_data["photos"]
        ]
        grievance, word = file_unnamed(
            told=told, region=region, by=UNNAMED, at=now(request), photos=tuple(photos)
        )
    limiting.count("unnamed", limiting.sender(request), MINUTES)
    once.remember(request, reverse("portal:grievance_asking", args=[region.code]))
    answer = shell.show(
        request, "grievances/unnamed.html", region, "grievances", word=word, number=grievance.case.number,
        title=both(sheet.of(told.class_code).title),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@page("GET", "POST")
def asking(request: HttpRequest, code: str) -> HttpResponse:
    """How far it is, by the code; wrong codes are counted, and sound the same as forgotten ones."""
    region, form, answer = access.community(request, code), Asking(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        sender = limiting.sender(request)
        found = asked_by(form.cleaned_data["code"])
        if limiting.tries("asking", sender) >= MOST_ASKED:
            form.add_error(None, _("查得太多次了，请过一小时再试。"))
        elif found is None or found.case.region_id != region.code:
            limiting.count("asking", sender, MINUTES)
            form.add_error("code", _("没有查到。请核对查询码；丢了不能找回，可以重新反映。"))
        else:
            answer = _answer(found)
    shown = shell.show(request, "grievances/asking.html", region, "grievances", form=form, answer=answer)
    shown.headers["Cache-Control"] = "private, no-store"
    return shown


def _answer(found: Grievance) -> dict[str, object]:
    case = found.case
    passages = case.passages.filter(opinion__is_public=True).select_related("opinion").order_by("number")
    return {
        "state": both(case.at_step.public), "holder": holder(case), "due": case.due_on, "is_paused": case.is_paused,
        "closed": case.closed_on, "told": case.opened_on, "words": [(row.on, row.opinion.text) for row in passages],
    }  # fmt: skip
