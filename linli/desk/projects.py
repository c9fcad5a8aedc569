"""Projects at the desk: the list, the overview with its five-level chain and accounts, and the way to every act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from linli.cases.models import Case, Passage
from linli.cases.moving import moves_for
from linli.cases.procedures import Move
from linli.desk import deciding, doing, finishing, fiscal, frame, money, programmes, spending, words
from linli.desk.access import DeskRequest, actor
from linli.desk.saying import lang
from linli.look.templatetags.linli import both
from linli.people.actors import Actor
from linli.people.models import Account
from linli.projects.accounts import money_of
from linli.projects.models import Project, Statement

PAGE = 50
CHAIN = ("projects.applying.apply", "projects.opining.opine", "projects.approving.approve")
RESUBMIT = "projects.applying.resubmit"
APPROVE_GOALS = "evaluation.goals.approve"

SCREENS: Mapping[str, Callable[[DeskRequest, Project, Move], HttpResponse]] = {
    **spending.SCREENS,
    **deciding.SCREENS,
    **finishing.SCREENS,
    RESUBMIT: programmes.resubmit_screen,
}


def listed(request: DeskRequest) -> HttpResponse:
    """Projects of one's place, newest first, by year and step; paged by key."""
    rows = fiscal.projects(request).select_related("case__region")
    year, step = request.GET.get("year", ""), request.GET.get("step", "")
    years = sorted({row for row in rows.values_list("year", flat=True).distinct() if row}, reverse=True)
    steps = _steps(rows.values_list("case__procedure_id", "case__step").distinct())
    if year.isdigit():
        rows = rows.filter(year=int(year))
    if step:
        rows = rows.filter(case__step=step)
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(pk__lt=Case.objects.filter(number=before).values("pk")[:1])
    page = list(rows.order_by("-pk")[: PAGE + 1])
    shown = {
        "projects": [_row(one) for one in page[:PAGE]],
        "years": _pills("year", [(str(one), str(one)) for one in years], year, step=step),
        "steps": _pills("step", steps, step, year=year),
        "older": _query(year=year, step=step, before=page[PAGE - 1].case.number) if len(page) > PAGE else "",
        "is_filtered": bool(year or step),
        "programmes": reverse("desk:programmes"),
    }
    return frame.draw(request, "projects/list.html", shown, current="projects")


def _steps(pairs: Any) -> list[tuple[str, str]]:
    found = {}
    for procedure, step in pairs:
        found[step] = str(Case(procedure_id=procedure, step=step).at_step.title.text(lang()))
    return sorted(found.items(), key=lambda one: one[1])


def _query(**values: str) -> str:
    kept = "&".join(f"{name}={value}" for name, value in values.items() if value)
    return f"?{kept}" if kept else "?"


def _pills(name: str, offered: list[tuple[str, str]], chosen: str, **others: str) -> list[dict[str, Any]]:
    every = {"label": _("全部"), "url": _query(**others), "current": not chosen}
    return [every, *(
        {"label": label, "url": _query(**{name: value}, **others), "current": value == chosen} for value, label in offered
    )]  # fmt: skip


def _row(one: Project) -> dict[str, Any]:
    return {
        "head": fiscal.head(one),
        "budget": fiscal.stated(one, "budget_cents", one.budget_cents, fiscal.yuan(one.budget_cents)),
    }


@dataclass(frozen=True)
class Level:
    """One level of the chain: done, now, returned, refused or later; what it said, who and when."""

    title: str
    state: str
    on: object = None
    by: str = ""
    opinion: str = ""
    ref: str = ""


def show(request: DeskRequest, number: str) -> HttpResponse:
    """The overview of a project: facts, goals, chain, accounts, what comes next."""
    found, by = fiscal.project(request, number), actor(request)
    chain, course = (_stated_chain(found), []) if found.is_stated else _chain(found)
    page = {
        "head": fiscal.head(found),
        "tabs": fiscal.tabs(found, by, "overview"),
        "buttons": buttons(found, by),
        "facts": _facts(found),
        "themes": found.themes,
        "goals": found.general_goals,
        "yearly_goal": found.yearly_goal,
        "texts": _texts(found),
        "chain": chain,
        "course": course,
        "money": money.table(found, money_of(found)),
        "money_url": reverse("desk:project-money", args=[number]),
        "audit": reverse("desk:case-audit", args=[number]) if by.may("cases.read") else "",
    }
    return frame.draw(request, "projects/show.html", page, current="projects")


