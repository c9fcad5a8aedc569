"""The case file of a mediation (卷宗) as one PDF: cover, index, chapters with papers and photos as pages, back cover.

Page numbers run from the first chapter to the last, papers of others included; the index names the page on which each
chapter begins. Cover, index and back cover bear no number, as in paper archives.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from linli.ground.said import Said
from linli.mediation.filing import Attached, CaseFile, FileChapter
from linli.mediation.papers import Part, chinese_day

TEMPLATE = "mediation.typ"
A4 = (595.276, 841.89)  # points
EDGE = 34.0  # points left round a paper of others, so that the page number stands clear
MOST_PAGES = 400
FORMS = {"pdf": "编入", "photo": "照片编入", "other": "原件另存，只列校验值"}


@dataclass(frozen=True)
class _Laid:
    """A chapter laid out: its own pages, those behind it with their titles, and where it begins."""

    chapter: FileChapter
    own: tuple[Any, ...]
    behind: tuple[tuple[Attached, tuple[Any, ...]], ...]
    first: int

    @property
    def pages(self) -> int:
        return len(self.own) + sum(len(pages) for _paper, pages in self.behind)


def render(file: CaseFile) -> bytes:
    """The whole file as the bytes of one PDF.

    Raises ``Said``: ``mediation.file_too_long``, ``mediation.paper_unreadable`` (a locked or broken paper, by title).
    """
    from pypdf import PdfReader, PdfWriter

    behind = [tuple((one, _pages_of(one)) for one in chapter.attached) for chapter in file.chapters]
    laid = _settled(file, behind)
    total = sum(one.pages for one in laid)
    if total > MOST_PAGES:
        raise Said("mediation.file_too_long", most=MOST_PAGES)
    writer = PdfWriter()
    for page in _read(_set(file, "cover", facts=[list(row) for row in file.facts], pages=total)):
        writer.add_page(page)
    index = _read(_set(file, "index", rows=_index_rows(laid)))
    for page in index:
        writer.add_page(page)
    first = len(writer.pages)
    _add_body(writer, laid)
    _number(writer, first, _read(_set(file, "numbers", lines=_captions(laid))))
    for page in _read(_set(file, "back", made_on=chinese_day(file.made_on))):
        writer.add_page(page)
    _outline(writer, laid, first)
    _describe(writer, file)
    out = io.BytesIO()
    writer.write(out)
    assert PdfReader(io.BytesIO(out.getvalue())).pages
    return out.getvalue()


def _settled(file: CaseFile, behind: Sequence[tuple[tuple[Attached, tuple[Any, ...]], ...]]) -> list[_Laid]:
    """Chapters with their first pages. The slips name pages, so the chapters are set twice: pages do not depend on digits."""
    firsts: list[int] = [1] * len(file.chapters)
    owns: list[tuple[Any, ...]] = [()] * len(file.chapters)
    for _ in range(2):
        content = _set(file, "chapters", chapters=_plain_chapters(file, behind, firsts, owns))
        starts = _starts(file, behind, firsts, owns)
        pages = _read(content)
        ends = [*(start - 1 for start in starts[1:]), len(pages)]
        owns = [tuple(pages[start - 1 : end]) for start, end in zip(starts, ends, strict=True)]
        at = 1
        for number, own in enumerate(owns):
            firsts[number] = at
            at += len(own) + sum(len(pages_) for _paper, pages_ in behind[number])
    return [
        _Laid(chapter, own, attached, first)
        for chapter, own, attached, first in zip(file.chapters, owns, behind, firsts, strict=True)
    ]


def _plain_chapters(
    file: CaseFile, behind: Any, firsts: Sequence[int], owns: Sequence[Any]
) -> list[dict[str, Any]]:
    return [
        {
            "title": chapter.title,
            "papers": [_plain_paper(paper) for paper in chapter.papers],
            "slips": _slips(behind[at], firsts[at] + len(owns[at])),
            "hashes": _hashes(file) if chapter.code == "remarks" else [],
        }
        for at, chapter in enumerate(file.chapters)
    ]


def _plain_paper(paper: Any) -> dict[str, Any]:
    parts = [_plain_part(part) for part in paper.parts]
    return {
        "title": paper.title,
        "number": paper.number,
        "issuer": paper.issuer,
        "day": paper.day,
        "parts": parts,
    }


def _plain_part(part: Part) -> dict[str, Any]:
    rows = [list(row) for row in part.rows]
    return {
        "kind": part.kind,
        "heading": part.heading,
        "rows": rows,
        "head": list(part.head),
        "widths": list(part.widths),
    }


def _slips(behind: Sequence[tuple[Attached, Sequence[Any]]], first: int) -> list[list[str]]:
    rows, at = [], first
    for number, (paper, pages) in enumerate(behind, start=1):
        span = "—" if not pages else str(at) if len(pages) == 1 else f"{at}-{at + len(pages) - 1}"
        rows.append([str(number), paper.title, FORMS[paper.form], span])
        at += len(pages)
    return rows


def _hashes(file: CaseFile) -> list[list[str]]:
    """Every paper handed in by its bytes, and of each chapter the digest of what we made."""
    rows = []
    for chapter in file.chapters:
        if chapter.papers and chapter.code != "remarks":
            rows.append([f"{chapter.title}（本卷制作的文书）", chapter.digest])
        rows += [[f"{chapter.title}：{paper.title}", paper.sha256] for paper in chapter.attached]
    return rows


def _index_rows(laid: Sequence[_Laid]) -> list[list[str]]:
    return [
        [str(number), one.chapter.title, str(one.first), str(one.pages)]
        for number, one in enumerate(laid, start=1)
    ]


def _captions(laid: Sequence[_Laid]) -> list[str]:
    """The line at the foot of each numbered page: the title of a paper of others."""
    lines: list[str] = []
    for one in laid:
        lines += [""] * len(one.own)
        for paper, pages in one.behind:
            lines += [
                paper.title if len(pages) == 1 else f"{paper.title}（{at + 1}/{len(pages)}）"
                for at in range(len(pages))
            ]
    return lines


def _pages_of(paper: Attached) -> tuple[Any, ...]:
    """The pages of a paper handed in: those of a PDF, one for a photo, none for what cannot be a page."""
    if paper.form == "other":
        return ()
    content = _photo(paper) if paper.form == "photo" else paper.content
    try:
        return tuple(_read(content))
    except Exception as fault:  # pypdf raises many kinds for a broken or locked file
        raise Said("mediation.paper_unreadable", name=paper.title) from fault


def _photo(paper: Attached) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(paper.content)) as picture:
        plain = picture.convert("RGB")
        plain.thumbnail((1800, 1800))
        plain.save(out, "PDF", resolution=150.0, quality=82)
    return out.getvalue()


def _read(content: bytes) -> list[Any]:
    from pypdf import PdfReader

    return list(PdfReader(io.BytesIO(content)).pages)


def _add_body(writer: Any, laid: Sequence[_Laid]) -> None:
    for one in laid:
        for page in one.own:
            writer.add_page(page)
        for _paper, pages in one.behind:
            for page in pages:
                _add_fitted(writer, page)


def _add_fitted(writer: Any, page: Any) -> None:
    """A page of others on a page of ours: upright, whole, shrunk to fit and never stretched."""
    from pypdf import Transformation

    if page.rotation:
        page.transfer_rotation_to_content()
    box = page.cropbox
    width, height = float(box.width) or 1.0, float(box.height) or 1.0
    scale = min((A4[0] - 2 * EDGE) / width, (A4[1] - 2 * EDGE - 14) / height)
    blank = writer.add_blank_page(*A4)
    left = (A4[0] - width * scale) / 2 - float(box.left) * scale
    bottom = (A4[1] + 14 - height * scale) / 2 - float(box.bottom) * scale
    blank.merge_transformed_page(page, Transformation().scale(scale).translate(left, bottom))


def _number(writer: Any, first: int, slips: Sequence[Any]) -> None:
    for at, slip in enumerate(slips):
        writer.pages[first + at].merge_page(slip)


def _outline(writer: Any, laid: Sequence[_Laid], first: int) -> None:
    for one in laid:
        writer.add_outline_item(title=one.chapter.title, page_number=first + one.first - 1)


def _describe(writer: Any, file: CaseFile) -> None:
    """What the PDF says of itself: the number, no person."""
    stamp = f"D:{file.made_on:%Y%m%d}000000Z"
    writer.add_metadata(
        {
            "/Title": f"{file.title} {file.number}", "/Author": file.issuer, "/Creator": "Linli", "/Producer": "Linli",
            "/CreationDate": stamp, "/ModDate": stamp,
        }
    )  # fmt: skip


def _inputs(file: CaseFile, what: str, more: dict[str, Any]) -> dict[str, str]:
    day: date = file.made_on
    tree = {
        "what": what,
        "title": file.title,
        "issuer": file.issuer,
        "day": [day.year, day.month, day.day],
        **more,
    }
    return {"tree": json.dumps(tree, ensure_ascii=False)}


def _fonts() -> list[bytes | str]:
    import pylopdf_fonts_zh_cn

    return [str(pylopdf_fonts_zh_cn.serif_path().parent)]


def _set(file: CaseFile, what: str, **more: Any) -> bytes:
    """One part of the file set by typst; a font that is not there is a fault and never an empty box."""
    import typst

    made = datetime(file.made_on.year, file.made_on.month, file.made_on.day, tzinfo=UTC)
    content, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
        files("linli.reports").joinpath(TEMPLATE).read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=_inputs(file, what, more),
        timestamp=made,
    )
    missing = [str(warning) for warning in warnings if "font" in str(warning)]
    if missing:
        raise RuntimeError(missing[0])
    assert isinstance(content, bytes)
    return content


def _starts(file: CaseFile, behind: Any, firsts: Sequence[int], owns: Sequence[Any]) -> list[int]:
    """The page of the set chapters on which each begins."""
    import typst

    more = {"chapters": _plain_chapters(file, behind, firsts, owns)}
    found = typst.query(  # type: ignore[misc]
        files("linli.reports").joinpath(TEMPLATE).read_bytes(),
        "<starts>",
        field="value",
        one=True,
        font_paths=[str(one) for one in _fonts()],
        ignore_system_fonts=True,
        sys_inputs=_inputs(file, "chapters", more),
    )
    pages: list[int] = json.loads(found)
    return pages
