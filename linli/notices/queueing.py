"""The day's queue at a station's counter: numbers, no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from django.db import connection, models
from django.db.models import Avg, DurationField, ExpressionWrapper, F, Q
from django.utils import timezone

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.places.models import Region
from linli.trail.writing import act

RIGHT = "services.assist"
SHOWN = 6

WAITING, CALLED, DONE, ABSENT = "waiting", "called", "done", "absent"


class QueueQuerySet(models.QuerySet["QueueNumber"]):
    """Numbers."""

    def of_day(self, region: Region | str, on: date) -> Self:
        """Of one station on one day."""
        return self.filter(region=region, on=on)

    def waiting(self) -> Self:
        """Not yet called, the longest waiting first."""
        return self.filter(state=WAITING).order_by("number")


class QueueNumber(models.Model):
    """One number taken at a station on a day, from taking to the end. Whose it is nobody writes down."""

    DATA_CLASSES: ClassVar[dict[str, str]] = {"state": "P0", "window": "P0", "called_by": "P1", "link": "P1"}

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default=WAITING)
    window = models.CharField(max_length=10, blank=True)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    link = models.CharField(
        max_length=80, blank=True, help_text="the matter begun for it, such as case:NUMBER"
    )

    objects = models.Manager.from_queryset(QueueQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "on", "number"], name="one_queue_number_per_day"),
            models.CheckConstraint(
                condition=Q(state=WAITING, called_at=None, ended_at=None)
                | Q(state=CALLED, called_at__isnull=False, ended_at=None)
                | Q(state__in=[DONE, ABSENT], called_at__isnull=False, ended_at__isnull=False),
                name="a_queue_number_has_its_moments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.on} {self.number:03d}"


@dataclass(frozen=True)
class Board:
    """A station's queue on a day: called numbers with their windows, who waits, the mean wait in whole minutes."""

    called: tuple[tuple[int, str], ...]
    waiting: tuple[int, ...]
    served: int
    absent: int
    mean_wait: int | None


@act
def take(*, region: Region, by: Actor, at: datetime) -> QueueNumber:
    """Take the next number of a station's day. Numbers begin at 1 every day and are never given twice."""
    by.require(RIGHT, region.code)
    on = timezone.localdate(at)
    table = connection.ops.quote_name(QueueNumber._meta.db_table)
    _lock(region)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} (region_id, "on", number, state, "window", taken_at, called_by, link)'  # noqa: S608
            " SELECT %s, %s, COALESCE(MAX(number), 0) + 1, %s, '', %s, '', ''"
            f' FROM {table} WHERE region_id = %s AND "on" = %s RETURNING id',
            [region.code, on, WAITING, _moment(at), region.code, on],
        )
        return QueueNumber.objects.get(pk=cursor.fetchone()[0])


def _lock(region: Region) -> None:
    """One at a time per station; SQLite has one writer anyway."""
    Region.objects.select_for_update().filter(pk=region.pk).values_list("pk").first()


def _moment(at: datetime) -> str | datetime | None:
    return connection.ops.adapt_datetimefield_value(at)


@act
def call_next(*, region: Region, window: str, by: Actor, at: datetime) -> QueueNumber | None:
    """Call the number that has waited longest to a window; ``None`` where nobody waits.

    Whoever was at the window is done with it. Two windows never call the same number.
    """
    by.require(RIGHT, region.code)
    window = window.strip()
    if not window:
        raise Said("notices.queue_window", field="window")
    _end(QueueNumber.objects.of_day(region, timezone.localdate(at)), by, at, DONE)
    rows = QueueNumber.objects.of_day(region, timezone.localdate(at))
    for found in rows.waiting()[:20]:
        mine = rows.filter(pk=found.pk, state=WAITING)
        if mine.update(state=CALLED, called_at=at, called_by=by.actor_word, window=window[:10]):
            found.refresh_from_db()
            return found
    return None


@act
def call_again(*, number: QueueNumber, by: Actor, at: datetime) -> QueueNumber:
    """Call an absent number again: it waits once more, before everybody who came later."""
    _require(number, by)
    changed = QueueNumber.objects.filter(pk=number.pk, state=ABSENT)
    if not changed.update(state=WAITING, called_at=None, ended_at=None, called_by="", window=""):
        raise Said("notices.queue_state", number=number.number)
    number.refresh_from_db()
    return number


@act
def end(*, number: QueueNumber, state: str, by: Actor, at: datetime) -> QueueNumber:
    """A called number was served (``done``) or nobody came (``absent``)."""
    _require(number, by)
    if state not in (DONE, ABSENT):
        raise Said("notices.queue_state", number=number.number)
    changed = QueueNumber.objects.filter(pk=number.pk, state=CALLED)
    if not changed.update(state=state, ended_at=at):
        raise Said("notices.queue_state", number=number.number)
    number.refresh_from_db()
    return number


def _require(number: QueueNumber, by: Actor) -> None:
    by.require(RIGHT, number.region_id)


def _end(rows: QueueQuerySet, by: Actor, at: datetime, state: str) -> None:
    mine = rows.filter(called_by=by.actor_word, state=CALLED)
    mine.update(state=state, ended_at=at)


def link_to(*, link: str, region: Region | str, by: Actor, at: datetime) -> bool:
    """Note which matter was begun for the number now at the actor's window. True where there was one."""
    mine = QueueNumber.objects.of_day(region, timezone.localdate(at)).filter(
        called_by=by.actor_word, state=CALLED, link=""
    )
    return mine.update(link=link) == 1


def at_window(region: Region, by: Actor, on: date) -> QueueNumber | None:
    """The number now at the actor's window."""
    rows = QueueNumber.objects.of_day(region, on).filter(called_by=by.actor_word, state=CALLED)
    return rows.order_by("-called_at").first()


def board(region: Region, on: date) -> Board:
    """A station's queue as the waiting area and the counter show it; two statements."""
    rows = QueueNumber.objects.of_day(region, on)
    wait = ExpressionWrapper(F("called_at") - F("taken_at"), output_field=DurationField())
    mean = rows.filter(called_at__isnull=False).aggregate(wait=Avg(wait))["wait"]
    every = list(rows.order_by("number").values_list("number", "state", "window", "called_at"))
    called = sorted(
        ((moment, number, window) for number, state, window, moment in every if state == CALLED), reverse=True
    )
    return Board(
        tuple((number, window) for _, number, window in called[:SHOWN]),
        tuple(number for number, state, _, _ in every if state == WAITING),
        sum(state == DONE for _, state, _, _ in every),
        sum(state == ABSENT for _, state, _, _ in every),
        None if mean is None else round(mean.total_seconds() / 60),
    )


def ahead(number: QueueNumber) -> int:
    """How many wait before a number."""
    return (
        QueueNumber.objects.of_day(number.region_id, number.on)
        .waiting()
        .filter(number__lt=number.number)
        .count()
    )
