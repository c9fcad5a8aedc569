"""Who stands at the desk, and the only ways from an address to a thing. What may not be seen answers 404."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from linli.cases.models import CLASSES, Case, CasePaper, Hand
from linli.disclosure.models import Objection, Publication
from linli.grievances.models import Grievance
from linli.ground import codes
from linli.look.reader import Reader
from linli.people.actors import Actor
from linli.people.models import Account, Appointment, Organisation, Person
from linli.people.roles import role
from linli.people.signing import post_actor
from linli.people.unmasking import may_read_identity
from linli.places.models import Region
from linli.rulebook.models import Edition
from linli.services.models import Application

SESSION_KEY = "appointment"
WIDE = ("all", "place")


class DeskRequest(HttpRequest):
    """A request as the desk's views receive it: signed in, with the site's day and moment."""

    user: Account
    reader: Reader
    today: dt.date
    now: dt.datetime


View = Callable[..., HttpResponseBase]


def appointments(request: DeskRequest) -> list[Appointment]:
    """The posts of the desk that the signed-in person holds today; asked once a request."""
    found: list[Appointment] | None = getattr(request, "_desk_appointments", None)
    if found is None:
        held = Appointment.objects.in_force(request.today).filter(person_id=request.user.person_id)
        held = held.select_related("organisation", "place").order_by("id")
        found = [one for one in held if role(one.post).door == "desk"]
        request._desk_appointments = found  # type: ignore[attr-defined]
    return found


def appointment(request: DeskRequest) -> Appointment:
    """The post acted in: the one chosen, else the first."""
    held = appointments(request)
    if not held:
        raise Http404
    chosen = request.session.get(SESSION_KEY)
    return next((one for one in held if one.pk == chosen), held[0])


def actor(request: DeskRequest) -> Actor:
    """The actor of the post acted in."""
    return post_actor(request.user, appointment(request))


def staff(view: View) -> View:
    """Guard a view: sign-in first, a post at the desk, nothing kept by browsers or proxies."""
    if getattr(view, "is_guarded", False):
        return view

    @wraps(view)
    def guarded(request: DeskRequest, *args: Any, **given: Any) -> HttpResponseBase:
        answer: HttpResponseBase
        signed_in: bool = request.user.is_authenticated
        if not signed_in:
            back = request.get_full_path() if request.method == "GET" else "/desk/"
            answer = redirect_to_login(back)
        elif not appointments(request):
            raise Http404
        else:
            answer = view(request, *args, **given)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    guarded.is_guarded = True  # type: ignore[attr-defined]
    return guarded


def require(request: DeskRequest, *rights: str) -> Actor:
    """The actor, if the role has one of the rights; otherwise the page does not exist."""
    by = actor(request)
    if not any(by.may(right) for right in rights):
        raise Http404
    return by


def cases(request: DeskRequest) -> QuerySet[Case]:
    """Cases the actor may open."""
    return Case.objects.visible_to(actor(request))


def reached(by: Actor, rows: QuerySet[Case]) -> QuerySet[Case]:
    """For counts: without the classes that do not exist for this role at all; even their number says something."""
    return rows.filter(data_class__in=[word for word in CLASSES if by.sees(word) != "none"])


def of_a_person(by: Actor, rows: QuerySet[Case]) -> QuerySet[Case]:
    """Cases that may be shown as somebody's: without grievances of those who asked to stay unnamed to the handlers."""
    if by.may("people.enter"):
        return rows
    return rows.exclude(
        Exists(Grievance.objects.get_queryset().filter(case=OuterRef("pk"), is_anonymous=True))
    )


def is_unnamed(by: Actor, found: Case) -> bool:
    """Whether the person of a case asked to stay unnamed to posts such as the actor's."""
    if found.kind != "grievances.grievance" or by.may("people.enter"):
        return False
    return Grievance.objects.get_queryset().filter(pk=found.pk, is_anonymous=True).exists()


