"""Text, with places, out of papers that others wrote: .txt, .docx, .xlsx and .pdf that holds text.

Faults are ``Said("reading.<fault>", file=)``: no such kind of file, damaged, protected, scanned without text, empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from linli.ground.said import Said
from linli.reports.paper import Line, Paper, Place, Table, heading_of, narrow

_MOST_BYTES = 64 * 1024 * 1024
_MOST_CELLS = 400_000
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–]?\s*\d{1,4}\s*[-—–]?|第\s*\d+\s*页(?:\s*[,/]?\s*共\s*\d+\s*页)?)\s*")
_TERMINAL = tuple("。；;：:！!？?")


def read(path: Path, *, headings: tuple[str, ...] = ()) -> Paper:
    """The paper in the file. ``headings`` are words that make a short unnumbered line a heading."""
    name = str(path)
    if not path.exists():
        raise Said("reading.no_file", file=name)
    if not path.is_file():
        raise Said("reading.not_a_file", file=name)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Said("reading.unknown_kind", file=name, known=", ".join(_READERS))
    if path.stat().st_size > _MOST_BYTES:
        raise Said("reading.too_large", file=name)
    lines, tables = reader(path)
    if not any(line.text.strip() for line in lines) and not any(any(row) for t in tables for row in t.rows):
        raise Said("reading.no_text", file=name)
    return Paper(path.name, tuple(lines), tuple(tables), headings)


def _read_txt(path: Path) -> tuple[list[Line], list[Table]]:
    text = _decoded(path)
    lines: list[Line] = []
    tables: list[Table] = []
    rows: list[tuple[str, ...]] = []
    for number, content in enumerate([*text.splitlines(), ""], 1):
        cells = _cells(content)
        if len(cells) > 2:
            if any(set(cell) - set("-: ") for cell in cells):
                rows.append(cells)
            continue
        if len(rows) > 1:
            tables.append(Table(f"#{len(tables) + 1}", tuple(rows), len(lines)))
        elif rows:
            lines.append(Line(" ".join(rows[0]), Place("line", number - 1)))
        rows = []
        if content.strip():
            lines.append(Line(content, Place("line", number)))
    return lines, tables


def _cells(content: str) -> tuple[str, ...]:
    for sign in ("\t", "|", "｜", "│"):
        if content.strip().count(sign) > 1:
            return tuple(cell.strip() for cell in content.strip().strip(sign).split(sign))
    return ()


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Said("reading.not_text", file=str(path))


def _read_docx(path: Path) -> tuple[list[Line], list[Table]]:
    import docx
    from docx.table import Table as WordTable

    _refuse_protected(path)
    try:
        document = docx.Document(str(path))
    except Exception as fault:  # the library lets zip, XML and key errors through
        raise Said("reading.damaged", file=str(path)) from fault
    lines: list[Line] = []
    tables: list[Table] = []
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            tables.append(Table(f"#{len(tables) + 1}", tuple(_word_rows(block)), len(lines)))
        elif block.text.strip():
            lines.append(Line(block.text, Place("paragraph", len(lines) + 1), _style_level(block)))
    return lines, tables


def _style_level(paragraph: Any) -> int:
    name = str(paragraph.style.name if paragraph.style is not None else "")
    found = re.fullmatch(r"(?:Heading|heading|标题)\s*(\d)", name)
    return int(found.group(1)) if found else 0


def _word_rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        seen: set[Any] = set()
        cells: list[str] = []
        for cell in row.cells:
            cells.append("" if cell._tc in seen else cell.text.strip())
            seen.add(cell._tc)
        yield tuple(cells)


def _read_xlsx(path: Path) -> tuple[list[Line], list[Table]]:
    import openpyxl

    _refuse_protected(path)
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception as fault:
        raise Said("reading.damaged", file=str(path)) from fault
    tables = []
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise Said("reading.too_large", file=str(path))
        rows = tuple(tuple(_cell(cell) for cell in row) for row in sheet.iter_rows())
        tables.append(Table(sheet.title, rows))
    return [], tables


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return f"{value * 100:.10g}%"
    return f"{value:.12g}" if isinstance(value, float) else str(value).strip()


def _read_pdf(path: Path) -> tuple[list[Line], list[Table]]:
    import pypdf

    try:
        document = pypdf.PdfReader(path)
        if document.is_encrypted and not document.decrypt(""):
            raise Said("reading.protected", file=str(path))
        pages = [page.extract_text() or "" for page in document.pages]
    except Said:
        raise
    except Exception as fault:
        raise Said("reading.damaged", file=str(path)) from fault
    lines: list[Line] = []
    for number, page in enumerate(pages, 1):
        for text in page.splitlines():
            if text.strip() and not _PAGE_NUMBER.fullmatch(text):
                _join(lines, Line(text.strip(), Place("page", number)))
    return lines, []


def _join(lines: list[Line], line: Line) -> None:
    """A line of print that goes on with the sentence before is put behind it."""
    before = lines[-1].text if lines else ""
    opens = heading_of(line, ())[1] or narrow(line.text).startswith(("附件", "附表"))
    if before and len(before) > 18 and not before.endswith(_TERMINAL) and not opens:
        lines[-1] = Line(before + line.text, lines[-1].place)
    else:
        lines.append(line)


def _refuse_protected(path: Path) -> None:
    """Office files with a password are no zip archives but old compound files."""
    with path.open("rb") as file:
        if file.read(4) == b"\xd0\xcf\x11\xe0":
            raise Said("reading.protected", file=str(path))


_READERS: dict[str, Callable[[Path], tuple[list[Line], list[Table]]]] = {
    ".txt": _read_txt,
    ".md": _read_txt,
    ".docx": _read_docx,
    ".xlsx": _read_xlsx,
    ".pdf": _read_pdf,
}
