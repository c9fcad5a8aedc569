"""An evaluation as its page shows it: the figures, the band of its honest range, and the tree of the frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk.saying import lang
from linli.evaluation.claiming import sheet_grades, sheet_leaves
from linli.evaluation.models import Actual, Evaluation, Mark, Reading, Score
from linli.evaluation.recounting import decimal_text
from linli.evaluation.scores import goals_of
from linli.ground.said import Saying
from linli.ground.wording import say
from linli.look.templatetags.linli import both

SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝", "between": "≥"}
WIDTH = 560


@dataclass(frozen=True)
class Row:
    """A row of the tree. Points are decimals; ``proven`` is ``None`` for an indicator that has no marks at all."""

    code: str
    depth: int
    title: str
    target: str
    source: str
    weight: float
    claimed: float
    proven: float | None
    without: float
    actual: str
    gap: str
    gap_word: str
    evidence: int
    url: str
    reason: str
    is_leaf: bool
    reads: str


def number(value: Fraction | None, unit: str = "", places: int = 2) -> str:
    """A value as a table shows it: at most two decimals, without needless zeros, with its unit."""
    if value is None:
        return ""
    text = decimal_text(Fraction(round(value * 10**places), 10**places)) or ""
    return f"{text}{unit}" if unit in ("%", "") else f"{text} {unit}"


def points(hundredths: int) -> str:
    """Points with one decimal, or two where the second says something."""
    return f"{hundredths / 100:.2f}".removesuffix("0")


def figures(score: Score, evaluation: Evaluation) -> list[dict[str, Any]]:
    """The four large figures: proven with its grade, claimed, without evidence, honest range."""
    grades = sorted(sheet_grades(evaluation.frame.body), key=lambda one: -one[1])
    names = {one["title"]["zh"] if isinstance(one["title"], Mapping) else one["title"]: both(one["title"])
             for one in evaluation.frame.body["grades"]}  # fmt: skip
    top = score.total
    bounds = {}
    for name, low in grades:
        bounds[name] = f"{low // 100}–{top // 100}"
        top = low
    grade = names.get(score.grade, score.grade)
    share = None if not score.draws else score.held * 100 / score.draws  # type: ignore[operator]
    held = (
        ""
        if share is None
        else _("%(share).0f%% 的权重取法下为“%(grade)s”") % {"share": share, "grade": grade}
    )
    return [
        {"label": _("有据得分"), "value": points(score.proven),
         "note": _("%(grade)s（%(bounds)s）") % {"grade": grade, "bounds": bounds.get(score.grade, "")} if grade else ""},
        {"label": _("自报"), "value": points(score.claimed)},
        {"label": _("没有依据的分"), "value": points(score.without_evidence), "tone": "late" if score.without_evidence else "ok",
         "note": _("自报了，没有佐证") if score.without_evidence else _("自报的都有佐证")},
        {"label": _("合理区间"), "value": f"{points(score.low)}–{points(score.high)}", "note": held},
    ]  # fmt: skip


def band(score: Score, evaluation: Evaluation) -> dict[str, Any]:
    """The range as a drawing on a scale of 100: gaps as nothing and as full, the middle of the weightings, the score."""
    whole = score.total or 10000

    def at(hundredths: int) -> str:
        return f"{hundredths / whole * WIDTH:.1f}"

    marks = [
        {"at": at(low), "label": f"{low // 100}"} for _name, low in sheet_grades(evaluation.frame.body) if low
    ]
    return {
        "width": WIDTH, "outer": WIDTH + 20, "low": at(score.low), "span": at(score.high - score.low), "proven": at(score.proven), "marks": marks,
        "likely": at(score.likely_low or 0) if score.likely_low is not None else "",
        "likely_span": at((score.likely_high or 0) - (score.likely_low or 0)),
        "words": _("有据得分%(proven)s分，合理区间%(low)s到%(high)s分") % {
            "proven": points(score.proven), "low": points(score.low), "high": points(score.high)},
        "note": "" if score.likely_low is None else _(
            "深色是权重变动时九成情况下的得分（%(low)s–%(high)s 分，%(draws)d 组权重）；浅色两端是缺口全按零分和全按满分。") % {
            "low": points(score.likely_low), "high": points(score.likely_high or 0), "draws": score.draws},
    }  # fmt: skip


def whole(score: Score) -> dict[str, float]:
    """The last line of the tree: the whole frame."""
    return {
        "weight": score.total / 100,
        "claimed": score.claimed / 100,
        "proven": score.proven / 100,
        "without": score.without_evidence / 100,
    }


@dataclass(frozen=True)
class Judged:
    """What the tree is drawn from, fetched once."""

    evaluation: Evaluation
    score: Score | None
    marks: Mapping[str, Mark]
    readings: Mapping[str, Reading]
    left_out: Mapping[str, str]


def judged(evaluation: Evaluation, score: Score | None) -> Judged:
    """Marks and standing readings of an evaluation, in two statements."""
    marks = {one.indicator: one for one in score.marks.select_related("reading")} if score else {}
    actuals = {
        one.indicator: one
        for one in Actual.objects.filter(evaluation=evaluation).select_related("reading").order_by("id")
    }
    readings = {code: one.reading for code, one in actuals.items() if one.reading is not None}
    return Judged(
        evaluation,
        score,
        marks,
        readings,
        {code: one.reason for code, one in actuals.items() if one.reading is None},
    )


def tree(found: Judged, link: str = "desk:reading") -> list[Row]:
    """Every part and indicator of the frame in its order. ``link`` names the address of a reading; empty: none."""
    goals = goals_of(found.evaluation.goals)
    return [
        row for part in found.evaluation.frame.body["parts"] for row in _rows(found, part, 0, goals, link)
    ]


def _rows(
    found: Judged, node: Mapping[str, Any], depth: int, goals: Mapping[str, Any], link: str
) -> Iterator[Row]:
    code, mark = node["code"], found.marks.get(node["code"])
    total = (found.score.parts if found.score else {}).get(code, {})
    asked, reading = node.get("indicator"), mark.reading if mark else found.readings.get(node["code"])
    is_leaf = not node.get("parts")
    gap = mark.gap if mark else "not_applicable" if code in found.left_out else ""
    yield Row(
        code=code,
        depth=depth,
        title=both(node["title"]),
        target=target_of(asked, goals.get(code, {})) if asked else "",
        source=node.get("source", ""),
        weight=total.get("weight", int(Fraction(node["weight"]) * 100)) / 100,
        claimed=total.get("claimed", 0) / 100,
        proven=None if found.score is None or (is_leaf and gap) else total.get("proven", 0) / 100,
        without=total.get("without_evidence", 0) / 100,
        actual=number(reading.exact, reading.unit) if is_leaf and reading else "",
        gap=gap,
        gap_word=say(Saying(f"gap.{gap}"), lang()) if gap else "",
        evidence=reading.evidence_count if is_leaf and reading else 0,
        url=reverse(link, args=[reading.key]) if link and is_leaf and reading else "",
        reason=found.left_out.get(code, ""),
        is_leaf=is_leaf,
        reads=asked["reads"]["kind"] if asked else "",
    )
    for part in node.get("parts", ()):
        yield from _rows(found, part, depth + 1, goals, link)


def target_of(asked: Mapping[str, Any], goal: Mapping[str, Any]) -> str:
    """The target with its sign and unit: the project's own goal where it sets one, else the frame's."""
    value = goal.get("target") or asked.get("target")
    if value is None:
        return ""
    sign = SIGNS.get(goal.get("operator") or asked.get("operator", ">="), "")
    return f"{sign}{number(Fraction(value), both(asked['unit']))}"


def leaf(evaluation: Evaluation, code: str) -> Mapping[str, Any] | None:
    """An indicator of the evaluation's frame by code."""
    return next(
        (one for one in sheet_leaves(evaluation.frame.body) if one["code"] == code and one.get("indicator")),
        None,
    )