def case(request: DeskRequest, number: str) -> Case:
    """One case by its public number, with ``was_in_hand`` for what is shown to handlers only."""
    by = actor(request)
    held = Exists(Hand.objects.filter(case=OuterRef("pk"), post=by.post, place=by.place))
    rows = cases(request).select_related("person", "person__guardian", "region", "procedure", "parent")
    return get_object_or_404(rows.annotate(was_in_hand=held), number=number)


def application(request: DeskRequest, number: str) -> Application:
    """The application of a visible case."""
    rows = Application.objects.visible_to(actor(request)).select_related(
        "case__person", "case__region__profile", "case__procedure", "agent"
    )
    return get_object_or_404(rows, case__number=number)


def grievance(request: DeskRequest, number: str) -> Grievance:
    """The grievance of a visible case."""
    rows = Grievance.objects.visible_to(actor(request)).select_related(
        "case__person", "case__region", "case__procedure", "building"
    )
    return get_object_or_404(rows, case__number=number)


def paper(request: DeskRequest, number: str, key: str) -> CasePaper:
    """A paper of a visible case, by the document's public key."""
    found = case(request, number)
    if not sees_content(actor(request), found):
        raise Http404
    return get_object_or_404(found.papers.select_related("document__file"), document__key=key)


def sees_content(by: Actor, found: Case) -> bool:
    """Whether the sensitive content (P3) of a visible case is open to the actor, not only its course."""
    reach = by.sees("P3")
    return reach in WIDE or (reach == "in_hand" and bool(getattr(found, "was_in_hand", False)))


def persons(request: DeskRequest) -> QuerySet[Person]:
    """Persons whose business data the actor may read, for posts that keep the register."""
    return Person.objects.visible_to(require(request, "people.read")).filter(erased_at=None)


def person(request: DeskRequest, key: str) -> Person:
    """One person by public key, with ``has_case_in_hand``: the ground on which a handler may see identifiers."""
    by = actor(request)
    held = Hand.objects.filter(post=by.post, place=by.place, case__person=OuterRef("pk"))
    rows = persons(request).select_related("community", "guardian").annotate(has_case_in_hand=Exists(held))
    return get_object_or_404(rows, key=key)


def may_unmask(by: Actor, found: Person) -> bool:
    """Whether the ID number (P3) may be read of this person."""
    return may_read_identity(by, in_hand=bool(getattr(found, "has_case_in_hand", False)))


def publications(request: DeskRequest) -> QuerySet[Publication]:
    """Publications of the actor's place."""
    by = actor(request)
    return Publication.objects.visible_to(by).within(*by.span).select_related("item", "region")


def publication(request: DeskRequest, number: str) -> Publication:
    """One publication by number."""
    return get_object_or_404(publications(request).select_related("previous", "taken_down"), number=number)


def objection(request: DeskRequest, key: str) -> Objection:
    """An objection the actor may answer."""
    rows = Objection.objects.visible_to(require(request, "disclosure.publish"))
    return get_object_or_404(rows.select_related("publication__region"), key=key)


def organisations(request: DeskRequest) -> QuerySet[Organisation]:
    """Bodies inside the actor's place; bodies and posts are public (P0)."""
    first, last = actor(request).span
    return Organisation.objects.filter(region_id__gte=first, region_id__lte=last, ended_on=None)


def organisation(request: DeskRequest, key: str) -> Organisation:
    """One body by its key."""
    return get_object_or_404(organisations(request).select_related("region"), key=key)


def sheet(kind: str, code: str, number: int | None) -> Edition:
    """An edition of a sheet (public): the one of a number, or the newest."""
    rows = Edition.objects.of_kind(kind).filter(code=code).order_by("-number")
    found = (rows.filter(number=number) if number else rows).first()
    if found is None:
        raise Http404
    return found


def communities(request: DeskRequest) -> QuerySet[Region]:
    """Communities inside the actor's place."""
    return Region.objects.within(actor(request).place).communities()


def home_community(request: DeskRequest) -> Region:
    """The community acted for at the counter. Posts above a community have no counter."""
    place = appointment(request).place
    if codes.level(place.code) != "committee":
        raise Http404
    return place
