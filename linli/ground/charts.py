"""Charts as SVG made on the server: no script, no inline style, with a text alternative and a table of the data.

Colours are presentation attributes, which any rule of a style sheet overrides by the classes ``chart-…``; so a
strict content-security policy holds and a dark theme still can repaint. Series differ by word and by dash or
mark, never by colour alone. A missing value is None: it draws nothing and is named, it is never a zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from linli.ground._drawing import SIZE, Number, Scale, clean, element, figure, round_ticks, text, width

WIDTH = 640.0
_ROW = 34.0
_INK, _MUTED, _LINE, _PAPER = "#1F2A2E", "#5A6468", "#D9D5CC", "#FBFAF7"
# Fill and the ink readable on it (at least 4.5 to 1).
_COLOURS = (
    ("#0F5E5B", "#FFFFFF"),
    ("#A9541F", "#FFFFFF"),
    ("#D9D5CC", "#1F2A2E"),
    ("#456B82", "#FFFFFF"),
    ("#8A5A00", "#FFFFFF"),
    ("#7A4B73", "#FFFFFF"),
)
_DASHES = (None, "6 4", "2 3", "10 4", "8 3 2 3", "1 4")


@dataclass(frozen=True)
class Caption:
    """What a chart is about. ``ident`` must differ among the charts of one page.

    Without a ``description`` the data themselves are read out.
    """

    title: str
    unit: str = ""
    description: str = ""
    ident: str = "chart"
    missing: str = "—"

    def value(self, value: Number | None) -> str:
        """A value with its unit, or the word for a missing one."""
        return self.missing if value is None else f"{figure(value)}{self.unit}"


@dataclass(frozen=True)
class Series:
    """One named row of values, one for each category; None where there is none."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Interval:
    """A value with the bounds of its interval."""

    name: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class DataTable:
    """The same data for the table behind the toggle; the first column names the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A finished drawing and its data."""

    svg: str
    table: DataTable


def bars(caption: Caption, categories: Sequence[str], values: Sequence[Number | None]) -> Chart:
    """Lying bars from zero, each with its value written at its end; negative ones go to the left."""
    _check(categories, [Series("", tuple(values))])
    marks = round_ticks(_known(values))
    longest = max([width(caption.value(value)) for value in values], default=0.0) + 12
    scale = _across(categories, marks, longest, is_signed=min(marks) < 0)
    parts = [_rule(scale.at(0), 0, _ROW * len(categories), _INK)]
    for row, (name, value) in enumerate(zip(categories, values, strict=True)):
        parts.append(_row_name(name, row, scale))
        start, end = scale.at(0), scale.at(0 if value is None else value)
        if value is not None:
            parts.append(_box(min(start, end), row, abs(end - start), 0))
        side = -6 if end < start else 6
        words = text(caption.value(value), end + side, _middle(row), anchor="end" if side < 0 else "start")
        parts.append(words)
    table = _table(caption, categories, [Series(caption.title, tuple(values))])
    return _chart(caption, parts, _ROW * len(categories), table)


def stacked(caption: Caption, categories: Sequence[str], series: Sequence[Series]) -> Chart:
    """Lying bars of parts end to end, with a legend; a part wide enough carries its value. No negative parts."""
    _check(categories, series)
    if any(value < 0 for one in series for value in _known(one.values)):
        raise ValueError("parts of a whole are not negative")
    sums = [
        sum(float(value) for value in _known([one.values[row] for one in series]))
        for row in range(len(categories))
    ]
    marks = round_ticks(sums)
    scale = _across(categories, marks, max([width(caption.value(total)) for total in sums], default=0.0) + 12)
    parts, top = _legend([one.name for one in series])
    for row, name in enumerate(categories):
        parts.append(_row_name(name, row, scale, top))
        parts += _parts_of(caption, [one.values[row] for one in series], row, scale, top)
    return _chart(caption, parts, top + _ROW * len(categories), _table(caption, categories, series))


