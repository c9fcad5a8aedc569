"""Several persons, one matter: merging a grievance into another, parting them, and the list of group demands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import matters
from linli.desk.forms import handling as forms
from linli.desk.grievances import place, told_of, who_told
from linli.grievances import merging
from linli.grievances.duplicates import candidates
from linli.grievances.groups import thresholds
from linli.grievances.intake import class_list
from linli.grievances.models import Grievance, GroupDemand
from linli.ground.references import normalise
from linli.ground.said import Said
from linli.staff import access, acting, frame
from linli.staff.access import DeskRequest
from linli.staff.acting import Act
from linli.staff.saying import lang

SHOWN = 30


def merge(request: DeskRequest, number: str) -> HttpResponse:
    """Handle it together with another; those most like it are offered."""
    found = matters.grievance(request, number)
    move = acting.moves_of(request, found.case, merging.MERGE)[0]
    offered = candidates(found, access.actor(request))
    choices = [(one.case.number, f"{place(one)} · {one.text[:40]} · {one.case.number}") for one in offered]
    hints = [("info", _("并案后这件停钟，跟着保留的那件走；提出人每次都收到答复。并错了可以撤销。"))]
    act = Act(
        _("并案办理"), _("并案"), _("已并案。"), acting.audience(found.case, move), hints, told_of(found)
    )

    def do(given: dict[str, Any]) -> object:
        kept = next((one for one in offered if one.case.number == given.get("kept")), None)
        if given["number"] or kept is None:
            kept = _numbered(request, given["number"])
        return merging.merge(
            grievance=found, kept=kept, reason=given["opinion"], by=access.actor(request), at=request.now,
            seen=given.get("seen"),
        )  # fmt: skip

    form = acting.given_to(request, forms.MergeForm, choices=choices)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def _numbered(request: DeskRequest, number: str) -> Grievance:
    found = Grievance.objects.visible_to(access.actor(request)).filter(case__number=normalise(number)).first()
    if found is None:
        raise Said("grievances.merge_elsewhere", field="number")
    return found


def part(request: DeskRequest, number: str) -> HttpResponse:
    """Undo a merge."""
    found = matters.grievance(request, number)
    move = acting.moves_of(request, found.case, merging.PART)[0]
    act = Act(
        _("撤销并案"),
        _("撤销并案"),
        _("已撤销并案。"),
        acting.audience(found.case, move),
        (),
        told_of(found),
        tone="main",
    )

    def do(given: dict[str, Any]) -> object:
        return merging.part(
            grievance=found,
            reason=given["opinion"],
            by=access.actor(request),
            at=request.now,
            seen=given.get("seen"),
        )

    form = acting.given_to(request, forms.ReasonForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def groups(request: DeskRequest) -> HttpResponse:
    """Group demands of the actor's place, the newest first, with the cases each links."""
    by = access.require(request, "grievances.handle")
    _edition, listed = class_list(request.today)
    titles = {one.code: str(one.title.text(lang())) for one in listed.classes}
    visible = Grievance.objects.visible_to(by)
    rows = list(
        GroupDemand.objects.visible_to(by).select_related("building", "region", "main__case").order_by("-raised_at", "-pk")[:SHOWN]
    )  # fmt: skip
    linked: dict[int, list[dict[str, Any]]] = {}
    for one in visible.filter(group__in=rows).order_by("pk"):
        assert one.group_id is not None
        linked.setdefault(one.group_id, []).append(
            {"number": one.case.number, "url": reverse("desk:case", args=[one.case.number]), "text": one.text[:60],
             "is_merged": one.kept_id is not None, "is_closed": one.case.closed_on is not None}
        )  # fmt: skip
    most = thresholds(place=by.place, on=request.today).representatives
    lines = [
        {"number": row.number, "title": titles.get(row.class_code, row.class_code), "region": row.region.name,
         "place": row.building.name if row.building else row.spot, "raised": row.raised_on, "persons": row.persons,
         "cases": row.cases, "linked": linked.get(row.pk, []), "is_large": row.persons > most}
        for row in rows
    ]  # fmt: skip
    return frame.draw(request, "desk/groups.html", {"lines": lines, "most": most}, current="groups")
