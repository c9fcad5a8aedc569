"""The report as a PDF, set by typst from our own template, in the same type area, with the packaged open fonts.

FangSong, KaiTi and XiaoBiaoSong are stood for by a Song face, Hei by a sans face. A font that is not there is a
fault here and never an empty box.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files

from linli.ground.charts import Caption, Chart, Series, bars, stacked
from linli.reports.tree import ChartBlock, Document, to_plain

FORM = "pdf"
TEMPLATE = "report.typ"


def render(document: Document) -> bytes:
    """The tree as the bytes of a .pdf. Raises ``RuntimeError`` for a font that is not there."""
    import pylopdf_fonts_zh_cn
    import typst

    made = datetime(document.made_on.year, document.made_on.month, document.made_on.day, tzinfo=UTC)
    template: bytes | str = files("linli.reports").joinpath(TEMPLATE).read_bytes()
    fonts: list[bytes | str] = [str(pylopdf_fonts_zh_cn.serif_path().parent)]
    content, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
        template,
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=_inputs(document),
        timestamp=made,
    )
    missing = [str(warning) for warning in warnings if "font" in str(warning)]
    if missing:
        raise RuntimeError(missing[0])
    assert isinstance(content, bytes)
    return content


def heading_pages(document: Document) -> list[int]:
    """The page on which each heading of level 1 and 2 and each annex begins, in the order of the contents."""
    import pylopdf_fonts_zh_cn
    import typst

    found = typst.query(  # type: ignore[misc]
        files("linli.reports").joinpath(TEMPLATE).read_bytes(),
        "<pages>",
        field="value",
        one=True,
        font_paths=[str(pylopdf_fonts_zh_cn.serif_path().parent)],
        ignore_system_fonts=True,
        sys_inputs=_inputs(document),
    )
    pages: list[int] = json.loads(found)
    return pages


def _inputs(document: Document) -> dict[str, str]:
    tree = to_plain(document)
    drawn = [chart_of(block, f"chart-{at}").svg for at, block in enumerate(_charts(document))]
    tree["charts"] = [svg.replace('font-family="sans-serif"', 'font-family="Noto Sans SC"') for svg in drawn]
    tree["day"] = [document.made_on.year, document.made_on.month, document.made_on.day]
    return {"tree": json.dumps(tree, ensure_ascii=False)}


def _charts(document: Document) -> list[ChartBlock]:
    every = (document.blocks, *(annex.blocks for annex in document.annexes))
    return [block for blocks in every for block in blocks if isinstance(block, ChartBlock)]


def chart_of(chart: ChartBlock, ident: str) -> Chart:
    """The chart as SVG with its table; bars beside each other stand under each other, named by category and series."""
    caption = Caption(chart.caption, unit=chart.unit, ident=ident)
    if chart.kind == "stacked":
        series = [Series(line.name, tuple(_number(value) for value in line.values)) for line in chart.lines]
        return stacked(caption, chart.categories, series)
    names = [f"{category} · {line.name}" for category in chart.categories for line in chart.lines]
    values = [_number(line.values[row]) for row in range(len(chart.categories)) for line in chart.lines]
    return bars(caption, names, values)


def _number(text: str) -> float | None:
    return float(text) if text else None
