"""The tables of a report: indicators, self-evaluation table, claims, money, base data, indicator system, course."""

from __future__ import annotations

from collections.abc import Iterator

from linli.evaluation.claiming import WHOLE
from linli.ground.sheets import Both
from linli.reports.facts import Facts, Point, points_text
from linli.reports.speech import Speech, count_cell, points_cell, yuan_cell
from linli.reports.tree import Block, Cell

_NUMBER, _TEXT = "right", "left"


def _actual(speech: Speech, point: Point) -> Cell:
    read = point.read
    if read is None or not read.value:
        return Cell("—")
    margin = f"±{read.margin}" if read.margin and read.margin != "0" else ""
    form = "percent" if read.unit == "%" else "plain"
    return Cell(f"{read.value}{margin}{read.unit if form == 'percent' else ''}", read.ref, read.value, form)


def _gap(speech: Speech, point: Point) -> str:
    return speech.words(f"gap.{point.gap}") if point.gap else ""


def _unit(speech: Speech, point: Point) -> str:
    unit = (point.asked or {}).get("unit", "")
    return unit.get(speech.lang) or unit.get("zh", "") if isinstance(unit, dict) else str(unit)


def indicator_rows(speech: Speech, points: list[Point]) -> list[Block]:
    """Each indicator with target, actual, evidence, weight, points and its gap."""
    columns = speech.columns(
        ("indicator", 26, _TEXT), ("unit", 9, "center"), ("target", 10, _NUMBER), ("actual", 13, _NUMBER),
        ("evidence", 8, _NUMBER), ("weight", 8, _NUMBER), ("points", 8, _NUMBER), ("gap", 18, _TEXT),
    )  # fmt: skip
    rows = [
        (
            Cell(speech.text(point.title)), Cell(_unit(speech, point)), Cell(point.target or "—"), _actual(speech, point),
            count_cell(point.read.evidence if point.read else 0), points_cell(point.weight), points_cell(point.proven),
            Cell(_gap(speech, point)),
        )
        for point in points
    ]  # fmt: skip
    return speech.table("indicators", columns, rows)


def claims_table(speech: Speech) -> list[Block]:
    """Every part with what is claimed, proven, without evidence, and its honest range."""
    facts = speech.facts
    columns = speech.columns(
        ("part", 30, _TEXT), ("weight", 10, _NUMBER), ("claimed", 12, _NUMBER), ("proven", 12, _NUMBER),
        ("without", 13, _NUMBER), ("range", 15, "center"),
    )  # fmt: skip
    rows = []
    for point in sorted(
        (p for p in facts.points if p.depth < 3 and (p.depth < 2 or not p.is_leaf)),
        key=lambda p: p.code == WHOLE,
    ):
        rows.append(_claims_row(speech, point))
    return speech.table("claims", columns, rows, speech.words("claims_note"))


def _claims_row(speech: Speech, point: Point) -> tuple[Cell, ...]:
    ref = f"claim:{point.code}" if f"claim:{point.code}" in speech.facts.sources else ""
    whole, is_claimed = point.code == WHOLE, speech.facts.has_claim(point)
    name = speech.words("whole") if whole else "　" * (point.depth - 1) + speech.text(point.title)
    return (
        Cell(name, strong=whole),
        points_cell(point.weight, strong=whole),
        points_cell(point.claimed, ref, strong=whole) if is_claimed else Cell("—"),
        points_cell(point.proven, "score:proven" if whole else "", strong=whole),
        points_cell(point.without, strong=whole) if is_claimed else Cell("—"),
        Cell(f"{points_text(point.low)}–{points_text(point.high)}", strong=whole),
    )


