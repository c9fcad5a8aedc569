"""Reading a file of hotline orders: CSV (UTF-8 or GB18030) and XLSX; every fault names sheet, row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from linli.ground.said import Said

LONGEST = 2000
LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Column:
    """A column of the file: its word here, its heading there, whether a row must have it, what to write."""

    code: str
    heading: str
    is_needed: bool
    remark: str


COLUMNS = (
    Column("number", "工单编号", True, "热线的工单编号，同一编号再导入不会重复登记"),
    Column("called_at", "来电时间", True, "如 2026-03-02 09:30"),
    Column("due_at", "答复期限", True, "热线要求的答复时间，只写日期的按当天23:59算"),
    Column("text", "诉求内容", True, "至少四个字，不要写身份证号"),
    Column("community", "社区", False, "街道导入时必填社区名称；社区自己导入可不填"),
    Column("class_code", "分类", False, "G01至G20或分类名称；不填按内容判断"),
    Column("nature", "性质", False, "咨询、求助、投诉、举报、建议；不填按求助"),
    Column("grade", "缓急", False, "紧急、重要、一般；不填按一般"),
    Column("building", "楼栋", False, "与本社区楼栋名称一致"),
    Column("spot", "具体位置", False, "80字以内"),
    Column("caller", "来电人", False, ""),
    Column("phone", "联系电话", False, "11位手机号或带区号的固定电话"),
    Column("is_responded", "响应", False, "是或否；热线回访后反馈时填"),
    Column("is_resolved", "解决", False, "是或否"),
    Column("is_satisfied", "满意", False, "是或否"),
)
HEADINGS = {column.heading: column for column in COLUMNS}
OF_CODE = {column.code: column for column in COLUMNS}


@dataclass(frozen=True)
class CellFault:
    """What is wrong, and exactly where: sheet, row as the table shows it (1 is the first), column heading."""

    sheet: str
    row: int
    column: str
    said: Said


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file: texts and moments by column code."""

    sheet: str
    number: int
    cells: dict[str, Any]

    def text(self, code: str) -> str:
        """A cell as trimmed text; numbers without a decimal tail."""
        value = self.cells.get(code)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip()

    def fault(self, code: str, said: str, **values: Any) -> CellFault:
        """A fault at a cell of this row."""
        return CellFault(self.sheet, self.number, OF_CODE[code].heading, Said(said, field=code, **values))


def read(content: bytes, name: str) -> tuple[list[Row], list[CellFault]]:
    """The rows of a file, and what is wrong with its form. Raises ``Said`` where it is no table at all."""
    if len(content) > LARGEST:
        raise Said("grievances.file_large", field="file", megabytes=LARGEST // 1024 // 1024)
    if not content.strip():
        raise Said("grievances.file_empty", field="file")
    tables = list(_xlsx(content) if content[:2] == b"PK" else _csv(content))
    found = [_rows(sheet, table) for sheet, table in tables if _heading(table) is not None]
    if not found:
        raise Said("grievances.file_headings", field="file", heading=OF_CODE["number"].heading, name=name)
    rows = [row for part, _ in found for row in part]
    faults = [fault for _, part in found for fault in part]
    if len(rows) > LONGEST:
        raise Said("grievances.file_long", field="file", most=LONGEST)
    if not rows and not faults:
        raise Said("grievances.file_empty", field="file")
    return rows, faults


def _csv(content: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise Said("grievances.file_unreadable", field="file") from None
    if "\x00" in text:
        raise Said("grievances.file_unreadable", field="file")
    try:
        yield "CSV", [list(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error:
        raise Said("grievances.file_unreadable", field="file") from None


def _xlsx(content: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True, max_row=LONGEST + 50, max_col=60)
            yield sheet.title, [list(row) for row in rows]
    except Said:
        raise
    except Exception as fault:  # openpyxl tells a broken file in many ways
        raise Said("grievances.file_unreadable", field="file") from fault


def _is_empty(cells: list[Any]) -> bool:
    return all(cell is None or not str(cell).strip() for cell in cells)


def _heading(table: list[list[Any]]) -> int | None:
    """Which row holds the headings: the first that has the order number's, among the first ten."""
    for place, cells in enumerate(table[:10]):
        if OF_CODE["number"].heading in [str(cell).strip() for cell in cells if cell is not None]:
            return place
    return None


def _rows(sheet: str, table: list[list[Any]]) -> tuple[list[Row], list[CellFault]]:
    top = _heading(table) or 0
    headings = [str(cell).strip() if cell is not None else "" for cell in table[top]]
    faults = [
        CellFault(sheet, top + 1, column.heading, Said("grievances.file_column", heading=column.heading))
        for column in COLUMNS
        if column.is_needed and column.heading not in headings
    ]
    faults += [
        CellFault(sheet, top + 1, heading, Said("grievances.file_column_twice", heading=heading))
        for heading in dict.fromkeys(headings)
        if heading in HEADINGS and headings.count(heading) > 1
    ]
    rows = [
        Row(sheet, number, {HEADINGS[head].code: cell for head, cell in zip(headings, cells, strict=False) if head in HEADINGS})
        for number, cells in enumerate(table[top + 1 :], start=top + 2)
        if not _is_empty(cells)
    ]  # fmt: skip
    return ([] if faults else rows), faults


_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[:：时](\d{1,2})分?(?:[:：](\d{1,2}))?)?"
)


def moment(value: Any, *, is_end: bool = False) -> datetime | None:
    """A moment as written in a cell, in the site's zone; a day alone means its begin, or its last minute with ``is_end``."""
    if isinstance(value, datetime):
        at, has_time = value, (value.hour, value.minute) != (0, 0)
    else:
        hit = _MOMENT.fullmatch(str(value or "").strip())
        if hit is None:
            return None
        parts = [int(part) if part else 0 for part in hit.groups()]
        try:
            at, has_time = datetime(*parts), hit[4] is not None  # type: ignore[arg-type] # noqa: DTZ001
        except ValueError:
            return None
    if is_end and not has_time:
        at = at.replace(hour=23, minute=59)
    return timezone.make_aware(at)


def yes_no(text: str) -> bool | None:
    """是 and 否 (also 已响应, 已解决, 满意 and their opposites); anything else is not understood: ``ValueError``."""
    if not text:
        return None
    if text in ("是", "Y", "y", "1", "已响应", "已解决", "满意"):
        return True
    if text in ("否", "N", "n", "0", "未响应", "未解决", "不满意"):
        return False
    raise ValueError(text)


def template_csv() -> bytes:
    """An empty file to fill in, as spreadsheets in China open it without asking (UTF-8 with mark)."""
    out = io.StringIO()
    csv.writer(out).writerow([column.heading for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """The same as a workbook, with a second sheet that says what each column takes."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "工单"
    sheet.append([column.heading for column in COLUMNS])
    told = book.create_sheet("填写说明")
    told.append(["列", "必填", "怎么填"])
    for column in COLUMNS:
        told.append(
            [
                column.heading if column.code != "number" else "工单编号（列名照此）",
                "是" if column.is_needed else "",
                column.remark,
            ]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
