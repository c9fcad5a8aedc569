"""The official papers of people's mediation as Word files, in the type area and with the fonts of our other papers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from linli.mediation.papers import OfficialPaper, Part
from linli.reports import wordml as ml
from linli.reports.packing import same_bytes
from linli.reports.tree import Document
from linli.reports.word import empty_file, lay_page, number_pages

FIELDS = (2200, ml.WIDTH - 2200)
SIGNATURES = (3300, ml.WIDTH - 3300)
_TIGHT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def word(paper: OfficialPaper, *, made_on: date) -> bytes:
    """The paper as the bytes of a .docx; the same paper on the same day gives the same bytes."""
    from docx.oxml import parse_xml

    file = empty_file(_described(paper, made_on))
    section = file.sections[0]
    lay_page(section)
    number_pages(file, section)
    last = file.element.body.sectPr
    for element in list(parse_xml(f"<w:body {ml.NAMESPACES}>{''.join(_body(paper))}</w:body>")):
        last.addprevious(element)
    out = io.BytesIO()
    file.save(out)
    return same_bytes(out.getvalue(), made_on)


def _described(paper: OfficialPaper, made_on: date) -> Document:
    """What the file says of itself: no person's name."""
    return Document(
        outline=paper.code, lang="zh", title=paper.title, subtitle="", number=paper.number, issuer=paper.issuer,
        made_on=made_on, facts=(), blocks=(), annexes=(), references=(), gaps=(), words={},
    )  # fmt: skip


def _body(paper: OfficialPaper) -> Iterator[str]:
    yield ml.paragraph("Title", ml.run(paper.title), '<w:spacing w:before="120" w:after="120"/>')
    right = f'<w:spacing w:after="160"/>{_TIGHT}<w:jc w:val="right"/>'
    yield ml.paragraph("TableText", ml.run(f"编号：{paper.number}", ml.font(ml.FANGSONG, 12)), right)
    for part in paper.parts:
        yield from _part(part)
    yield from _closing(paper)


def _part(part: Part) -> Iterator[str]:
    if part.heading:
        keep = f'<w:keepNext/><w:spacing w:before="120"/>{_TIGHT}'
        yield ml.paragraph("Normal", ml.run(part.heading, ml.font(ml.HEITI, 14)), keep)
    if part.kind in ("text", "note"):
        yield from (ml.paragraph("Normal", ml.run(row[0], ml.font(ml.FANGSONG, 14))) for row in part.rows)
    elif part.kind == "terms":
        yield from (
            ml.paragraph("Normal", ml.run(f"{number}. {row[0]}", ml.font(ml.FANGSONG, 14)))
            for number, row in enumerate(part.rows, start=1)
        )
    elif part.kind == "table":
        yield _table(part)
    else:
        yield _pairs(part)


def _table(part: Part) -> str:
    shares = part.widths or tuple(1 for _ in part.head)
    widths = [ml.WIDTH * share // sum(shares) for share in shares]
    widths[-1] += ml.WIDTH - sum(widths)
    head = [ml.paragraph("TableHead", ml.run(cell)) for cell in part.head]
    rows = [[ml.paragraph("TableText", ml.run(cell)) for cell in row] for row in part.rows]
    return ml.table(widths, rows, head=head, name=part.heading)


def _pairs(part: Part) -> str:
    """Two columns: labels and what stands there; signatures have room for a hand."""
    signing = part.kind == "signatures"
    high = '<w:spacing w:before="200" w:after="200"/>' if signing else ""
    rows = [
        [
            ml.paragraph("TableText", ml.run(label, ml.font(ml.HEITI, 10.5)), high),
            ml.paragraph("TableText", ml.run(value), high),
        ]
        for label, value in part.rows
    ]
    return ml.table(SIGNATURES if signing else FIELDS, rows, name="签名" if signing else "")


def _closing(paper: OfficialPaper) -> Iterator[str]:
    if not paper.issuer:
        return
    for text, space in ((paper.issuer, 360), (paper.day, 0)):
        props = f'<w:keepNext/><w:spacing w:before="{space}"/><w:ind w:right="632" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
        yield ml.paragraph("Normal", ml.run(text, ml.font(ml.FANGSONG, 14)), props)
