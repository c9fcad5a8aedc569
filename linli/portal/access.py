"""From an address or a session to a thing: the only way, and what may not be seen does not exist (404)."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest

from linli.cases.models import Case, own
from linli.disclosure.models import Publication
from linli.notices.models import Notice
from linli.people.actors import VISITOR, Actor
from linli.people.models import Account, Appointment, Person
from linli.people.signing import resident_actor
from linli.places.models import CommunityProfile, Region
from linli.portal.moment import today
from linli.projects.models import Project
from linli.records.models import Document


def account(request: HttpRequest) -> Account | None:
    """The account signed in, or nobody."""
    return request.user if request.user.is_authenticated else None


def actor(request: HttpRequest) -> Actor:
    """Who acts here: the resident of the account signed in, else a visitor. Posts act at the desk only."""
    who = account(request)
    return resident_actor(who) if who else VISITOR


def person(request: HttpRequest) -> Person:
    """The person signed in; a visitor has none (404)."""
    who = account(request)
    if who is None:
        raise Http404
    return who.person


def holds_a_post(request: HttpRequest) -> bool:
    """Whether the person signed in holds any post today, and so has a desk."""
    who = account(request)
    if who is None:
        return False
    held = Appointment.objects.in_force(today(request))
    return held.filter(person_id=who.person_id).exists()


def wards(request: HttpRequest) -> list[Person]:
    """Those the person signed in is guardian of."""
    return list(Person.objects.filter(guardian_id=person(request).pk, erased_at=None).order_by("pk"))


def community(request: HttpRequest, code: str) -> Region:
    """A community by its 12-digit code; one's own came with the account."""
    who = account(request)
    own = who.person.community if who is not None else None
    if own is not None and own.code == code and own.level == "community":
        return own
    found = Region.objects.communities().select_related("profile").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def community_of_host(request: HttpRequest) -> Region | None:
    """The community whose portal this host name is mapped to."""
    host = request.get_host().partition(":")[0].lower()
    profile = CommunityProfile.objects.filter(host=host).select_related("region").first() if host else None
    return profile.region if profile else None


def own_community(request: HttpRequest) -> Region | None:
    """The community of the person signed in."""
    who = account(request)
    if who is None or who.person.community_id is None:
        return None
    return who.person.community


def own_cases(request: HttpRequest) -> Q:
    """Cases about the person signed in or a ward, or filed from this account at this door."""
    return own(actor(request))


def case(request: HttpRequest, number: str) -> Case:
    """One's own case, or a ward's, by its number."""
    visible = Case.objects.visible_to(actor(request)).filter(own_cases(request))
    found = visible.select_related("person", "region").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def paper(request: HttpRequest, found: Case, key: str) -> Document:
    """A paper that this account handed in to one of its own cases, or that was made for it."""
    mine = Q(actor=actor(request).actor_word) | Q(kind__in=HANDED_OUT)
    row = found.papers.filter(mine, document__key=key).select_related("document__file").first()
    if row is None:
        raise Http404
    return row.document


HANDED_OUT = ("certificate", "decision", "receipt")


def publication(request: HttpRequest, code: str, number: str) -> Publication:
    """A publication of a community; whether its text is still shown is for the page to say."""
    rows = Publication.objects.visible_to(actor(request)).select_related(
        "item", "taken_down", "correction_of"
    )
    found = rows.filter(region_id=code, number=number).first()
    if found is None:
        raise Http404
    return found


def project(request: HttpRequest, region: Region, code: str) -> Project:
    """A published project by its code, or by its case's number where it has no code."""
    rows = Project.objects.public().within(*region.span).select_related("case", "programme")
    found = rows.filter(code=code).first() or rows.filter(code="", case__number=code).first()
    if found is None:
        raise Http404
    return found


def word_of(found: Project) -> str:
    """The word of a project in addresses."""
    return found.code or found.case.number


def notice(request: HttpRequest, key: str) -> Notice:
    """A message to the person signed in."""
    found = Notice.objects.filter(to_person_id=person(request).pk, key=key).first()
    if found is None:
        raise Http404
    return found
