"""Evaluations at the desk: the list, one evaluation with its tree, opening one, several side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _

from linli.desk import access, declaring, doing, evidence, fiscal, frame, goals, judging, scoring
from linli.desk.access import DeskRequest, actor
from linli.desk.forms.evaluation import KINDS, OpenForm
from linli.evaluation.claiming import sheet_leaves
from linli.evaluation.comparing import Agreement, Side, compare
from linli.evaluation.evaluating import Terms, open_evaluation
from linli.evaluation.models import Evaluation, Finding, GoalApproval, Score
from linli.evaluation.taking import Span
from linli.look.templatetags.linli import both
from linli.people.actors import Actor
from linli.projects.models import Project
from linli.rulebook.publishing import editions

PAGE = 50
OF_POST = {"evaluator": "third_party", "finance_officer": "finance", "district_civil": "department"}


def listed(request: DeskRequest) -> HttpResponse:
    """Evaluations, newest first, by kind; paged by key."""
    rows = fiscal.evaluations(request).select_related("submission__score", "frame").order_by("-id")
    kind, before = request.GET.get("kind", ""), request.GET.get("before", "")
    kinds = set(rows.order_by().values_list("kind", flat=True).distinct())
    rows = rows.filter(kind=kind) if kind else rows
    if before:
        rows = rows.filter(pk__lt=Evaluation.objects.filter(key=before).values("pk")[:1])
    page = list(rows[: PAGE + 1])
    kept = f"kind={kind}&" if kind else ""
    shown = {
        "evaluations": _lines(page[:PAGE], request),
        "kinds": [{"label": _("全部"), "url": "?", "current": not kind}, *(
            {"label": str(label), "url": f"?kind={word}", "current": word == kind} for word, label in KINDS if word in kinds)],
        "older": f"?{kept}before={page[PAGE - 1].key}" if len(page) > PAGE else "",
        "measures": reverse("desk:measures"),
    }  # fmt: skip
    return frame.draw(request, "evaluation/list.html", shown, current="evaluation")


def _lines(rows: list[Evaluation], request: DeskRequest) -> list[dict[str, Any]]:
    """Rows with their project's name and newest score; two statements."""
    names = dict(
        Project.objects.filter(case__number__in={row.project for row in rows}).values_list(
            "case__number", "name"
        )
    )
    scores = {
        one.evaluation_id: one
        for one in Score.objects.filter(evaluation__in=[row.pk for row in rows]).order_by("id")
    }
    return [_line(row, names, scores.get(row.pk), request) for row in rows]


def _line(
    row: Evaluation, names: Mapping[str, str], score: Score | None, request: DeskRequest
) -> dict[str, Any]:
    tone, word = state(row, request.today)
    return {
        "url": reverse("desk:evaluation-page", args=[row.key]), "project": names.get(row.project, row.project),
        "kind": str(dict(KINDS)[row.kind]), "evaluator": row.evaluator, "first": row.first_on, "last": row.last_on,
        "frame": both(row.frame.title), "tone": tone, "state": word,
        "proven": None if score is None else score.proven / 100, "claimed": None if score is None else score.claimed / 100,
        "total": None if score is None else score.total / 100, "without": None if score is None else score.without_evidence / 100,
        "grade": score.grade if score else "",
    }  # fmt: skip


def state(row: Evaluation, on: dt.date) -> tuple[str, str]:
    """How far an evaluation is: being made, handed in and sealed, or open."""
    if not hasattr(row, "submission"):
        return "warn", _("正在评")
    return ("info", _("已交，封存中")) if row.due_on > on else ("ok", _("已交"))