def self_table(speech: Speech) -> list[Block]:
    """The self-evaluation table (项目支出绩效自评表): money row, goals, indicators, total (evaluation form, §7.3)."""
    facts = speech.facts
    columns = speech.columns(
        ("level_1", 12, _TEXT), ("level_2", 12, _TEXT), ("level_3", 20, _TEXT), ("target", 9, _NUMBER),
        ("actual", 12, _NUMBER), ("weight", 8, _NUMBER), ("points", 8, _NUMBER), ("deviation", 19, _TEXT),
    )  # fmt: skip
    rows = [_self_row(speech, path, point) for path, point in _paths(facts)]
    whole = facts.whole
    rows.append((
        Cell(speech.words("whole"), strong=True), Cell(""), Cell(""), Cell(""), Cell(""), points_cell(whole.weight, strong=True),
        points_cell(whole.proven, "score:proven", strong=True), Cell(""),
    ))  # fmt: skip
    return [*money_table(speech), *speech.table("self", columns, rows, speech.words("self_note"))]


def _paths(facts: Facts) -> Iterator[tuple[list[Both], Point]]:
    above: list[Point] = []
    for point in facts.points[1:]:
        above = [*above[: point.depth - 1], point]
        if point.is_leaf:
            yield [part.title for part in above], point


def _self_row(speech: Speech, path: list[Both], point: Point) -> tuple[Cell, ...]:
    names = [speech.text(title) for title in path]
    first, second = (names[0], names[1]) if len(names) > 2 else (names[0], "")
    third = " / ".join(names[2:]) if len(names) > 2 else names[-1]
    return (
        Cell(first), Cell(second), Cell(third), Cell(point.target or "—"), _actual(speech, point), points_cell(point.weight),
        points_cell(point.proven), Cell(_gap(speech, point) or _short_of(speech, point)),
    )  # fmt: skip


def _short_of(speech: Speech, point: Point) -> str:
    missing = point.weight - point.proven
    return speech.words("short_of", points=points_text(missing)) if missing > 0 else ""


def money_table(speech: Speech) -> list[Block]:
    """The money of every source with the three identities; what is not stated stays open."""
    facts = speech.facts
    columns = speech.columns(
        ("source", 16, _TEXT), ("approved", 14, _NUMBER), ("allocated", 14, _NUMBER), ("received", 14, _NUMBER),
        ("spent", 14, _NUMBER), ("returned", 14, _NUMBER), ("balance", 14, _NUMBER),
    )  # fmt: skip
    rows = []
    for row in (*facts.money.rows, None):
        account = facts.money.total if row is None else row.account
        title = speech.words("whole") if row is None else speech.text(row.title)
        rows.append((
            Cell(title, strong=row is None),
            *(_amount(speech, getattr(account, name), name, row is None)
              for name in ("approved", "allocated", "received", "spent", "returned", "balance")),
        ))  # fmt: skip
    note = "money_stated_note" if facts.is_stated else "money_note"
    return speech.table("money", columns, rows, speech.words(note))


def _amount(speech: Speech, cents: int | None, name: str, is_total: bool) -> Cell:
    """What only a report states was never recorded: no receipt, spending or balance may look like a zero."""
    if speech.facts.is_stated and name in ("received", "spent", "returned", "balance"):
        return Cell(speech.known(""))
    return yuan_cell(cents, f"money:{name}" if is_total else "", speech.known(""))


