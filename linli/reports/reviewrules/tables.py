"""Indicator tables: weights, sums, signs, copied and impossible values, points without what was reached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from linli.evaluation.linting import contradicts, goals_sheet, is_bounded
from linli.reports.paper import Paper, Remark, narrow
from linli.reports.reviewrules.quantities import plain_number
from linli.reports.reviewrules.scoretables import ScoreRow, ScoreTable, score_tables
from linli.reports.reviewsheet import ReviewSheet

_OVER = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}[率度])\s*(?:为|达到?|是|:|约|超过|\s){0,3}\s*(?P<n>\d{1,12}(?:\.\d{1,12})?)\s*%"
)
_TEXT_SIGN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,14}?)\s*(?P<sign>≥|≤|>=|<=|不低于|不少于|不高于|不超过)\s*\d"
)
_UP = ("≥", ">=", ">", "不低于", "不少于", "大于")
_DOWN = ("≤", "<=", "<", "不高于", "不超过", "小于")
_MOST_SAME = Fraction(4, 5)


def weights_and_sums(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Weights must add up to 100 and points to the stated total, per table."""
    for group in _by_table(paper):
        weights = [row.number("weight") or 0 for part in group for row in _counted(part)]
        total = sum(weights)
        tail = group[-1]
        sums = [row for row in tail.rows if row.is_sum]
        if len(weights) > 2 and total != 100 and not (total == 1 or _is_partial(tail, total)):
            row = sums[-1] if sums else _counted(tail)[-1]
            values = {"sum": f"{float(total):g}"}
            yield Remark("score.weights_not_100", "fault", tail.place(row, "weight"), _row_quote(row), values)
        points = [row.number("points") for part in group for row in _counted(part)]
        known = [point for point in points if point is not None]
        stated = sums[-1].number("points") if sums and not sums[-1].cell("points").startswith("小") else None
        if stated is not None and known and abs(sum(known) - stated) > Fraction(1, 20):
            values = {"sum": f"{float(sum(known)):g}", "total": f"{float(stated):g}"}
            place = tail.place(sums[-1], "points")
            yield Remark("score.parts_do_not_add", "fault", place, _row_quote(sums[-1]), values)


def _by_table(paper: Paper) -> list[list[ScoreTable]]:
    groups: dict[int, list[ScoreTable]] = {}
    for part in score_tables(paper):
        if "weight" in part.columns and _counted(part):
            groups.setdefault(id(part.table), []).append(part)
    return list(groups.values())


def _counted(part: ScoreTable) -> tuple[ScoreRow, ...]:
    """The rows whose weight counts: of a money part only its total row, else every indicator."""
    rows = part.indicators
    return rows[:1] if part.is_money else rows


def _is_partial(part: ScoreTable, total: Fraction | int) -> bool:
    """A table of one part only, whose own sum row says so (小计 60)."""
    rows = [row for row in part.rows if row.is_sum and any("小计" in cell for cell in row.cells)]
    return any(row.number("weight") == total for row in rows)


