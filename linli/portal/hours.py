"""Opening hours as people read them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.places.models import opening_today


def _days() -> list[str]:
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def spans(pairs: list[tuple[str, str]]) -> str:
    """9:00–12:00、14:00–17:30 of one day; empty where it is closed."""
    return _("、").join(f"{first.lstrip('0')}–{last.lstrip('0')}" for first, last in pairs)


def today(hours: dict[str, Any], on: date) -> str:
    """The opening spans of a day, or empty."""
    return spans(opening_today(hours, on.isoweekday()))


def week(hours: dict[str, Any]) -> str:
    """The whole week, neighbouring days with the same hours taken together: 周一至周五 9:00–17:30."""
    names, said, first = _days(), [], 1
    while first <= 7:
        open_then, last = opening_today(hours, first), first
        while last < 7 and opening_today(hours, last + 1) == open_then:
            last += 1
        if open_then:
            name = (
                names[first - 1]
                if first == last
                else _("%(first)s至%(last)s") % {"first": names[first - 1], "last": names[last - 1]}
            )
            said.append(f"{name} {spans(open_then)}")
        first = last + 1
    return _("；").join(said)
