"""What a list of matters is asked for: tab, filters, order, and one page by key. The inbox and the export share it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from linli.cases.checking import APPLICANT
from linli.cases.models import Case, CaseQuerySet, Hand, Passage
from linli.grievances.models import Grievance
from linli.ground import codes
from linli.people.actors import Actor
from linli.staff.access import DeskRequest

PAGE = 50
# Counts go no further than this and are shown as 999+.
MOST_COUNTED = 1000
FIELDS = ("tab", "due", "kind", "subject", "building", "channel", "place", "post", "since", "until")
TABS = ("mine", "done", "all", "opened", "closed", "returned", "rated")


@dataclass(frozen=True)
class Chosen:
    """What is asked of a list. ``since`` and ``until`` are days (both included) of opening or of closing."""

    tab: str = "mine"
    due: str = ""
    kind: str = ""
    subject: str = ""
    building: str = ""
    channel: str = ""
    place: str = ""
    post: str = ""
    since: str = ""
    until: str = ""

    def address(self, name: str = "desk:inbox", **changes: str) -> str:
        """The address of a page under this choice, with some of it changed."""
        values = {field: changes.get(field, getattr(self, field)) for field in FIELDS}
        kept = {
            field: value for field, value in values.items() if value and (field, value) != ("tab", "mine")
        }
        return reverse(name) + (f"?{urlencode(kept)}" if kept else "")

    def url(self, **changes: str) -> str:
        """The inbox's address with some of it changed."""
        return self.address(**changes)

    @property
    def clear(self) -> str:
        """The same tab without filters."""
        return Chosen(tab=self.tab).url()

    @property
    def query(self) -> str:
        """The filters as kept in a saved one, and as handed to the export."""
        return urlencode({name: getattr(self, name) for name in FIELDS if getattr(self, name)})

    @property
    def by_due(self) -> bool:
        """Ordered by due day (open matters) or newest first."""
        return self.tab in ("mine", "all")


def chosen(given: dict[str, str]) -> Chosen:
    """The filters of an address or a form; an unknown tab falls back to one's own hands, a bad day to none."""
    kept = {name: given.get(name, "")[:60] for name in FIELDS}
    if kept["tab"] not in TABS:
        kept["tab"] = "mine"
    for name in ("since", "until"):
        kept[name] = kept[name] if _day(kept[name]) else ""
    return Chosen(**kept)


def of_request(request: DeskRequest) -> Chosen:
    """The filters of the address."""
    return chosen({name: request.GET.get(name, "") for name in FIELDS})


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def rows_of(by: Actor, asked: Chosen, on: dt.date, *, rows: CaseQuerySet | None = None) -> CaseQuerySet:
    """The matters asked for, not yet in order: of those the actor may open, or of the rows given."""
    seen = Case.objects.visible_to(by) if rows is None else rows
    if asked.tab == "mine":
        seen = seen.in_hands_of(by)
    else:  # the post's own part of the tree, said outright so that either engine goes by the region's index
        seen = seen.within(*by.span)
    seen = _of_tab(seen, asked, by)
    seen = _narrowed(seen.filter(_due(asked.due, on)), asked)
    return _at_building(seen, asked.building) if asked.building else seen


def _of_tab(rows: CaseQuerySet, asked: Chosen, by: Actor) -> CaseQuerySet:
    if asked.tab == "done":
        own = Passage.objects.filter(case=OuterRef("pk"), actor=by.actor_word, post=by.post)
        return rows.filter(Exists(own))
    if asked.tab == "all":
        return rows.filter(closed_on=None)
    if asked.tab == "closed":
        rows = rows.filter(closed_on__isnull=False)
    field = {"closed": "closed_on", "opened": "opened_on", "rated": "rating__on"}.get(asked.tab, "")
    if asked.tab == "rated":
        rows = rows.filter(rating__isnull=False)
    for word, day in (("gte", _day(asked.since)), ("lte", _day(asked.until))):
        if field and day:
            rows = rows.filter(**{f"{field}__{word}": day})
    return rows


def _narrowed(rows: CaseQuerySet, asked: Chosen) -> CaseQuerySet:
    for name in ("kind", "subject", "channel"):
        if getattr(asked, name):
            rows = rows.filter(**{name: getattr(asked, name)})
    if asked.place.isdigit() and len(asked.place) == 12:
        rows = rows.within(*codes.span(asked.place))
    if asked.post:
        hands = Hand.objects.filter(case=OuterRef("pk")).exclude(post=APPLICANT)
        # As the monthly facts count: what came in under the receiver, what was done under the last to take it up.
        taken = hands.order_by("id" if asked.tab == "opened" else "-id").values("post")[:1]
        rows = rows.alias(taken_by=Subquery(taken)).filter(taken_by=asked.post)
    return rows


def _at_building(rows: CaseQuerySet, building: str) -> CaseQuerySet:
    there = Grievance.objects.get_queryset().filter(case=OuterRef("pk"), building__name=building)
    return rows.filter(Q(Exists(there.values("pk"))) | Q(person__home__building__name=building))


def _due(word: str, on: dt.date) -> Q:
    running = Q(is_paused=False, closed_on=None)
    return {
        "late": running & Q(next_due_on__lt=on),
        "today": running & Q(next_due_on=on),
        "soon": running & Q(next_due_on__gt=on, next_due_on__lte=on + dt.timedelta(days=7)),
        "waiting": Q(is_paused=True, closed_on=None),
        "overran": Q(closed_on__gt=F("due_on")),
    }.get(word, Q())


@dataclass(frozen=True)
class Page:
    """One page of a list, and the addresses of its neighbours."""

    found: list[Case]
    newer: str
    older: str


def page(request: DeskRequest, by: Actor, asked: Chosen) -> Page:
    """One page by key. The key in the address is a case number."""
    rows = rows_of(by, asked, request.today)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    mark = Case.objects.visible_to(by).filter(number=after or before).first() if after or before else None
    backwards = bool(before and mark)
    if mark:
        rows = rows.filter(beyond(mark, by_due=asked.by_due, backwards=backwards))
    found = list(
        rows.select_related("person", "region").order_by(*_order(asked.by_due, backwards))[: PAGE + 1]
    )
    more, found = len(found) > PAGE, found[:PAGE]
    if backwards:
        found.reverse()
    joint = "&" if "?" in asked.url() else "?"
    ends = (found[0].number, found[-1].number) if found else ("", "")
    newer = f"{asked.url()}{joint}before={ends[0]}" if mark and found and (more or not backwards) else ""
    older = f"{asked.url()}{joint}after={ends[1]}" if found and (more or backwards) else ""
    return Page(found, newer, older)


def _order(by_due: bool, backwards: bool) -> tuple[str, ...]:
    if by_due:
        return ("-next_due_on", "-id") if backwards else ("next_due_on", "id")
    return ("id",) if backwards else ("-id",)


def beyond(mark: Case, *, by_due: bool, backwards: bool) -> Q:
    """The rows after (or before) one, in the list's order."""
    if not by_due:
        return Q(pk__gt=mark.pk) if backwards else Q(pk__lt=mark.pk)
    way = "lt" if backwards else "gt"
    return Q(**{f"next_due_on__{way}": mark.next_due_on}) | Q(
        **{"next_due_on": mark.next_due_on, f"id__{way}": mark.pk}
    )


def counted(rows: CaseQuerySet) -> int:
    """How many rows there are, counted up to a thousand."""
    return rows.order_by()[:MOST_COUNTED].count()


def shown(count: int) -> str:
    """A bounded count as it is written."""
    return "999+" if count >= MOST_COUNTED else str(count)
