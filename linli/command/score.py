"""``linli score FRAME READINGS``: points from readings, with what is proven, claimed, without evidence."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from linli.command.answer import Answer
from linli.evaluation.formulas.robustness import range_robustness
from linli.evaluation.formulas.scoring import (
    KINDS,
    NOT_APPLICABLE,
    Mark,
    PlainReading,
    Score,
    is_possible,
    score,
)
from linli.evaluation.frames import Frame, frame_of
from linli.ground.said import Said, Saying
from linli.ground.wording import say

HELP = """\
按指标体系计分 / score readings by an indicator system.

proven 已证实：有数、口径和期间相符、有佐证的指标按计分规则得到的分。
claimed 自称：读数自己写明的 claimed 分；没有写明时，按其数值（不论有无佐证）可得的分；没有数值则为 0。
without_evidence 无佐证：自称而未证实的分（各指标“自称减已证实”的正数之和）。自称100分而无任何佐证，结果为 0、100、100。
range：缺口按零分和按满分计的上下限，含调查误差。不适用（kind=not_applicable，须写 reason）的指标剔除，其余权重按比例折算。

proven: points of values with proof. claimed: the row's own "claimed" points, else what its value would get if
believed, else 0. without_evidence: claimed less proven where positive, per indicator. range: gaps as nothing and as
full, survey margin carried through. not_applicable rows (with a reason) are dropped and the rest is rescaled.
Optional columns: claimed, margin, from, to, reason."""
NEEDS_DATABASE = False
SEED = 20200225
_REQUIRED = ("indicator", "value", "kind", "evidence_count")


def arguments(parser: argparse.ArgumentParser) -> None:
    """FRAME and READINGS, the period judged, and the seed of the weightings drawn."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "frame", metavar="FRAME", help="指标体系文件或代码 / sheet (YAML) or code of a shipped frame"
    )
    parser.add_argument("readings", metavar="READINGS", help="读数 / readings, JSON or CSV")
    parser.add_argument(
        "--from", dest="first", metavar="DATE", help="评价期首日 / first day of the period judged"
    )
    parser.add_argument(
        "--to", dest="last", metavar="DATE", help="评价期末日 / last day of the period judged"
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, help="权重抽样的种子 / seed of the weightings drawn"
    )


def run(options: argparse.Namespace) -> Answer:
    """Score the readings. Raises ``Said`` naming file, row and column for input that cannot be."""
    frame = frame_of(options.frame)
    period = (_day(options.first, "--from"), _day(options.last, "--to"))
    readings = _readings(Path(options.readings), frame, period)
    result = score(frame.criteria(), readings, frame.grade_bounds(options.lang))
    data = {
        "proven": number(result.proven),
        "claimed": number(result.claimed),
        "without_evidence": number(result.without_evidence),
        "range": [number(result.low), number(result.high)],
        "grade": result.grade,
        "indicators": _indicators(result, frame, options.lang),
    }
    return Answer(data, _lines(result, frame, options.seed, options.lang))


def number(hundredths: int) -> int | float:
    """Points as a JSON number with at most two decimals."""
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def _indicators(result: Score, frame: Frame, lang: str) -> list[dict[str, object]]:
    marks = {mark.code: mark for mark in result.marks}
    rows: list[dict[str, object]] = []
    for leaf in frame.leaves():
        mark = marks.get(leaf.code)
        points, weight, gap = (mark.points, mark.weight, mark.gap) if mark else (0, 0, NOT_APPLICABLE)
        rows.append(
            {
                "indicator": leaf.code,
                "points": number(points),
                "weight": number(weight),
                "gap": _gap(gap, lang),
            }
        )
    return rows


def _gap(gap: str, lang: str) -> str | None:
    return f"{gap}: {say(Saying(f'gap.{gap}'), lang)}" if gap else None


def _lines(result: Score, frame: Frame, seed: int, lang: str) -> tuple[str, ...]:
    titles = {leaf.code: leaf.title.text(lang) for leaf in frame.leaves()}
    lines = [f"{frame.title.text(lang)}  [{frame.code} {frame.edition}]"]
    lines += [_line(mark, titles[mark.code], lang) for mark in result.marks]
    lines += [_say("score.dropped", lang, title=titles[code]) for code in result.dropped]
    totals = {"proven": result.proven, "claimed": result.claimed, "without": result.without_evidence}
    lines.append(_say("score.totals", lang, **{name: number(value) for name, value in totals.items()}))
    lines.append(_say("score.range", lang, low=number(result.low), high=number(result.high)))
    if not result.marks:
        return (*lines, _say("score.nothing_applies", lang))
    robust = range_robustness(result.marks, frame.grade_bounds(lang), seed=seed)
    held = f"{robust.held * 100 / robust.draws:.0f}"
    about = {"draws": robust.draws, "concentration": robust.concentration, "seed": robust.seed}
    lines.append(_say("score.grade", lang, grade=result.grade))
    lines.append(
        _say("score.robust", lang, share=held, low=number(robust.low), high=number(robust.high), **about)
    )
    return tuple(lines)


def _line(mark: Mark, title: str, lang: str) -> str:
    gap = f"  {_gap(mark.gap, lang)}" if mark.gap else ""
    return f"{number(mark.points):>6} / {number(mark.weight):<6} {title} ({mark.code}){gap}"


def _say(code: str, lang: str, **values: object) -> str:
    return say(Saying(code, values), lang)


