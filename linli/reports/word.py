"""The report as a Word file in the layout of GB/T 9704-2012, with native styles, tables, charts, links and contents.

The tree is the only input: no database, no clock. The same tree gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from linli.reports import wordml as ml
from linli.reports.packing import same_bytes
from linli.reports.pdf import heading_pages
from linli.reports.tree import (
    Annex,
    AnnexRef,
    Block,
    Cell,
    ChartBlock,
    Document,
    Gaps,
    Heading,
    Listing,
    Paragraph,
    Runs,
    Table,
)
from linli.reports.wordcharts import chart_run

FORM = "docx"
_RAISED = '<w:sz w:val="26"/><w:vertAlign w:val="superscript"/>'
_STRONG = {"body": '<w:rFonts w:eastAsia="黑体"/>', "cell": "<w:b/>"}
# A short report needs no table of contents.
_LONG = 8


def render(document: Document) -> bytes:
    """The tree as the bytes of a .docx."""
    return _Paper(document).finished()


class _Paper:
    """One file while it is being written: its parts, and the numbers given to bookmarks, tables and charts."""

    def __init__(self, document: Document) -> None:
        self.tree = document
        self.file = _empty_file(document)
        self.marks = self.tables = self.charts = self.heads = 0
        self.numbers = {known.ref: known.number for known in document.references}

    def finished(self) -> bytes:
        from docx.enum.section import WD_SECTION

        headings = [block for block in self.tree.blocks if isinstance(block, Heading) and block.level < 3]
        self._append("".join(_cover(self.tree)))
        if len(headings) > _LONG:
            self._append(_contents(self.tree, headings))
        _lay_page(self.file.sections[0])
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        _lay_page(section)
        _number_pages(self.file, section)
        body = [ml.paragraph("Title", ml.run(self.tree.title), '<w:spacing w:after="579"/>')]
        body += [self._block(block) for block in self.tree.blocks]
        body += _annex_note(self.tree)
        body += _signature(self.tree)
        body += [self._annex(annex) for annex in self.tree.annexes]
        self._append("".join(body))
        out = io.BytesIO()
        self.file.save(out)
        return same_bytes(out.getvalue(), self.tree.made_on)

    def _append(self, xml: str) -> None:
        from docx.oxml import parse_xml

        last = self.file.element.body.sectPr
        for element in list(parse_xml(f"<w:body {ml.NAMESPACES}>{xml}</w:body>")):
            last.addprevious(element)

    def _mark(self, name: str, content: str) -> str:
        self.marks += 1
        return ml.bookmark(name, self.marks, content)

    def _block(self, block: Block) -> str:
        writers: dict[type[Any], Callable[[Any], str]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Listing: self._listing,
            Table: self._table,
            ChartBlock: self._chart,
            Gaps: self._gaps,
            AnnexRef: self._annex_line,
        }
        return writers[type(block)](block)

    def _heading(self, block: Heading) -> str:
        text = ml.run(f"{block.number}{block.text}")
        if block.level < 3:
            self.heads += 1
            text = self._mark(f"_Toc{self.heads:04d}", text)
        return ml.paragraph(f"Heading{block.level}", text)

    def _runs(self, runs: Runs, place: str = "body") -> str:
        return "".join(
            ml.run(run.text, _STRONG[place] if run.strong else "") + self._raised(run.ref) for run in runs
        )

    def _raised(self, ref: str) -> str:
        number = self.numbers.get(ref, "")
        # A zero-width space lets a narrow cell break before the mark and not inside the figure.
        return ml.run("\u200b") + ml.link(f"ref_{number}", ml.run(f"[{number}]", _RAISED)) if number else ""

    def _paragraph(self, block: Paragraph) -> str:
        style = {"note": "Note"}.get(block.style, "Normal")
        return ml.paragraph(style, self._runs(block.runs))

    def _listing(self, block: Listing) -> str:
        return "".join(
            ml.paragraph("Normal", ml.run(f"（{at}）") + self._runs(item))
            for at, item in enumerate(block.items, start=1)
        )

    def _gaps(self, block: Gaps) -> str:
        return "".join(
            ml.paragraph(
                "Normal", ml.run(f"{at}. {gap.text}") + (ml.run(f"（{gap.refs}）") if gap.refs else "")
            )
            for at, gap in enumerate(block.gaps, start=1)
        )

    def _table(self, block: Table) -> str:
        self.tables += 1
        widths = _widths([column.width for column in block.columns])
        head = [ml.paragraph("TableHead", ml.run(column.title)) for column in block.columns]
        sides = [column.align for column in block.columns]
        rows = [[self._cell(cell, side) for cell, side in zip(row, sides, strict=True)] for row in block.rows]
        caption = ml.paragraph("Caption", ml.run(f"{self.tree.words['table']}{self.tables} {block.caption}"))
        note = ml.paragraph("Note", ml.run(block.note)) if block.note else ml.paragraph("Note", "")
        return caption + ml.table(widths, rows, head=head, name=block.caption) + note

    def _cell(self, cell: Cell, side: str) -> str:
        text = ml.run(cell.text, _STRONG["cell"] if cell.strong else "")
        if cell.form == "anchor":
            text = self._mark(f"ref_{cell.text}", text)
        return ml.paragraph("TableText", text + self._raised(cell.ref), f'<w:jc w:val="{side}"/>')

    def _chart(self, block: ChartBlock) -> str:
        self.charts += 1
        drawn = chart_run(self.file.part, block, self.charts, self.tree.made_on)
        caption = ml.run(f"{self.tree.words['chart']}{self.charts} {block.caption}")
        return ml.paragraph("Chart", drawn) + ml.paragraph("Caption", caption, '<w:keepNext w:val="0"/>')

    def _annex_line(self, block: AnnexRef) -> str:
        return ml.paragraph("Normal", ml.run(f"{block.number} {block.title}：{block.reason}"))

    def _annex(self, annex: Annex) -> str:
        self.heads += 1
        title = self._mark(f"_Toc{self.heads:04d}", ml.run(annex.title))
        head = ml.paragraph("AnnexMark", ml.run(f"{self.tree.words['annex']}{annex.number}"))
        blocks = "".join(self._block(block) for block in annex.blocks)
        return head + ml.paragraph("AnnexTitle", title) + blocks


def _empty_file(document: Document) -> Any:
    """python-docx's file with our styles and fonts, without its picture, its sample parts and its properties."""
    from docx import Document as new_file
    from docx.oxml import parse_xml

    file = new_file()
    package, part = file.part.package, file.part
    _strip(package, ("thumbnail",))
    _strip(part, ("customXml", "theme", "stylesWithEffects"))
    styles = file.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(parse_xml(ml.STYLES)):
        styles.append(child)
    ours = {"fontTable": ml.FONT_TABLE, "extended-properties": _ABOUT}
    for relation in [*part.rels.values(), *package.rels.values()]:
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ours:
            relation.target_part._blob = _with_head(ours[kind])
    _describe(file, document)
    return file


