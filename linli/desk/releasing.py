"""An answer for everybody: written by one post, released or refused by another, with what the check found."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.desk import matters
from linli.desk.forms.grievances import ReleaseForm
from linli.desk.forms.handling import ReleasingForm
from linli.desk.grievances import may_decide, may_release, told_of, who_told
from linli.grievances import releasing
from linli.grievances.formulas import Place, pieces
from linli.grievances.models import Grievance, PublicReply
from linli.staff import access, acting, frame, words
from linli.staff.access import DeskRequest
from linli.staff.acting import Act

FOUND = {
    "landline": gettext_lazy("固定电话"), "illness": gettext_lazy("病情"), "child": gettext_lazy("未成年人"),
    "home": gettext_lazy("门牌"), "identity": gettext_lazy("身份证号"), "mobile": gettext_lazy("手机号"),
    "bank": gettext_lazy("卡号"), "plate": gettext_lazy("车牌"), "name": gettext_lazy("姓名"),
}  # fmt: skip


def propose(request: DeskRequest, number: str) -> HttpResponse:
    """Write the answer anew for everybody; it waits for another post."""
    found = matters.grievance(request, number)
    if not may_release(request, found):
        raise Http404
    told = [*told_of(found), (_("给本人的答复"), found.reply)]
    hints = [
        (
            "warn",
            _(
                "公开以后所有人都看得到。身份证号、手机号、卡号、车牌和当事人姓名系统不让过；病情、孩子、门牌会标出来给审核的人看。"
            ),
        )
    ]
    seen_by = [
        _("写好以后由另一个岗位的人审核，审核通过才公开。"),
        _("公开后所有人都看得到这段文字和分类，看不到来信和提出人。"),
    ]
    act = Act(_("写公开稿"), _("交审核"), _("公开稿已交审核。"), seen_by, hints, told)

    def do(given: dict[str, Any]) -> object:
        return releasing.propose(
            grievance=found, text=given["text"], by=access.actor(request), at=request.now
        )

    form = acting.given_to(request, ReleaseForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def decide(request: DeskRequest, number: str) -> HttpResponse:
    """Release a text or send it back: every place the check found is named."""
    found = matters.grievance(request, number)
    row = _waiting(found)
    if row is None or not may_decide(request, found):
        raise Http404
    places = releasing.places_in(found, row.text, at=request.now)
    told = [
        (_("公开稿"), row.text),
        (_("给本人的答复"), found.reply),
        (_("写稿岗位"), words.post(row.proposed_post)),
    ]
    hints = [("warn", _named(place)) for place in places] or [
        ("info", _("系统没有查到要留意的地方；认不认得出人还要您自己看。"))
    ]
    act = Act(
        _("审核公开稿"), _("作出决定"), _("已处理公开稿。"), [_("公开的：所有人看得到。退回的：经手的工作人员看得到理由。")],
        hints, told,
    )  # fmt: skip

    def do(given: dict[str, Any]) -> object:
        by, at = access.actor(request), request.now
        if given["decision"] == "decline":
            return releasing.decline(grievance=found, reason=given["reason"], by=by, at=at)
        return releasing.release(grievance=found, by=by, at=at, has_looked=given["has_looked"])

    form = acting.given_to(request, ReleasingForm)
    if not places:
        del form.fields["has_looked"]
    return acting.perform(request, found.case, form, act, _looked(do), who=who_told(request, found))


def _looked(do: Any) -> Any:
    """Without places to look at there is no box to tick."""
    return lambda given: do({"has_looked": False, **given})


def _named(place: Place) -> str:
    return _("%(kind)s：“%(words)s”（第%(at)s字）") % {
        "kind": FOUND.get(place.kind, place.kind), "words": place.text, "at": place.start + 1,
    }  # fmt: skip


def _waiting(found: Grievance) -> PublicReply | None:
    return PublicReply.objects.filter(grievance=found, decided_at=None).first()


def waiting(request: DeskRequest) -> HttpResponse:
    """Texts that wait for release, in the actor's place."""
    by = access.require(request, "grievances.release", "grievances.handle")
    rows = (
        PublicReply.objects.filter(decided_at=None, grievance__in=Grievance.objects.visible_to(by))
        .select_related("grievance__case")
        .order_by("proposed_at")[:50]
    )
    lines = [
        {"number": row.grievance.case.number, "title": row.grievance.case.title, "at": row.proposed_at,
         "post": words.post(row.proposed_post), "pieces": _pieces(row, request),
         "url": reverse("desk:release-decision", args=[row.grievance.case.number]) if _may(by, row) else ""}
        for row in rows
    ]  # fmt: skip
    return frame.draw(request, "desk/releases.html", {"lines": lines}, current="releases")


def _may(by: Any, row: PublicReply) -> bool:
    own = by.post == row.proposed_post or by.actor_word == row.proposed_by
    return bool(by.may("grievances.release")) and not own


def _pieces(row: PublicReply, request: DeskRequest) -> list[tuple[str, str]]:
    """The text with the soft places marked; the names of the matter were checked when it was written."""
    from_check = releasing.marked(row.text, place=row.grievance.case.region_id, at=request.now)
    return [(text, str(FOUND.get(kind, "")) if kind else "") for text, kind in pieces(row.text, from_check)]
