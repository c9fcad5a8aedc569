"""Light statistics of one's place: how many matters of each kind, by due state; every figure opens its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse

from linli.cases.models import Case
from linli.desk import access, frame, words
from linli.desk.access import WIDE, DeskRequest


@dataclass(frozen=True)
class Figure:
    """A count and the list behind it."""

    count: int
    url: str


@dataclass(frozen=True)
class KindLine:
    """One kind of matter."""

    name: str
    title: str
    cells: tuple[Figure, ...]
    closed: int


def show(request: DeskRequest) -> HttpResponse:
    """Open matters by kind and due state, in one statement; roles that see only counts get no links."""
    by, on = access.require(request, "statistics.read"), request.today
    first, last = by.span
    rows = Case.objects.within(first, last).exclude(data_class="P4")  # small numbers would name people
    month = on.replace(day=1)
    running = Q(closed_on=None, is_paused=False)
    groups = (
        rows.values("kind", "subject", "title")
        .annotate(
            open=Count("pk", filter=Q(closed_on=None)),
            late=Count("pk", filter=running & Q(next_due_on__lt=on)),
            today=Count("pk", filter=running & Q(next_due_on=on)),
            soon=Count(
                "pk", filter=running & Q(next_due_on__gt=on, next_due_on__lte=on + dt.timedelta(days=7))
            ),
            waiting=Count("pk", filter=Q(closed_on=None, is_paused=True)),
            closed=Count("pk", filter=Q(closed_on__gte=month)),
        )
        .order_by("kind", "subject")[:60]
    )
    opens = by.sees("P2") in WIDE and by.may("cases.read")
    lines = [_line(group, opens) for group in groups]
    return frame.draw(
        request, "figures.html", {"lines": lines, "opens": opens, "month": month}, current="figures"
    )


def _line(group: Mapping[str, Any], opens: bool) -> KindLine:
    def cell(due: str, count: object) -> Figure:
        asked = {"tab": "all", "due": due, "kind": group["kind"], "subject": group["subject"]}
        query = urlencode({name: value for name, value in asked.items() if value})
        return Figure(int(str(count)), f"{reverse('desk:inbox')}?{query}" if opens and count else "")

    cells = (
        cell("", group["open"]),
        *(cell(due, group[due]) for due in ("late", "today", "soon", "waiting")),
    )
    return KindLine(words.kind(str(group["kind"])), str(group["title"]), cells, int(str(group["closed"])))
