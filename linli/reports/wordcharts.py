"""A native, editable chart in a Word file: the chart's own part with the workbook that holds its numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from linli.reports.packing import same_bytes
from linli.reports.tree import ChartBlock
from linli.reports.wordml import FANGSONG, WIDTH, clean

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU = 635  # in a twip
# Dark enough for a copier in black and white; told apart by shade as well as by colour.
_FILLS = ("0F5E5B", "C77B45", "D9D5CC", "456B82", "8A5A00", "7A4B73")


def chart_run(part: Any, chart: ChartBlock, number: int, made_on: date) -> str:
    """Put the chart's parts beside a document part and return the run that shows it in the text."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml, workbook = _chart_xml(chart), _workbook(chart)
    package = part.package
    own = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, xml, package)
    book = same_bytes(workbook, made_on)
    data = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _SHEET, book, package)
    own.relate_to(data, RELATIONSHIP_TYPE.PACKAGE)
    ident = part.relate_to(own, RELATIONSHIP_TYPE.CHART)
    rows = len(chart.categories) * (1 if chart.kind == "stacked" else len(chart.lines))
    size = f'cx="{WIDTH * _EMU}" cy="{(1100 + 420 * rows) * _EMU}"'
    alt = clean(_read_out(chart)).replace('"', "&quot;")
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="chart {number}" descr="{alt}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{ident}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def _data(chart: ChartBlock) -> Any:
    from pptx.chart import data as given

    data: Any = given.CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = list(chart.categories)
    for line in chart.lines:
        data.add_series(line.name, [float(Decimal(value)) if value else None for value in line.values])
    return data


def _kind(chart: ChartBlock) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE

    return XL_CHART_TYPE.BAR_STACKED if chart.kind == "stacked" else XL_CHART_TYPE.BAR_CLUSTERED


def _workbook(chart: ChartBlock) -> bytes:
    from pptx.chart.xlsx import CategoryWorkbookWriter

    blob: bytes = CategoryWorkbookWriter(_data(chart)).xlsx_blob  # type: ignore[no-untyped-call]
    return blob


def _chart_xml(chart: ChartBlock) -> bytes:
    """python-pptx's chart XML with our fonts and fills, categories from the top, values written, and its workbook."""
    from lxml import etree
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.oxml.ns import qn

    written: Any = ChartXmlWriter(_kind(chart), _data(chart))  # type: ignore[no-untyped-call]
    root = etree.fromstring(written.xml.encode())
    for at, series in enumerate(root.iter(qn("c:ser"))):
        for kind in ("c:spPr", "c:invertIfNegative", "c:dLbls"):
            for old in series.findall(qn(kind)):
                series.remove(old)
        fill = f"<c:spPr>{_fill(_FILLS[at % len(_FILLS)])}</c:spPr>"
        for piece in (_LABELS, '<c:invertIfNegative val="0"/>', fill):
            series.find(qn("c:tx")).addnext(_element(piece))
    next(root.iter(qn("c:autoTitleDeleted"))).set("val", "1")
    axis = next(root.iter(qn("c:catAx")))
    axis.find(qn("c:scaling")).find(qn("c:orientation")).set("val", "maxMin")
    plot = next(root.iter(qn("c:plotArea")))
    if len(chart.lines) > 1 and root.find(f".//{qn('c:legend')}") is None:
        plot.addnext(_element('<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'))
    for old in root.findall(qn("c:txPr")):
        root.remove(old)
    root.find(qn("c:chart")).addnext(_element(_TEXT))
    root.append(_element('<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'))
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _element(xml: str) -> Any:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    name = xml[1:].replace(">", " ").replace("/", " ").split(" ", 1)[0]
    return parse_xml(xml.replace(f"<{name}", f"<{name} {nsdecls('c', 'a', 'r')}", 1))


def _fill(colour: str) -> str:
    return (
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        '<a:ln w="6350"><a:solidFill><a:srgbClr val="333333"/></a:solidFill></a:ln>'
    )


def _read_out(chart: ChartBlock) -> str:
    rows = (
        f"{name} " + " ".join(f"{line.name} {line.values[at] or '—'}{chart.unit}" for line in chart.lines)
        for at, name in enumerate(chart.categories)
    )
    return f"{chart.caption}: {'; '.join(rows)}"


_LABELS = (
    '<c:dLbls><c:numFmt formatCode="General" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr><c:showLegendKey val="0"/>'
    '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    "</c:dLbls>"
)
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1050"><a:latin typeface="Times New Roman"/>'
    f'<a:ea typeface="{FANGSONG}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)
