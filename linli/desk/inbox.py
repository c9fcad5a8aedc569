"""The inbox: one dense list for every kind of matter, by due day; filters, tabs, pages by key."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.models import FAR, Case, Passage
from linli.cases.moving import moves_for
from linli.desk import access, frame, words
from linli.desk.access import DeskRequest
from linli.desk.saying import DONE, lang, tell, tried
from linli.grievances import intake as grievance_intake
from linli.grievances.models import Grievance
from linli.ground import masking
from linli.people.actors import Actor
from linli.places.models import Building
from linli.services import decision
from linli.services.models import Application

PAGE = 50
FILTERS = "desk_filters"
MOST_FILTERS = 8
EXCERPT = 30
FIELDS = ("tab", "due", "kind", "subject", "building")
BULK = {decision.ACCEPT: "acceptances", "grievances.intake.dispatch": "dispatches"}


@dataclass(frozen=True)
class Chosen:
    """What is asked of the inbox."""

    tab: str = "mine"
    due: str = ""
    kind: str = ""
    subject: str = ""
    building: str = ""

    def url(self, **changes: str) -> str:
        """The inbox's address with some of it changed."""
        values = {name: changes.get(name, getattr(self, name)) for name in FIELDS}
        kept = {name: value for name, value in values.items() if value and (name, value) != ("tab", "mine")}
        return reverse("desk:inbox") + (f"?{urlencode(kept)}" if kept else "")

    @property
    def clear(self) -> str:
        """The same tab without filters."""
        return Chosen(tab=self.tab).url()

    @property
    def query(self) -> str:
        """The filters as kept in a saved one."""
        return urlencode({name: getattr(self, name) for name in FIELDS if getattr(self, name)})


@dataclass(frozen=True)
class Row:
    """One matter as the list shows it; the person is masked as the data class asks."""

    number: str
    title: str
    sort: str
    due: dt.date | None
    is_paused: bool
    is_closed: bool
    who: str
    place: str
    hands: str
    step: str
    url: str
    bulk: str


def chosen(request: DeskRequest) -> Chosen:
    """The filters of the address; unknown tabs fall back to one's own hands."""
    given = {name: request.GET.get(name, "")[:60] for name in FIELDS}
    if given["tab"] not in ("mine", "done", "all", "closed"):
        given["tab"] = "mine"
    return Chosen(**given)


def show(request: DeskRequest) -> HttpResponse:
    """The list."""
    by, asked = access.actor(request), chosen(request)
    rows, newer, older = _page(request, by, asked)
    kinds, subjects = _offered(by, asked)
    saved = request.session.get(FILTERS, [])
    page = {
        "chosen": asked,
        "rows": rows,
        "newer": newer,
        "older": older,
        "tabs": _tabs(asked),
        "kinds": kinds,
        "subjects": subjects,
        "saved": [
            {
                "name": one["name"],
                "url": _saved_url(one["query"]),
                "order": place,
                "current": _saved_url(one["query"]) == asked.url(),
            }
            for place, one in enumerate(saved)
        ],
        "buildings": list(
            Building.objects.filter(community=by.place).order_by("order", "id").values_list("name", flat=True)
        ),
        "bulk": sorted({row.bulk for row in rows if row.bulk}),
        "once": uuid.uuid4().hex,
        "is_filtered": asked != Chosen(tab=asked.tab),
    }
    current = asked.due if asked.due and asked.tab == "mine" else "inbox"
    return frame.draw(request, "inbox.html", page, current=current)


def _tabs(asked: Chosen) -> list[dict[str, object]]:
    names = (
        ("mine", _("在我手里")),
        ("done", _("我办过的")),
        ("all", _("本地全部")),
        ("closed", _("已办结")),
    )
    return [
        {"label": label, "url": Chosen(tab=tab).url(), "current": asked.tab == tab, "count": None}
        for tab, label in names
    ]