def lines(
    caption: Caption, ticks: Sequence[str], series: Sequence[Series], *, from_zero: bool = True
) -> Chart:
    """Lines over ordered ticks such as months, told apart by dash, mark and legend; a gap interrupts its line."""
    _check(ticks, series)
    marks = round_ticks([value for one in series for value in _known(one.values)], from_zero=from_zero)
    parts, top = _legend([one.name for one in series], is_line=True) if len(series) > 1 else ([], 0.0)
    left = max(width(figure(mark)) for mark in marks) + 10
    down = Scale(marks[0], marks[-1], top + 200, top + 12)
    along = Scale(0, max(len(ticks) - 1, 1), left + 12, WIDTH - 24)
    parts += _grid(marks, down, left)
    parts += _ticks(ticks, along, top + 222)
    for at, one in enumerate(series):
        parts += _line(caption, one, ticks, at, along, down)
    return _chart(caption, parts, top + 232, _table(caption, ticks, series))


def dots(caption: Caption, rows: Sequence[Interval], *, from_zero: bool = True) -> Chart:
    """A dot for each value with the whisker of its interval; the value and its bounds are written beside it."""
    names = [row.name for row in rows]
    columns = [Series(part, tuple(getattr(row, part) for row in rows)) for part in ("value", "low", "high")]
    _check(names, columns)
    marks = round_ticks([value for one in columns for value in _known(one.values)], from_zero=from_zero)
    said = [_interval_words(caption, row) for row in rows]
    scale = _across(names, marks, max([width(words) for words in said], default=0.0) + 18)
    parts = _upright_grid(marks, scale, _ROW * len(rows))
    for at, row in enumerate(rows):
        parts.append(_row_name(row.name, at, scale))
        parts += _dot(row, at, scale)
        parts.append(text(said[at], scale.end + 14, _middle(at)))
    table = DataTable(
        ("", caption.title, "↓", "↑"),
        tuple(
            (row.name, *(caption.value(value) for value in (row.value, row.low, row.high))) for row in rows
        ),
    )
    return _chart(caption, parts, _ROW * len(rows) + 22, table)


def multiples(caption: Caption, ticks: Sequence[str], panels: Sequence[Series], *, columns: int = 3) -> Chart:
    """Small line charts side by side on one common scale, each under its name, for comparing many shapes."""
    _check(ticks, panels, most=60)
    marks = round_ticks([value for one in panels for value in _known(one.values)])
    wide, tall = (WIDTH - 16 * (columns - 1)) / columns, 130.0
    parts: list[str] = []
    for at, panel in enumerate(panels):
        left, top = at % columns * (wide + 16), at // columns * tall
        along = Scale(0, max(len(ticks) - 1, 1), left + 6, left + wide - 6)
        down = Scale(marks[0], marks[-1], top + 96, top + 30)
        last = panel.values[-1] if ticks else None
        parts.append(text(panel.name, left, top + 16, room=wide - width(caption.value(last)) - 8))
        parts.append(text(caption.value(last), left + wide, top + 16, anchor="end", fill=_MUTED))
        parts.append(
            element(
                "path", d=f"M{left:.1f} {down.at(marks[0]):.1f}h{wide:.1f}", stroke=_LINE, class_="chart-grid"
            )
        )
        parts += _line(caption, panel, ticks, 0, along, down)
        if ticks:
            parts.append(text(ticks[0], left, top + 114, fill=_MUTED, room=wide / 2))
            parts.append(text(ticks[-1], left + wide, top + 114, anchor="end", fill=_MUTED, room=wide / 2))
    return _chart(caption, parts, math.ceil(len(panels) / columns) * tall, _table(caption, ticks, panels))


def _check(categories: Sequence[str], series: Sequence[Series], most: int = len(_COLOURS)) -> None:
    if len(series) > most:
        raise ValueError(f"more than {most} series cannot be told apart")
    for one in series:
        if len(one.values) != len(categories):
            raise ValueError("every series needs one value for each category")
        if not all(math.isfinite(value) for value in _known(one.values)):
            raise ValueError("a value that is no number cannot be drawn; a missing one is None")


