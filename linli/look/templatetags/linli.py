"""Filters and small tags that every template has without loading them. Parts of pages are in ``parts.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from linli.look.icons import ICONS, MARK
from linli.look.templatetags import parts, wording

register = template.Library()
register.tags.update(parts.register.tags)
register.filters.update(wording.register.filters)

NOTHING = "—"
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip
WEEKDAYS = (("星期一", "Monday"), ("星期二", "Tuesday"), ("星期三", "Wednesday"), ("星期四", "Thursday"),
            ("星期五", "Friday"), ("星期六", "Saturday"), ("星期日", "Sunday"))  # fmt: skip


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _date(value: dt.date | dt.datetime) -> dt.date:
    """The local day of a day or of an aware moment."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """A day in full: 2026年3月2日 or 2 March 2026."""
    if not value:
        return NOTHING
    on = _date(value)
    if _english():
        return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    """A day of the running year: 3月2日 or 2 March."""
    if not value:
        return NOTHING
    on = _date(value)
    return f"{on.day} {MONTHS[on.month - 1]}" if _english() else f"{on.month}月{on.day}日"


@register.filter
def weekday(value: dt.date | dt.datetime | None) -> str:
    """The day of the week: 星期一 or Monday."""
    return WEEKDAYS[_date(value).weekday()][_english()] if value else NOTHING


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A day with its time of day, local: 2026年3月2日 10:14 or 2 March 2026, 10:14."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}{', ' if _english() else ' '}{local:%H:%M}"


@register.filter
def short_moment(value: dt.datetime | None) -> str:
    """A day of the running year with its time: 3月2日 10:14 or 2 March, 10:14."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{short_day(local)}{', ' if _english() else ' '}{local:%H:%M}"


def _rounded(value: Decimal | Fraction | float, places: int) -> str:
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"


@register.filter
def share(value: Decimal | Fraction | float | None, places: int = 1) -> str:
    """A part of one as per cent, rounded half up once: 0.912 is 91.2%; nothing is a dash, never zero."""
    if value is None or value == "":
        return NOTHING
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    return f"{_rounded(exact * 100, places)}%"


@register.filter
def points(value: Decimal | Fraction | float | None, places: int = 1) -> str:
    """Marks with one decimal, rounded half up: 77.05 is 77.1; no marks is a dash, never zero."""
    return NOTHING if value is None or value == "" else _rounded(value, places)


@register.filter
def both(value: Any) -> str:
    """A text kept in two languages (``zh``, ``en`` as attributes or keys), in the reader's; Chinese if missing."""
    if value is None or isinstance(value, str):
        return value or ""
    kept = value.get if isinstance(value, Mapping) else lambda name, other="": getattr(value, name, other)
    return str((_english() and kept("en", "")) or kept("zh", ""))


@register.filter
def depth(value: int) -> str:
    """The class that indents a row of a tree table: ``d0`` to ``d5``."""
    return f"d{max(0, min(5, int(value)))}"


@register.simple_tag
def icon(name: str, title: str = "") -> SafeString:
    """One of our drawings; decorative unless ``title`` names it."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 - our own constant
    if title:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', title, drawing
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def mark() -> SafeString:
    """The mark: two doors facing one courtyard. The name always stands beside it."""
    drawing = mark_safe(MARK)  # noqa: S308 - our own constant
    return format_html('<svg class="mark-sign" viewBox="0 0 32 32" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; falls back to the plain address where the manifest has not been made."""
    try:
        return static(path)
    except ValueError:
        return f"/static/{path}"


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """The current query with some values replaced, or taken out when ``None`` or empty; begins with ``?``."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        values.pop(name, None)
        if value not in (None, ""):
            values[name] = str(value)
    return f"?{values.urlencode()}"