def base_data(speech: Speech) -> list[Block]:
    """What a cost-benefit analysis needs: money, cost lines, spending entries, outputs."""
    facts = speech.facts
    lines = speech.columns(
        ("line", 40, _TEXT), ("budget", 20, _NUMBER), ("spent", 20, _NUMBER), ("left", 20, _NUMBER)
    )
    line_rows = [
        (Cell(line.title), yuan_cell(line.amount), yuan_cell(line.spent), yuan_cell(line.left))
        for line in facts.money.lines
    ]
    entries = speech.columns(
        ("day", 16, "center"),
        ("entry", 34, _TEXT),
        ("line", 20, _TEXT),
        ("amount", 18, _NUMBER),
        ("voucher", 12, "center"),
    )
    entry_rows = [
        (
            Cell(row.on.isoformat()), Cell(row.key), Cell(row.line), yuan_cell(row.cents),
            Cell(speech.words("yes" if row.has_voucher else "no")),
        )
        for row in facts.spent
    ]  # fmt: skip
    outputs = speech.columns(
        ("output", 46, _TEXT), ("unit", 14, "center"), ("planned", 20, _NUMBER), ("done", 20, _NUMBER)
    )
    output_rows = [
        (
            Cell(str(item["title"])), Cell(str(item.get("unit", ""))), _number(item.get("planned")), _number(item.get("done"))
        )
        for item in facts.outputs
    ]  # fmt: skip
    return [
        *money_table(speech),
        *speech.table("lines", lines, line_rows),
        *speech.table("entries", entries, entry_rows),
        *speech.table("outputs", outputs, output_rows),
    ]


def _number(text: object) -> Cell:
    return Cell("—") if text in (None, "") else Cell(str(text), "", str(text), "plain")


def indicator_system(speech: Speech) -> list[Block]:
    """The frame: every node with weight, meaning, target and the evidence asked for."""
    columns = speech.columns(
        ("indicator", 24, _TEXT), ("weight", 9, _NUMBER), ("definition", 34, _TEXT), ("target", 11, _NUMBER),
        ("evidence_asked", 22, _TEXT),
    )  # fmt: skip
    rows = []
    for point in speech.facts.points[1:]:
        asked = point.asked or {}
        meaning = asked.get("definition", "")
        shown = (
            meaning.get(speech.lang) or meaning.get("zh", "") if isinstance(meaning, dict) else str(meaning)
        )
        if point.is_leaf and not asked:
            shown = speech.words("gap.not_stated")
        unit = _unit(speech, point)
        rows.append((
            Cell("　" * (point.depth - 1) + speech.text(point.title), strong=not point.is_leaf), points_cell(point.weight),
            Cell(shown), Cell(f"{point.target}{unit}" if point.target else ""), Cell("、".join(asked.get("evidence", ()))),
        ))  # fmt: skip
    return speech.table("system", columns, rows)


def surveyed(speech: Speech) -> list[Block]:
    """Surveyed readings with answers and margin; ratings of cases are no survey."""
    columns = speech.columns(
        ("indicator", 40, _TEXT), ("answers", 15, _NUMBER), ("actual", 25, _NUMBER), ("evidence", 20, _NUMBER)
    )
    rows = [
        (Cell(speech.text(point.title)), count_cell(point.read.answers), _actual(speech, point), count_cell(point.read.evidence))
        for point in speech.facts.leaves
        if point.read and point.read.kind == "surveyed"
    ]  # fmt: skip
    return speech.table("surveyed", columns, rows)


def course_table(speech: Speech) -> list[Block]:
    """The project's passages with their days; of a stated project what the report says, days open."""
    columns = speech.columns(("day", 24, "center"), ("step", 46, _TEXT), ("post", 30, _TEXT))
    rows = [
        (Cell(speech.day(step.on)), Cell(speech.text(step.done)), Cell(speech.text(step.post) or step.source))
        for step in speech.facts.course
    ]
    return speech.table("course", columns, rows)


def statements_table(speech: Speech) -> list[Block]:
    """Each claim of a report, what the records show, and the verdict."""
    columns = speech.columns(
        ("claim", 44, _TEXT), ("place", 14, "center"), ("shown", 26, _TEXT), ("verdict", 16, "center")
    )
    rows = []
    for said in speech.facts.said("claim", "programme") + speech.facts.said("claim"):
        shown = "no_records" if said.cents is None else "no_vouchers"
        rows.append((
            Cell(speech.text(said.text)), Cell(said.refs), Cell(speech.words(shown)), Cell(speech.words("unproven")),
        ))  # fmt: skip
    return speech.table("statements", columns, rows) if rows else []