def _known(values: Sequence[Number | None]) -> list[Number]:
    return [value for value in values if value is not None]


def _across(names: Sequence[str], marks: Sequence[float], beside: float, is_signed: bool = False) -> Scale:
    """Names on the left, values written on the right (and left of negative bars), the scale between."""
    left = min(max([width(name) for name in names], default=0.0) + 10, WIDTH * 0.4)
    return Scale(marks[0], marks[-1], left + (beside if is_signed else 0), WIDTH - beside)


def _middle(row: int, top: float = 0) -> float:
    return top + row * _ROW + _ROW / 2 + SIZE * 0.35


def _row_name(name: str, row: int, scale: Scale, top: float = 0) -> str:
    return text(name, 0, _middle(row, top), room=min(scale.start, WIDTH * 0.4) - 8)


def _box(x: float, row: int, wide: float, colour: int, top: float = 0) -> str:
    fill = _COLOURS[colour][0]
    y = top + row * _ROW + 6
    return element(
        "rect",
        x=x,
        y=y,
        width=wide,
        height=_ROW - 12,
        fill=fill,
        stroke=_PAPER,
        class_=f"chart-fill chart-{colour + 1}",
    )


def _rule(x: float, top: float, bottom: float, colour: str) -> str:
    return element("path", d=f"M{x:.1f} {top:.1f}V{bottom:.1f}", stroke=colour, class_="chart-grid")