def _strip(owner: Any, kinds: tuple[str, ...]) -> None:
    """Let go of parts that python-docx's sample file brings along."""
    for ident, relation in list(owner.rels.items()):
        if relation.reltype.rsplit("/", 1)[-1] in kinds:
            del owner.rels[ident]


_ABOUT = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Linli</Application></Properties>"
)


def _with_head(xml: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()


def _describe(file: Any, document: Document) -> None:
    about = file.core_properties
    about.title = document.title.replace("\n", "")
    about.subject, about.author = document.number, document.issuer
    about.comments = about.keywords = about.last_modified_by = ""
    about.language, about.revision = "zh-CN" if document.lang == "zh" else "en", 1
    made = datetime(document.made_on.year, document.made_on.month, document.made_on.day, tzinfo=UTC)
    about.created = about.modified = made.replace(tzinfo=None)


def _lay_page(section: Any) -> None:
    from docx.oxml import parse_xml

    own = section._sectPr
    for kind in ("pgSz", "pgMar", "cols", "docGrid", "pgNumType"):
        for old in own.findall(f"{{{own.nsmap['w']}}}{kind}"):
            own.remove(old)
    xml = (
        f'<w:pgSz w:w="{ml.PAGE[0]}" w:h="{ml.PAGE[1]}"/>'
        f'<w:pgMar w:top="{ml.TOP}" w:right="{ml.RIGHT}" w:bottom="{ml.BOTTOM}" w:left="{ml.LEFT}" w:header="851" '
        'w:footer="1450" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{ml.PITCH}"/>'
    )
    for element in list(parse_xml(f"<w:sectPr {ml.NAMESPACES}>{xml}</w:sectPr>")):
        own.append(element)


def _number_pages(file: Any, section: Any) -> None:
    """Page numbers outside, — n —, odd pages right and even pages left, one character in (GB/T 9704 §7.5)."""
    file.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        from docx.oxml import parse_xml

        own = footer._element
        for child in list(own):
            own.remove(child)
        edge = f'<w:ind w:{side}="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/>'
        props = ml.font(ml.SONGTI, 14).replace("<w:rFonts ", '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" ')
        shown = f"<w:r><w:rPr>{props}</w:rPr><w:t>1</w:t></w:r>"
        dash = f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">— </w:t></w:r>'
        content = dash + ml.field("PAGE", shown, props) + dash.replace("— ", " —")
        xml = ml.paragraph("Footer", content, edge)
        for element in list(parse_xml(f"<w:ftr {ml.NAMESPACES}>{xml}</w:ftr>")):
            own.append(element)


def _cover(document: Document) -> Iterator[str]:
    yield ml.paragraph("CoverLine", ml.run(f"{document.words['number']}{document.number}"))
    yield ml.paragraph("Title", ml.run(document.title), '<w:spacing w:before="1700" w:after="300"/>')
    yield ml.paragraph("Subtitle", ml.run(document.subtitle), '<w:spacing w:after="1500"/>')
    rows = [
        [
            ml.paragraph("CoverLine", ml.run(label, ml.font(ml.HEITI)), '<w:jc w:val="distribute"/>'),
            ml.paragraph("CoverLine", ml.run(value)),
        ]
        for label, value in document.facts
    ]
    yield ml.table((2100, 6000), rows, style="BareTable")
    day = ml.run(document.words["made_on"])
    yield ml.paragraph(
        "Subtitle", day, f'<w:spacing w:before="{max(300, 4000 - 579 * len(document.facts))}"/>'
    )


def _contents(document: Document, headings: Sequence[Heading]) -> str:
    """The field of contents with its entries as they stand; Word works the page numbers out again on opening.

    Until then they are those of the same tree set in the same type area by typst.
    """
    pages = heading_pages(document)
    entries = [(f"TOC{block.level}", f"{block.number}{block.text}") for block in headings]
    entries += [
        ("TOC1", f"{document.words['annex']}{annex.number} {annex.title}") for annex in document.annexes
    ]
    lines = []
    for at, (style, text) in enumerate(entries, start=1):
        mark = f"_Toc{at:04d}"
        page = ml.field(f"PAGEREF {mark} \\h", ml.run(str(pages[at - 1])))
        lines.append((style, ml.link(mark, ml.run(text) + "<w:r><w:tab/></w:r>" + page)))
    head = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines[0] = (lines[0][0], head + lines[0][1])
    lines[-1] = (lines[-1][0], lines[-1][1] + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    title = ml.paragraph("ContentsHead", ml.run(document.words["contents"]))
    return title + "".join(ml.paragraph(style, content) for style, content in lines)


def _annex_note(document: Document) -> list[str]:
    """附件：1. … after one empty line, two characters in, further lines under the first (GB/T 9704 §7.3.4)."""
    lines = []
    for at, annex in enumerate(document.annexes):
        label = f"{document.words['annex']}：" if at == 0 else ""
        props = '<w:spacing w:before="579"/>' if at == 0 else ""
        left, hang = (1900, 1268) if at == 0 else (1900, 320)
        props += f'<w:ind w:left="{left}" w:hanging="{hang}" w:firstLineChars="0"/>'
        lines.append(ml.paragraph("Normal", ml.run(f"{label}{annex.number}. {annex.title}"), props))
    return lines


def _signature(document: Document) -> list[str]:
    """Issuer and day without a seal: the day begins two characters right of the issuer (GB/T 9704 §7.3.5)."""
    name, day = _width(document.issuer), _width(document.words["made_on"])
    name_right, day_right = (2.0, name - day) if name - day >= 2 else (day + 4 - name, 2.0)
    return [
        ml.paragraph("Normal", ml.run(text), f'{space}<w:ind w:right="{int(right * 316)}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>')
        for text, right, space in (
            (document.issuer, max(name_right, 2.0), '<w:keepNext/><w:spacing w:before="1158"/>'),
            (document.words["made_on"], day_right, ""),
        )
    ]  # fmt: skip


def _width(text: str) -> float:
    """Characters wide; a half-width sign is half of one."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def _widths(shares: Sequence[int]) -> list[int]:
    """The type area's width by shares, to the last twip."""
    whole = sum(shares)
    widths = [ml.WIDTH * share // whole for share in shares]
    widths[-1] += ml.WIDTH - sum(widths)
    return widths
