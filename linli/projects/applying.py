"""The community applies, and applies again after a return (申报、补正重报)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from linli.cases.handling import attach
from linli.cases.opening import Opening, open_case
from linli.finding.indexing import put
from linli.ground.money import Money
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Region
from linli.projects.declared import fund_of, paper_kinds, purpose_title, require_purpose
from linli.projects.models import BudgetLine, FundSource, Programme, Project
from linli.projects.passing import KIND, PROCEDURE, locked, make_move, tell_holder
from linli.records.models import Document
from linli.rulebook.models import Edition
from linli.rulebook.publishing import edition
from linli.rulebook.reading import rule
from linli.trail.writing import act, append


@dataclass(frozen=True)
class Line:
    """A budget line asked for: title, purpose word, amount in fen, how it was reckoned."""

    title: str
    purpose: str
    cents: int
    basis: str = ""


@dataclass(frozen=True)
class Source:
    """A source asked for: the fund's edition, the level that gives, amount in fen, year and batch."""

    fund: Edition
    level: str
    cents: int
    year: int | None = None
    batch: int | None = None


@dataclass(frozen=True)
class Application:
    """A project application (立项申请书)."""

    name: str
    unit: Organisation
    region: Region
    year: int
    purpose: str
    need: str
    content: str
    general_goals: tuple[str, ...]
    yearly_goal: str
    starts_on: date
    ends_on: date
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    themes: tuple[str, ...] = ()
    code: str = ""
    beneficiaries: int | None = None
    risks: str = ""
    upkeep: str = ""


Papers = Sequence[tuple[str, Document]]


@act
def apply(
    *, programme: Programme, application: Application, papers: Papers, by: Actor, at: datetime
) -> Project:
    """Apply for a project under a notice and hand it to the street.

    Refused: no notice for this place or past its deadline, an incomplete form, a budget that does not add up, a
    purpose that the fund bars or does not list, and a missing paper (the rule ``projects.application_papers``).
    """
    day = timezone.localdate(at)
    by.require("projects.apply", application.region.code)
    if not Programme.objects.open_to(application.region.code, day).filter(pk=programme.pk).exists():
        raise Said("projects.no_notice", programme=programme.title)
    _check(application)
    _papers_there(papers, application.region.code, day)
    project = _open(programme, application, by, at)
    for kind, document in papers:
        attach(case=project.case, document=document, kind=kind, by=by, at=at)
    make_move(project, "projects.applying.apply", by=by, at=at)
    _enter(project, at)
    _make_findable(project, by, at)
    tell_holder(project, "project.opinion_due", by=by, at=at, with_step=True)
    return project


@act
def resubmit(
    *,
    project: Project,
    application: Application,
    by: Actor,
    at: datetime,
    papers: Papers = (),
    saying: str = "",
) -> Project:
    """Apply again after a return for correction; the case goes back to the level that returned it."""
    project = locked(project)
    by.require("projects.apply", project.region_code)
    make_move(project, "projects.applying.resubmit", by=by, at=at, opinion=saying)
    _check(application)
    for name, value in _facts(application).items():
        setattr(project, name, value)
    project.save(update_fields=list(_facts(application)))
    project.lines.all().delete()
    project.sources.all().delete()
    _write_money(project, application)
    for kind, document in papers:
        attach(case=project.case, document=document, kind=kind, by=by, at=at)
    _enter(project, at)
    _make_findable(project, by, at)
    tell_holder(project, "project.opinion_due", by=by, at=at, with_step=True)
    return project


def _check(asked: Application) -> None:
    for field in ("name", "purpose", "need", "content", "yearly_goal"):
        if not getattr(asked, field).strip():
            raise Said("projects.form_incomplete", field=field)
    if not any(goal.strip() for goal in asked.general_goals):
        raise Said("projects.form_incomplete", field="general_goals")
    if asked.ends_on < asked.starts_on:
        raise Said("projects.period_order", field="ends_on")
    _check_budget(asked)


