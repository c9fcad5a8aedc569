"""What should have been shown and was not: the catalogue's cycles against the publications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.disclosure.declared import KIND, item_of
from linli.disclosure.formulas import last_full_period
from linli.disclosure.models import Publication
from linli.ground.clock import due_day
from linli.ground.sheets import Both
from linli.places.models import Region
from linli.rulebook.publishing import editions
from linli.rulebook.reading import calendar

GRACE_DAYS = 10
"""Working days after the end of a period by which its publication must hang, where the sheet states none."""


@dataclass(frozen=True)
class Duty:
    """A publication that is owed: which item, for which period, since when it is late."""

    code: str
    title: Both
    first: date
    last: date
    due_on: date


def overdue(*, region: Region, on: date) -> list[Duty]:
    """Routine items of the catalogue whose newest full period has no publication although its last day is past.

    A period is served by a publication whose event day (``Span.event_on``) lies in it.
    """
    owed = []
    days = calendar()
    for catalogue in editions(KIND, on):
        item = item_of(catalogue)
        period = last_full_period(item.cycle, on)
        if not item.is_routine or period is None:
            continue
        grace = item.within_days if item.within_days >= 0 else GRACE_DAYS
        due = due_day(start=period[1], days=grace, unit="working", calendar=days).on
        if due < on:
            owed.append(Duty(item.code, item.title, period[0], period[1], due))
    shown = _shown(region, owed)
    return [duty for duty in owed if duty.code not in shown]


def _shown(region: Region, owed: list[Duty]) -> set[str]:
    if not owed:
        return set()
    first = min(duty.first for duty in owed)
    rows = Publication.objects.filter(region=region, event_on__gte=first).values_list(
        "item__code", "event_on"
    )
    events = list(rows)
    return {
        duty.code
        for duty in owed
        for code, event in events
        if code == duty.code and duty.first <= event <= duty.last
    }