def rows_of(by: Actor, asked: Chosen, on: dt.date) -> QuerySet[Case]:
    """The matters asked for, not yet in order."""
    if asked.tab == "mine":
        rows = Case.objects.visible_to(by).in_hands_of(by)
    else:  # the post's own part of the tree, said outright so that either engine goes by the region's index
        rows = Case.objects.visible_to(by).within(*by.span)
    if asked.tab == "done":
        own = Passage.objects.filter(case=OuterRef("pk"), actor=by.actor_word, post=by.post)
        rows = rows.filter(Exists(own))
    elif asked.tab == "closed":
        rows = rows.filter(closed_on__isnull=False)
    elif asked.tab == "all":
        rows = rows.open()
    rows = rows.filter(_due(asked.due, on))
    for name in ("kind", "subject"):
        if getattr(asked, name):
            rows = rows.filter(**{name: getattr(asked, name)})
    if asked.building:
        at_building = Grievance.objects.get_queryset().filter(
            case=OuterRef("pk"), building__name=asked.building
        )
        home = Q(person__home__building__name=asked.building)
        rows = rows.filter(Q(Exists(at_building.values("pk"))) | home)
    return rows


def _due(word: str, on: dt.date) -> Q:
    running = Q(is_paused=False, closed_on=None)
    return {
        "late": running & Q(next_due_on__lt=on),
        "today": running & Q(next_due_on=on),
        "soon": running & Q(next_due_on__gt=on, next_due_on__lte=on + dt.timedelta(days=7)),
        "waiting": Q(is_paused=True, closed_on=None),
    }.get(word, Q())