def _day(text: str | None, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise Said("readings.option_not_a_date", name=name, value=text) from fault


@dataclass(frozen=True)
class _Row:
    """One row of the readings file that knows where it stands; ``text`` when all cells are text (CSV)."""

    file: str
    row: int
    cells: Mapping[str, Any]
    text: bool

    def refuse(self, fault: str, column: str, **values: object) -> NoReturn:
        refusal = Said(f"readings.{fault}", file=self.file, row=self.row, column=column)
        refusal.values.update(values)
        raise refusal

    def cell(self, column: str) -> Any:
        value = self.cells.get(column)
        if isinstance(value, str):
            value = value.strip()
        return None if value in ("", "null") and self.text else value

    def exact(self, column: str) -> Fraction | None:
        """A number or nothing; text, true and false are no numbers."""
        value = self.cell(column)
        if value is None:
            return None
        if isinstance(value, str) and self.text:
            try:
                value = Decimal(value)
            except InvalidOperation:
                self.refuse("not_a_number", column, value=value)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.refuse("not_a_number", column, value=value)
        if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > 30):
            self.refuse("not_a_number", column, value=value)
        return Fraction(value)

    def day(self, column: str) -> date | None:
        value = self.cell(column)
        try:
            return None if value is None else date.fromisoformat(str(value))
        except ValueError:
            self.refuse("not_a_date", column, value=value)


def _readings(path: Path, frame: Frame, period: tuple[date | None, date | None]) -> dict[str, PlainReading]:
    criteria = {criterion.code: criterion for criterion in frame.criteria()}
    found: dict[str, PlainReading] = {}
    for row in _rows(path):
        code = row.cell("indicator")
        if not isinstance(code, str) or code not in criteria:
            row.refuse("unknown_indicator", "indicator", value=code, frame=frame.code)
        if code in found:
            row.refuse("duplicate_indicator", "indicator", value=code)
        reading = _reading(row, period, criteria[code].weight)
        if reading.value is not None and not is_possible(criteria[code], reading.value):
            low, high = ("…" if end is None else float(end) for end in criteria[code].possible)
            row.refuse("impossible", "value", value=float(reading.value), low=low, high=high)
        found[code] = reading
    return found


def _reading(row: _Row, period: tuple[date | None, date | None], weight: int) -> PlainReading:
    kind, value = row.cell("kind"), row.exact("value")
    if kind not in (*KINDS, NOT_APPLICABLE):
        row.refuse("unknown_kind", "kind", value=kind, known=", ".join((*KINDS, NOT_APPLICABLE)))
    if kind == NOT_APPLICABLE and (value is not None or not row.cell("reason")):
        row.refuse("not_applicable_needs_reason", "reason")
    count = row.exact("evidence_count")
    if count is None and kind == NOT_APPLICABLE:
        count = Fraction(0)
    if count is None or count < 0 or count.denominator != 1:
        row.refuse("not_a_count", "evidence_count", value=row.cell("evidence_count"))
    claimed, margin = row.exact("claimed"), row.exact("margin") or Fraction(0)
    if claimed is not None and not (0 <= claimed * 100 <= weight and (claimed * 100).denominator == 1):
        row.refuse("impossible_claim", "claimed", value=row.cell("claimed"), weight=number(weight))
    if margin < 0:
        row.refuse("not_a_number", "margin", value=row.cell("margin"))
    return PlainReading(
        value=value,
        kind=str(kind),
        evidence_count=int(count),
        claimed=None if claimed is None else int(claimed * 100),
        margin=margin,
        in_period=_is_in(row, period),
    )


def _is_in(row: _Row, period: tuple[date | None, date | None]) -> bool:
    first, last = row.day("from"), row.day("to")
    if first is not None and last is not None and last < first:
        row.refuse("backwards", "to", value=last)
    begins = period[0] is None or (first or last) is None or (first or last or period[0]) >= period[0]
    ends = period[1] is None or (last or first) is None or (last or first or period[1]) <= period[1]
    return begins and ends


def _rows(path: Path) -> list[_Row]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".csv" or not text.lstrip().startswith(("[", "{")):
        return _csv_rows(text, path)
    try:
        content = json.loads(text, parse_float=Decimal, parse_constant=str)
    except RecursionError as fault:
        raise Said("readings.not_a_list", file=str(path)) from fault
    except json.JSONDecodeError as fault:
        raise Said("readings.not_json", file=str(path), row=fault.lineno, column=fault.colno) from fault
    if not isinstance(content, list):
        raise Said("readings.not_a_list", file=str(path))
    rows = []
    for at, cells in enumerate(content, 1):
        if not isinstance(cells, dict):
            raise Said("readings.not_a_row", file=str(path), row=at)
        rows.append(_complete(_Row(str(path), at, cells, text=False)))
    return rows


def _csv_rows(text: str, path: Path) -> list[_Row]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    header = [name.strip() for name in reader.fieldnames or ()]
    rows = []
    try:
        for cells in reader:
            named = dict(zip(header, cells.values(), strict=False))
            row = _Row(str(path), reader.line_num, named, text=True)
            if None in cells:
                row.refuse("too_many_cells", str(len(header) + 1))
            rows.append(row)
    except csv.Error as fault:
        raise Said("readings.not_csv", file=str(path), row=reader.line_num) from fault
    for row in rows[:1] or [_Row(str(path), 1, dict.fromkeys(header), text=True)]:
        _complete(row)
    return rows


def _complete(row: _Row) -> _Row:
    missing = [name for name in _REQUIRED if name not in row.cells]
    if missing:
        row.refuse("column_missing", missing[0])
    return row