def show(request: DeskRequest, key: str) -> HttpResponse:
    """One evaluation: figures, tree with the bars of proven and claimed points, findings, and what is to be done."""
    found, by = fiscal.evaluation(request, key), actor(request)
    submission = getattr(found, "submission", None)
    score = submission.score if submission else found.scores.order_by("-id").first()
    own = submission is None and found.actor == by.actor_word
    project = Project.objects.filter(case__number=found.project).select_related("case").first()
    tone, word = state(found, request.today)
    page = {
        "key": key,
        "project": project.name if project else found.project,
        "project_url": reverse("desk:project", args=[found.project])
        if project and by.may("projects.read")
        else "",
        "is_stated": bool(project and project.is_stated),
        "kind": str(dict(KINDS)[found.kind]),
        "evaluator": found.evaluator,
        "frame": both(found.frame.title),
        "frame_note": both(found.frame.body.get("note", "")),
        "first": found.first_on,
        "last": found.last_on,
        "due_on": found.due_on,
        "tone": tone,
        "state": word,
        "figures": scoring.figures(score, found) if score else [],
        "band": scoring.band(score, found) if score else None,
        "whole": scoring.whole(score) if score else None,
        "tree": scoring.tree(scoring.judged(found, score)),
        "findings": _findings(found),
        "is_own": own,
        "compare": reverse("desk:project-evaluations", args=[found.project])
        if project and by.may("projects.read")
        else "",
        "report": _report_url(key) if score else "",
        "bundle": _bundle_url(key) if submission else "",
    }
    return frame.draw(request, "evaluation/show.html", page, current="evaluation")


def _report_url(key: str) -> str:
    url = frame.address("reports")
    return reverse("desk:report", args=[key]) if url else ""


def _bundle_url(key: str) -> str:
    url = frame.address("reports")
    return reverse("desk:report-bundle", args=[key]) if url else ""


def _findings(found: Evaluation) -> list[dict[str, Any]]:
    names = {"practice": _("经验"), "problem": _("问题"), "advice": _("建议")}
    rows = list(Finding.objects.filter(evaluation=found).order_by("id"))
    texts = {row.pk: row.text for row in rows}
    return [
        {"title": names[kind], "rows": [{"text": row.text, "answers": texts.get(row.answers_id or 0, "")} for row in rows if row.kind == kind]}
        for kind in names if any(row.kind == kind for row in rows)
    ]  # fmt: skip


