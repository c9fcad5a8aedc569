"""Grievances at the desk: the screens of their own acts, and what the case page says of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.cases.procedures import Move
from linli.desk import matters
from linli.desk.forms import grievances as forms
from linli.desk.forms.handling import ConfirmForm, ReasonForm, RedirectForm
from linli.grievances import answering, intake
from linli.grievances.duplicates import candidates
from linli.grievances.merging import MERGE, PART
from linli.grievances.models import Grievance, HotlineOrder, PublicReply, Referral, Revisit
from linli.grievances.redirecting import redirect as redirect_grievance
from linli.ground.said import Said
from linli.staff import access, acting, words
from linli.staff.access import DeskRequest
from linli.staff.acting import Act
from linli.staff.saying import lang

DISPATCH = "grievances.intake.dispatch"
ANSWER = "grievances.intake.answer_at_once"
REPLY = "grievances.answering.reply"
REVISIT = "grievances.answering.revisit"
REOPENING = "grievances.answering.decide_reopening"
SILENT = "grievances.answering.close_silent"
UNNAMED = "grievances.answering.close_unnamed"
REDIRECT = "grievances.redirecting.redirect"
RETURN = "grievances.hotline.return_order"
# verb: name of the screen's address
SCREENS = {
    DISPATCH: "dispatch", ANSWER: "answer", REPLY: "reply", REVISIT: "revisit", REOPENING: "reopening", SILENT: "silence",
    UNNAMED: "unnamed-close", REDIRECT: "redirect", RETURN: "order-return", MERGE: "merge", PART: "part",
}  # fmt: skip


def label(verb: str, moves: list[Move], grievance: Grievance | None) -> str:
    """What the button of a verb says; several moves may share one verb."""
    if verb == DISPATCH and grievance is not None:
        return _destined(moves, grievance).title.text(lang())
    return {REVISIT: _("记录回访"), REOPENING: _("答复重办要求")}.get(verb, str(moves[0].title.text(lang())))


def _destined(moves: list[Move], grievance: Grievance) -> Move:
    handler = intake.classes_of(grievance).of(grievance.class_code).handler
    return next((move for move in moves if move.code == f"dispatch_{handler}"), moves[0])


def who_told(request: DeskRequest, grievance: Grievance) -> str:
    """The person as this reader may see them."""
    return acting.who_of(request, grievance.case, is_hidden=grievance.is_anonymous)


def told_of(grievance: Grievance) -> list[tuple[str, str]]:
    """What it is about, beside every form."""
    return [(_("说了什么"), grievance.text), (_("地点"), place(grievance))]


def place(grievance: Grievance) -> str:
    """Where it is, in words."""
    return f"{grievance.building.name if grievance.building else ''}{grievance.spot}" or "—"


def dispatch(request: DeskRequest, number: str) -> HttpResponse:
    """Hand it to the body of its class."""
    found = matters.grievance(request, number)
    move = _destined(acting.moves_of(request, found.case, DISPATCH), found)
    hints = [
        (
            "info",
            _("同一楼栋还有同类诉求在办：%(number)s，看看是不是同一件事，是的话可以并案。")
            % {"number": other.case.number},
        )
        for other in candidates(found, access.actor(request))
        if found.building_id is not None and other.building_id == found.building_id
    ]
    title = str(move.title.text(lang()))
    act = Act(title, title, _("已派办。"), acting.audience(found.case, move), hints, told_of(found))

    def do(given: dict[str, Any]) -> object:
        by = access.actor(request)
        return intake.dispatch(
            grievance=found, by=by, at=request.now, opinion=given["opinion"], seen=given.get("seen")
        )

    form = acting.given_to(request, forms.DispatchForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def answer(request: DeskRequest, number: str) -> HttpResponse:
    """Answer on the spot."""
    found = matters.grievance(request, number)
    move = acting.moves_of(request, found.case, ANSWER)[0]
    act = Act(
        _("当场答复"),
        _("答复居民"),
        _("已答复，等回访。"),
        acting.audience(found.case, move),
        (),
        told_of(found),
    )

    def do(given: dict[str, Any]) -> object:
        by = access.actor(request)
        return intake.answer_at_once(
            grievance=found, reply=given["opinion"], by=by, at=request.now, seen=given.get("seen")
        )

    form = acting.given_to(request, forms.ReplyForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def reply(request: DeskRequest, number: str) -> HttpResponse:
    """The handling body's answer."""
    found = matters.grievance(request, number)
    move = acting.moves_of(request, found.case, REPLY)[0]
    act = Act(
        _("答复"), _("答复居民"), _("已答复，等回访。"), acting.audience(found.case, move), (), told_of(found)
    )

    def do(given: dict[str, Any]) -> object:
        by = access.actor(request)
        return answering.reply(
            grievance=found, text=given["opinion"], by=by, at=request.now, seen=given.get("seen")
        )

    form = acting.given_to(request, forms.ReplyForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def revisit(request: DeskRequest, number: str) -> HttpResponse:
    """Record a call back, in the person's words."""
    found = matters.grievance(request, number)
    acting.moves_of(request, found.case, REVISIT)
    seen_by = [
        _("回访结果：经手的工作人员和街道看得到，计入解决率和满意率。"),
        _("说没解决的，自动转为要求重办。"),
    ]
    told = [*told_of(found), (_("答复"), found.reply)]
    act = Act(_("记录回访"), _("记下回访结果"), _("回访已记下。"), seen_by, (), told)

    def do(given: dict[str, Any]) -> object:
        return answering.revisit(
            grievance=found,
            was_reached=given["was_reached"] == "yes",
            channel=given["channel"],
            by=access.actor(request),
            at=request.now,
            is_resolved=_yes(given["is_resolved"]),
            is_satisfied=_yes(given["is_satisfied"]),
            seen=given.get("seen"),
        )

    form = acting.given_to(request, forms.RevisitForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def _yes(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


def reopening(request: DeskRequest, number: str) -> HttpResponse:
    """Answer a request to reopen."""
    found = matters.grievance(request, number)
    moves = acting.moves_of(request, found.case, REOPENING)
    seen_by = acting.audience(found.case, next((move for move in moves if move.public_opinion), moves[0]))[:1]
    told = [*told_of(found), (_("答复"), found.reply), (_("已重办次数"), str(found.reopen_count))]
    act = Act(_("答复重办要求"), _("作出决定"), _("已答复重办要求。"), seen_by, (), told)

    def do(given: dict[str, Any]) -> object:
        by, reopen = access.actor(request), given["decision"] == "reopen"
        return answering.decide_reopening(
            grievance=found,
            reopen=reopen,
            reason=given["opinion"],
            by=by,
            at=request.now,
            seen=given.get("seen"),
        )

    form = acting.given_to(request, forms.ReopeningForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def silence(request: DeskRequest, number: str) -> HttpResponse:
    """Close where nobody could be reached; the attempts so far stand beside the form."""
    found = matters.grievance(request, number)
    move = acting.moves_of(request, found.case, SILENT)[0]
    tried = Revisit.objects.filter(grievance=found, was_reached=False).order_by("at")
    days = "、".join(dict.fromkeys(f"{row.on:%m-%d}" for row in tried)) or "—"
    act = Act(
        _("联系不到，办结"), _("办结"), _("已办结。"), acting.audience(found.case, move), (),
        [*told_of(found), (_("联系过的日子"), days)], tone="main",
    )  # fmt: skip

    def do(given: dict[str, Any]) -> object:
        return answering.close_silent(
            grievance=found,
            reason=given["opinion"],
            by=access.actor(request),
            at=request.now,
            seen=given.get("seen"),
        )

    form = acting.given_to(request, ReasonForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def unnamed_close(request: DeskRequest, number: str) -> HttpResponse:
    """Close an answered grievance of nobody known."""
    found = matters.grievance(request, number)
    move = acting.moves_of(request, found.case, UNNAMED)[0]
    told = [*told_of(found), (_("答复"), found.reply)]
    act = Act(
        _("匿名来件办结"), _("办结"), _("已办结。"), acting.audience(found.case, move), (), told, tone="main"
    )

    def do(given: dict[str, Any]) -> object:
        return answering.close_unnamed(
            grievance=found, by=access.actor(request), at=request.now, seen=given.get("seen")
        )

    form = acting.given_to(request, ConfirmForm)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def redirect(request: DeskRequest, number: str) -> HttpResponse:
    """Tell the right channel and close."""
    found = matters.grievance(request, number)
    move = acting.moves_of(request, found.case, REDIRECT)[0]
    listed = intake.classes_of(found)
    channels = [(one.code, f"{one.title.text(lang())}：{one.where.text(lang())}") for one in listed.channels]
    hints = [
        ("info", _("转纪检、公安的，办完后系统删去来信内容，只留何时转往哪里。")),
    ]
    act = Act(
        _("告知其他渠道"), _("告知并办结"), _("已告知应走的渠道。"), acting.audience(found.case, move), hints, told_of(found),
        tone="main",
    )  # fmt: skip

    def do(given: dict[str, Any]) -> object:
        return redirect_grievance(
            grievance=found, channel=given["channel"], words=given["words"], by=access.actor(request), at=request.now,
            seen=given.get("seen"),
        )  # fmt: skip

    form = acting.given_to(request, RedirectForm, channels=channels)
    return acting.perform(request, found.case, form, act, do, who=who_told(request, found))


def may_release(request: DeskRequest, grievance: Grievance) -> bool:
    """Whether a text for everybody may be written: answered, not public yet, none waiting, no sensitive matter."""
    is_ready = grievance.replied_at is not None and grievance.released_at is None
    if not (
        is_ready and access.actor(request).may("grievances.handle") and grievance.case.data_class == "P2"
    ):
        return False
    return not PublicReply.objects.filter(grievance=grievance, decided_at=None).exists()


def may_decide(request: DeskRequest, grievance: Grievance) -> bool:
    """Whether a waiting text may be released by this post."""
    by = access.actor(request)
    row = PublicReply.objects.filter(grievance=grievance, decided_at=None).first()
    return row is not None and by.may("grievances.release") and by.post != row.proposed_post


def may_refer(request: DeskRequest, grievance: Grievance) -> bool:
    """Whether the person may be referred by this post: somebody is known, and the matter is open."""
    by = access.actor(request)
    posts = ("clerk", "committee_member", "committee_director", "street_officer")
    return grievance.case.person_id is not None and grievance.case.closed_on is None and by.post in posts


def applies(verb: str, grievance: Grievance | None) -> bool:
    """Whether an open move makes sense here: nobody known cannot be silent, somebody known is not unnamed."""
    if grievance is None or verb not in (SILENT, UNNAMED):
        return True
    return (grievance.case.person_id is None) == (verb == UNNAMED)


def later_acts(request: DeskRequest, grievance: Grievance) -> list[tuple[str, str]]:
    """What may be done beside the moves: texts for everybody, referrals, answering the hotline."""
    number, by, offered = grievance.case.number, access.actor(request), []
    if may_release(request, grievance):
        offered.append((_("写公开稿"), reverse("desk:release", args=[number])))
    elif grievance.replied_at and not grievance.released_at and may_decide(request, grievance):
        offered.append((_("审核公开稿"), reverse("desk:release-decision", args=[number])))
    if may_refer(request, grievance):
        offered.append((_("转介"), reverse("desk:refer", args=[number])))
    if by.may("grievances.handle") and Referral.objects.filter(grievance=grievance, closed_on=None).exists():
        offered.append((_("跟进转介"), reverse("desk:referral", args=[number])))
    is_theirs = grievance.case.channel == "hotline" and by.may("grievances.hotline") and grievance.replied_at
    if is_theirs and HotlineOrder.objects.filter(grievance=grievance, answered_back_at=None).exists():
        offered.append((_("回复热线"), reverse("desk:order-answer", args=[number])))
    return offered


def told(request: DeskRequest, grievance: Grievance) -> list[tuple[str, str]]:
    """What the case page says of a grievance."""
    listed = intake.classes_of(grievance)
    try:
        named = str(listed.of(grievance.class_code).title.text(lang()))
    except Said:
        named = grievance.class_code
    pairs = [
        (_("分类"), f"{grievance.class_code} {named}"),
        (_("性质"), str(words.NATURES[grievance.nature])),
        (_("地点"), place(grievance)),
        (_("说了什么"), grievance.text),
    ]
    if grievance.reply:
        pairs.append((_("最近的答复"), grievance.reply))
    if grievance.is_resolved is not None:
        pairs.append((_("回访"), _("已解决") if grievance.is_resolved else _("没解决")))
    if grievance.public_reply:
        pairs.append((_("公开的答复"), grievance.public_reply))
    if grievance.kept is not None:
        pairs.append((_("并入"), grievance.kept.case.number))
    return [*pairs, *_shared(grievance), *_order(grievance)]


def _shared(grievance: Grievance) -> list[tuple[str, str]]:
    """Who shares the matter, as numbers; and the group it belongs to."""
    merged, joined = grievance.merged.count(), grievance.joinings.count()
    pairs = []
    if merged or joined:
        pairs.append(
            (
                _("同一件事"),
                _("并入%(merged)s件，另有%(joined)s人也遇到") % {"merged": merged, "joined": joined},
            )
        )
    if grievance.group is not None:
        pairs.append((_("群体诉求"), grievance.group.number))
    return pairs


def _order(grievance: Grievance) -> list[tuple[str, str]]:
    """The hotline's order, its deadline beside ours."""
    if grievance.case.channel != "hotline":
        return []
    order = HotlineOrder.objects.filter(grievance=grievance).first()
    if order is None:
        return []
    due = f"{timezone.localtime(order.their_due_at):%Y-%m-%d %H:%M}"
    return [(_("热线工单"), order.number), (_("热线要求的答复期限"), due)]