def _page(request: DeskRequest, by: Actor, asked: Chosen) -> tuple[list[Row], str, str]:
    """One page by key, and the addresses of its neighbours. The key in the address is a case number."""
    rows = rows_of(by, asked, request.today)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    mark = Case.objects.visible_to(by).filter(number=after or before).first() if after or before else None
    by_due = asked.tab in ("mine", "all")
    backwards = bool(before and mark)
    if mark:
        rows = rows.filter(_beyond(mark, by_due=by_due, backwards=backwards))
    order = ("next_due_on", "id") if by_due else ("-id",)
    if backwards:
        order = ("-next_due_on", "-id") if by_due else ("id",)
    found = list(rows.select_related("person", "region").order_by(*order)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if backwards:
        found.reverse()
    joint = "&" if "?" in asked.url() else "?"
    ends = (found[0].number, found[-1].number) if found else ("", "")
    newer = (
        f"{asked.url()}{joint}before={ends[0]}" if mark and found and (more if backwards else True) else ""
    )
    older = f"{asked.url()}{joint}after={ends[1]}" if found and (True if backwards else more) else ""
    return drawn(found, by), newer, older


def _beyond(mark: Case, *, by_due: bool, backwards: bool) -> Q:
    if not by_due:
        return Q(pk__gt=mark.pk) if backwards else Q(pk__lt=mark.pk)
    way = "lt" if backwards else "gt"
    return Q(**{f"next_due_on__{way}": mark.next_due_on}) | Q(
        **{"next_due_on": mark.next_due_on, f"id__{way}": mark.pk}
    )


def drawn(found: Sequence[Case], by: Actor) -> list[Row]:
    """Cases as rows: one further statement for the places of grievances."""
    spots = {
        pk: _Spot(building or "", spot, hidden, _excerpt(text))
        for pk, building, spot, hidden, text in Grievance.objects.get_queryset()
        .filter(pk__in=[case.pk for case in found if case.kind == "grievances.grievance"])
        .values_list("pk", "building__name", "spot", "is_anonymous", "text")
    }
    return [_row(case, spots.get(case.pk), by) for case in found]


def who(case: Case, *, is_hidden: bool = False) -> str:
    """The person of a case in a list: masked, and not at all where the class is sensitive."""
    if case.person is None:
        return "—"
    if is_hidden or case.data_class in ("P3", "P4"):
        return _("（保密）")
    return masking.name(case.person.name)


@dataclass(frozen=True)
class _Spot:
    """What a list says of a grievance: where, whether it stays unnamed, and its first words."""

    building: str = ""
    where: str = ""
    is_hidden: bool = False
    words: str = ""


def _excerpt(text: str) -> str:
    """The first words of a grievance, personal numbers masked."""
    line = " ".join(masking.scrub(text).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


def _row(case: Case, spot: _Spot | None, by: Actor) -> Row:
    told = spot or _Spot()
    home = masking.address(case.person.address) if case.person and case.data_class in ("P1", "P2") else ""
    place = f"{told.building}{told.where}" if spot else home
    if case.region_id != by.place:
        place = f"{case.region.name} {place}".strip()
    step = str(case.at_step.title.text(lang()))
    hands = "" if case.closed_on else words.post(case.hold_post)
    return Row(
        case.number,
        told.words if told.words and case.data_class == "P2" else case.title,
        f"{words.kind(case.kind)} · {case.title}" if told.words else words.kind(case.kind),
        None if case.next_due_on == FAR else case.next_due_on,
        case.is_paused,
        case.closed_on is not None,
        who(case, is_hidden=told.is_hidden),
        place or "—",
        hands,
        step,
        reverse("desk:case", args=[case.number]),
        _bulk(case, by),
    )


def _bulk(case: Case, by: Actor) -> str:
    if (case.hold_post, case.hold_place) != (by.post, by.place):
        return ""
    verbs = {move.verb for move in moves_for(case, by)}
    return next((name for verb, name in BULK.items() if verb in verbs), "")


def _offered(by: Actor, asked: Chosen) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Filters with counts, for one's own hands; elsewhere the kinds alone, so that no big table is counted."""
    if asked.tab != "mine":
        return [_every(asked), *(_kind(asked, code, None) for code in words.MAIN_KINDS)], []
    groups = (
        access.reached(by, Case.objects.in_hands_of(by))
        .values("kind", "subject", "title")
        .annotate(count=Count("pk"))
        .order_by("-count")[:40]
    )
    counts: dict[str, int] = {}
    subjects: list[dict[str, object]] = []
    for group in groups:
        counts[group["kind"]] = counts.get(group["kind"], 0) + group["count"]
        if not asked.kind or group["kind"] == asked.kind:
            subjects.append({"code": group["subject"], "label": group["title"], "count": group["count"]})
    return [_every(asked), *(_kind(asked, code, count) for code, count in counts.items())], subjects


def _kind(asked: Chosen, code: str, count: int | None) -> dict[str, object]:
    url = asked.url(kind=code, subject="")
    return {"label": words.kind(code), "url": url, "current": asked.kind == code, "count": count}


def _every(asked: Chosen) -> dict[str, object]:
    url = asked.url(kind="", subject="")
    return {"label": _("不限类别"), "url": url, "current": not asked.kind, "count": None}


def save_filter(request: DeskRequest) -> HttpResponse:
    """Keep the present filters under a name, for this sign-in."""
    name = request.POST.get("name", "").strip()[:20]
    query = urlencode(
        [(key, value[:60]) for key, value in parse_qsl(request.POST.get("query", "")) if key in FIELDS]
    )
    if name and query:
        kept = [one for one in request.session.get(FILTERS, []) if one["name"] != name]
        request.session[FILTERS] = [*kept, {"name": name, "query": query}][-MOST_FILTERS:]
    return HttpResponseRedirect(_saved_url(query))


def drop_filter(request: DeskRequest, order: int) -> HttpResponse:
    """Forget a saved filter."""
    kept = list(request.session.get(FILTERS, []))
    if order < len(kept):
        del kept[order]
        request.session[FILTERS] = kept
    return HttpResponseRedirect(reverse("desk:inbox"))


def _saved_url(query: str) -> str:
    return Chosen(**{name: value for name, value in parse_qsl(query) if name in FIELDS}).url()


def accept_many(request: DeskRequest) -> HttpResponse:
    """Accept every application ticked; each is its own act, and those refused are named with the reason."""
    return _many(request, _accept, _("受理了%(count)d件。"))


def dispatch_many(request: DeskRequest) -> HttpResponse:
    """Dispatch every grievance ticked to the body of its class."""
    return _many(request, _dispatch, _("派办了%(count)d件。"))


def _accept(request: DeskRequest, case: Case) -> None:
    application = Application.objects.get(case=case)
    decision.accept(application=application, by=access.actor(request), at=request.now)


def _dispatch(request: DeskRequest, case: Case) -> None:
    grievance = Grievance.objects.get_queryset().get(case=case)
    grievance_intake.dispatch(grievance=grievance, by=access.actor(request), at=request.now)


def _many(request: DeskRequest, do: Callable[[DeskRequest, Case], None], words_done: str) -> HttpResponse:
    numbers = list(dict.fromkeys(request.POST.getlist("number")))[:PAGE]
    key = request.POST.get("once", "")
    seen = request.session.get(DONE, {})
    if not numbers or (key and key in seen):
        return HttpResponseRedirect(reverse("desk:inbox"))
    done = 0
    for case in access.cases(request).filter(number__in=numbers).order_by("next_due_on", "id"):
        done += tried(request, functools.partial(do, request, case), about=case.number)
    if done:
        tell(request, words_done % {"count": done})
    request.session[DONE] = {**seen, key: reverse("desk:inbox")}
    return HttpResponseRedirect(reverse("desk:inbox"))
