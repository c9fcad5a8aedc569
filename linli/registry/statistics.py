"""Statistics from monthly facts: by place, item, body, channel, month; charts, tables, and the list behind a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.facts import MonthFact, counted_until
from linli.grievances.intake import class_list
from linli.ground import charts, codes
from linli.people.actors import Actor
from linli.places.models import Region
from linli.registry import counting
from linli.registry.counting import Line
from linli.rulebook.publishing import editions
from linli.services.declared import KIND, item_of
from linli.staff import access, frame, words
from linli.staff.access import WIDE, DeskRequest
from linli.staff.saying import lang

MOST_LINES = 60
MOST_BARS = 12
FIELDS = ("by", "since", "until", "kind", "subject", "channel", "post", "place")
NATION = "0" * 12
FIRST, LAST = 1990, 2100  # years that can be asked for


@dataclass(frozen=True)
class Asked:
    """What is asked: the axis, months from and to, and what is counted alone."""

    by: str
    since: dt.date
    until: dt.date
    kind: str = ""
    subject: str = ""
    channel: str = ""
    post: str = ""
    place: str = ""

    def url(self, **changes: str) -> str:
        """The address of the page with some of it changed."""
        values = {"by": self.by, "since": f"{self.since:%Y-%m}", "until": f"{self.until:%Y-%m}", "kind": self.kind,
                  "subject": self.subject, "channel": self.channel, "post": self.post, "place": self.place}  # fmt: skip
        kept = {name: value for name, value in {**values, **changes}.items() if value}
        return f"{reverse('registry:statistics')}?{urlencode(kept)}"

    @property
    def last_day(self) -> dt.date:
        """The last day of the last month."""
        return _month_after(self.until) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """A figure as written, and the list behind it where the reader may open it."""

    said: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    label: str
    url: str
    cells: tuple[Cell, ...]


def _month_after(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def asked_of(request: DeskRequest, by: Actor) -> Asked:
    """The address read; what makes no sense becomes the last twelve months by item."""
    given = {name: request.GET.get(name, "")[:60] for name in FIELDS}
    this = request.today.replace(day=1)
    until = _month(given["until"]) or this
    since = _month(given["since"]) or dt.date(until.year - (until.month < 12), until.month % 12 + 1, 1)
    since, until = min(since, until), max(since, until)
    axis = given["by"] if given["by"] in counting.AXES else "subject"
    place = given["place"] if _is_inside(given["place"], by) else by.place
    rest = {name: given[name] for name in ("kind", "subject", "channel", "post")}
    return Asked(axis, since, until, place=place or NATION, **rest)


def _month(text: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if FIRST <= found.year <= LAST else None


def _is_inside(place: str, by: Actor) -> bool:
    first, last = by.span
    return len(place) == 12 and place.isdigit() and first <= place <= last


def show(request: DeskRequest) -> HttpResponse:
    """The page; at most fifteen statements, whatever the number of matters."""
    by = access.require(request, "statistics.read")
    asked = asked_of(request, by)
    places = _places(asked, by)
    facts = _facts(asked, places)
    labels = _labels(request, asked, places)
    found = _sorted([replace(line, label=_label(line.key, labels)) for line in counting.lines(facts, asked.by, by)],
                    asked)  # fmt: skip
    months = (
        found
        if asked.by == "month"
        else _sorted(counting.lines(facts, "month", by), replace(asked, by="month"))
    )
    opens = by.sees("P2") in WIDE and by.may("cases.read")
    page = {
        "asked": asked,
        "axes": _axes(asked),
        "rows": [_row(line, asked, opens) for line in found[:MOST_LINES]],
        "head": head(),
        "more": max(len(found) - MOST_LINES, 0),
        "total": _row(replace(counting.total(found), label=_("合计")), asked, opens=False),
        "charts": _charts(found, months, asked),
        "place": labels.get(asked.place, ""),
        "up": asked.url(place="") if asked.place not in (by.place, NATION) else "",
        "alone": _alone(asked, labels),
        "counted": counted_until(),
        "opens": opens,
        "veils": bool(counting.guarded_classes(by)),
        "least": counting.LEAST,
        "channels": list(words.CHANNELS.items()),
        "since": f"{asked.since:%Y-%m}",
        "until": f"{asked.until:%Y-%m}",
    }
    return frame.draw(request, "registry/statistics.html", page, current="statistics")


def _places(asked: Asked, by: Actor) -> list[str]:
    """Codes whose facts are read: the place itself, or the places one level below it where they are compared."""
    if asked.by != "place" or (asked.place != NATION and codes.level(asked.place) == "committee"):
        return [asked.place]
    return _below(asked.place)


def _below(place: str) -> list[str]:
    """Places one level below, as far as they are entered."""
    levels = ["province", "city", "district", "street", "community"]
    words_of = {"province": "city", "prefecture": "district", "county": "street", "township": "community"}
    level = "province" if place == NATION else words_of[codes.level(place)]
    rows = (
        Region.objects.filter(level=level)
        if place == NATION
        else Region.objects.within(place).filter(level=level)
    )
    found = list(rows.order_by("code").values_list("code", flat=True)[:500])
    if not found and level != levels[-1]:  # a level left out, as where a street stands under a city at once
        deeper = Region.objects.within(place).communities()
        found = list(deeper.order_by("code").values_list("code", flat=True)[:500])
    return found


def _facts(asked: Asked, places: Sequence[str]) -> QuerySet[MonthFact]:
    rows = MonthFact.objects.between(asked.since, asked.until)
    if places == [NATION]:
        tops = Region.objects.filter(level="province").values("code")
        rows = rows.filter(region__in=tops)
    else:
        rows = rows.filter(region__in=places)
    for name in ("kind", "subject", "channel", "post"):
        if getattr(asked, name):
            rows = rows.filter(**{name: getattr(asked, name)})
    return rows


def _labels(request: DeskRequest, asked: Asked, places: Sequence[str]) -> dict[str, str]:
    """Names of what the lines are about, in the reader's language."""
    found = dict(Region.objects.filter(code__in=[*places, asked.place]).values_list("code", "name"))
    if asked.by == "subject" or asked.subject:
        found |= {one.code: item_of(one).name.text(lang()) for one in editions(KIND, request.today)}
        found |= {one.code: one.title.text(lang()) for one in class_list(request.today)[1].classes}
    return found | {code: str(word) for code, word in words.CHANNELS.items()}


