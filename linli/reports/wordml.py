"""Pieces of WordprocessingML in the layout of GB/T 9704-2012: the styles, and runs, paragraphs and tables as text.

All lengths are twips (1/20 pt). Type area 156 × 225 mm with 22 lines of 28 characters: pitch 579 (28.95 pt), type
size 3 (16 pt). Fonts keep their official names; a machine without them substitutes, which the file cannot help.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

PAGE = (11906, 16838)
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1588, 1474  # 37, 35, 28 and 26 mm
WIDTH = 8844  # 156 mm
PITCH = 579
# 28 characters of 16 pt on 156 mm: 15.79 pt each, so they stand a quarter of a point (5 twips) closer. A grid of
# characters (docGrid linesAndChars) would say the same, but LibreOffice and WPS read it differently than Word.
CLOSER = '<w:spacing w:val="-5"/>'
FANGSONG, KAITI, HEITI, SONGTI, BIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
LATIN = "Times New Roman"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FULL = f'<w:spacing w:line="{PITCH}" w:lineRule="exact"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="632"/>'


def clean(text: str) -> str:
    """Text that XML may hold, escaped."""
    return escape(_ILLEGAL.sub("", text))


def run(text: str, props: str = "") -> str:
    """A run; a line break in the text stays one. East Asian forms are asked for, so that “ ” … stand full width."""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{clean(part)}</w:t>' for part in text.split("\n"))
    fonts = props if props.startswith("<w:rFonts ") else f"<w:rFonts />{props}"
    asked = fonts.replace("<w:rFonts ", '<w:rFonts w:hint="eastAsia" ', 1)
    return f"<w:r><w:rPr>{asked}</w:rPr>{parts}</w:r>"


def paragraph(style: str, content: str, props: str = "") -> str:
    """A paragraph of a style with further properties (in the order of the schema)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}</w:pPr>{content}</w:p>'


def bookmark(name: str, number: int, content: str) -> str:
    """Content that links can reach."""
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def link(anchor: str, content: str) -> str:
    """A link inside the paper."""
    return f'<w:hyperlink w:anchor={quoteattr(anchor)} w:history="1">{content}</w:hyperlink>'