def _check_budget(asked: Application) -> None:
    if not asked.lines or not asked.sources or any(line.cents <= 0 for line in asked.lines):
        raise Said("projects.budget_empty", field="lines")
    lines, sources = sum(line.cents for line in asked.lines), sum(source.cents for source in asked.sources)
    if lines != sources or any(source.cents <= 0 for source in asked.sources):
        raise Said(
            "projects.budget_does_not_add_up", field="lines", lines=Money(lines), sources=Money(sources)
        )
    funds = [fund_of(source.fund.pk) for source in asked.sources]
    for line in asked.lines:
        word = require_purpose(line.purpose)
        if not any(
            word not in {use.code for use in fund.barred} and _allows(fund.allowed, word) for fund in funds
        ):
            raise Said(
                "projects.purpose_not_of_fund",
                field="lines",
                purpose=purpose_title(word),
                fund=[f.title for f in funds],
            )


def _allows(allowed: Sequence[str], purpose: str) -> bool:
    return not allowed or purpose in allowed


def _papers_there(papers: Papers, region: str, day: date) -> None:
    known = paper_kinds()
    there = {kind for kind, _ in papers}
    for kind in there - set(known):
        raise Said("projects.unknown_paper", field="papers", paper=kind)
    asked: list[str] = rule("projects.application_papers", place=region, on=day).value
    lacking = [known[kind] for kind in asked if kind not in there]
    if lacking:
        raise Said("projects.papers_lacking", field="papers", papers=lacking)


def _facts(asked: Application) -> dict[str, Any]:
    return {
        "code": asked.code,
        "name": asked.name.strip(),
        "year": asked.year,
        "unit": asked.unit,
        "unit_name": asked.unit.name,
        "themes": list(asked.themes),
        "purpose": asked.purpose,
        "need": asked.need,
        "content": asked.content,
        "general_goals": list(asked.general_goals),
        "yearly_goal": asked.yearly_goal,
        "starts_on": asked.starts_on,
        "ends_on": asked.ends_on,
        "beneficiaries": asked.beneficiaries,
        "risks": asked.risks,
        "upkeep": asked.upkeep,
        "budget_cents": sum(line.cents for line in asked.lines),
    }


def _open(programme: Programme, asked: Application, by: Actor, at: datetime) -> Project:
    opening = Opening(
        procedure=edition("procedures", PROCEDURE, timezone.localdate(at)),
        subject=KIND,
        title=asked.name.strip(),
        region=asked.region,
        channel="desk",
        first_move="open",
    )
    case = open_case(opening=opening, by=by, at=at)
    project = Project.objects.create(case=case, programme=programme, **_facts(asked))
    _write_money(project, asked)
    return project


def _write_money(project: Project, asked: Application) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            project=project,
            number=number,
            title=line.title,
            purpose=line.purpose,
            basis=line.basis,
            applied_cents=line.cents,
            amount_cents=line.cents,
        )
        for number, line in enumerate(asked.lines, start=1)
    )
    FundSource.objects.bulk_create(
        FundSource(
            project=project,
            number=number,
            fund=source.fund,
            level=source.level,
            year=source.year or asked.year,
            batch=source.batch,
            applied_cents=source.cents,
        )
        for number, source in enumerate(asked.sources, start=1)
    )


def _enter(project: Project, at: datetime) -> None:
    content: dict[str, object] = {
        "case": project.case.number,
        "name": project.name,
        "year": project.year,
        "goals": project.general_goals,
        "yearly_goal": project.yearly_goal,
        "budget": project.budget_cents,
        "lines": [[line.number, line.purpose, line.amount_cents] for line in project.lines.all()],
        "sources": [
            [source.number, source.fund_id, source.applied_cents] for source in project.sources.all()
        ],
    }
    append(
        region=project.region_code,
        kind="projects.application",
        row_key=project.case.number,
        content=content,
        at=at,
    )


def _make_findable(project: Project, by: Actor, at: datetime) -> None:
    texts = [project.name, project.unit_name, project.case.number, project.code, *project.themes]
    put(
        kind="projects.project",
        key=project.pk,
        region=project.region_code,
        data_class="P1",
        texts=texts,
        by=by,
        at=at,
    )
