"""The report's tables as a workbook: one sheet a table, numbers as numbers, amounts in yuan; then gaps and figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from linli.reports.packing import same_bytes
from linli.reports.tree import Cell, Column, Document, Table

FORM = "xlsx"
_FORMATS = {
    "yuan": "#,##0.00",
    "points": "0.##",
    "count": "0",
    "percent": '0.######"%"',
    "plain": "General",
}


def render(document: Document) -> bytes:
    """The tree as the bytes of a .xlsx."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    seen: set[tuple[Any, ...]] = set()
    for table in (*document.tables(), _gaps(document), _figures(document)):
        if (table.name, table.rows) not in seen and table.rows:
            seen.add((table.name, table.rows))
            _sheet(book, table, document)
    about = book.properties
    about.creator, about.title, about.lastModifiedBy = document.issuer, document.title.replace("\n", ""), ""
    about.created = about.modified = datetime(*document.made_on.timetuple()[:3])  # noqa: DTZ001 - a day, no moment
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue(), document.made_on)


def _sheet(book: Any, table: Table, document: Document) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(_free_name(book, table.name))
    thin = Side(style="thin", color="999999")
    edge = Border(left=thin, right=thin, top=thin, bottom=thin)
    _put(sheet.cell(1, 1), table.caption).font = Font(name="黑体", size=14)
    _put(sheet.cell(2, 1), f"{document.title} {document.number}".replace("\n", "")).font = Font(size=9)
    for at, column in enumerate(table.columns, start=1):
        head = _put(sheet.cell(4, at), column.title)
        head.font, head.border = Font(name="黑体", size=11), edge
        head.fill = PatternFill("solid", fgColor="EEEEEE")
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(at)].width = max(8, column.width * 1.15)
    for row, cells in enumerate(table.rows, start=5):
        for at, (cell, column) in enumerate(zip(cells, table.columns, strict=True), start=1):
            _write(sheet.cell(row, at), cell, column, edge)
    if table.note:
        _put(sheet.cell(len(table.rows) + 6, 1), table.note)
    sheet.freeze_panes = "A5"
    sheet.print_title_rows = "4:4"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _write(target: Any, cell: Cell, column: Column, edge: Any) -> None:
    from openpyxl.styles import Alignment, Font

    if cell.number and cell.form != "anchor":
        target.value = float(cell.number) if "." in cell.number else int(cell.number)
        target.number_format = _FORMATS.get(cell.form, "General")
    else:
        _put(target, cell.text)
    target.font, target.border = Font(name="仿宋", size=11, bold=cell.strong), edge
    target.alignment = Alignment(horizontal=column.align, vertical="center", wrap_text=True)


def _put(target: Any, text: str) -> Any:
    """A text as a text: nothing that a sheet would take for a formula."""
    target.value = text
    target.data_type = "s"
    return target


def _free_name(book: Any, name: str) -> str:
    """A sheet name that Excel takes (31 signs, none of its own) and that is not used yet."""
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\")[:28]
    taken, at, found = set(book.sheetnames), 1, plain
    while found in taken:
        at += 1
        found = f"{plain}{at}"
    return found


def _gaps(document: Document) -> Table:
    words = document.words
    columns: Sequence[Column] = (Column("#", 6, "right"), Column(words["gap"], 90), Column(words["refs"], 16))
    rows = tuple(
        (Cell(str(at), "", str(at), "count"), Cell(gap.text), Cell(gap.refs))
        for at, gap in enumerate(document.gaps, start=1)
    )
    return Table(words["gaps"], words["gaps"], tuple(columns), rows)


def _figures(document: Document) -> Table:
    words = document.words
    columns = tuple(Column(words[name], width) for name, width in (("reference", 10), ("figure", 40), ("value", 20), ("evidence", 12), ("refs", 30), ("digest", 70)))  # fmt: skip
    rows = tuple(
        tuple(Cell(text) for text in (known.number, known.title, known.value, known.evidence, known.ref, known.digest))
        for known in document.references
    )  # fmt: skip
    return Table(words["figures"], words["figures"], columns, rows)
