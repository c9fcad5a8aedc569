"""Monthly facts: what the statistics pages count, written ahead so that a page never reads the cases themselves.

One row for each (place, kind, subject, data class, post, channel, month). A place is a community or any region above
it, so a province's page reads as few rows as a community's. What is opened counts under the post that received it,
everything else under the post that took the case up last; a return counts under the post that sent it back. Every
count belongs to the month of its own event. Counting a month again gives the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from linli.cases.checking import APPLICANT
from linli.cases.models import Case, Hand, Hold, Passage, Rating
from linli.cases.procedures import procedure_of
from linli.ground import codes
from linli.notices.clock import mark_done
from linli.notices.models import ClockMark
from linli.people.actors import Actor
from linli.rulebook.models import Edition
from linli.trail.writing import act

MARK = "linli.cases.facts"
# On PostgreSQL a row with a lower key may become visible a little later; these many keys are looked at again.
MARGIN = 1000
CHUNK = 2000
COUNTS = (
    "opened", "closed", "on_time", "late", "returned", "gross_days", "net_days", "ratings", "stars", "satisfied",
)  # fmt: skip
SATISFIED = 4  # stars from which a rating counts as satisfied (好差评: 非常满意 and 满意)


class MonthFactQuerySet(models.QuerySet["MonthFact"]):
    """Facts."""

    def of(self, region: str) -> MonthFactQuerySet:
        """Of one place (its subtree is already counted in)."""
        return self.filter(region=region)

    def between(self, first: date, last: date) -> MonthFactQuerySet:
        """Of the months from one to another, both included."""
        return self.filter(month__gte=first.replace(day=1), month__lte=last)


class MonthFact(models.Model):
    """Counts of one month under one combination of place, kind, subject, data class, post and channel."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {
        "region": "P0", "kind": "P0", "subject": "P0", "data_class": "P0", "post": "P0", "channel": "P0",
    }  # fmt: skip

    region = models.CharField(max_length=12)
    month = models.DateField()
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    data_class = models.CharField(max_length=2)
    post = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    opened = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    returned = models.IntegerField(default=0)
    gross_days = models.IntegerField(default=0, help_text="sum over the closed, natural days from opening")
    net_days = models.IntegerField(default=0, help_text="the same without the days on which the clock stood")
    ratings = models.IntegerField(default=0)
    stars = models.IntegerField(default=0)
    satisfied = models.IntegerField(default=0)

    objects = models.Manager.from_queryset(MonthFactQuerySet)()

    class Meta:
        app_label = "cases"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "month", "kind", "subject", "data_class", "post", "channel"],
                name="one_fact_per_combination",
            )
        ]
        indexes = [models.Index(fields=["month"], name="fact_by_month")]

    def __str__(self) -> str:
        return f"{self.region} {self.month:%Y-%m} {self.subject}"


Key = tuple[str, str, str, str, str, str]
Counts = dict[Key, dict[str, int]]


@dataclass(frozen=True)
class _Month:
    """A month as a half-open span of days."""

    first: date

    @property
    def end(self) -> date:
        """The first day of the month after it."""
        return date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)

    def holds(self, field: str) -> Q:
        """Rows whose day lies in the month."""
        return Q(**{f"{field}__gte": self.first, f"{field}__lt": self.end})


