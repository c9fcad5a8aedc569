"""Residents as lists show them to posts that keep the register, and looking one up."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from linli.finding.searching import matching_keys
from linli.ground import codes, masking
from linli.people.actors import Actor
from linli.people.models import Person
from linli.people.sealing import normalised
from linli.staff import access
from linli.staff.access import DeskRequest

MOST = 30


@dataclass(frozen=True)
class Line:
    """One resident of a list: numbers masked."""

    name: str
    address: str
    phone: str
    url: str
    start: str


def line(one: Person) -> Line:
    """A person as lists show them to posts that keep the register."""
    return Line(
        one.name,
        one.address or "—",
        masking.phone(one.phone) if one.phone_sealed else "—",
        reverse("registry:person", args=[one.key]),
        reverse("desk:counter-person", args=[one.key]),
    )


def found_persons(request: DeskRequest, text: str) -> QuerySet[Person]:
    """Persons of the register by keyed phone or ID number, or by the index (name, its beginning, pinyin)."""
    rows, number = access.persons(request), normalised(text)
    if is_phone(number):
        return rows.filter(pk__in=Person.objects.with_phone(number).values("pk"))
    if codes.is_identity(number):
        return rows.filter(pk__in=Person.objects.with_identity(number).values("pk"))
    by = access.actor(request)
    return rows.filter(pk__in=matching_keys("people.person", text, inside=inside(by)))


def is_phone(number: str) -> bool:
    """Whether the signs look like a telephone number (looked up by keyed index, never as text)."""
    return number.isdigit() and 7 <= len(number) <= 12


def inside(by: Actor) -> str:
    """The part of the index that a post searches: its place; all of it for posts without a place."""
    return "" if by.place in ("", "0" * 12) else by.place