def _legend(names: Sequence[str], is_line: bool = False) -> tuple[list[str], float]:
    """The series' names with their sample, in as many rows as they need; also the height used."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    for at, name in enumerate(names):
        needed = 26 + width(name) + 18
        if x and x + needed > WIDTH:
            x, y = 0.0, y + 24
        if is_line:
            parts.append(_stroke(f"M{x:.1f} {y + 12:.1f}h20", at))
            parts.append(_mark(x + 10, y + 12, at))
        else:
            parts.append(
                element(
                    "rect",
                    x=x,
                    y=y + 5,
                    width=14,
                    height=14,
                    fill=_COLOURS[at][0],
                    class_=f"chart-fill chart-{at + 1}",
                )
            )
        parts.append(text(name, x + 26, y + 17, room=WIDTH - x - 26))
        x += needed
    return parts, y + 32


def _parts_of(
    caption: Caption, values: Sequence[Number | None], row: int, scale: Scale, top: float
) -> list[str]:
    parts: list[str] = []
    reached = 0.0
    for at, value in enumerate(values):
        start, end = scale.at(reached), scale.at(reached + float(value or 0))
        reached += float(value or 0)
        if value:
            parts.append(_box(start, row, end - start, at, top))
            if width(figure(value)) + 8 < end - start:
                place = (start + end) / 2
                parts.append(
                    text(figure(value), place, _middle(row, top), anchor="middle", fill=_COLOURS[at][1])
                )
    total = sum(_known(values), start=0) if _known(values) else None
    parts.append(text(caption.value(total), scale.at(reached) + 6, _middle(row, top)))
    return parts


def _grid(marks: Sequence[float], down: Scale, left: float) -> list[str]:
    parts: list[str] = []
    for mark in marks:
        y = down.at(mark)
        parts.append(element("path", d=f"M{left:.1f} {y:.1f}H{WIDTH:.0f}", stroke=_LINE, class_="chart-grid"))
        parts.append(text(figure(mark), left - 6, y + SIZE * 0.35, anchor="end", fill=_MUTED))
    return parts


def _upright_grid(marks: Sequence[float], scale: Scale, bottom: float) -> list[str]:
    parts: list[str] = []
    for mark in marks:
        parts.append(_rule(scale.at(mark), 0, bottom, _LINE))
        parts.append(text(figure(mark), scale.at(mark), bottom + 16, anchor="middle", fill=_MUTED))
    return parts


def _ticks(ticks: Sequence[str], along: Scale, y: float) -> list[str]:
    """The names under a line chart; where they would touch, only every second, third ... is written."""
    room = (along.end - along.start) / max(len(ticks) - 1, 1)
    every = max(1, math.ceil(max([width(tick) + 10 for tick in ticks], default=0.0) / room))
    return [
        text(tick, along.at(at), y, anchor="middle", fill=_MUTED)
        for at, tick in enumerate(ticks)
        if at % every == 0
    ]


def _line(
    caption: Caption, series: Series, ticks: Sequence[str], colour: int, along: Scale, down: Scale
) -> list[str]:
    path, is_down, parts = "", False, []
    for at, value in enumerate(series.values):
        if value is None:
            is_down = False
            continue
        x, y = along.at(at), down.at(value)
        path += f"{'L' if is_down else 'M'}{x:.1f} {y:.1f}"
        is_down = True
        said = element("title", escape(clean(f"{series.name} {ticks[at]} {caption.value(value)}")))
        parts.append(_mark(x, y, colour, said))
    return [_stroke(path, colour), *parts] if path else parts


def _stroke(path: str, colour: int) -> str:
    return element(
        "path",
        d=path,
        fill="none",
        stroke=_COLOURS[colour][0],
        stroke_width=2,
        stroke_dasharray=_DASHES[colour],
        class_=f"chart-line chart-{colour + 1}",
    )


def _mark(x: float, y: float, colour: int, said: str = "") -> str:
    """A round, square or diamond mark, so that lines are told apart without colour."""
    kind = f"chart-fill chart-{colour + 1}"
    fill = _COLOURS[colour][0]
    if colour % 3 == 0:
        return element("circle", said, cx=x, cy=y, r=3.5, fill=fill, class_=kind)
    shape = (
        f"M{x - 3.5:.1f} {y - 3.5:.1f}h7v7h-7z"
        if colour % 3 == 1
        else f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z"
    )
    return element("path", said, d=shape, fill=fill, class_=kind)


def _dot(row: Interval, at: int, scale: Scale) -> list[str]:
    y = at * _ROW + _ROW / 2
    parts: list[str] = []
    if row.low is not None and row.high is not None:
        low, high = scale.at(row.low), scale.at(row.high)
        whisker = f"M{low:.1f} {y - 5:.1f}v10M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 5:.1f}v10"
        parts.append(
            element("path", d=whisker, fill="none", stroke=_INK, stroke_width=1.5, class_="chart-whisker")
        )
    if row.value is not None:
        parts.append(
            element(
                "circle", cx=scale.at(row.value), cy=y, r=5, fill=_COLOURS[0][0], class_="chart-fill chart-1"
            )
        )
    return parts


def _interval_words(caption: Caption, row: Interval) -> str:
    if row.low is None or row.high is None:
        return caption.value(row.value)
    return f"{caption.value(row.value)} [{figure(row.low)}, {figure(row.high)}]"


def _table(caption: Caption, categories: Sequence[str], series: Sequence[Series]) -> DataTable:
    rows = ((name, *(caption.value(one.values[at]) for one in series)) for at, name in enumerate(categories))
    return DataTable(("", *(one.name for one in series)), tuple(rows))


def _chart(caption: Caption, parts: Sequence[str], height: float, table: DataTable) -> Chart:
    names = f"{caption.ident}-title {caption.ident}-desc"
    read_out = "; ".join(" ".join(cell for cell in row if cell) for row in table.rows)
    head = element("title", escape(clean(caption.title)), id=f"{caption.ident}-title")
    head += element(
        "desc", escape(clean(caption.description or read_out or caption.missing)), id=f"{caption.ident}-desc"
    )
    svg = element(
        "svg",
        head + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:.0f} {max(height, 1):.0f}",
        role="img",
        aria_labelledby=names,
        class_="chart",
        font_family="sans-serif",
    )
    return Chart(svg, table)