def field(instruction: str, shown: str, props: str = "", *, dirty: bool = False) -> str:
    """A field with what it shows until it is worked out; ``dirty`` asks Word to work it out on opening."""
    mark = ' w:dirty="true"' if dirty else ""
    head = f"<w:r><w:rPr>{props}</w:rPr>"
    return (
        f'{head}<w:fldChar w:fldCharType="begin"{mark}/></w:r>'
        f'{head}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'{head}<w:fldChar w:fldCharType="separate"/></w:r>{shown}'
        f'{head}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
    *,
    head: Sequence[str] = (),
    style: str = "ReportTable",
    name: str = "",
) -> str:
    """A table of finished cell paragraphs; the head row repeats on every page, no row is torn between pages."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    described = f"<w:tblCaption w:val={quoteattr(name)}/>" if name else ""
    first = _row(widths, head, "<w:cantSplit/><w:tblHeader/>") if head else ""
    body = "".join(_row(widths, row, "<w:cantSplit/>") for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1"/>{described}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{first}{body}</w:tbl>"
    )


def _row(widths: Sequence[int], cells: Sequence[str], props: str) -> str:
    boxes = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr>{props}</w:trPr>{boxes}</w:tr>"


def font(east: str, points: float | None = None) -> str:
    """Run properties: an East Asian font and a size."""
    size = ""
    if points:
        closer = '<w:spacing w:val="0"/>' if points < 16 else ""
        size = f'{closer}<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'
    return f'<w:rFonts w:eastAsia="{east}"/>{size}'


def _style(name: str, ident: str, paragraph_props: str, run_props: str = "", based: str = "Normal") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    follow = '<w:next w:val="Normal"/>' if name.startswith("heading") else ""
    default = ' w:default="1"' if ident == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{ident}"><w:name w:val="{name}"/>{on}{follow}<w:qFormat/>'
        f"<w:pPr>{paragraph_props}</w:pPr><w:rPr>{run_props}</w:rPr></w:style>"
    )


def _heading(level: int, east: str) -> str:
    props = f'<w:keepNext/><w:outlineLvl w:val="{level - 1}"/>'
    return _style(f"heading {level}", f"Heading{level}", props, font(east))


_SMALL = '<w:snapToGrid w:val="0"/><w:spacing w:line="320" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
_TIGHT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
_TAB = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{WIDTH}"/></w:tabs>'
_CONTENTS = '<w:snapToGrid w:val="0"/><w:spacing w:line="470" w:lineRule="exact"/>'
_EDGE = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
STYLES = f"""<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{
    FANGSONG
}"/><w:color w:val="000000"/>{CLOSER}
<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>
{
    _style(
        "Normal",
        "Normal",
        f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{_FULL}{_INDENT}<w:jc w:val="both"/>',
        based="",
    )
}
<w:style w:type="character" w:default="1" w:styleId="Character"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>
<w:style w:type="table" w:styleId="ReportTable"><w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders>{_EDGE}</w:tblBorders>{_MARGINS}</w:tblPr></w:style>
<w:style w:type="table" w:styleId="BareTable"><w:name w:val="Bare Table"/><w:basedOn w:val="TableNormal"/></w:style>
{
    _style(
        "Title",
        "Title",
        f'<w:spacing w:line="720" w:lineRule="exact"/>{_TIGHT}<w:jc w:val="center"/>',
        font(BIAOSONG, 22),
    )
}
{_style("Subtitle", "Subtitle", f'{_TIGHT}<w:jc w:val="center"/>', font(KAITI))}
{_heading(1, HEITI)}{_heading(2, KAITI)}{_heading(3, FANGSONG)}{_heading(4, FANGSONG)}
{_style("annex mark", "AnnexMark", f'<w:pageBreakBefore/>{_TIGHT}<w:jc w:val="left"/>', font(HEITI))}
{
    _style(
        "annex title",
        "AnnexTitle",
        f'<w:spacing w:before="{PITCH}" w:after="{PITCH}" w:line="720" w:lineRule="exact"/>{_TIGHT}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
        font(BIAOSONG, 22),
    )
}
{
    _style(
        "caption",
        "Caption",
        f'<w:keepNext/><w:spacing w:before="120" w:after="60" w:line="400" w:lineRule="exact"/>{_TIGHT}<w:jc w:val="center"/>',
        font(HEITI, 12),
    )
}
{_style("table head", "TableHead", f'{_SMALL}<w:jc w:val="center"/>', font(HEITI, 10.5))}
{_style("table text", "TableText", f'{_SMALL}<w:jc w:val="left"/>', font(FANGSONG, 10.5))}
{_style("note", "Note", f'{_SMALL}<w:jc w:val="both"/>', font(FANGSONG, 10.5))}
{
    _style(
        "chart",
        "Chart",
        f'<w:keepNext/><w:spacing w:line="240" w:lineRule="auto"/>{_TIGHT}<w:jc w:val="center"/>',
    )
}
{_style("cover line", "CoverLine", f'{_TIGHT}<w:jc w:val="left"/>')}
{
    _style(
        "contents head",
        "ContentsHead",
        f'<w:pageBreakBefore/><w:spacing w:after="{PITCH}"/>{_TIGHT}<w:jc w:val="center"/>',
        font(HEITI, 22),
    )
}
{_style("toc 1", "TOC1", f'{_TAB}{_CONTENTS}{_TIGHT}<w:jc w:val="left"/>', font(FANGSONG, 14))}
{
    _style(
        "toc 2",
        "TOC2",
        f'{_TAB}{_CONTENTS}<w:ind w:left="560" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>',
        font(FANGSONG, 14),
    )
}
{
    _style(
        "footer",
        "Footer",
        f'<w:snapToGrid w:val="0"/><w:spacing w:line="280" w:lineRule="exact"/>{_TIGHT}',
        font(SONGTI, 14),
    )
}
</w:styles>"""

FONT_TABLE = (
    f"<w:fonts {NAMESPACES}>"
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
        for name, other, family in (
            (FANGSONG, "仿宋", "modern"),
            (KAITI, "楷体", "modern"),
            (HEITI, "SimHei", "modern"),
            (SONGTI, "SimSun", "auto"),
            (BIAOSONG, "小标宋体", "auto"),
        )
    )
    + f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font></w:fonts>'
)
