"""Evaluations of one project side by side, and how far they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from linli.evaluation.agreeing import level_of_share, mean_absolute_difference, weighted_kappa
from linli.evaluation.claiming import sheet_grades, sheet_leaves
from linli.evaluation.models import Evaluation, Score
from linli.people.actors import Actor


@dataclass(frozen=True)
class Side:
    """One evaluation beside the others: its score and its points by indicator."""

    evaluation: Evaluation
    score: Score
    points: Mapping[str, int]


@dataclass(frozen=True)
class Agreement:
    """How far two evaluations agree: mean distance in hundredths of a point, quadratic weighted kappa of the levels."""

    one: Evaluation
    two: Evaluation
    distance: Fraction | None
    kappa: Fraction | None


@dataclass(frozen=True)
class Comparison:
    """Evaluations side by side, with the agreement of every two that use the same frame edition."""

    sides: tuple[Side, ...]
    agreements: tuple[Agreement, ...]


def compare(project: str, year: int, *, actor: Actor, on: date) -> Comparison:
    """The evaluations of a project and year that the actor may see, side by side."""
    seen = Evaluation.objects.visible_to(actor, on).of(project, year)
    rows = seen.filter(submission__isnull=False).select_related("frame", "submission__score")
    sides = tuple(_side(row) for row in rows)
    pairs = [(one, two) for at, one in enumerate(sides) for two in sides[at + 1 :]]
    return Comparison(
        sides,
        tuple(
            _agreement(one, two) for one, two in pairs if one.evaluation.frame_id == two.evaluation.frame_id
        ),
    )


def _side(evaluation: Evaluation) -> Side:
    marks = evaluation.submission.score.marks.order_by("order")
    return Side(evaluation, evaluation.submission.score, {mark.indicator: mark.points for mark in marks})


def _agreement(one: Side, two: Side) -> Agreement:
    bounds = [bound for _, bound in sheet_grades(one.evaluation.frame.body)]
    weights = {
        leaf["code"]: int(Fraction(leaf["weight"]) * 100) for leaf in sheet_leaves(one.evaluation.frame.body)
    }
    shared = [code for code in one.points if code in two.points]
    levels = [
        [level_of_share(side.points[code], weights[code], bounds) for code in shared] for side in (one, two)
    ]
    return Agreement(
        one.evaluation,
        two.evaluation,
        mean_absolute_difference(one.points, two.points),
        weighted_kappa(levels[0], levels[1], len(bounds)),
    )
