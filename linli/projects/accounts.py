"""The money of a project as screens, exports and reports show it: one table, three identities."""

from __future__ import annotations

from dataclasses import dataclass

from linli.ground.sheets import Both
from linli.projects.declared import fund_of
from linli.projects.formulas import Account, together
from linli.projects.models import Project


@dataclass(frozen=True)
class Row:
    """One source of a project with its account; ``year`` and ``batch`` are ``None`` where they are not stated."""

    number: int
    fund: str
    title: Both
    level: str
    year: int | None
    batch: int | None
    account: Account


@dataclass(frozen=True)
class LineRow:
    """One budget line: amount, spent and left, in fen."""

    number: int
    title: str
    purpose: str
    amount: int
    spent: int

    @property
    def left(self) -> int:
        """What may still be spent on it."""
        return self.amount - self.spent


@dataclass(frozen=True)
class MoneyTable:
    """A project's money by source and by line, with the total; ``stands`` says whether the identities hold."""

    rows: tuple[Row, ...]
    lines: tuple[LineRow, ...]
    total: Account

    @property
    def stands(self) -> bool:
        """Every source and the total hold, and the lines together are as much as the sources."""
        spent = sum(line.spent for line in self.lines)
        lines_agree = not self.lines or spent == self.total.spent
        return lines_agree and all(row.account.stands() for row in self.rows) and self.total.stands()


def money_of(project: Project) -> MoneyTable:
    """The money table of a project, in two queries."""
    sources = project.sources.select_related("fund").order_by("number")
    rows = tuple(
        Row(
            source.number,
            source.fund.code,
            fund_of(source.fund_id).title,
            source.level,
            source.year,
            source.batch,
            source.account,
        )
        for source in sources
    )
    lines = tuple(
        LineRow(line.number, line.title, line.purpose, line.amount_cents, line.spent_cents)
        for line in project.lines.order_by("number")
    )
    return MoneyTable(rows, lines, together(row.account for row in rows))
