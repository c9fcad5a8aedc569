"""What a draft of an item would have done: the cases of the last quarter, entered again under it.

Nothing is written. Only what can be known from the rows is judged: conditions as told at entry are not kept, so an
added condition is counted where the register can answer it; limits and papers are compared with what was there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from linli.cases.models import Case, CasePaper
from linli.cases.procedures import Limit, Unit
from linli.ground.clock import Calendar, due_day, month_later
from linli.ground.said import Saying
from linli.rulebook.reading import calendar
from linli.services.answering import read_answers
from linli.services.declared import Material, ServiceItem
from linli.services.models import Application
from linli.services.qualifying import unmet

MONTHS = 3
SHOWN = 200


@dataclass(frozen=True)
class Otherwise:
    """A case that would have gone otherwise: its number, and each way in which."""

    number: str
    reasons: tuple[Saying, ...]


@dataclass(frozen=True)
class DryRun:
    """How many cases were looked at, and which would have gone otherwise, by kind of difference."""

    first: date
    last: date
    looked_at: int
    refused: int
    other_day: int
    other_papers: int
    cases: tuple[Otherwise, ...]


def dry_run(code: str, draft: ServiceItem, *, span: tuple[str, str], on: date) -> DryRun:
    """Enter the cases of the last three months again under a draft, within a region's span; three statements.

    Refused at entry: a condition that the register answers, an answer that the draft's form would not take. Another
    day: the promised limit counts to another day. Other papers: a paper the draft asks for was not there, or one
    that was asked for is no longer.
    """
    first = month_later(on, -MONTHS)
    rows = (
        Application.objects.for_item(code)
        .filter(case__opened_on__gte=first, case__opened_on__lte=on, case__region_id__gte=span[0], case__region_id__lte=span[1])
        .select_related("case__person", "case__procedure")
        .order_by("case__number")
    )  # fmt: skip
    papers: dict[int, set[str]] = {}
    for case, kind in CasePaper.objects.filter(case__in=rows.values("case")).values_list("case_id", "kind"):
        papers.setdefault(case, set()).add(kind)
    days, found, looked_at = calendar(), [], 0
    counts = {"refused": 0, "day": 0, "papers": 0}
    for row in rows:
        looked_at += 1
        ways = {
            "refused": _refused(row, draft, papers.get(row.pk, set())),
            "day": _other_day(row, draft, days),
            "papers": _other_papers(row, draft, papers.get(row.pk, set())),
        }
        reasons = [reason for said in ways.values() for reason in said]
        for name, said in ways.items():
            counts[name] += bool(said)
        if reasons:
            found.append(Otherwise(row.case.number, tuple(reasons)))
    return DryRun(
        first, on, looked_at, counts["refused"], counts["day"], counts["papers"], tuple(found[:SHOWN])
    )


def _refused(row: Application, draft: ServiceItem, papers: set[str]) -> list[Saying]:
    """Why it would have been turned away: conditions by known age, and answers the draft's form would not take."""
    case = row.case
    failing = unmet(draft, person=case.person, told={}, place=case.region_id, on=case.opened_on)
    if row.erased_at is None:
        clear = {code: row.answer(code) for code in row.answers}
        typed = {code: _typed(draft, code, value) for code, value in clear.items()}
        failing += read_answers(draft, typed, papers).faults
    return [Saying("services.dry_refused", {"why": fault.saying}) for fault in failing]


def _typed(draft: ServiceItem, code: str, value: object) -> object:
    """A kept answer as it would be typed: money is kept in fen and typed in yuan."""
    question = next((one for one in draft.questions() if one.code == code), None)
    if question is not None and question.kind == "money" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    return value


def _other_day(row: Application, draft: ServiceItem, days: Calendar) -> list[Saying]:
    case = row.case
    limit = draft.urgent if row.is_urgent else draft.limit
    if limit is None or case.limit_days is None:
        return []
    if (limit.days, limit.unit) == (case.limit_days, case.limit_unit):
        return []
    was, would = (
        _due(case, Limit(case.limit_days, cast(Unit, case.limit_unit)), days),
        _due(case, limit, days),
    )
    return [] if was == would else [Saying("services.dry_other_day", {"was": was, "would": would})]


def _due(case: Case, limit: Limit, days: Calendar) -> date:
    start = case.clock_from or case.opened_on
    return due_day(start=start, days=limit.days, unit=limit.unit, calendar=days).on


def _other_papers(row: Application, draft: ServiceItem, there: set[str]) -> list[Saying]:
    was = {m.code: m for m in row.sheet.materials}
    would = {m.code: m for m in draft.materials}
    there = there | set(row.promises)
    lacking = [
        m.name
        for m in would.values()
        if m.source != "shared" and m.code not in there and _is_new(m.code, was, m)
    ]
    spared = [m.name for code, m in was.items() if code not in would or _is_spared(code, m, would)]
    found: Sequence[tuple[str, list[object]]] = (
        ("services.dry_papers_more", list(lacking)), ("services.dry_papers_less", list(spared)),
    )  # fmt: skip
    return [Saying(code, {"papers": names}) for code, names in found if names]


def _is_new(code: str, was: dict[str, Material], now: Material) -> bool:
    """A paper that was not asked for before, or came by data sharing, or could follow and now may not."""
    old = was.get(code)
    if old is None or old.source == "shared":
        return True
    return old.tolerant and not now.tolerant


def _is_spared(code: str, was: Material, would: dict[str, Material]) -> bool:
    return was.source != "shared" and would[code].source == "shared"