def _facts(found: Project) -> list[tuple[str, object]]:
    programme = found.programme
    period = (
        f"{found.starts_on:%Y-%m-%d} — {found.ends_on:%Y-%m-%d}"
        if found.starts_on and found.ends_on
        else None
    )
    facts: list[tuple[str, object]] = [
        (_("项目编号"), found.case.number),
        (_("项目编码"), fiscal.stated(found, "code", found.code)),
        (_("实施单位"), fiscal.stated(found, "unit", found.unit_name)),
        (_("年度"), fiscal.stated(found, "year", found.year)),
        (_("试点通知"), programme.title if programme else "—"),
        (_("项目期"), fiscal.stated(found, "starts_on", period)),
        (_("受益人数"), fiscal.stated(found, "beneficiaries", found.beneficiaries)),
        (_("批复文号"), fiscal.stated(found, "approved_number", found.approved_number)),
        (_("批复日期"), fiscal.stated(found, "approved_on", found.approved_on)),
        (_("首次到账"), fiscal.stated(found, "first_received_on", found.first_received_on)),
        (_("首笔支出"), fiscal.stated(found, "first_spent_on", found.first_spent_on)),
        (_("验收日期"), fiscal.stated(found, "accepted_on", found.accepted_on)),
    ]
    return facts


def _texts(found: Project) -> list[tuple[str, object]]:
    names = (
        ("purpose", _("为了什么")),
        ("need", _("需求")),
        ("content", _("做什么")),
        ("risks", _("风险和对策")),
        ("upkeep", _("管护")),
    )
    return [(label, fiscal.stated(found, name, getattr(found, name))) for name, label in names]


def _stated_chain(found: Project) -> list[Level]:
    """The chain as the report states it: the order, and days only where they are stated."""
    rows = Statement.objects.filter(project=found, kind="opinion").order_by("number")
    return [
        Level(
            fiscal.level(row.level),
            "stated",
            row.on or fiscal.not_stated(),
            "",
            both(row.text),
            row.reference,
        )
        for row in rows
    ]


def _chain(found: Project) -> tuple[list[Level], list[dict[str, Any]]]:
    """The five levels with their opinions, and the course of the project from its passages; two statements."""
    plan, case = found.case.plan, found.case
    rows = list(case.passages.exclude(from_step=F("to_step")).select_related("opinion").order_by("number"))
    names = _names({row.actor for row in rows})
    titles = {move.code: move for move in plan.moves}
    last = {row.from_step: row for row in rows}
    waiting = {move.target: move.source for move in plan.moves if move.verb == RESUBMIT}
    levels = []
    for step in [move.source[0] for move in plan.moves if move.verb in CHAIN]:
        row, title = last.get(step), str(plan.step(step).title.text(lang()))
        state = _state(case, step, titles[row.move].kind if row else "", waiting.get(step, ()))
        opinion = getattr(row, "opinion", None) if row else None
        levels.append(
            Level(title, state, row.at if row else None, _who(row, names) if row else words.post(plan.step(step).post),
                  opinion.text if opinion else "")
        )  # fmt: skip
    course = [
        {"title": str(titles[row.move].done.text(lang())), "state": "done", "at": row.at, "by": _who(row, names),
         "note": row.opinion.text if hasattr(row, "opinion") else ""}
        for row in rows if row.from_step and row.move in titles
    ]  # fmt: skip
    if case.closed_on is None:
        course.append(
            {"title": str(case.at_step.title.text(lang())), "state": "now", "by": words.post(case.hold_post)}
        )
    return levels, course


def _state(case: Case, step: str, kind: str, corrections: tuple[str, ...]) -> str:
    if case.step == step:
        return "now"
    if case.step in corrections:
        return "returned"
    return {"": "later", "end": "refused", "return": "returned"}.get(kind, "done")


def _who(row: Passage, names: dict[str, str]) -> str:
    return " · ".join(part for part in (words.post(row.post), names.get(row.actor, "")) if part)


def _names(actors: set[str]) -> dict[str, str]:
    pks = [int(word[8:]) for word in actors if word.startswith("account:") and word[8:].isdigit()]
    return {
        f"account:{pk}": name
        for pk, name in Account.objects.filter(pk__in=pks).values_list("pk", "person__name")
    }


