"""One-time collection, many uses (一次采集、多方利用): what is already known need not be asked again."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass

from django.db.models import Count

from linli.ground.said import Saying
from linli.people.models import Membership, Person
from linli.services.declared import ServiceItem


@dataclass(frozen=True)
class KnownAnswer:
    """An answer already known: its question, its value, and where it comes from."""

    code: str
    value: str
    source: Saying


def household_of(person: Person) -> Membership | None:
    """The person's present household membership, with ``size`` of the household; one query."""
    return (
        Membership.objects.filter(person=person, valid_to=None)
        .select_related("household")
        .annotate(size=Count("household__memberships"))
        .order_by("-id")
        .first()
    )


def _household_size(person: Person) -> str:
    membership = household_of(person)
    return str(membership.size) if membership else ""  # type: ignore[attr-defined]


_READ: dict[str, Callable[[Person], str]] = {
    "name": lambda person: person.name,
    "identity": lambda person: person.identity,
    "phone": lambda person: person.phone,
    "address": lambda person: person.address,
    "birth_day": lambda person: person.birth_day.isoformat() if person.birth_day else "",
    "household_size": _household_size,
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
            found.append(KnownAnswer(question.code, value, Saying("services.known_from_register")))
    return found
