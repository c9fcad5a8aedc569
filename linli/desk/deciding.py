"""Opinions level by level, return, refusal, the reply with its amounts, and the plain moves of a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from linli.cases.moving import MoveWords, advance
from linli.cases.procedures import Move
from linli.desk import doing, fiscal
from linli.desk.access import DeskRequest, actor
from linli.desk.forms.projects import ApproveForm
from linli.desk.forms.rows import OpinionForm
from linli.desk.saying import lang
from linli.ground.money import yuan
from linli.look.templatetags.linli import both
from linli.projects.approving import Approval, approve
from linli.projects.models import Project
from linli.projects.opining import opine, refuse, return_for_correction


def _opinion(request: DeskRequest, found: Project, move: Move, *, label: str = "", hint: str = "") -> Any:
    """The form of an opinion, as the sheet asks for it."""
    form = doing.given_to(request, OpinionForm, initial={"seen": found.case.passages_count})
    if move.opinion == "none":
        del form.fields["opinion"]
    else:
        form.fields["opinion"].required = move.opinion == "required"
        form.fields["opinion"].label = label or _("意见")
        form.fields["opinion"].help_text = hint
    return form


def opine_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """One's level's opinion; the project goes on to the next level."""
    hint = _("写清楚核对了什么、是否同意推荐、理由。每一级只写一次，不能跳级。")
    form = _opinion(request, found, move, hint=hint)

    def do(given: dict[str, Any]) -> object:
        return opine(
            project=found, opinion=given["opinion"], by=actor(request), at=request.now, seen=given["seen"]
        )

    screen = doing.screen_of(found, move, done=_("意见已写入，交到上一级。"), facts=_asked(found))
    return doing.perform(request, form, screen, do)


def return_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Send the project back to the community, with what to correct."""
    form = _opinion(request, found, move, label=_("要补正什么"), hint=_("一次说全。补正后直接回到您这一级。"))

    def do(given: dict[str, Any]) -> object:
        return return_for_correction(
            project=found, reason=given["opinion"], by=actor(request), at=request.now
        )

    return doing.perform(request, form, doing.screen_of(found, move, done=_("已退回社区补正。")), do)


def refuse_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Do not recommend or approve; the project ends."""
    form = _opinion(request, found, move, label=_("理由"))

    def do(given: dict[str, Any]) -> object:
        return refuse(project=found, reason=given["opinion"], by=actor(request), at=request.now)

    return doing.perform(request, form, doing.screen_of(found, move, done=_("已办结，理由已通知社区。")), do)


def _asked(found: Project) -> list[tuple[str, object]]:
    return [
        (
            _("申请金额"),
            _("%(yuan)s 元") % {"yuan": yuan(found.budget_cents)} if found.budget_cents is not None else "—",
        ),
        (_("年度目标"), found.yearly_goal or "—"),
    ]


def approve_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """The reply: number, amounts by source and line, period."""
    rows = found.sources.select_related("fund").order_by("number")
    sources = [
        {"title": f"{both(row.fund.title)}（{fiscal.level(row.level)}）", "cents": row.applied_cents}
        for row in rows
    ]
    lines = [{"title": line.title, "cents": line.amount_cents} for line in found.lines.order_by("number")]
    initial = {"starts_on": found.starts_on, "ends_on": found.ends_on}
    form = doing.given_to(request, ApproveForm, sources=sources, lines=lines, initial=initial)
    form.fields["opinion"].label = _("批复意见")
    form.fields["opinion"].required = move.opinion == "required"

    def do(given: dict[str, Any]) -> object:
        approval = Approval(
            given["number"],
            form.amounts("source"),
            form.amounts("line"),
            given["opinion"],
            given["starts_on"],
            given["ends_on"],
        )
        return approve(project=found, approval=approval, by=actor(request), at=request.now)

    fields = {"sources": "source_0_cents", "lines": "line_0_cents"}
    screen = doing.screen_of(
        found, move, done=_("已批复，等社区申报绩效目标。"), facts=_asked(found), at_field=fields
    )
    return doing.perform(request, form, screen, do)


def plain_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """A move that has no act of its own: withdraw, return the goals, deliver, evaluated."""
    form = _opinion(request, found, move)
    title = str(move.title.text(lang()))

    def do(given: dict[str, Any]) -> object:
        words = MoveWords(given.get("opinion", ""), seen=given["seen"])
        return advance(found.case, move.code, by=actor(request), at=request.now, words=words)

    screen = doing.screen_of(found, move, done=_("已办理：%(title)s。") % {"title": title})
    return doing.perform(request, form, screen, do)


SCREENS: Mapping[str, Callable[[DeskRequest, Project, Move], HttpResponse]] = {
    "projects.opining.opine": opine_screen,
    "projects.opining.return_for_correction": return_screen,
    "projects.opining.refuse": refuse_screen,
    "projects.approving.approve": approve_screen,
}
