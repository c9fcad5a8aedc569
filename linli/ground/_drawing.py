"""The pieces charts are made of: elements, scales, widths of text. Nothing here knows a kind of chart."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

Number = int | float | Decimal | Fraction

SIZE = 14
"""Height of text in units of the drawing, which is as wide as its ``viewBox`` says."""


def element(tag: str, content: str = "", **attributes: object) -> str:
    """One element; names are written with a dash for an underscore, ``class_`` without it, None left out.

    Numbers are rounded to a tenth, so that the same data give the same bytes on every machine.
    """
    parts = [tag]
    for name, value in attributes.items():
        if value is not None:
            word = value if isinstance(value, str) else short(float(str(value)))
            parts.append(f"{name.rstrip('_').replace('_', '-')}={quoteattr(clean(word))}")
    return f"<{' '.join(parts)}>{content}</{tag}>" if content else f"<{' '.join(parts)}/>"


def text(
    words: str, x: float, y: float, *, anchor: str = "start", fill: str = "#1F2A2E", room: float = 0
) -> str:
    """A line of text; in too little ``room`` it is cut, and its title still says it whole."""
    shown = fitted(words, room) if room else words
    whole = element("title", escape(clean(words))) if shown != words else ""
    return element(
        "text",
        escape(clean(shown)) + whole,
        x=x,
        y=y,
        text_anchor=anchor,
        fill=fill,
        font_size=SIZE,
        class_="chart-text",
    )


def clean(words: str) -> str:
    """The words without the characters that XML cannot hold."""
    return "".join(
        sign for sign in words if sign in "\t\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn")
    )


def width(words: str) -> float:
    """About how wide a text is: Chinese characters are square, others about half as wide."""
    return sum(SIZE if unicodedata.east_asian_width(sign) in "WF" else SIZE * 0.58 for sign in words)


def fitted(words: str, room: float) -> str:
    """The words, cut with … to fit the room."""
    if width(words) <= room:
        return words
    kept = words
    while kept and width(kept + "…") > room:
        kept = kept[:-1]
    return kept + "…"


def short(number: float) -> str:
    """A coordinate to a tenth, without a needless zero or sign."""
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")


def figure(value: Number) -> str:
    """A value as charts and their tables print it: thousands apart, at most two decimals, rounded half up."""
    exact = Fraction(value) if not isinstance(value, float) else Fraction(str(value))
    hundredths = math.floor(abs(exact) * 100 + Fraction(1, 2))
    sign = "-" if exact < 0 and hundredths else ""
    rest = f"{hundredths % 100:02d}".rstrip("0")
    return f"{sign}{hundredths // 100:,}" + (f".{rest}" if rest else "")


@dataclass(frozen=True)
class Scale:
    """Values from ``low`` to ``high`` laid on coordinates from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Number) -> float:
        """The coordinate of a value."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def round_ticks(values: Iterable[Number], *, from_zero: bool = True) -> list[float]:
    """About four round numbers (1, 2 or 5 times a power of ten) that enclose the values, and zero if asked."""
    known = [float(value) for value in values] + ([0.0] if from_zero else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if low == high:
        high = low + 1
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(count * step, 10) for count in range(first, last + 1)]
