"""Judging papers that others wrote: all rules over one paper, findings in the order of the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from linli.reports.paper import Paper, Remark
from linli.reports.reading import read
from linli.reports.reviewrules import contents, goals, marks, money, tables
from linli.reports.reviewsheet import ReviewSheet, review_sheet

Rule = Callable[[Paper, ReviewSheet], Iterator[Remark]]

RULES: tuple[Rule, ...] = (
    goals.unquantified_goals,
    goals.goals_met_without_values,
    goals.effects_without_values,
    goals.effect_chapters_without_values,
    goals.admitted_vagueness,
    goals.advice_without_owner,
    marks.full_marks_without_evidence,
    marks.parts_and_total,
    marks.grade_against_points,
    marks.weaknesses_against_full_marks,
    marks.self_judged_only,
    marks.limits_without_consequence,
    money.amounts_disagree,
    money.lines_do_not_add,
    money.paid_out_is_not_spent,
    money.no_execution_rate,
    money.slow_spending_admitted,
    money.cost_benefit_without_numbers,
    contents.missing_chapters,
    contents.empty_chapters,
    contents.annexes,
    contents.survey_without_numbers,
    contents.acceptance_and_audit,
    contents.leftovers,
    tables.weights_and_sums,
    tables.points_of_rows,
    tables.copied_values,
    tables.targets_of_rows,
    tables.signs_in_text,
    tables.impossible_values,
    tables.execution_points,
    tables.no_score_without_weights,
)


def review_file(path: Path) -> tuple[Remark, ...]:
    """The findings on the paper in a file. Raises ``Said`` when it cannot be read."""
    return review(read(path, headings=review_sheet().heading_words()))


def review(paper: Paper) -> tuple[Remark, ...]:
    """The findings on a paper, what concerns the whole last, each rule once per place and quotation."""
    sheet = review_sheet()
    found: dict[tuple[str, object, str, str], Remark] = {}
    for rule in RULES:
        for remark in rule(paper, sheet):
            key = (remark.rule, remark.place, remark.quote, str(sorted(remark.values.items(), key=str)))
            found.setdefault(key, remark)
    order = {name: at for at, name in enumerate(table.sheet for table in paper.tables)}
    return tuple(
        sorted(
            found.values(), key=lambda r: (_rank(r), order.get(r.place.sheet, 0), r.place.number, r.place.row)
        )
    )


def _rank(remark: Remark) -> int:
    return {"whole": 2, "cell": 1}.get(remark.place.kind, 0)
