"""The rectification notice (整改通知书) as a Word file, in the type area and with the fonts of our other papers."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from linli.reports import wordml as ml
from linli.reports.packing import same_bytes
from linli.reports.tree import Document
from linli.reports.word import empty_file, lay_page, number_pages

WIDTHS = (700, 5400, ml.WIDTH - 6100)


@dataclass(frozen=True)
class NoticePaper:
    """What stands in the notice: to whom, the faults as (line, what was seen), the demand, the last day, by whom."""

    number: str
    body: str
    inspected_on: date
    faults: Sequence[tuple[str, str]]
    demand: str
    due_on: date
    issuer: str
    issued_on: date


def word(paper: NoticePaper) -> bytes:
    """The notice as the bytes of a .docx; the same notice gives the same bytes."""
    from docx.oxml import parse_xml

    file = empty_file(_described(paper))
    section = file.sections[0]
    lay_page(section)
    number_pages(file, section)
    last = file.element.body.sectPr
    for element in list(parse_xml(f"<w:body {ml.NAMESPACES}>{''.join(_body(paper))}</w:body>")):
        last.addprevious(element)
    out = io.BytesIO()
    file.save(out)
    return same_bytes(out.getvalue(), paper.issued_on)


def _described(paper: NoticePaper) -> Document:
    return Document(
        outline="rectification", lang="zh", title="整改通知书", subtitle="", number=paper.number, issuer=paper.issuer,
        made_on=paper.issued_on, facts=(), blocks=(), annexes=(), references=(), gaps=(), words={},
    )  # fmt: skip


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _text(text: str, props: str = "") -> str:
    return ml.paragraph("Normal", ml.run(text, ml.font(ml.FANGSONG, 16)), props)


def _body(paper: NoticePaper) -> Iterator[str]:
    flush = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    yield ml.paragraph("Title", ml.run("整改通知书"), '<w:spacing w:before="120" w:after="120"/>')
    right = f'<w:spacing w:after="160"/>{flush}<w:jc w:val="right"/>'
    yield ml.paragraph("TableText", ml.run(f"编号：{paper.number}", ml.font(ml.FANGSONG, 12)), right)
    yield _text(f"{paper.body}：", flush)
    yield _text(f"{_day(paper.inspected_on)}检查发现你单位存在下列问题：")
    head = [ml.paragraph("TableHead", ml.run(cell)) for cell in ("序号", "检查项", "看到的问题")]
    rows = [
        [ml.paragraph("TableText", ml.run(cell)) for cell in (str(at), line, seen)]
        for at, (line, seen) in enumerate(paper.faults, start=1)
    ]
    yield ml.table(WIDTHS, rows, head=head, name="存在的问题")
    yield _text(f"整改要求：{paper.demand}", '<w:spacing w:before="160"/>')
    yield _text(
        f"请于{_day(paper.due_on)}前完成整改并书面答复。届时将进行复查；复查由不属于被检查单位的人员进行。"
    )
    yield _text("对本通知有异议的，可以在整改期限内向本单位或者街道办事处提出。")
    for text, space in ((paper.issuer, 600), (_day(paper.issued_on), 0)):
        props = f'<w:keepNext/><w:spacing w:before="{space}"/><w:ind w:right="632" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
        yield _text(text, props)