@act
def count_month(*, month: date, by: Actor, at: datetime) -> int:
    """Count a month from the cases, instead of what stood there; returns how many rows it has. Repeatable."""
    span = _Month(month.replace(day=1))
    found: Counts = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    _count_opened(found, span)
    _count_closed(found, span)
    _count_returned(found, span)
    _count_rated(found, span)
    MonthFact.objects.filter(month=span.first).delete()
    rows = (
        MonthFact(month=span.first, **dict(zip(KEYS, key, strict=True)), **counts)
        for key, counts in sorted(found.items())
    )
    return len(MonthFact.objects.bulk_create(rows, batch_size=CHUNK // 4))


KEYS = ("region", "kind", "subject", "data_class", "channel", "post")
CASE_KEYS = ("region_id", "kind", "subject", "data_class", "channel")


@act
def count_new(*, by: Actor, at: datetime) -> list[date]:
    """Count again the months in which something has happened since the last time; returns them.

    Every event of a case leaves a passage, so the passages and ratings written since then name the months; what is
    entered late for an earlier day is therefore found as well.
    """
    done = _marks()
    passages = Passage.objects.filter(pk__gt=max(0, done[0] - MARGIN))
    ratings = Rating.objects.filter(pk__gt=max(0, done[1] - MARGIN))
    last = (_last(Passage.objects, done[0]), _last(Rating.objects, done[1]))
    months = sorted(
        {*_months(passages), *_months(ratings)} if last != done else {timezone.localdate(at).replace(day=1)}
    )
    for month in months:
        count_month(month=month, by=by, at=at)
    mark_done(MARK, at, f"{last[0]} {last[1]}")
    return months


def _marks() -> tuple[int, int]:
    row = ClockMark.objects.filter(task=MARK).values_list("last_result", flat=True).first()
    passage, _, rating = (row or "0 0").partition(" ")
    return int(passage), int(rating or 0)


def _last(rows: Any, before: int) -> int:
    found: int | None = rows.aggregate(last=Max("pk"))["last"]
    return found or before


def _months(rows: QuerySet[Any, Any]) -> Iterable[date]:
    months = rows.order_by().annotate(month=TruncMonth("on"))
    return set(months.values_list("month", flat=True).distinct())


def counted_until() -> datetime | None:
    """When the facts were last brought up to date."""
    return ClockMark.objects.filter(task=MARK).values_list("last_done_at", flat=True).first()


def _kinds() -> list[str]:
    """The kinds of matters there are, one search by index each; so that the days are found by index as well."""
    found: list[str] = []
    while True:
        following = Case.objects.filter(kind__gt=found[-1] if found else "").aggregate(kind=Min("kind"))[
            "kind"
        ]
        if following is None:
            return found
        found.append(following)


def _places(region: str) -> list[str]:
    """The place of a case and every region above it."""
    return [*codes.ancestors(region), region]


def _add(found: Counts, key: Sequence[str], **more: int) -> None:
    for place in _places(key[0]):
        counts = found[(place, key[1], key[2], key[3], key[4], key[5])]
        for name, count in more.items():
            counts[name] += count


def _chunks(rows: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    """Rows by thousands, so that a city's month does not lie in memory at once."""
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _posts(cases: list[int], *, last: bool) -> dict[int, str]:
    """The post that took each case up first, or last; a person whose papers are waited for is no post."""
    hands = Hand.objects.filter(case__in=cases).exclude(post=APPLICANT).order_by("id" if last else "-id")
    return dict(hands.values_list("case_id", "post"))


def _count_opened(found: Counts, month: _Month) -> None:
    rows = Case.objects.filter(month.holds("opened_on"), kind__in=_kinds()).order_by()
    for chunk in _chunks(rows.values_list("pk", *CASE_KEYS)):
        posts = _posts([row[0] for row in chunk], last=False)
        for pk, *key in chunk:
            _add(found, [*map(str, key), posts.get(pk, "")], opened=1)


def _count_closed(found: Counts, month: _Month) -> None:
    rows = Case.objects.filter(month.holds("closed_on"), kind__in=_kinds()).order_by()
    wanted = rows.values_list("pk", "opened_on", "closed_on", "due_on", *CASE_KEYS)
    for chunk in _chunks(wanted):
        numbers = [row[0] for row in chunk]
        posts, holds = _posts(numbers, last=True), _holds(numbers)
        for pk, opened, closed, due, *key in chunk:
            is_late = due is not None and closed > due
            gross = (closed - opened).days
            held = held_days(opened, closed, holds.get(pk, ()))
            counts = {"closed": 1, "late": int(is_late), "on_time": int(not is_late)}
            _add(
                found, [*map(str, key), posts.get(pk, "")], gross_days=gross, net_days=gross - held, **counts
            )


def _holds(cases: list[int]) -> dict[int, list[tuple[date, date | None]]]:
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for pk, first, last in Hold.objects.filter(case__in=cases).values_list("case_id", "from_on", "to_on"):
        found[pk].append((first, last))
    return found


def held_days(opened: date, closed: date, holds: Iterable[tuple[date, date | None]]) -> int:
    """Natural days between opening and closing (the first not counted) on which the clock stood; overlaps count once."""
    days = 0
    reached = opened
    for first, last in sorted(holds, key=lambda hold: hold[0]):
        start, end = max(first.toordinal(), reached.toordinal() + 1), min(last or closed, closed).toordinal()
        if end >= start:
            days += end - start + 1
            reached = date.fromordinal(end)
    return days


def _count_returned(found: Counts, month: _Month) -> None:
    """Moves that the procedure of the case calls a return."""
    moves: dict[int, set[str]] = {
        pk: {move.code for move in procedure_of(pk).moves if move.kind == "return"}
        for pk in Edition.objects.of_kind("procedures").values_list("pk", flat=True)
    }
    words = {code for returns in moves.values() for code in returns}
    rows = Passage.objects.filter(month.holds("on"), move__in=words).order_by()
    wanted = rows.values_list("move", "case__procedure_id", *(f"case__{name}" for name in CASE_KEYS), "post")
    for move, procedure, *key in wanted.iterator(chunk_size=CHUNK):
        if move in moves.get(procedure, ()):
            _add(found, [str(word) for word in key], returned=1)


def _count_rated(found: Counts, month: _Month) -> None:
    rows = Rating.objects.filter(month.holds("on")).order_by()
    wanted = rows.values_list("case_id", "stars", *(f"case__{name}" for name in CASE_KEYS))
    for chunk in _chunks(wanted):
        posts = _posts([row[0] for row in chunk], last=True)
        for pk, stars, *key in chunk:
            counts = {"ratings": 1, "stars": stars, "satisfied": int(stars >= SATISFIED)}
            _add(found, [*map(str, key), posts.get(pk, "")], **counts)
