"""Evaluations of a project: open one, take readings for it, use others, claim points, state findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from linli.evaluation.catalogue import CATALOGUE
from linli.evaluation.claiming import WHOLE, sheet_leaves
from linli.evaluation.models import Actual, Claim, Evaluation, Finding, GoalDeclaration, Reading
from linli.evaluation.readings import RIGHT, take
from linli.evaluation.scores import edition_word, evaluation_content, require_open
from linli.evaluation.taking import Span
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.models import Edition
from linli.trail.writing import act, append


@dataclass(frozen=True)
class Terms:
    """What is evaluated: the project, its place and span, the frame edition, by which body, and until when sealed."""

    project: str
    region: str
    frame: Edition
    span: Span
    kind: str
    evaluator: str
    due_on: date
    goals: GoalDeclaration | None = None
    seed: int = 20200225


@act
def open_evaluation(*, terms: Terms, by: Actor, at: datetime) -> Evaluation:
    """Open an evaluation. It stays closed to the other parties until it is handed in and its day has come."""
    by.require(RIGHT, terms.region)
    if terms.frame.kind != "frames":
        raise Said("evaluation.not_a_frame", sheet=terms.frame.code)
    if terms.goals is not None and (terms.goals.project, terms.goals.frame_id) != (
        terms.project,
        terms.frame.pk,
    ):
        raise Said("evaluation.goals_of_another")
    evaluation = Evaluation.objects.create(
        project=terms.project,
        region=terms.region,
        kind=terms.kind,
        frame=terms.frame,
        goals=terms.goals,
        evaluator=terms.evaluator,
        first_on=terms.span.first,
        last_on=terms.span.last,
        due_on=terms.due_on,
        seed=terms.seed,
        opened_at=at,
        actor=by.actor_word,
        post=by.post,
        place=by.place,
    )
    content = evaluation_content(evaluation)
    append(region=terms.region, kind="evaluation.evaluation", row_key=evaluation.key, content=content, at=at)
    return evaluation


@act
def take_readings(*, evaluation: Evaluation, by: Actor, at: datetime) -> list[Reading]:
    """Take every indicator that reads a measure of the catalogue, for the evaluation's region and span.

    An indicator whose measure no room declares stays without a value: a gap, never a zero.
    """
    require_open(evaluation, by)
    taken = []
    for leaf in sheet_leaves(evaluation.frame.body):
        reads = leaf.get("indicator", {}).get("reads", {})
        if reads.get("kind") == "measure" and reads["word"] in CATALOGUE:
            span = Span(evaluation.first_on, evaluation.last_on)
            reading = take(
                word=reads["word"], region=evaluation.region, span=span, by=by, at=at,
                rule_edition=edition_word(evaluation.frame),
            )  # fmt: skip
            Actual.objects.create(
                evaluation=evaluation, indicator=leaf["code"], reading=reading, at=at, actor=by.actor_word
            )
            taken.append(reading)
    return taken


@act
def use(*, evaluation: Evaluation, indicator: str, reading: Reading, by: Actor, at: datetime) -> Actual:
    """Let a reading (attested, surveyed, derived) stand as an indicator's actual value."""
    require_open(evaluation, by)
    _require_code(evaluation, indicator, leaves_only=True)
    return Actual.objects.create(
        evaluation=evaluation, indicator=indicator, reading=reading, at=at, actor=by.actor_word
    )


@act
def leave_out(*, evaluation: Evaluation, indicator: str, reason: str, by: Actor, at: datetime) -> Actual:
    """State that an indicator does not apply, and why; its weight is shared among the others."""
    require_open(evaluation, by)
    _require_code(evaluation, indicator, leaves_only=True)
    if not reason.strip():
        raise Said("evaluation.reason_missing", field="reason")
    return Actual.objects.create(
        evaluation=evaluation, indicator=indicator, reason=reason.strip(), at=at, actor=by.actor_word
    )


@act
def claim(
    *, evaluation: Evaluation, points: int, source: str, by: Actor, at: datetime, part: str = WHOLE
) -> Claim:
    """Enter points claimed, in hundredths, for an indicator, a part of the frame, or the whole (``part`` empty)."""
    require_open(evaluation, by)
    weight = _require_code(evaluation, part)
    if not 0 <= points <= weight:
        raise Said("evaluation.impossible_claim", field="points", most=weight / 100)
    row = Claim.objects.create(
        evaluation=evaluation, part=part, points=points, source=source, at=at, actor=by.actor_word
    )
    content = {"evaluation": evaluation.key, "part": part, "points": points, "source": source}
    append(region=evaluation.region, kind="evaluation.claim", row_key=row.pk, content=content, at=at)
    return row


@act
def find(
    *,
    evaluation: Evaluation,
    kind: str,
    text: str,
    by: Actor,
    at: datetime,
    indicator: str = "",
    answers: Finding | None = None,
) -> Finding:
    """State a good practice, a problem, or advice; advice answers a problem of the same evaluation."""
    require_open(evaluation, by)
    if kind == "advice" and (answers is None or answers.evaluation_id != evaluation.pk):
        raise Said("evaluation.advice_answers_nothing")
    if not text.strip():
        raise Said("evaluation.reason_missing", field="text")
    return Finding.objects.create(
        evaluation=evaluation, kind=kind, indicator=indicator, text=text.strip(), answers=answers, at=at,
        actor=by.actor_word,
    )  # fmt: skip


def _require_code(evaluation: Evaluation, code: str, *, leaves_only: bool = False) -> int:
    """The weight (hundredths) of a part of the frame; refuses a code that the frame does not know."""
    if code == WHOLE and not leaves_only:
        return 10000
    pending: Sequence[Mapping[str, Any]] = evaluation.frame.body["parts"]
    while pending:
        for part in pending:
            if part["code"] == code and not (leaves_only and part.get("parts")):
                return int(Fraction(part["weight"]) * 100)
        pending = [below for part in pending for below in part.get("parts", ())]
    raise Said("evaluation.unknown_indicator", code=code)
