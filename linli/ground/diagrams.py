"""A procedure drawn as SVG: steps as boxes one below the other, every move as a lane beside them.

Moves to the next step go straight down. Others run in a lane: forward ones on the right, returning ones on the left;
one lane serves all sources of a move and ends in one arrow. Lanes that do not meet share a column. Each lane
carries a number that the table under the drawing explains, so that the drawing is never the only carrier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from linli.ground._drawing import SIZE, clean, element, text, width

_INK, _SOFT, _LINE, _CARD, _TEAL, _COPPER, _WASH = (
    "#1F2A2E",
    "#56636A",
    "#837C6F",
    "#FFFFFF",
    "#0F5E5B",
    "#8A4318",
    "#E6F0EE",
)
_BOX_HEIGHT, _GAP, _LANE, _EDGE, _LEAST = 52.0, 44.0, 26.0, 14.0, 190.0


@dataclass(frozen=True)
class Node:
    """A step: its name, and a note such as the post and the days."""

    code: str
    title: str
    note: str = ""
    is_start: bool = False
    is_final: bool = False
    is_paused: bool = False


@dataclass(frozen=True)
class Way:
    """A move from steps to a step; an empty target stays where it is."""

    code: str
    title: str
    sources: tuple[str, ...]
    target: str
    is_return: bool = False


@dataclass(frozen=True)
class Drawing:
    """The drawing, and its moves in the order of their numbers (from 1)."""

    svg: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class _Lane:
    """A move laid beside the boxes: which rows it touches, in which column."""

    number: int
    way: Way
    rows: tuple[int, ...]
    target: int
    column: int


@dataclass(frozen=True)
class _Frame:
    """Where the boxes stand."""

    left: float
    right: float

    @staticmethod
    def top(row: int) -> float:
        return _EDGE + row * (_BOX_HEIGHT + _GAP)


def procedure_diagram(nodes: Sequence[Node], ways: Sequence[Way], *, title: str) -> Drawing:
    """Draw a procedure. Steps stand in the order given; the drawing's text alternative names every step and move.

    Raises ``KeyError`` for a move that names an unknown step: a published sheet has none.
    """
    place = {node.code: row for row, node in enumerate(nodes)}
    straight, left, right = _sorted(ways, place)
    widest = max([_LEAST, *(max(width(node.title), width(node.note)) + 36 for node in nodes)])
    frame = _Frame(_EDGE + _columns(left) * _LANE + (10 if left else 0), 0)
    frame = _Frame(frame.left, frame.left + widest)
    whole = frame.right + _columns(right) * _LANE + (10 if right else 0) + _EDGE
    parts = [_lane(lane, frame, is_left=True) for lane in left] + [
        _lane(lane, frame, is_left=False) for lane in right
    ]
    parts += [_straight(row, numbers, frame) for row, numbers in sorted(straight.items())]
    parts += [_box(node, row, frame) for row, node in enumerate(nodes)]
    height = _Frame.top(len(nodes)) - _GAP + _EDGE
    return Drawing(_svg(parts, whole, height, title, _told(nodes, ways)), tuple(ways))


def _sorted(
    ways: Sequence[Way], place: dict[str, int]
) -> tuple[dict[int, list[int]], list[_Lane], list[_Lane]]:
    """Moves straight down by row, and the lanes of both sides, packed into columns. A stay is not drawn but told."""
    straight: dict[int, list[int]] = {}
    sides: dict[bool, list[tuple[int, Way, tuple[int, ...], int]]] = {True: [], False: []}
    for number, way in enumerate(ways, start=1):
        if not way.target:
            continue
        target, rows = place[way.target], tuple(sorted(place[code] for code in way.sources))
        if rows == (target - 1,):
            straight.setdefault(rows[0], []).append(number)
        else:
            sides[way.is_return or min(rows) > target].append((number, way, rows, target))
    return straight, _packed(sides[True]), _packed(sides[False])


def _packed(found: list[tuple[int, Way, tuple[int, ...], int]]) -> list[_Lane]:
    """Give each lane the first column in which it overlaps no other; short lanes come nearest to the boxes."""
    lanes: list[_Lane] = []
    taken: list[list[tuple[int, int]]] = []
    for number, way, rows, target in sorted(found, key=lambda one: (_length(one[2], one[3]), one[0])):
        low, high = min(*rows, target), max(*rows, target)
        column = next(
            (c for c, spans in enumerate(taken) if all(high < a or low > b for a, b in spans)), len(taken)
        )
        if column == len(taken):
            taken.append([])
        taken[column].append((low, high))
        lanes.append(_Lane(number, way, rows, target, column))
    return lanes


def _length(rows: tuple[int, ...], target: int) -> int:
    return max(*rows, target) - min(*rows, target)


def _columns(lanes: list[_Lane]) -> int:
    return max((lane.column for lane in lanes), default=-1) + 1


def _lane(lane: _Lane, frame: _Frame, *, is_left: bool) -> str:
    """Taps from every source, the line beside, the arrow into the target, the number in a disc."""
    colour = _COPPER if is_left else _TEAL
    edge = frame.left if is_left else frame.right
    away = -1 if is_left else 1
    x = edge + away * (18 + lane.column * _LANE)
    # Taps leave in the lower part of a box and arrows arrive in the upper one, each lane at its own height.
    shift = (lane.column % 5) * 3.2
    leave, arrive = _BOX_HEIGHT * 0.6 + shift, _BOX_HEIGHT * 0.2 + shift
    ends = [frame.top(row) + leave for row in lane.rows]
    into = frame.top(lane.target) + arrive
    low, high = min(*ends, into), max(*ends, into)
    parts = [_line(f"M{x:.1f} {low:.1f}V{high:.1f}", colour)]
    for y in ends:
        parts.append(_line(f"M{edge:.1f} {y:.1f}H{x:.1f}", colour))
        parts.append(element("circle", cx=edge, cy=y, r=2.6, fill=colour, class_="way-end"))
    parts.append(_line(f"M{x:.1f} {into:.1f}H{edge + away * 7:.1f}", colour))
    parts.append(_arrow(edge + away, into, "right" if is_left else "left", colour))
    # The number stands just beyond the first source, where no other lane of the column can be.
    beside = ends[0] + (15 if ends[0] < into else -15)
    parts.append(_disc(x, beside, lane.number, colour))
    return "".join(parts)


def _line(d: str, colour: str) -> str:
    return element("path", d=d, fill="none", stroke=colour, stroke_width=1.6, class_="way")


def _straight(row: int, numbers: list[int], frame: _Frame) -> str:
    middle = (frame.left + frame.right) / 2
    top, bottom = frame.top(row) + _BOX_HEIGHT, frame.top(row + 1)
    parts = [
        element(
            "path",
            d=f"M{middle:.1f} {top:.1f}V{bottom - 6:.1f}",
            fill="none",
            stroke=_TEAL,
            stroke_width=1.6,
            class_="way",
        )
    ]
    parts.append(_arrow(middle, bottom - 1, "down", _TEAL))
    parts += [
        _disc(middle + 20 + place * 22, (top + bottom) / 2, number, _TEAL)
        for place, number in enumerate(numbers)
    ]
    return "".join(parts)


def _arrow(x: float, y: float, way: str, colour: str) -> str:
    shapes = {
        "left": f"M{x:.1f} {y:.1f}l8 -4.5v9z",
        "right": f"M{x:.1f} {y:.1f}l-8 -4.5v9z",
        "down": f"M{x:.1f} {y:.1f}l-4.5 -8h9z",
    }
    return element("path", d=shapes[way], fill=colour, class_="way-end")


def _disc(x: float, y: float, number: int, colour: str) -> str:
    ring = element("circle", cx=x, cy=y, r=9, fill=_CARD, stroke=colour, stroke_width=1.4, class_="way-ring")
    return ring + element(
        "text",
        str(number),
        x=x,
        y=y + 4,
        text_anchor="middle",
        font_size=11,
        fill=colour,
        class_="way-number",
    )


def _box(node: Node, row: int, frame: _Frame) -> str:
    """A step: rounded where it ends, tinted where it begins, dashed where the clock stands still."""
    top, wide = frame.top(row), frame.right - frame.left
    shape = element(
        "rect", x=frame.left, y=top, width=wide, height=_BOX_HEIGHT, rx=_BOX_HEIGHT / 2 if node.is_final else 6,
        fill=_WASH if node.is_start else _CARD, stroke=_LINE, stroke_width=2 if node.is_start else 1.2,
        stroke_dasharray="5 4" if node.is_paused else None, class_="step-start" if node.is_start else "step",
    )  # fmt: skip
    middle = (frame.left + frame.right) / 2
    first = top + (22 if node.note else _BOX_HEIGHT / 2 + SIZE / 3)
    parts = [shape, text(node.title, middle, first, anchor="middle", fill=_INK, room=wide - 12)]
    if node.note:
        parts.append(text(node.note, middle, top + 41, anchor="middle", fill=_SOFT, room=wide - 12))
    return "".join(parts)


def _told(nodes: Sequence[Node], ways: Sequence[Way]) -> str:
    titles = {node.code: node.title for node in nodes}
    lines = [" → ".join(node.title for node in nodes)]
    lines += [
        f"{number}. {way.title}: {', '.join(titles[one] for one in way.sources)} → {titles.get(way.target, '·')}"
        for number, way in enumerate(ways, start=1)
    ]
    return "; ".join(lines)


def _svg(parts: Sequence[str], wide: float, high: float, title: str, told: str) -> str:
    named = f"<title>{escape(clean(title))}</title><desc>{escape(clean(told))}</desc>"
    return element(
        "svg",
        named + "".join(parts),
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=wide,
        height=high,
        role="img",
        class_="procedure",
    )
