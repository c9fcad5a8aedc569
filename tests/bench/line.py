"""One measured line with its budgets, and the table they make."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Line:
    """What was measured: values by name (``_ms`` milliseconds, ``_s`` seconds), and the most some may be."""

    part: str
    name: str
    values: Mapping[str, float]
    most: Mapping[str, float] = field(default_factory=dict)
    engine: str = ""
    note: str = ""

    @property
    def over(self) -> list[str]:
        """Values above their budget."""
        return [name for name, limit in self.most.items() if self.values[name] > limit]

    @property
    def verdict(self) -> str:
        """``ok`` or ``FAIL`` where there is a budget; empty for what is only told."""
        return ("FAIL" if self.over else "ok") if self.most else ""

    def plain(self) -> dict[str, Any]:
        """As JSON values."""
        return {**asdict(self), "ok": not self.over}


def line_of(plain: Mapping[str, Any]) -> Line:
    """A line read from JSON."""
    return Line(**{name: value for name, value in plain.items() if name != "ok"})


@dataclass(frozen=True)
class Times:
    """Durations of several repeats, in milliseconds."""

    all: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.all)

    def named(self, name: str) -> dict[str, float]:
        """Median, least and most as values of a line."""
        return {
            f"{name}_ms": round(self.median, 2),
            f"{name}_min_ms": round(min(self.all), 2),
            f"{name}_max_ms": round(max(self.all), 2),
        }


def timed(do: Callable[[], object]) -> float:
    """Milliseconds that one run takes."""
    begin = perf_counter()
    do()
    return (perf_counter() - begin) * 1000


def repeated(do: Callable[[], object], times: int) -> Times:
    """Several runs."""
    return Times(tuple(timed(do) for _ in range(times)))


def _shown(line: Line, name: str) -> str:
    value = line.values[name]
    text = f"{value:g}" if value == int(value) else f"{value:.2f}"
    if name.endswith("_per_s"):
        return f"{name.removesuffix('_per_s')} {text}/s"
    for unit in ("ms", "s"):
        if name.endswith(f"_{unit}"):
            return f"{name.removesuffix(f'_{unit}')} {text} {unit}"
    return f"{name} {text}"


def _told(line: Line) -> str:
    """The values in a row; least and most stand in brackets behind their median, budgets behind a sign."""
    pieces = []
    for name in line.values:
        if name.endswith(("_min_ms", "_max_ms")):
            continue
        piece, stem = _shown(line, name), name.removesuffix("_ms")
        if f"{stem}_min_ms" in line.values:
            piece += f" ({line.values[f'{stem}_min_ms']:.1f}–{line.values[f'{stem}_max_ms']:.1f})"
        if name in line.most:
            piece += f" {'>' if name in line.over else '≤'} {line.most[name]:g}"
        pieces.append(piece)
    return " · ".join(pieces) + (f"  [{line.note}]" if line.note else "")


def table(lines: Sequence[Line]) -> str:
    """All lines as a table in plain text."""
    wide = max((len(line.name) for line in lines), default=0)
    rows, part = [], ""
    for line in lines:
        if line.part != part:
            part = line.part
            rows += ["", part.upper()]
        rows.append(f"  {line.engine:<8} {line.verdict:<4} {line.name:<{wide}}  {_told(line)}")
    failed = sum(bool(line.over) for line in lines)
    held = sum(bool(line.most) for line in lines)
    return "\n".join([*rows, "", f"{held - failed} of {held} budgets held, {failed} failed."])
