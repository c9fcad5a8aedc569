"""Taking a filtered list out as CSV or XLSX: complete, or saying on its last line what was left out and why.

The file holds no identifier: persons are masked as on the screen, and not at all where the class is sensitive. Who
took out what, under which filter and how many rows, is left in the trail before the first row leaves.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any, cast
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from linli.cases.models import FAR, Case, CaseQuerySet
from linli.desk import asking
from linli.desk.asking import Chosen
from linli.people.actors import Actor
from linli.services.models import Application, Grant
from linli.staff import access, case_rows, words
from linli.staff.access import DeskRequest
from linli.staff.saying import lang
from linli.trail.writing import note

MOST = {"csv": 50_000, "xlsx": 20_000}
BATCH = 500
Cell = str | int | float | None
# A sheet program runs a cell that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def take_out(request: DeskRequest) -> HttpResponseBase:
    """The list under the filters of the form, as a file."""
    form = request.POST.get("form", "csv")
    if form not in MOST:
        raise Http404
    by = access.require(request, "cases.read")
    asked = asking.chosen(dict(parse_qsl(request.POST.get("query", ""))))
    rows = asking.rows_of(by, asked, request.today)
    last = _last_line(by, asked, rows, request, MOST[form])
    lines = _lines(rows, by, asked, MOST[form], last)
    name = f"linli-{asked.tab}-{request.today.isoformat()}.{form}"
    answer = _csv(lines) if form == "csv" else _xlsx(lines)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _last_line(by: Actor, asked: Chosen, rows: QuerySet[Case], request: DeskRequest, most: int) -> str:
    """How many rows are in the file, and what is not; noted in the trail."""
    count = rows.order_by()[: most + 1].count()
    reached = cast(CaseQuerySet, access.reached(by, Case.objects.all()))
    every = asking.rows_of(by, asked, request.today, rows=reached).order_by()[: most + 1].count()
    hidden = max(every - count, 0) if count <= most else 0
    facts = {
        "filter": asked.query, "rows": min(count, most), "no_right": hidden, "over_limit": count > most,
        "form": request.POST.get("form", "csv"),
    }  # fmt: skip
    note(verb="desk.export", kind="cases.case", key="list", region=by.place, by=by, at=request.now, data_class="P2",
         facts=facts)  # fmt: skip
    said = [_("共%(count)d件。") % {"count": min(count, most)}]
    if hidden:
        said.append(_("另有%(count)d件您的岗位不能看，没有导出。") % {"count": hidden})
    if count > most:
        said.append(_("只导出前%(most)d件，其余请缩小筛选范围后再导出。") % {"most": most})
    if len(said) == 1:
        said.append(_("没有遗漏。"))
    return "".join(said)


def head() -> list[str]:
    """The columns."""
    return [
        _("编号"), _("事情"), _("类别"), _("社区"), _("渠道"), _("对象"), _("收件日期"), _("期限"), _("办结日期"), _("结果"),
        _("现在环节"), _("在谁手里"), _("申请金额（元）"), _("批准金额（元）"),
    ]  # fmt: skip


def _lines(rows: QuerySet[Case], by: Actor, asked: Chosen, most: int, last: str) -> Iterator[Sequence[Cell]]:
    yield head()
    done, mark = 0, None
    order = ("next_due_on", "id") if asked.by_due else ("-id",)
    while done < most:
        wanted = rows.filter(asking.beyond(mark, by_due=asked.by_due, backwards=False)) if mark else rows
        found = list(wanted.select_related("person", "region").order_by(*order)[: min(BATCH, most - done)])
        if not found:
            break
        yield from _drawn(found)
        done, mark = done + len(found), found[-1]
    yield [last]


def _drawn(found: Sequence[Case]) -> Iterator[Sequence[Cell]]:
    """A batch of cases; the sums asked for and granted in two statements."""
    keys = [case.pk for case in found]
    asked = dict(Application.objects.get_queryset().filter(pk__in=keys).values_list("pk", "requested_cents"))
    granted = dict(Grant.objects.filter(case__in=keys).values_list("case_id", "cents"))
    unnamed = case_rows.unnamed(found)
    for case in found:
        yield _line(case, asked.get(case.pk), granted.get(case.pk), is_hidden=case.pk in unnamed)


def _line(case: Case, requested: int | None, granted: int | None, *, is_hidden: bool) -> Sequence[Cell]:
    due = case.due_on or (None if case.next_due_on == FAR else case.next_due_on)
    said = [
        case.number, case.title, words.kind(case.kind), case.region.name, words.channel(case.channel),
        case_rows.who(case, is_hidden=is_hidden), case.opened_on.isoformat(), due.isoformat() if due else "",
        case.closed_on.isoformat() if case.closed_on else "", str(words.OUTCOMES.get(case.outcome, case.outcome)),
        str(case.at_step.title.text(lang())), "" if case.closed_on else words.post(case.hold_post),
    ]  # fmt: skip
    return [
        *(plain(one) for one in said),
        *(None if one is None else one / 100 for one in (requested, granted)),
    ]


def plain(text: str) -> str:
    """A text that no sheet program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(lines: Iterator[Sequence[Cell]]) -> StreamingHttpResponse:
    """UTF-8 with a mark in front, so that sheet programs read Chinese; line by line, nothing is held."""

    def written() -> Iterator[bytes]:
        yield b"\xef\xbb\xbf"
        for line in lines:
            one = io.StringIO()
            csv.writer(one).writerow(["" if cell is None else _number(cell) for cell in line])
            yield one.getvalue().encode()

    return StreamingHttpResponse(written(), content_type="text/csv; charset=utf-8")


def _number(cell: Cell) -> Any:
    return f"{cell:.2f}" if isinstance(cell, float) else cell


def _xlsx(lines: Iterator[Sequence[Cell]]) -> FileResponse:
    """A workbook written row by row into a file that vanishes once it is sent."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_("办件"))
    for line in lines:
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, float):
                cell.number_format = "#,##0.00"
            elif isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(file, content_type=kind)
