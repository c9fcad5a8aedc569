"""Indicator tables in papers: which column is what, which rows are indicators, which are sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from linli.reports.paper import Paper, Place, Table, narrow
from linli.reports.reviewrules.quantities import plain_number

_COLUMNS = (
    ("rate", r"执行率"),
    ("execution_sum", r"(?:全年)?执行数|实际支出|执行金额"),
    ("budget", r"全年预算数?|预算金额|调整后预算"),
    ("points", r"^(?:自评|评价|实际|最终|实)?得分|^自评分|^评分$"),
    ("weight", r"分值|权重|满分|标准分|^分数$"),
    ("actual", r"实际(?:完成)?(?:值|情况|数)|完成(?:值|情况|数)|^实际$|全年实际"),
    ("target", r"指标值|目标值|计划(?:完成)?(?:值|数)|年度目标|^目标$"),
    ("evidence", r"佐证|证明|依据|数据来源|凭证"),
    ("reason", r"偏差|原因|改进"),
    ("unit", r"单位|计量"),
    ("name", r"三级指标|四级指标|指标名称|^指标$|指标内容|二级指标|一级指标|评价内容|^内容$|^项目$"),
)
_SUM = re.compile(r"^(?:合计|总计|总分|小计|总得分|得分合计|总\s*分)")


@dataclass(frozen=True)
class ScoreRow:
    """A row of an indicator table: its number in the table, its cells, and the columns by role."""

    at: int
    cells: tuple[str, ...]
    columns: dict[str, int]

    def cell(self, role: str) -> str:
        """The cell of that role, narrowed; empty where there is none."""
        column = self.columns.get(role, -1)
        return narrow(self.cells[column]).strip() if 0 <= column < len(self.cells) else ""

    def number(self, role: str) -> Fraction | None:
        """The number in that cell."""
        return plain_number(self.cell(role))

    @property
    def name(self) -> str:
        """The indicator's name: the last text left of the figures."""
        stop = min((at for role, at in self.columns.items() if role != "name"), default=len(self.cells))
        names = [narrow(cell).strip() for cell in self.cells[: max(stop, self.columns.get("name", 0) + 1)]]
        return next((name for name in reversed(names) if name and plain_number(name) is None), "")

    @property
    def is_sum(self) -> bool:
        """Whether the row adds up others."""
        return any(_SUM.match(narrow(cell).strip()) for cell in self.cells[:4])


@dataclass(frozen=True)
class ScoreTable:
    """The rows under one header with weights; a table may hold several (money first, indicators below)."""

    table: Table
    columns: dict[str, int]
    rows: tuple[ScoreRow, ...]

    @property
    def indicators(self) -> tuple[ScoreRow, ...]:
        """Rows that are no sums and carry a weight."""
        return tuple(
            row for row in self.rows if not row.is_sum and row.number("weight") is not None and row.name
        )

    @property
    def has_actuals(self) -> bool:
        """Whether at least half of the indicators state what was reached, in a column for it."""
        stated = [row for row in self.indicators if re.search(r"\d", row.cell("actual"))]
        return bool(self.indicators) and 2 * len(stated) >= len(self.indicators)

    @property
    def is_money(self) -> bool:
        """Whether this is the money part of a self-evaluation table."""
        return "rate" in self.columns and "target" not in self.columns

    def place(self, row: ScoreRow, role: str) -> Place:
        """The place of a cell by its role; the first cell where the role is missing."""
        return self.table.place(row.at, self.columns.get(role, 0))

    def quote(self, row: ScoreRow, role: str) -> str:
        """The cell's own words."""
        column = self.columns.get(role, 0)
        return row.cells[column].strip()[:40] if column < len(row.cells) else ""


def score_tables(paper: Paper) -> tuple[ScoreTable, ...]:
    """Every indicator table of the paper."""
    return tuple(found for table in paper.tables for found in _split(table))


def _split(table: Table) -> Iterator[ScoreTable]:
    columns: dict[str, int] = {}
    rows: list[ScoreRow] = []
    for at, cells in enumerate(table.rows):
        roles = _roles(cells)
        if len(roles) > 1 and ("weight" in roles or "target" in roles) and _is_header(cells):
            if columns and rows:
                yield ScoreTable(table, columns, tuple(rows))
            columns, rows = roles, []
        elif columns:
            rows.append(ScoreRow(at, cells, columns))
    if columns and rows:
        yield ScoreTable(table, columns, tuple(rows))


def _is_header(cells: tuple[str, ...]) -> bool:
    return not any(plain_number(narrow(cell)) is not None for cell in cells if cell.strip())


def _roles(cells: tuple[str, ...]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for at, cell in enumerate(cells):
        text = re.sub(r"\s|\([^)]*\)", "", narrow(cell))
        role = next((word for word, pattern in _COLUMNS if text and re.search(pattern, text)), "")
        if role == "name" or (role and role not in roles):
            roles[role] = at
    return roles
