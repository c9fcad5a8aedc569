"""The residents' front page of a community."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.cases.models import Case
from linli.disclosure.models import Publication
from linli.notices.models import Notice
from linli.places.models import Region
from linli.portal import access, figures, hours, items, shell
from linli.portal.moment import today
from linli.portal.saying import page
from linli.services.models import Supplement

RATE_WITHIN = timedelta(days=30)
OFTEN = 4


@dataclass(frozen=True)
class Open:
    """Something that waits for the reader: a word with its tone, what it is, until when."""

    word: str
    tone: str
    title: str
    url: str
    until: date | None = None


@page("GET")
def home(request: HttpRequest, code: str) -> HttpResponse:
    """Search, six entries, what waits for me, latest disclosures, the station."""
    region = access.community(request, code)
    on = today(request)
    told = shell.profile(region)
    sheets = items.sheets(on)
    return shell.show(
        request,
        "home.html",
        region,
        often=[items.line(sheet, code) for sheet in sheets[:OFTEN]],
        waiting=waiting(request) if access.account(request) else None,
        shown=latest(region, on),
        open_today=hours.today(told.opening_hours, on),
        hours_known=bool(told.opening_hours),
        figures=figures.of_month(region, on),
    )


def waiting(request: HttpRequest) -> list[Open]:
    """What waits for the person signed in; three queries."""
    mine = Case.objects.filter(access.own_cases(request))
    on = today(request)
    names = items.titles(on)
    told = (
        Supplement.objects.filter(case__in=mine, answered_on=None).select_related("case").order_by("due_on")
    )
    found = [
        Open(
            _("补材料"),
            "warn",
            items.title(row.case, names),
            reverse("portal:supplement", args=[row.case.number]),
            row.due_on,
        )
        for row in told[:5]
    ]
    # One narrowing to my cases outside the alternatives: inside them the engine would go through everybody's.
    answered = Q(closed_on=None, step="answered", kind="grievances.grievance")
    unrated = Q(closed_on__gte=on - RATE_WITHIN, rating=None) & ~Q(outcome="withdrawn")
    for row in mine.filter(answered | unrated).order_by("-pk")[:6]:
        page_of = reverse("portal:case", args=[row.number])
        is_open = row.closed_on is None
        word, tone = (_("说说满意吗"), "go") if is_open else (_("评价"), "info")
        found.append(Open(word, tone, items.title(row, names), f"{page_of}#act"))
    unread = Notice.objects.filter(to_person_id=access.person(request).pk).unread().count()
    if unread:
        title = ngettext("%(count)d条没看的消息", "%(count)d条没看的消息", unread) % {"count": unread}
        found.append(Open(_("消息"), "plain", title, reverse("portal:notices")))
    return found


def latest(region: Region, on: date) -> Sequence[dict[str, object]]:
    """The newest publications that are shown today."""
    rows = Publication.objects.within(*region.span).showing(on).order_by("-pk")[:4]
    return [
        {
            "title": row.title,
            "on": row.from_on,
            "url": reverse("portal:publication", args=[row.region_id, row.number]),
        }
        for row in rows
    ]
