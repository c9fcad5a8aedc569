"""One-time collection, many uses (一次采集、多方利用): what is already known need not be asked again."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from django.db.models import Count

from linli.ground.said import Saying
from linli.people.models import Appointment, Membership, Organisation, Person
from linli.services.declared import ServiceItem


@dataclass(frozen=True)
class KnownAnswer:
    """An answer already known: its question, its value, and where it comes from."""

    code: str
    value: str
    source: str


REGISTER, HOUSEHOLD, ORGANISATION = "register", "household", "organisation"
SOURCES: dict[str, str] = {
    "household_size": HOUSEHOLD, "home": HOUSEHOLD, "organisation_name": ORGANISATION, "organisation_code": ORGANISATION,
}  # fmt: skip


def source_word(source: str) -> Saying:
    """Where an answer came from, for a page."""
    return Saying(f"services.known_from_{source}")


def household_of(person: Person) -> Membership | None:
    """The person's present household membership, with ``size`` of the household; one query."""
    return (
        Membership.objects.filter(person=person, valid_to=None)
        .select_related("household__home__building")
        .annotate(size=Count("household__memberships"))
        .order_by("-id")
        .first()
    )


def _household_size(person: Person) -> str:
    membership = household_of(person)
    return str(membership.size) if membership else ""  # type: ignore[attr-defined]


def _home(person: Person) -> str:
    membership = household_of(person)
    home = membership.household.home if membership else None
    return f"{home.building.name}{home.unit}单元{home.number}室" if home else ""


def _organisation(person: Person) -> Organisation | None:
    """The body in which the person holds a post today, the newest first."""
    held = Appointment.objects.filter(person=person, valid_to=None).select_related("organisation")
    newest = held.order_by("-valid_from", "-pk").first()
    return newest.organisation if newest else None


def _organisation_name(person: Person) -> str:
    return getattr(_organisation(person), "name", "")


def _organisation_code(person: Person) -> str:
    return getattr(_organisation(person), "credit_code", "")


_READ: dict[str, Callable[[Person], str]] = {
    "name": lambda person: person.name,
    "identity": lambda person: person.identity,
    "phone": lambda person: person.phone,
    "address": lambda person: person.address,
    "birth_day": lambda person: person.birth_day.isoformat() if person.birth_day else "",
    "household_size": _household_size,
    "home": _home,
    "organisation_name": _organisation_name,
    "organisation_code": _organisation_code,
}


def known_answers(item: ServiceItem, person: Person, but: Container[str] = ()) -> list[KnownAnswer]:
    """Answers that the register already knows, for the person to confirm or change; only to that person or staff in
    charge (the caller opens the form for them). Questions in ``but`` are answered already and not looked up."""
    found = []
    for question in item.questions():
        if not question.known or question.code in but:
            continue
        value = _READ[question.known](person)
        if value:
            found.append(KnownAnswer(question.code, value, SOURCES.get(question.known, REGISTER)))
    return found
