"""The duty log of a station: people sign for themselves; a wrong line is corrected by another, never edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from linli.ground.said import Said
from linli.places import formulas
from linli.places.formulas import Duty, OpenDay, Sign
from linli.places.models import DutySign, Station
from linli.places.stationing import Officer
from linli.trail.writing import act, append


@act
def sign(*, station: Station, kind: str, by: Officer, at: datetime) -> DutySign:
    """Sign in (``in``) or out (``out``) now, for oneself. In twice, or out without in, is refused."""
    by.require("places.duty", station.community_id)
    if kind not in ("in", "out"):
        raise Said("places.duty_kind", field="kind")
    today = timezone.localdate(at)
    last = signs_on(station, today).filter(actor=by.actor_word).order_by("-moment", "-id").first()
    is_in = last is not None and last.kind == "in"
    if is_in and kind == "in":
        raise Said("places.signed_in_already")
    if not is_in and kind == "out":
        raise Said("places.not_signed_in")
    row = DutySign.objects.create(
        station=station, actor=by.actor_word, post=by.post, kind=kind, on=today, moment=at, at=at,
        written_by=by.actor_word,
    )  # fmt: skip
    _record(row, at)
    return row


@act
def correct_sign(
    *, sign: DutySign, moment: datetime, kind: str, reason: str, by: Officer, at: datetime
) -> DutySign:
    """Correct a line of the log by another that names it and says why; both stay.

    One's own line, or any line of the place for the post that keeps the station. The day stays the same; ``kind``
    ``none`` strikes the line. A moment still to come is refused.
    """
    by.require("places.duty" if sign.actor == by.actor_word else "places.stations", sign.station.community_id)
    if kind not in ("in", "out", "none"):
        raise Said("places.duty_kind", field="kind")
    if not reason.strip():
        raise Said("places.reason_missing", field="reason")
    if DutySign.objects.filter(corrects=sign).exists():
        raise Said("places.corrected_already")
    if timezone.localdate(moment) != sign.on or moment > at:
        raise Said("places.correction_day", field="moment", on=sign.on)
    row = DutySign.objects.create(
        station=sign.station, actor=sign.actor, post=sign.post, kind=kind, on=sign.on, moment=moment, at=at,
        written_by=by.actor_word, corrects=sign, reason=reason.strip(),
    )  # fmt: skip
    _record(row, at)
    return row


def signs_on(station: Station, on: date) -> QuerySet[DutySign]:
    """Standing lines of a day."""
    return DutySign.objects.standing().filter(station=station, on=on).exclude(kind="none")


def day(station: Station, on: date, *, expected: Sequence[str]) -> list[Duty]:
    """Everybody's day at a station: those expected, then those who signed beside them. One statement."""
    lines = [Sign(row.actor, row.kind, row.moment) for row in signs_on(station, on).order_by("moment", "id")]
    who = [*expected, *sorted({line.who for line in lines} - set(expected))]
    return [formulas.duty_of(one, lines) for one in who]


def absent(
    station: Station, days: Sequence[OpenDay], *, expected: Mapping[str, tuple[date, date | None]]
) -> list[tuple[str, date]]:
    """Who was expected and signed nothing, on days on which the station was open. One statement."""
    if not days:
        return []
    rows = DutySign.objects.standing().filter(station=station, on__range=(days[0].on, days[-1].on), kind="in")
    return formulas.absences(expected, set(rows.values_list("actor", "on")), days)


def _record(row: DutySign, at: datetime) -> None:
    content = {
        "station": row.station.code,
        "actor": row.actor,
        "kind": row.kind,
        "moment": row.moment.isoformat(),
        "corrects": row.corrects_id,
    }
    append(region=row.station.community_id, kind="places.duty", row_key=row.pk, content=content, at=at)