def new(request: DeskRequest, number: str) -> HttpResponse:
    """Open an evaluation of a project."""
    found, by = fiscal.project(request, number), actor(request)
    fiscal.require_at(by, "evaluation.evaluate", found.region_code)
    sent = doing.already(request)
    if sent is not None:
        return sent
    frames = {row.code: row for row in editions("frames", request.today)}
    year = found.year or request.today.year
    initial = {
        "kind": OF_POST.get(by.post, "self"), "first": dt.date(year, 1, 1), "last": dt.date(year, 12, 31),
        "due_on": request.today + dt.timedelta(days=30), "frame": "source-report" if found.is_stated else "self",
    }  # fmt: skip
    form = doing.given_to(
        request, OpenForm, frames=[(code, both(row.title)) for code, row in frames.items()], initial=initial
    )
    newest = goals.newest_of(found)
    approved = newest if newest and GoalApproval.objects.filter(declaration=newest).exists() else None
    if approved is None:
        del form.fields["uses_goals"]

    def do(given: dict[str, Any]) -> object:
        chosen = approved.frame if approved and given.get("uses_goals") else frames[given["frame"]]
        terms = Terms(
            project=number, region=found.region_code, frame=chosen, span=Span(given["first"], given["last"]), kind=given["kind"],
            evaluator=access.appointment(request).organisation.name, due_on=given["due_on"],
            goals=approved if approved and given.get("uses_goals") else None,
        )  # fmt: skip
        return reverse("desk:evaluation-page", args=[open_evaluation(terms=terms, by=by, at=request.now).key])

    crumbs = [
        (_("项目"), reverse("desk:projects")),
        (found.name, fiscal.head(found).url),
        (_("开始评价"), ""),
    ]
    screen = doing.Screen(
        _("开始评价"), _("开始"), _("评价已开始，先取数，再评分。"), fiscal.head(found).url, crumbs=crumbs,
        audience=[_("交卷并且到了截止日，别的评价方才看得到。"), _("评价用单位名义，不写个人姓名。")],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def of_project(request: DeskRequest, number: str) -> HttpResponse:
    """The evaluations of a project side by side, with how far they agree."""
    found, by = fiscal.project(request, number), access.require(request, "evaluation.read")
    rows = list(
        fiscal.evaluations(request)
        .filter(project=number)
        .select_related("submission__score", "frame")
        .order_by("id")
    )
    years = sorted({row.last_on.year for row in rows}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() else years[0] if years else found.year or request.today.year
    page = {
        "head": fiscal.head(found),
        "tabs": fiscal.tabs(found, by, "evaluations"),
        "evaluations": _lines(
            [row for row in rows if row.first_on.year <= year <= row.last_on.year], request
        ),
        "years": [{"label": str(one), "url": f"?year={one}", "current": one == year} for one in years],
        "compared": _compared(number, year, by, request.today),
        "new": reverse("desk:evaluation-new", args=[number])
        if by.may("evaluation.evaluate") and by.holds(found.region_code)
        else "",
    }
    return frame.draw(request, "evaluation/compare.html", page, current="projects")


def _compared(number: str, year: int, by: Actor, on: dt.date) -> dict[str, Any] | None:
    found = compare(number, year, actor=by, on=on)
    if len(found.sides) < 2:
        return None
    titles: dict[str, str] = {}
    for side in found.sides:
        for leaf in sheet_leaves(side.evaluation.frame.body):
            titles.setdefault(leaf["code"], both(leaf["title"]))
    return {
        "sides": [_side(side) for side in found.sides],
        "rows": [_compared_row(code, title, found.sides) for code, title in titles.items()],
        "totals": [side.score.proven / 100 for side in found.sides],
        "agreements": [_agreement(one) for one in found.agreements],
    }


def _compared_row(code: str, title: str, sides: tuple[Side, ...]) -> dict[str, Any]:
    cells = [side.points.get(code) for side in sides]
    known = [one for one in cells if one is not None]
    gap = (max(known) - min(known)) / 100 if len(known) > 1 else None
    return {"title": title, "cells": [None if one is None else one / 100 for one in cells], "gap": gap}


def _side(side: Side) -> dict[str, Any]:
    row = side.evaluation
    return {
        "kind": str(dict(KINDS)[row.kind]),
        "evaluator": row.evaluator,
        "url": reverse("desk:evaluation-page", args=[row.key]),
    }


def _agreement(one: Agreement) -> dict[str, Any]:
    names = dict(KINDS)
    return {
        "one": str(names[one.one.kind]), "two": str(names[one.two.kind]),
        "distance": None if one.distance is None else one.distance / 100,
        "kappa": None if one.kappa is None else f"{float(one.kappa):.2f}",
    }  # fmt: skip


urlpatterns: list[URLPattern] = [
    fiscal.read("evaluations/", listed, "evaluation"),
    fiscal.read("evaluations/<slug:key>/", show, "evaluation-page"),
    fiscal.change("evaluations/<slug:key>/readings/", judging.take, "evaluation-readings"),
    fiscal.change("evaluations/<slug:key>/scores/", judging.score_it, "evaluation-scores"),
    fiscal.show("evaluations/<slug:key>/submission/", judging.hand_in, "evaluation-submission"),
    fiscal.show("evaluations/<slug:key>/claims/", judging.claim_points, "evaluation-claims"),
    fiscal.show("evaluations/<slug:key>/findings/", judging.find_something, "evaluation-findings"),
    fiscal.show("evaluations/<slug:key>/indicators/<slug:code>/value/", judging.value, "evaluation-value"),
    fiscal.show(
        "evaluations/<slug:key>/indicators/<slug:code>/exemption/", judging.exempt, "evaluation-exemption"
    ),
    fiscal.show("projects/<slug:number>/evaluations/new/", new, "evaluation-new"),
    fiscal.read("projects/<slug:number>/evaluations/", of_project, "project-evaluations"),
    fiscal.read("projects/<slug:number>/goals/", goals.show, "goals"),
    fiscal.show("projects/<slug:number>/goals/declaration/", declaring.declare_screen, "goals-declare"),
    fiscal.show("projects/<slug:number>/goals/acts/<slug:code>/", goals.approve_screen, "evaluation-act"),
    fiscal.read("readings/<slug:key>/", evidence.reading, "reading"),
    fiscal.read("measures/", evidence.measures, "measures"),
]