def points_of_rows(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Per row: more points than its weight; full points without what was reached; full points though unmet."""
    for part in score_tables(paper):
        for row in part.indicators:
            points, weight = row.number("points"), row.number("weight")
            if points is None or weight is None:
                continue
            values = {"name": row.name, "points": f"{float(points):g}", "weight": f"{float(weight):g}"}
            place = part.place(row, "points")
            if points > weight:
                yield Remark("score.over_weight", "fault", place, _row_quote(row), values)
            elif points == weight and weight and not part.is_money:
                yield from _full_row(part, row, values)


def _full_row(part: ScoreTable, row: ScoreRow, values: dict[str, str]) -> Iterator[Remark]:
    place = part.place(row, "points")
    actual, target = row.cell("actual"), row.cell("target")
    if not actual:
        yield Remark("score.full_without_evidence", "fault", place, _row_quote(row), values)
    elif not part.columns.keys() & {"evidence"} and not re.search(r"\d", actual):
        yield Remark("score.full_without_value", "doubt", place, _row_quote(row), values)
    elif _misses(actual, target):
        yield Remark("score.full_though_unmet", "fault", place, _row_quote(row), {**values, "target": target})


def _misses(actual: str, target: str) -> bool:
    got, asked = plain_number(actual), plain_number(target)
    if got is None or asked is None or ("%" in actual) != ("%" in target):
        return False
    return (
        got > asked if target.startswith(_DOWN) else got < asked and (target.startswith(_UP) or "%" in target)
    )


def copied_values(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """The same value in nearly all rows of targets or actuals: it was copied, not set."""
    for part in score_tables(paper):
        rows = [row for row in part.rows if not row.is_sum and row.name]
        for role in ("target", "actual", "points"):
            cells = [row for row in rows if row.cell(role)]
            if len(cells) < 5 or (role == "points" and _same_weights(cells)):
                continue
            value, times = Counter(row.cell(role) for row in cells).most_common(1)[0]
            if Fraction(times, len(cells)) >= _MOST_SAME:
                row = next(row for row in cells if row.cell(role) == value)
                values = {"value": value, "times": times, "rows": len(cells)}
                yield Remark("table.copied", "fault", part.place(row, role), part.quote(row, role), values)
                break


def _same_weights(rows: list[ScoreRow]) -> bool:
    return len({row.cell("weight") for row in rows}) < 3


def targets_of_rows(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Per row: a target without a number, money as an output, a wrong sign, one row that carries too much."""
    for part in score_tables(paper):
        for row in part.indicators if "weight" in part.columns else part.rows:
            target = row.cell("target")
            if part.is_money or row.is_sum or not row.name:
                continue
            if target and not re.search(r"\d|[一二三四五六七八九十百]", target):
                yield Remark(
                    "goal.unquantified", "fault", part.place(row, "target"), part.quote(row, "target")
                )
            is_output = any(re.search(r"产出|数量", narrow(cell)) for cell in row.cells[:4])
            if (
                is_output
                and "成本" not in row.name
                and re.search(r"\d\s*[亿万]?元|^元$|^万元$", target + row.cell("unit"))
            ):
                yield Remark(
                    "money.as_output", "fault", part.place(row, "target"), _row_quote(row), {"name": row.name}
                )
            yield from _sign(part, row, target)
        yield from _too_heavy(part, sheet)


def _sign(part: ScoreTable, row: ScoreRow, target: str) -> Iterator[Remark]:
    if _wrong_sign(row.name, target):
        yield Remark(
            "goal.wrong_sign", "fault", part.place(row, "target"), _row_quote(row), {"name": row.name}
        )


def _wrong_sign(name: str, target: str) -> bool:
    sign = ">=" if target.startswith(_UP) else "<=" if target.startswith(_DOWN) else ""
    return contradicts(name, sign, goals_sheet())


def _too_heavy(part: ScoreTable, sheet: ReviewSheet) -> Iterator[Remark]:
    rows = part.indicators
    if part.is_money or len(rows) < 3 or sum(row.number("weight") or 0 for row in rows) < 60:
        return
    for row in rows:
        weight = row.number("weight") or Fraction(0)
        if weight > Fraction(sheet.one_indicator_most):
            values = {"name": row.name, "weight": f"{float(weight):g}", "most": sheet.one_indicator_most}
            yield Remark("goal.too_heavy", "doubt", part.place(row, "weight"), _row_quote(row), values)


def signs_in_text(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A wrong sign in a sentence, as 投诉件数≥10件 or 满意度≤90%."""
    for sentence in paper.sentences:
        if sentence.place.kind == "cell":
            continue
        for found in _TEXT_SIGN.finditer(sentence.text):
            if _wrong_sign(found.group("name"), found.group("sign")):
                values = {"name": found.group("name")}
                yield Remark("goal.wrong_sign", "fault", sentence.place, sentence.quote(found), values)


def impossible_values(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Rates that cannot pass 100 per cent and do, in text and tables."""
    for sentence in paper.sentences:
        for found in _OVER.finditer(sentence.text):
            if Fraction(found.group("n")) > 100 and is_bounded(found.group("name"), goals_sheet()):
                values = {"name": found.group("name"), "value": found.group("n") + "%"}
                yield Remark("value.impossible", "fault", sentence.place, sentence.quote(found), values)
    for part in score_tables(paper):
        for row in part.rows:
            for role in ("target", "actual", "rate"):
                number, cell = row.number(role), row.cell(role)
                bounded = role == "rate" or is_bounded(row.name, goals_sheet())
                if number is not None and "%" in cell and bounded and not 0 <= number <= 100:
                    values = {"name": row.name, "value": cell}
                    yield Remark(
                        "value.impossible", "fault", part.place(row, role), part.quote(row, role), values
                    )


def execution_points(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Execution rate against executed ÷ budget, and its points against rate × weight."""
    for part in score_tables(paper):
        for row in part.rows:
            if row.number("rate") is None:
                continue
            rate = _as_percent(row.cell("rate"))
            budget, done = row.number("budget"), row.number("execution_sum")
            if budget and done is not None and abs(done * 100 / budget - rate) > Fraction(1, 2):
                values = {"rate": row.cell("rate"), "right": f"{float(done * 100 / budget):.2f}%"}
                yield Remark(
                    "execution.wrong_rate", "fault", part.place(row, "rate"), _row_quote(row), values
                )
            points, weight = row.number("points"), row.number("weight")
            if (
                points is not None
                and weight
                and points > weight * min(rate, Fraction(100)) / 100 + Fraction(1, 20)
            ):
                values = {"points": f"{float(points):g}", "right": f"{float(weight * rate / 100):.2f}"}
                yield Remark(
                    "execution.wrong_points", "fault", part.place(row, "points"), _row_quote(row), values
                )


def _as_percent(cell: str) -> Fraction:
    number = plain_number(cell) or Fraction(0)
    return number if "%" in cell or number > 2 else number * 100


def no_score_without_weights(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A self-evaluation form without the columns that make it one."""
    for part in score_tables(paper):
        needed = {"target": "指标值", "actual": "实际完成值", "weight": "分值", "points": "得分"}
        missing = [word for role, word in needed.items() if role not in part.columns]
        if part.is_money or len(part.rows) < 3 or not 0 < len(missing) < 3 or "points" not in part.columns:
            continue
        row = part.rows[0]
        head = part.table.rows[row.at - 1]
        quote = next((cell for cell in head if cell.strip()), "").strip()[:40]
        values = {"columns": "、".join(missing)}
        yield Remark("table.column_missing", "fault", part.table.place(row.at - 1, 0), quote, values)


def _row_quote(row: ScoreRow) -> str:
    """The row's name cell as it stands, so that the quotation is found in the paper."""
    texts = [cell.strip() for cell in row.cells if cell.strip()]
    named = next((text for text in texts if narrow(text) == row.name), texts[0] if texts else "")
    return named[:40]