def _label(key: str, labels: dict[str, str]) -> str:
    """The name of a line: a place, item or channel; else a post; else a kind of matter."""
    if key in labels:
        return labels[key]
    named = words.post(key)
    return named if named != key else words.kind(key)


def _sorted(found: list[Line], asked: Asked) -> list[Line]:
    if asked.by == "month":
        return sorted(found, key=lambda line: line.key)
    return sorted(
        found, key=lambda line: (-(line.counts["opened"] or 0), -(line.counts["closed"] or 0), line.key)
    )


def _axes(asked: Asked) -> list[dict[str, object]]:
    names = (
        ("subject", _("按事项")),
        ("place", _("按地方")),
        ("post", _("按承办岗位")),
        ("channel", _("按渠道")),
        ("month", _("按月")),
    )
    return [
        {"label": label, "url": asked.url(by=code), "current": asked.by == code, "count": None}
        for code, label in names
    ]


def _alone(asked: Asked, labels: dict[str, str]) -> list[tuple[str, str]]:
    """What is counted alone, each with the address without it."""
    found = []
    for name in ("subject", "channel", "post"):
        if value := getattr(asked, name):
            label = words.post(value) if name == "post" else labels.get(value, value)
            found.append((label, asked.url(**{name: ""})))
    return found


def head() -> list[str]:
    """The columns of the table."""
    return [
        _("收件"),
        _("已办结"),
        _("按时办结率"),
        _("超期办结"),
        _("退回"),
        _("平均天数"),
        _("净天数"),
        _("评价数"),
        _("满意率"),
    ]


def _row(line: Line, asked: Asked, opens: bool) -> Row:
    def cell(name: str, **filters: str) -> Cell:
        count = line.counts[name]
        said = _("少于%(least)d") % {"least": counting.LEAST} if count is None else str(count)
        return Cell(said, _behind(line, asked, filters) if opens and count and filters else "")

    cells = (
        cell("opened", tab="opened"),
        cell("closed", tab="closed"),
        Cell(percent(line.share("on_time", "closed"))),
        cell("late", tab="closed", due="overran"),
        cell("returned"),
        Cell(decimal(line.mean("gross_days"))),
        Cell(decimal(line.mean("net_days"))),
        cell("ratings", tab="rated"),
        Cell(percent(line.share("satisfied", "ratings"))),
    )
    return Row(line.label or line.key, _into(line, asked), cells)


def percent(share: float | None) -> str:
    """A share as it is written; a dash where there is none."""
    return "—" if share is None else f"{share * 100:.1f}%"


def decimal(value: float | None) -> str:
    """Days with one decimal; a dash where there are none."""
    return "—" if value is None else f"{value:.1f}"


def _into(line: Line, asked: Asked) -> str:
    """One level further: into a place, or the months of one item, post or channel."""
    if not line.key or asked.by == "month":
        return ""
    if asked.by == "place":
        return "" if line.key == asked.place else asked.url(place=line.key)
    return asked.url(by="month", **{asked.by: line.key})


def _behind(line: Line, asked: Asked, filters: dict[str, str]) -> str:
    """The list of the inbox that holds exactly the matters counted."""
    given = {"kind": asked.kind, "subject": asked.subject, "channel": asked.channel, "post": asked.post}
    given |= {"place": asked.place, "since": asked.since.isoformat(), "until": asked.last_day.isoformat()}
    if asked.by == "month":
        first = dt.date.fromisoformat(f"{line.key}-01")
        last = _month_after(first) - dt.timedelta(days=1)
        given |= {"since": first.isoformat(), "until": last.isoformat()}
    else:
        given[asked.by] = line.key
    kept = {name: value for name, value in {**given, **filters}.items() if value and value != NATION}
    return f"{reverse('desk:inbox')}?{urlencode(kept)}"


def _charts(found: Sequence[Line], months: Sequence[Line], asked: Asked) -> list[dict[str, object]]:
    drawn = []
    if len(months) > 1:
        ticks = [line.key for line in months]
        series = [charts.Series(label, tuple(line.counts[name] for line in months)) for name, label in
                  (("opened", _("收件")), ("closed", _("已办结")))]  # fmt: skip
        caption = charts.Caption(_("每月收件和办结"), _("件"), "", "months", _("未列"))
        drawn.append((caption, charts.lines(caption, ticks, series)))
    if asked.by != "month" and found:
        top = found[:MOST_BARS]
        caption = charts.Caption(_("收件最多的"), _("件"), "", "opened", _("未列"))
        drawn.append(
            (caption, charts.bars(caption, [one.label for one in top], [one.counts["opened"] for one in top]))
        )
    return [
        {"title": caption.title, "svg": one.svg, "columns": one.table.columns, "rows": one.table.rows}
        for caption, one in drawn
    ]
