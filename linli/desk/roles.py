"""Taking up another post: one role at a time signs a decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import access, frame, words
from linli.desk.access import DeskRequest
from linli.desk.saying import lang, tell
from linli.people.models import Appointment
from linli.people.roles import role


@dataclass(frozen=True)
class Held:
    """One post held, as the page shows it."""

    order: int
    post: str
    organisation: str
    place: str
    duties: tuple[str, ...]
    is_current: bool


def choose(request: DeskRequest) -> HttpResponse:
    """The posts held (GET), and taking one up (POST)."""
    held = access.appointments(request)
    if request.method == "POST":
        order = request.POST.get("post", "")
        if not order.isdigit() or not 1 <= int(order) <= len(held):
            raise Http404
        taken = held[int(order) - 1]
        request.session[access.SESSION_KEY] = taken.pk
        tell(
            request,
            _("现在以%(body)s · %(post)s身份办理。")
            % {"body": taken.organisation.name, "post": words.post(taken.post)},
        )
        return HttpResponseRedirect(reverse("desk:inbox"))
    current = access.appointment(request)
    shown = [_held(order, one, one == current) for order, one in enumerate(held, start=1)]
    return frame.draw(request, "role.html", {"held": shown}, current="role")


def _held(order: int, one: Appointment, is_current: bool) -> Held:
    declared = role(one.post)
    return Held(
        order,
        one.title or words.post(one.post),
        one.organisation.name,
        one.place.name,
        tuple(str(duty.text(lang())) for duty in declared.duties),
        is_current,
    )
