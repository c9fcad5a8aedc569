"""Scoring an evaluation from its readings, and handing it in. The arithmetic is in ``formulas`` and ``claiming``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import linli
from linli.evaluation.claiming import (
    WHOLE,
    PartTotal,
    part_totals,
    sheet_criteria,
    sheet_grades,
    sheet_leaves,
)
from linli.evaluation.formulas.robustness import Robustness, range_robustness
from linli.evaluation.formulas.scoring import NOT_APPLICABLE, PlainReading
from linli.evaluation.formulas.scoring import Score as Scored
from linli.evaluation.formulas.scoring import score as scored_by
from linli.evaluation.models import Evaluation, GoalDeclaration, Mark, Reading, Score, Submission
from linli.evaluation.readings import RIGHT, local_moment
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.models import Edition
from linli.trail.writing import act, append

DRAWS, CONCENTRATION = 1000, 100


@dataclass(frozen=True)
class Inputs:
    """All that a score comes from, as plain values for the formulas and for the proof bundle."""

    sheet: Mapping[str, Any]
    goals: Mapping[str, Mapping[str, Any]]
    readings: Mapping[str, PlainReading]
    claims: Mapping[str, int]
    used: Mapping[str, Reading]
    left_out: Mapping[str, str]


@act
def score(*, evaluation: Evaluation, by: Actor, at: datetime) -> Score:
    """Score the evaluation from its readings as they stand. Scored again is a new score."""
    require_open(evaluation, by)
    inputs = inputs_of(evaluation)
    result, totals, robust = work_out(inputs, evaluation.seed)
    whole = totals[WHOLE]
    row = Score.objects.create(
        evaluation=evaluation,
        proven=whole.proven,
        claimed=whole.claimed,
        without_evidence=whole.without_evidence,
        low=result.low,
        high=result.high,
        total=result.total,
        grade=result.grade,
        held=robust.held if robust else None,
        draws=robust.draws if robust else None,
        concentration=robust.concentration if robust else None,
        likely_low=robust.low if robust else None,
        likely_high=robust.high if robust else None,
        parts={code: asdict(total) for code, total in totals.items()},
        dropped=list(result.dropped),
        code_version=linli.__version__,
        at=at,
        actor=by.actor_word,
        post=by.post,
    )
    used = inputs.used
    Mark.objects.bulk_create(
        Mark(
            score=row, order=order, indicator=mark.code, reading=used.get(mark.code), points=mark.points,
            weight=mark.weight, claimed=mark.claimed, low=mark.low, high=mark.high, gap=mark.gap,
        )
        for order, mark in enumerate(result.marks)
    )  # fmt: skip
    append(region=evaluation.region, kind="evaluation.score", row_key=row.key, content=content_of(row), at=at)
    return row


@act
def submit(*, evaluation: Evaluation, by: Actor, at: datetime) -> Submission:
    """Hand the evaluation in with its last score. After this nothing more is entered."""
    require_open(evaluation, by)
    last = evaluation.scores.order_by("-id").first()
    if last is None:
        raise Said("evaluation.not_scored")
    row = Submission.objects.create(
        evaluation=evaluation, score=last, at=at, actor=by.actor_word, post=by.post
    )
    content = {"evaluation": evaluation.key, "score": last.key}
    append(
        region=evaluation.region, kind="evaluation.submission", row_key=evaluation.key, content=content, at=at
    )
    return row


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


def inputs_of(evaluation: Evaluation) -> Inputs:
    """What the evaluation stands on now: the newest actual value and claim of every indicator."""
    actuals = {row.indicator: row for row in evaluation.actuals.select_related("reading").order_by("id")}
    claims = {row.part: row.points for row in evaluation.claims.order_by("id")}
    used = {code: row.reading for code, row in actuals.items() if row.reading is not None}
    left_out = {code: row.reason for code, row in actuals.items() if row.reading is None}
    plain = {
        leaf["code"]: _plain_reading(evaluation, leaf["code"], used, left_out, claims)
        for leaf in sheet_leaves(evaluation.frame.body)
    }
    return Inputs(
        evaluation.frame.body,
        goals_of(evaluation.goals),
        {code: reading for code, reading in plain.items() if reading is not None},
        claims,
        used,
        left_out,
    )


def goals_of(declaration: GoalDeclaration | None) -> dict[str, dict[str, Any]]:
    """The project's own targets by indicator, as ``claiming.sheet_criteria`` takes them."""
    if declaration is None:
        return {}
    return {
        row.code: {
            "operator": row.operator or None,
            "target": _text(row.target),
            "baseline": _text(row.baseline),
            "weight": row.weight,
        }
        for row in declaration.indicators.order_by("order")
    }


def work_out(inputs: Inputs, seed: int) -> tuple[Scored, dict[str, PartTotal], Robustness | None]:
    """The score, the totals of every part, and in what share of weightings the grade holds."""
    grades = sheet_grades(inputs.sheet)
    result = scored_by(sheet_criteria(inputs.sheet, inputs.goals), inputs.readings, grades)
    totals = part_totals(inputs.sheet, result.marks, inputs.claims)
    robust = None
    if result.marks:
        robust = range_robustness(result.marks, grades, seed=seed, draws=DRAWS, concentration=CONCENTRATION)
    return result, totals, robust


def content_of(row: Score) -> dict[str, Any]:
    """The score as plain values: what the ledger's digest covers and what the proof bundle holds."""
    evaluation = row.evaluation
    plain = {name: getattr(row, name) for name in _SCORE_FIELDS}
    marks = row.marks.select_related("reading").order_by("order")
    return plain | {
        "evaluation": evaluation.key,
        "frame": edition_word(evaluation.frame),
        "frame_digest": evaluation.frame.digest,
        "seed": evaluation.seed,
        "at": local_moment(row.at),
        "marks": [
            [mark.indicator, mark.reading.key if mark.reading else "", mark.points, mark.weight, mark.claimed,
             mark.gap, mark.low, mark.high]
            for mark in marks
        ],
    }  # fmt: skip


_SCORE_FIELDS = (
    "key", "proven", "claimed", "without_evidence", "low", "high", "total", "grade", "held", "draws", "concentration",
    "likely_low", "likely_high", "parts", "dropped", "code_version", "actor", "post",
)  # fmt: skip


def _plain_reading(
    evaluation: Evaluation,
    code: str,
    used: Mapping[str, Reading],
    left_out: Mapping[str, str],
    claims: Mapping[str, int],
) -> PlainReading | None:
    if code in left_out:
        return PlainReading(None, NOT_APPLICABLE, 0)
    reading, claimed = used.get(code), claims.get(code)
    if reading is None:
        return None if claimed is None else PlainReading(None, "attested", 0, claimed)
    kinds = reading.evidence_kinds
    return PlainReading(
        value=reading.exact,
        kind=reading.kind,
        evidence_count=reading.evidence_count,
        claimed=claimed,
        margin=Fraction(reading.margin or 0),
        in_period=evaluation.first_on <= reading.first_on and reading.last_on <= evaluation.last_on,
        evidence_kinds=None if kinds is None else tuple(kinds),
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")
