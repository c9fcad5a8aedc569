"""The staff shell: what stands in the rail and on top, as plain values; and drawing a page in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.desk import access, words
from linli.desk.access import DeskRequest
from linli.look.frame import DeskFrame, RailGroup, RailLink, Role
from linli.notices.models import Notice
from linli.people.actors import Actor

QUERY = "desk_query"


@dataclass(frozen=True)
class Load:
    """How many open matters are in the actor's hands, by due state."""

    all: int
    late: int
    today: int
    soon: int
    waiting: int


def load(by: Actor, on: dt.date) -> Load:
    """Counts of the actor's inbox in one statement."""
    running = Q(is_paused=False)
    found = access.reached(by, Case.objects.in_hands_of(by)).aggregate(
        all=Count("pk"),
        late=Count("pk", filter=running & Q(next_due_on__lt=on)),
        today=Count("pk", filter=running & Q(next_due_on=on)),
        soon=Count("pk", filter=running & Q(next_due_on__gt=on, next_due_on__lte=on + dt.timedelta(days=7))),
        waiting=Count("pk", filter=Q(is_paused=True)),
    )
    return Load(**found)


def address(name: str) -> str:
    """The address of a room of the desk, or nothing where this build does not have it."""
    try:
        return reverse(f"desk:{name}")
    except NoReverseMatch:
        return ""


def _links(current: str, offered: list[tuple[str, str, bool]]) -> tuple[RailLink, ...]:
    links = []
    for name, label, allowed in offered:
        url = address(name) if allowed else ""
        if url:
            links.append(RailLink(label, url, current=name == current))
    return tuple(links)


def _groups(by: Actor, current: str, load: Load, unread: int) -> Iterator[RailGroup]:
    yield RailGroup(_("我的待办"), _own(current, load, unread))
    at_counter = by.role.level == "community"
    affairs = [
        ("counter", _("窗口受理"), by.may("services.assist") and at_counter),
        ("grievance-entry", _("登记诉求"), by.may("grievances.file") and at_counter),
        ("disclosure", _("公开"), True),
        ("figures", _("统计"), by.may("statistics.read")),
    ]
    yield RailGroup(_("社区事务"), _links(current, affairs))
    results = [
        ("projects", _("项目资金"), by.may("projects.read")),
        ("evaluation", _("绩效评价"), by.may("evaluation.read")),
        ("reports", _("报告"), by.may("evaluation.read")),
    ]
    yield RailGroup(_("项目与绩效"), _links(current, results))
    registers = [
        ("people", _("居民与家庭"), by.may("people.read")),
        ("organisations", _("组织与岗位"), True),
        ("sheets", _("流程与规则"), True),
        ("audit", _("留痕"), by.may("audit.read")),
    ]
    yield RailGroup(_("底册"), _links(current, registers))


def _own(current: str, load: Load, unread: int) -> tuple[RailLink, ...]:
    """The inbox by due state, and the messages."""
    inbox = reverse("desk:inbox")
    late, today = "late" if load.late else "", "warn" if load.today else ""
    return (
        RailLink(_("全部"), inbox, load.all, current=current == "inbox"),
        RailLink(_("超期"), f"{inbox}?due=late", load.late, late, current == "late"),
        RailLink(_("今日到期"), f"{inbox}?due=today", load.today, today, current == "today"),
        RailLink(_("七天内到期"), f"{inbox}?due=soon", load.soon, current=current == "soon"),
        RailLink(_("等别人"), f"{inbox}?due=waiting", load.waiting, current=current == "waiting"),
        RailLink(_("消息"), reverse("desk:notices"), unread, current=current == "notices"),
    )


def frame(request: DeskRequest, current: str = "") -> DeskFrame:
    """The shell of the desk for the post acted in; two statements."""
    by, held = access.actor(request), access.appointment(request)
    unread = Notice.objects.for_actor(by).unread().count()
    groups = [one for one in _groups(by, current, load(by, request.today), unread) if one.links]
    post = held.title or words.post(held.post)
    return DeskFrame(
        home=reverse("desk:inbox"),
        groups=groups,
        role=Role(held.organisation.name, post, request.user.person.name),
        switch=reverse("desk:role"),
        search=reverse("desk:search"),
        sign_out=address_of_sign_out(),
    )


def address_of_sign_out() -> str:
    """Where signing out is posted to; it belongs to the residents' door."""
    for name in ("portal:sign_out", "portal:sign-out"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return "/sign-out/"


def draw(
    request: DeskRequest, template: str, context: Mapping[str, Any], *, current: str = "", status: int = 200
) -> HttpResponse:
    """A page in the shell. A form that came back with faults answers 422, so that scripts and tests can tell."""
    filled = {**context, "door": frame(request, current)}
    return render(request, f"desk/{template}", filled, status=status)


def shown(form: Any) -> int:
    """The status of a page with a form: 422 where the form is shown again with faults."""
    return 422 if form.is_bound and form.errors else 200
