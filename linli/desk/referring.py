"""Referring the person of a grievance to a body that can help, and asking after it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import matters
from linli.desk.forms import handling as forms
from linli.desk.grievances import may_refer, told_of, who_told
from linli.grievances import referring
from linli.grievances.intake import classes_of
from linli.grievances.models import Grievance, Referral
from linli.staff import access, acting, frame
from linli.staff.access import DeskRequest
from linli.staff.acting import Act
from linli.staff.saying import lang

OUTCOME_WORDS = dict(forms.OUTCOMES)


def refer(request: DeskRequest, number: str) -> HttpResponse:
    """Refer with consent: the text to read out stands beside the form."""
    found = matters.grievance(request, number)
    if not may_refer(request, found):
        raise Http404
    listed = classes_of(found)
    kinds = [(one.code, f"{one.title.text(lang())}（{one.body.text(lang())}）") for one in listed.referrals]
    told = [(str(one.title.text(lang())), str(one.told.text(lang()))) for one in listed.referrals]
    hints = [("info", _("先把右边对应的告知内容念给本人听，同意了再转；不同意就不转。"))]
    seen_by = [
        _("本人会收到通知：转给了谁、哪天前我们会问。"),
        _("同意和告知内容记入本人的授权，本人随时可以撤回。"),
        _("经手的工作人员看得到转介和结果。"),
    ]
    act = Act(_("转介"), _("转介"), _("已转介。"), seen_by, hints, [*told_of(found), *told])

    def do(given: dict[str, Any]) -> object:
        return referring.refer(
            grievance=found, kind=given["kind"], body=given["body"], purpose=given["purpose"],
            has_consented=given["has_consented"], channel=given["channel"], by=access.actor(request), at=request.now,
        )  # fmt: skip

    form = acting.given_to(request, forms.ReferForm, kinds=kinds)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def follow_up(request: DeskRequest, number: str) -> HttpResponse:
    """Record what came of the open referral of a case."""
    found = matters.grievance(request, number)
    row = Referral.objects.filter(grievance=found, closed_on=None).order_by("follow_up_on").first()
    if row is None or not access.actor(request).may("grievances.handle"):
        raise Http404
    row.grievance = found
    told = [
        (_("转给"), row.body),
        (_("为了"), row.purpose),
        (_("该问的日子"), row.follow_up_on.isoformat()),
        (_("上次情况"), row.note or "—"),
    ]
    act = Act(_("跟进转介"), _("记下结果"), _("已记下转介结果。"), [_("经手的工作人员看得到。")], (), told)

    def do(given: dict[str, Any]) -> object:
        return referring.follow_up(
            referral=row,
            outcome=given["outcome"],
            words=given["words"],
            by=access.actor(request),
            at=request.now,
        )

    form = acting.given_to(request, forms.FollowUpForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def due(request: DeskRequest) -> HttpResponse:
    """Open referrals of the actor's place, those to be asked after first."""
    by = access.require(request, "grievances.handle")
    rows = (
        Referral.objects.filter(closed_on=None, grievance__in=Grievance.objects.visible_to(by))
        .select_related("grievance__case")
        .order_by("follow_up_on", "pk")[:50]
    )
    lines = [
        {"number": row.grievance.case.number, "title": row.grievance.case.title, "body": row.body, "due": row.follow_up_on,
         "on": row.on, "outcome": str(OUTCOME_WORDS.get(row.outcome, "")),
         "url": reverse("desk:referral", args=[row.grievance.case.number])}
        for row in rows
    ]  # fmt: skip
    return frame.draw(request, "desk/referrals.html", {"lines": lines}, current="referrals")
