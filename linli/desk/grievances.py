"""Grievances at the desk: the screens of their own acts, and what the case page says of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.procedures import Move
from linli.desk import access, acting, words
from linli.desk.access import DeskRequest
from linli.desk.acting import Act
from linli.desk.forms import grievances as forms
from linli.desk.saying import lang
from linli.grievances import answering, intake
from linli.grievances.models import Grievance
from linli.ground.said import Said

DISPATCH = "grievances.intake.dispatch"
ANSWER = "grievances.intake.answer_at_once"
REPLY = "grievances.answering.reply"
REVISIT = "grievances.answering.revisit"
REOPENING = "grievances.answering.decide_reopening"
# verb: name of the screen's address
SCREENS = {DISPATCH: "dispatch", ANSWER: "answer", REPLY: "reply", REVISIT: "revisit", REOPENING: "reopening"}


def label(verb: str, moves: list[Move], grievance: Grievance | None) -> str:
    """What the button of a verb says; several moves may share one verb."""
    if verb == DISPATCH and grievance is not None:
        return _destined(moves, grievance).title.text(lang())
    return {REVISIT: _("记录回访"), REOPENING: _("答复重办要求")}.get(verb, str(moves[0].title.text(lang())))


def _destined(moves: list[Move], grievance: Grievance) -> Move:
    handler = intake.classes_of(grievance).of(grievance.class_code).handler
    return next((move for move in moves if move.code == f"dispatch_{handler}"), moves[0])


def _who(request: DeskRequest, grievance: Grievance) -> str:
    return acting.who_of(request, grievance.case, is_hidden=grievance.is_anonymous)


def _told(grievance: Grievance) -> list[tuple[str, str]]:
    return [(_("说了什么"), grievance.text), (_("地点"), place(grievance))]


def place(grievance: Grievance) -> str:
    """Where it is, in words."""
    return f"{grievance.building.name if grievance.building else ''}{grievance.spot}" or "—"


def dispatch(request: DeskRequest, number: str) -> HttpResponse:
    """Hand it to the body of its class."""
    found = access.grievance(request, number)
    move = _destined(acting.moves_of(request, found.case, DISPATCH), found)
    hints = [
        ("info", _("同一楼栋近30天还有同类诉求：%(number)s，看看是不是同一件事。") % {"number": other.number})
        for other in intake.related(found)
    ]
    title = str(move.title.text(lang()))
    act = Act(title, title, _("已派办。"), acting.audience(found.case, move), hints, _told(found))

    def do(given: dict[str, Any]) -> object:
        by = access.actor(request)
        return intake.dispatch(
            grievance=found, by=by, at=request.now, opinion=given["opinion"], seen=given.get("seen")
        )

    form = acting.given_to(request, forms.DispatchForm)
    return acting.perform(request, found.case, form, act, do, who=_who(request, found))


def answer(request: DeskRequest, number: str) -> HttpResponse:
    """Answer on the spot."""
    found = access.grievance(request, number)
    move = acting.moves_of(request, found.case, ANSWER)[0]
    act = Act(
        _("当场答复"),
        _("答复居民"),
        _("已答复，等回访。"),
        acting.audience(found.case, move),
        (),
        _told(found),
    )

    def do(given: dict[str, Any]) -> object:
        by = access.actor(request)
        return intake.answer_at_once(
            grievance=found, reply=given["opinion"], by=by, at=request.now, seen=given.get("seen")
        )

    form = acting.given_to(request, forms.ReplyForm)
    return acting.perform(request, found.case, form, act, do, who=_who(request, found))


def reply(request: DeskRequest, number: str) -> HttpResponse:
    """The handling body's answer."""
    found = access.grievance(request, number)
    move = acting.moves_of(request, found.case, REPLY)[0]
    act = Act(
        _("答复"), _("答复居民"), _("已答复，等回访。"), acting.audience(found.case, move), (), _told(found)
    )

    def do(given: dict[str, Any]) -> object:
        by = access.actor(request)
        return answering.reply(
            grievance=found, text=given["opinion"], by=by, at=request.now, seen=given.get("seen")
        )

    form = acting.given_to(request, forms.ReplyForm)
    return acting.perform(request, found.case, form, act, do, who=_who(request, found))


def revisit(request: DeskRequest, number: str) -> HttpResponse:
    """Record a call back, in the person's words."""
    found = access.grievance(request, number)
    acting.moves_of(request, found.case, REVISIT)
    seen_by = [
        _("回访结果：经手的工作人员和街道看得到，计入解决率和满意率。"),
        _("说没解决的，自动转为要求重办。"),
    ]
    told = [*_told(found), (_("答复"), found.reply)]
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
        )

    form = acting.given_to(request, forms.RevisitForm)
    return acting.perform(request, found.case, form, act, do, who=_who(request, found))


def _yes(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


def reopening(request: DeskRequest, number: str) -> HttpResponse:
    """Answer a request to reopen."""
    found = access.grievance(request, number)
    moves = acting.moves_of(request, found.case, REOPENING)
    seen_by = acting.audience(found.case, next((move for move in moves if move.public_opinion), moves[0]))[:1]
    told = [*_told(found), (_("答复"), found.reply), (_("已重办次数"), str(found.reopen_count))]
    act = Act(_("答复重办要求"), _("作出决定"), _("已答复重办要求。"), seen_by, (), told)

    def do(given: dict[str, Any]) -> object:
        by, reopen = access.actor(request), given["decision"] == "reopen"
        return answering.decide_reopening(
            grievance=found, reopen=reopen, reason=given["opinion"], by=by, at=request.now
        )

    form = acting.given_to(request, forms.ReopeningForm)
    return acting.perform(request, found.case, form, act, do, who=_who(request, found))


def release(request: DeskRequest, number: str) -> HttpResponse:
    """Show an answer to everybody, rewritten and checked for privacy."""
    found = access.grievance(request, number)
    if not may_release(request, found):
        raise Http404
    told = [*_told(found), (_("给本人的答复"), found.reply)]
    hints = [
        ("warn", _("公开以后所有人都看得到。系统会查身份证号、电话、卡号；姓名和能认出人的说法要您自己看。"))
    ]
    act = Act(
        _("公开这个答复"),
        _("公开"),
        _("答复已公开。"),
        [_("所有人都看得到这段文字和分类，看不到来信和提出人。")],
        hints,
        told,
    )

    def do(given: dict[str, Any]) -> object:
        return answering.release(
            grievance=found, text=given["text"], by=access.actor(request), at=request.now
        )

    form = acting.given_to(request, forms.ReleaseForm)
    return acting.perform(request, found.case, form, act, do, who=_who(request, found))


def may_release(request: DeskRequest, grievance: Grievance) -> bool:
    """Whether the screen is offered: an answer is there, not yet public, and the role handles grievances."""
    is_ready = grievance.replied_at is not None and grievance.released_at is None
    return is_ready and access.actor(request).may("grievances.handle") and grievance.case.data_class == "P2"


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
    return pairs


def release_url(number: str) -> str:
    """The address of the release screen."""
    return reverse("desk:release", args=[number])
