"""Declaring the goals of a project and approving them. The linter speaks at both times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from linli.cases.moving import MoveWords, advance, moves_for
from linli.evaluation.claiming import sheet_leaves
from linli.evaluation.linting import DeclaredGoal, GoalFinding, lint
from linli.evaluation.models import DeclaredIndicator, GoalApproval, GoalDeclaration
from linli.evaluation.scores import declared_goals
from linli.evaluation.taking import Span
from linli.ground.said import Said
from linli.ground.sheets import from_plain, plain
from linli.people.actors import Actor
from linli.projects.approving import approve_goals
from linli.projects.models import Project
from linli.rulebook.models import Edition
from linli.trail.writing import act, append

MOVE = "declare_goals"
DECLARE = "evaluation.goals.declare"
WORD = "evaluation.goals"


@act
def declare(
    *, project: Project, frame: Edition, span: Span, goals: Sequence[DeclaredGoal], by: Actor, at: datetime
) -> GoalDeclaration:
    """Declare a project's goals for a period under a frame. What the linter finds is kept with them and stops nothing
    yet; where the project waits for its goals, it goes on to their review.
    """
    by.require("evaluation.declare", project.region_code)
    _check_codes(frame, goals)
    findings = lint(goals, first=span.first, last=span.last)
    declaration = GoalDeclaration.objects.create(
        project=project.case.number,
        region=project.region_code,
        frame=frame,
        first_on=span.first,
        last_on=span.last,
        findings=[plain_finding(finding) for finding in findings],
        declared_at=at,
        actor=by.actor_word,
        post=by.post,
    )
    DeclaredIndicator.objects.bulk_create(
        _row(declaration, order, goal) for order, goal in enumerate(goals, start=1)
    )
    append(
        region=declaration.region,
        kind=WORD,
        row_key=declaration.key,
        content=goals_content(declaration),
        at=at,
    )
    if MOVE in [move.code for move in moves_for(project.case, by)]:
        advance(project.case, MOVE, by=by, at=at, words=MoveWords(verb=DECLARE))
    return declaration


@act
def approve(
    *, declaration: GoalDeclaration, project: Project, by: Actor, at: datetime, opinion: str = ""
) -> GoalApproval:
    """Approve declared goals. Refused while the linter has a fault to name; then the project's own move is made."""
    by.require("evaluation.approve", project.region_code)
    if declaration.project != project.case.number:
        raise Said("evaluation.goals_of_another")
    newest = GoalDeclaration.objects.filter(project=declaration.project).order_by("-id").first()
    if newest != declaration:
        raise Said("evaluation.goals_replaced")
    faults = [found for found in findings_of(declaration) if found.severity == "fault"]
    if faults:
        first = faults[0]
        raise Said("evaluation.goals_faulty", count=len(faults), quote=first.quote, reason=first.message())
    approval = GoalApproval.objects.create(
        declaration=declaration, approved_at=at, actor=by.actor_word, post=by.post, place=by.place
    )
    approve_goals(project=project, by=by, at=at, opinion=opinion, goals=f"{WORD}:{declaration.key}")
    return approval


def goals_content(declaration: GoalDeclaration) -> dict[str, Any]:
    """The declaration as plain values: what the ledger's digest covers and what the proof bundle holds."""
    return {
        "project": declaration.project,
        "frame": declaration.frame.digest,
        "span": [declaration.first_on.isoformat(), declaration.last_on.isoformat()],
        "goals": declared_goals(declaration),
    }


def findings_of(declaration: GoalDeclaration) -> tuple[GoalFinding, ...]:
    """What the linter finds on the declared goals today."""
    rows = declaration.indicators.order_by("order")
    goals = [from_plain(row.declared, DeclaredGoal, source=row.code) for row in rows]
    return lint(goals, first=declaration.first_on, last=declaration.last_on)


def plain_finding(found: GoalFinding) -> dict[str, Any]:
    """A finding as it is kept: rule, severity, goal, quote, its blanks as text, and what is proposed instead."""
    return {
        "rule": found.rule,
        "severity": found.severity,
        "goal": found.goal,
        "quote": found.quote,
        "values": {name: str(value) for name, value in found.values.items()},
        "proposal": found.proposal.wording() if found.proposal else "",
    }


def _check_codes(frame: Edition, goals: Sequence[DeclaredGoal]) -> None:
    """A goal under an indicator of the frame keeps the indicator's unit, or its target would mean something else."""
    units = {leaf["code"]: leaf.get("indicator", {}).get("unit", "") for leaf in sheet_leaves(frame.body)}
    codes = [goal.code for goal in goals]
    if len(set(codes)) < len(codes):
        raise Said("evaluation.goal_twice")
    for goal in goals:
        unit = units.get(goal.code, goal.unit)
        asked = unit["zh"] if isinstance(unit, dict) else unit
        if goal.value is not None and goal.unit and goal.unit != asked:
            raise Said("evaluation.goal_unit", code=goal.code, unit=goal.unit, asked=asked)


def _row(declaration: GoalDeclaration, order: int, goal: DeclaredGoal) -> DeclaredIndicator:
    return DeclaredIndicator(
        declaration=declaration,
        order=order,
        code=goal.code,
        goal=goal.text,
        unit=goal.unit,
        operator=goal.operator if goal.value is not None else "",
        target=goal.value,
        baseline=goal.last_actual,
        weight=int(goal.weight * 100),
        source=goal.evidence_source,
        declared=plain(goal),
    )
