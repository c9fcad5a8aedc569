"""The counter's queue on screen: take a number, call the next, absent, done; and the screen of the waiting area."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.notices.queueing import (
    ABSENT,
    DONE,
    RIGHT,
    WAITING,
    QueueNumber,
    ahead,
    at_window,
    board,
    call_again,
    call_next,
    end,
    take,
)
from linli.people.actors import Actor
from linli.places.models import Region
from linli.staff import access, frame
from linli.staff.access import DeskRequest
from linli.staff.saying import tell, tried

WINDOW = "desk_window"
REFRESH = 15


def _here(request: DeskRequest) -> tuple[Actor, Region]:
    return access.require(request, RIGHT), access.home_community(request)


def show(request: DeskRequest) -> HttpResponse:
    """The queue as the clerk sees it: who is at the window, who waits, who did not come."""
    by, region = _here(request)
    rows = QueueNumber.objects.of_day(region, request.today)
    now = at_window(region, by, request.today)
    page = {
        "board": board(region, request.today),
        "now": now,
        "case": now.link.partition(":")[2] if now and now.link else "",
        "absent": list(rows.filter(state=ABSENT).order_by("-ended_at")[:10]),
        "window": request.session.get(WINDOW, "1"),
    }
    return frame.draw(request, "desk/queue.html", page, current="queue")


def take_number(request: DeskRequest) -> HttpResponse:
    """Give out the next number and print its slip."""
    by, region = _here(request)
    taken = take(region=region, by=by, at=request.now)
    return HttpResponseRedirect(reverse("desk:queue-slip", args=[taken.number]))


def call(request: DeskRequest) -> HttpResponse:
    """Call the next number to one's window; the window is remembered for this sign-in."""
    by, region = _here(request)
    window = request.POST.get("window", "").strip()[:10]

    def do() -> None:
        called = call_next(region=region, window=window, by=by, at=request.now)
        request.session[WINDOW] = window
        if called is None:
            tell(request, _("现在没有人在等。"), tone="warning")
        else:
            tell(
                request,
                _("请 %(number)03d 号到 %(window)s 号窗口。") % {"number": called.number, "window": window},
            )

    tried(request, do)
    return HttpResponseRedirect(reverse("desk:queue"))


def change_state(request: DeskRequest, number: int, state: str) -> HttpResponse:
    """Done, absent, or waiting again."""
    by, _region = _here(request)
    found = _number(request, number)
    if state not in (DONE, ABSENT, WAITING):
        raise Http404

    def do() -> None:
        if state == WAITING:
            call_again(number=found, by=by, at=request.now)
        else:
            end(number=found, state=state, by=by, at=request.now)

    tried(request, do)
    return HttpResponseRedirect(reverse("desk:queue"))


def _number(request: DeskRequest, number: int) -> QueueNumber:
    _by, region = _here(request)
    return get_object_or_404(QueueNumber.objects.of_day(region, request.today), number=number)


def slip(request: DeskRequest, number: int) -> HttpResponse:
    """The slip to print: the number, how many wait before it, when it was taken."""
    _by, region = _here(request)
    found = _number(request, number)
    page = {
        "number": found.number,
        "ahead": ahead(found),
        "taken_at": found.taken_at,
        "community": region.name,
        "back": reverse("desk:queue"),
        "organisation": access.appointment(request).organisation.name,
    }
    return render(request, "desk/queue_slip.html", page)


def waiting_area(request: DeskRequest) -> HttpResponse:
    """The screen of the waiting area: numbers and windows, large, without names; it reloads itself."""
    _by, region = _here(request)
    shown = board(region, request.today)
    page = {"board": shown, "community": region.name, "refresh": REFRESH, "back": reverse("desk:queue"),
            "now": request.now}  # fmt: skip
    return render(request, "desk/queue_board.html", page)
