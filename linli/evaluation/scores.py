"""Scoring an evaluation from its readings, and handing it in. The arithmetic is in ``reckoning`` and ``formulas``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import linli
from linli.evaluation.models import Evaluation, GoalDeclaration, Mark, Reading, Score, Submission
from linli.evaluation.readings import RIGHT, content, local_moment
from linli.evaluation.reckoning import Inputs, goal_terms, score_facts
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.models import Edition
from linli.trail.writing import act, append


@act
def score(*, evaluation: Evaluation, by: Actor, at: datetime) -> Score:
    """Score the evaluation from its readings as they stand. Scored again is a new score."""
    require_open(evaluation, by)
    facts = score_facts(inputs_of(evaluation))
    marks = facts.pop("marks")
    row = Score.objects.create(
        evaluation=evaluation,
        code_version=linli.__version__,
        at=at,
        actor=by.actor_word,
        post=by.post,
        **facts,
    )
    readings = {
        reading.key: reading for reading in Reading.objects.filter(key__in=[mark[1] for mark in marks])
    }
    Mark.objects.bulk_create(
        Mark(
            score=row, order=order, indicator=code, reading=readings.get(key), points=points, weight=weight,
            claimed=claimed, gap=gap, low=low, high=high,
        )
        for order, (code, key, points, weight, claimed, gap, low, high) in enumerate(marks)
    )  # fmt: skip
    append(region=evaluation.region, kind="evaluation.score", row_key=row.key, content=content_of(row), at=at)
    return row


@act
def submit(*, evaluation: Evaluation, by: Actor, at: datetime) -> Submission:
    """Hand the evaluation in with its last score, which must be that of what was entered. After this nothing more is
    entered.
    """
    require_open(evaluation, by)
    last = evaluation.scores.order_by("-id").first()
    if last is None:
        raise Said("evaluation.not_scored")
    facts, stands = score_facts(inputs_of(evaluation)), content_of(last)
    if any(stands[name] != value for name, value in facts.items()):
        raise Said("evaluation.score_stale")
    row = Submission.objects.create(
        evaluation=evaluation, score=last, at=at, actor=by.actor_word, post=by.post
    )
    handed = {"evaluation": evaluation.key, "score": last.key}
    append(
        region=evaluation.region, kind="evaluation.submission", row_key=evaluation.key, content=handed, at=at
    )
    return row


def inputs_of(evaluation: Evaluation) -> Inputs:
    """What the evaluation stands on now: the newest actual value and claim of every indicator."""
    actuals = {row.indicator: row for row in evaluation.actuals.select_related("reading").order_by("id")}
    return Inputs(
        sheet=evaluation.frame.body,
        goals=declared_goals(evaluation.goals),
        actuals={code: content(row.reading) for code, row in actuals.items() if row.reading is not None},
        left_out={code: row.reason for code, row in actuals.items() if row.reading is None},
        claims={row.part: row.points for row in evaluation.claims.order_by("id")},
        first=evaluation.first_on.isoformat(),
        last=evaluation.last_on.isoformat(),
        seed=evaluation.seed,
    )


def declared_goals(declaration: GoalDeclaration | None) -> list[dict[str, Any]]:
    """The project's own goals as declared, in their order."""
    return [] if declaration is None else [row.declared for row in declaration.indicators.order_by("order")]


def goals_of(declaration: GoalDeclaration | None) -> dict[str, dict[str, Any]]:
    """The terms that the declared goals set, by indicator: target, operator, baseline, weight."""
    return goal_terms(declared_goals(declaration))


def content_of(row: Score) -> dict[str, Any]:
    """The score as plain values: what the ledger's digest covers and what the proof bundle holds."""
    evaluation = row.evaluation
    return {name: getattr(row, name) for name in _SCORE_FIELDS} | {
        "evaluation": evaluation.key,
        "frame": edition_word(evaluation.frame),
        "frame_digest": evaluation.frame.digest,
        "seed": evaluation.seed,
        "at": local_moment(row.at),
        "marks": [
            [mark.indicator, mark.reading.key if mark.reading else "", mark.points, mark.weight, mark.claimed,
             mark.gap, mark.low, mark.high]
            for mark in row.marks.select_related("reading").order_by("order")
        ],
    }  # fmt: skip


_SCORE_FIELDS = (
    "key", "proven", "claimed", "without_evidence", "low", "high", "total", "grade", "held", "draws", "concentration",
    "likely_low", "likely_high", "parts", "dropped", "code_version", "actor", "post",
)  # fmt: skip


def evaluation_content(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation's terms as plain values: what the ledger's digest covers and what the proof bundle holds."""
    return {
        **{
            name: getattr(evaluation, name)
            for name in ("key", "project", "region", "kind", "evaluator", "seed")
        },
        "frame": edition_word(evaluation.frame),
        "goals": evaluation.goals.key if evaluation.goals else "",
        "first_on": evaluation.first_on.isoformat(),
        "last_on": evaluation.last_on.isoformat(),
        "due_on": evaluation.due_on.isoformat(),
    }


def edition_word(frame: Edition) -> str:
    """An edition as readings and bundles name it, such as ``frames/self#1``."""
    return f"{frame.kind}/{frame.code}#{frame.number}"


def require_open(evaluation: Evaluation, by: Actor) -> None:
    """Only who opened it may enter anything, and only until it is handed in."""
    by.require(RIGHT, evaluation.region)
    if evaluation.actor != by.actor_word:
        raise Said("evaluation.not_yours")
    if Submission.objects.filter(evaluation=evaluation).exists():
        raise Said("evaluation.handed_in")