def buttons(found: Project, by: Actor) -> list[dict[str, str]]:
    """What the actor may do now, the one next act first and in copper."""
    offered: dict[str, dict[str, str]] = {}
    for move in moves_for(found.case, by):
        offered.setdefault(
            move.verb or move.code,
            {"label": both(move.title), "url": _screen_url(found, move), "tone": move.tone},
        )
    if by.may("evaluation.evaluate") and by.holds(found.region_code):
        url = reverse("desk:evaluation-new", args=[found.case.number])
        offered["evaluate"] = {"label": _("开始评价"), "url": url, "tone": "plain"}
    order = {"go": 0, "main": 1, "plain": 2, "back": 3}
    ranked = sorted(offered.values(), key=lambda one: order.get(one["tone"], 2))
    for at, one in enumerate(ranked):
        is_next = at == 0 and one["tone"] in ("go", "main")
        one["tone"] = "go" if is_next else "quiet" if one["tone"] == "back" else "plain"
    return ranked


def _screen_url(found: Project, move: Move) -> str:
    if move.verb == APPROVE_GOALS:
        return reverse("desk:evaluation-act", args=[found.case.number, move.code])
    return reverse("desk:projects-act", args=[found.case.number, move.code])


def act(request: DeskRequest, number: str, code: str) -> HttpResponse:
    """The screen of a move of the project, where it is open to the actor now."""
    found = fiscal.project(request, number)
    sent = doing.already(request)
    if sent is not None:
        return sent
    move = next((one for one in moves_for(found.case, actor(request)) if one.code == code), None)
    if move is None:
        raise Http404
    if code == "declare_goals":
        return HttpResponseRedirect(reverse("desk:goals-declare", args=[number]))
    if move.verb and move.verb not in SCREENS:
        raise Http404
    return SCREENS.get(move.verb, deciding.plain_screen)(request, found, move)


def statements(request: DeskRequest, number: str) -> HttpResponse:
    """What a report says of the project: claims, experience, problems, each with its place. No proof."""
    found = fiscal.project(request, number)
    if not found.is_stated:
        raise Http404
    names = {
        "claim": _("自称的结果"), "opinion": _("申报经过"), "task": _("任务"), "experience": _("经验"), "problem": _("问题"),
        "measure": _("措施和建议"), "method": _("评价方法"), "limit": _("局限"), "annex": _("列出的附件"),
    }  # fmt: skip
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in Statement.objects.filter(project=found).order_by("number"):
        groups.setdefault(row.kind, []).append(_statement(row))
    page = {
        "head": fiscal.head(found),
        "tabs": fiscal.tabs(found, actor(request), "statements"),
        "groups": [
            {"title": names.get(kind, kind), "kind": kind, "rows": groups[kind]}
            for kind in names
            if kind in groups
        ],
    }
    return frame.draw(request, "projects/statements.html", page, current="projects")


def _statement(row: Statement) -> dict[str, Any]:
    day: dt.date | object = row.on or ""
    return {
        "text": both(row.text), "reference": row.reference, "on": day, "cents": row.amount_cents, "grade": row.grade,
        "points": None if row.claimed_points is None else row.claimed_points / 100,
        "of": None if row.of_points is None else row.of_points / 100,
        "is_programme": row.layer == "programme",
    }  # fmt: skip


urlpatterns: list[URLPattern] = [
    fiscal.read("projects/", listed, "projects"),
    fiscal.read("programmes/", programmes.listed, "programmes"),
    fiscal.show("programmes/new/", programmes.new, "programme-new"),
    fiscal.read("programmes/<slug:code>/", programmes.show, "programme"),
    fiscal.show("programmes/<slug:code>/application/", programmes.apply_screen, "apply"),
    fiscal.read("projects/<slug:number>/", show, "project"),
    fiscal.show("projects/<slug:number>/acts/<slug:code>/", act, "projects-act"),
    fiscal.read("projects/<slug:number>/money/", money.show, "project-money"),
    fiscal.read("projects/<slug:number>/vouchers/<int:entry>/", money.voucher, "voucher"),
    fiscal.read("projects/<slug:number>/vouchers/<int:entry>/paper/", money.paper, "voucher-paper"),
    fiscal.read("projects/<slug:number>/papers/", finishing.show, "project-papers"),
    fiscal.show("projects/<slug:number>/papers/new/", finishing.attach, "project-attach"),
    fiscal.read("projects/<slug:number>/papers/<slug:key>/", finishing.paper, "project-paper"),
    fiscal.show(
        "projects/<slug:number>/gates/<slug:kind>/<int:order>/publication/", finishing.publish, "gate"
    ),
    fiscal.read("projects/<slug:number>/statements/", statements, "project-statements"),
]
