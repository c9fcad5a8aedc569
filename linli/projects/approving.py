"""The decision on a project, and the approval of its goals (批复、绩效目标批复)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from linli.cases.models import Passage
from linli.ground.money import Money
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.projects.gates import open_gate
from linli.projects.models import Project
from linli.projects.passing import enter_totals, locked, make_move, tell_holder
from linli.trail.writing import act, append


@dataclass(frozen=True)
class Approval:
    """What a reply grants: its number, and, where they differ from the application, fen per source and per line.

    ``sources`` and ``lines`` are keyed by their numbers in the project.
    """

    number: str
    sources: Mapping[int, int] = field(default_factory=dict)
    lines: Mapping[int, int] = field(default_factory=dict)
    opinion: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@act
def approve(*, project: Project, approval: Approval, by: Actor, at: datetime) -> Project:
    """Approve a project with its amounts and period, the last of the five levels.

    Refused: without a reply number, amounts of sources and lines that do not add up to the same, more than was
    asked for from a source, and more projects than the notice's quota.
    """
    project = locked(project)
    by.require("projects.approve", project.region_code)
    if not approval.number.strip():
        raise Said("projects.reply_number_missing", field="number")
    _require_quota(project)
    make_move(
        project, "projects.approving.approve", by=by, at=at, opinion=approval.opinion or approval.number
    )
    _grant(project, approval, timezone.localdate(at))
    for source in project.sources.select_related("project__case"):
        enter_totals(source, at=at)
    content: dict[str, object] = {
        "case": project.case.number,
        "number": project.approved_number,
        "on": project.approved_on.isoformat() if project.approved_on else "",
        "budget": project.budget_cents,
    }
    append(
        region=project.region_code,
        kind="projects.approval",
        row_key=project.case.number,
        content=content,
        at=at,
    )
    open_gate(project=project, kind="approval", on=timezone.localdate(at), at=at)
    tell_holder(project, "project.approved", by=by, at=at)
    return project


def _require_quota(project: Project) -> None:
    programme = project.programme
    if programme is None or programme.quota is None:
        return
    # The programme's row is the lock under which its quota is counted.
    type(programme).objects.select_for_update().get(pk=programme.pk)
    granted = Project.objects.filter(programme=programme, approved_on__isnull=False).count()
    if granted >= programme.quota:
        raise Said("projects.quota_full", quota=programme.quota, programme=programme.title)


def _grant(project: Project, approval: Approval, day: date) -> None:
    sources, lines = list(project.sources.all()), list(project.lines.all())
    for source in sources:
        asked = source.applied_cents or 0
        source.approved_cents = approval.sources.get(source.number, asked)
        source.approved_on = day
        if not 0 <= source.approved_cents <= asked:
            raise Said(
                "projects.more_than_asked",
                field="sources",
                amount=Money(source.approved_cents),
                asked=Money(asked),
            )
        source.save(update_fields=["approved_cents", "approved_on"])
    for line in lines:
        line.amount_cents = approval.lines.get(line.number, line.amount_cents)
        if line.amount_cents < 0:
            raise Said("projects.budget_empty", field="lines")
        line.save(update_fields=["amount_cents"])
    money, budget = (
        sum(source.approved_cents or 0 for source in sources),
        sum(line.amount_cents for line in lines),
    )
    if money != budget or budget <= 0:
        raise Said(
            "projects.budget_does_not_add_up", field="lines", lines=Money(budget), sources=Money(money)
        )
    project.budget_cents, project.approved_on, project.approved_number = budget, day, approval.number.strip()
    project.starts_on = approval.starts_on or project.starts_on
    project.ends_on = approval.ends_on or project.ends_on
    if project.starts_on and project.ends_on and project.ends_on < project.starts_on:
        raise Said("projects.period_order", field="ends_on")
    project.save(update_fields=["budget_cents", "approved_on", "approved_number", "starts_on", "ends_on"])


@act
def approve_goals(
    *, project: Project, by: Actor, at: datetime, opinion: str = "", goals: str = ""
) -> Passage:
    """Approve the declared goals. Called by ``evaluation.goals.approve`` after its linter, never by a door.

    ``goals`` is the word of the declaration that was approved; the passage's ledger entry stands beside it.
    """
    project = locked(project)
    by.require("evaluation.approve", project.region_code)
    passage = make_move(project, "evaluation.goals.approve", by=by, at=at, opinion=opinion)
    if goals:
        content: dict[str, object] = {"case": project.case.number, "goals": goals}
        append(
            region=project.region_code,
            kind="projects.goals",
            row_key=project.case.number,
            content=content,
            at=at,
        )
    return passage
