"""What the statistics count: lines over the monthly facts, with small groups veiled where they would name somebody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet, Sum

from linli.cases.facts import COUNTS, MonthFact
from linli.people.actors import Actor

# Groups below this are not shown to who may not see the matters themselves (small-cell rule of official statistics).
LEAST = 5
AXES = {"place": "region", "subject": "subject", "post": "post", "channel": "channel", "month": "month"}
WIDE = ("all", "place")
PERSONAL = ("P2", "P3")


@dataclass(frozen=True)
class Line:
    """One line of a table: counts by name, ``None`` where veiled; ``guarded`` is the part of personal classes."""

    key: str
    counts: Mapping[str, int | None]
    label: str = ""

    def mean(self, days: str) -> float | None:
        """Mean days from opening to closing, gross or net; nothing where veiled or where nothing was closed."""
        closed, total = self.counts["closed"], self.counts[days]
        return None if not closed or total is None else total / closed

    def share(self, part: str, whole: str) -> float | None:
        """A part of a whole as a share."""
        found, of = self.counts[part], self.counts[whole]
        return None if not of or found is None else found / of


@dataclass
class _Sum:
    """Counts of one line, and the part of them in classes whose matters the reader may not see."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    guarded: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    def add(self, row: Mapping[str, object], *, is_guarded: bool) -> None:
        """Add a row of facts."""
        for name in COUNTS:
            count = int(str(row[name]))
            self.counts[name] += count
            if is_guarded:
                self.guarded[name] += count


def guarded_classes(by: Actor) -> set[str]:
    """Personal classes whose matters the actor may not open as such: their small groups are veiled."""
    return {word for word in PERSONAL if by.sees(word) not in WIDE}


def lines(facts: QuerySet[MonthFact], axis: str, by: Actor) -> list[Line]:
    """Facts summed along an axis, in one statement; small groups veiled. P4 is never counted here."""
    column = AXES[axis]
    wanted = facts.exclude(data_class="P4").order_by().values(column, "data_class")
    guarded = guarded_classes(by)
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for row in wanted.annotate(**{name: Sum(name) for name in COUNTS}):
        key = row[column].isoformat()[:7] if isinstance(row[column], dt.date) else str(row[column])
        sums[key].add(row, is_guarded=row["data_class"] in guarded)
    return veiled(sums)


def veiled(sums: Mapping[str, _Sum]) -> list[Line]:
    """Lines with their small groups veiled, and one group more where the total would give the only one away."""
    hidden = {
        name: _hidden([(key, one.guarded[name], one.counts[name]) for key, one in sums.items()])
        for name in BASES
    }
    found = []
    for key, one in sums.items():
        counts: dict[str, int | None] = {}
        for name in COUNTS:
            counts[name] = None if key in hidden[BASE_OF.get(name, name)] else one.counts[name]
        found.append(Line(key, counts))
    return found


# A sum of days or stars says as much as the count it belongs to, so they are veiled together.
BASE_OF = {
    "on_time": "closed", "late": "closed", "gross_days": "closed", "net_days": "closed", "stars": "ratings",
    "satisfied": "ratings",
}  # fmt: skip
BASES = tuple(name for name in COUNTS if name not in BASE_OF)


def _hidden(found: Sequence[tuple[str, int, int]]) -> set[str]:
    """Lines (key, guarded part, whole) that are small and hold personal matters; never just one of them."""
    small = {key for key, guarded, whole in found if guarded and whole < LEAST}
    if len(small) == 1:
        others = sorted(
            (not guarded, whole, key) for key, guarded, whole in found if whole and key not in small
        )
        small |= {key for _, _, key in others[:1]}
    return small


def total(rows: Iterable[Line]) -> Line:
    """The sum of lines; a count is veiled only where every line's is."""
    kept = list(rows)
    counts: dict[str, int | None] = {}
    for name in COUNTS:
        known = [line.counts[name] for line in kept if line.counts[name] is not None]
        counts[name] = sum(one for one in known if one is not None) if known or not kept else None
    return Line("", counts)
