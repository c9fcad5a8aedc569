"""What persons are found by: name with its pinyin and initials, address, home. Never by a number in clear."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.finding.indexing import Findable, Row
from linli.people.models import Person

KIND = "people.person"


def drawn(person: Person) -> Row:
    """The row of a person of a community; who belongs to none is found by number only (keyed index)."""
    texts = [person.name, person.address]
    if person.home_id is not None and person.home is not None:
        home = person.home
        texts.append(
            f"{home.building.name} {home.unit}单元 {home.number}室"
            if home.unit
            else f"{home.building.name} {home.number}室"
        )
    return Row(person.pk, str(person.community_id), "P2", tuple(texts))


def rows() -> QuerySet[Person]:
    """Persons who can be found by words."""
    return Person.objects.filter(community__isnull=False, erased_at=None).select_related("home__building")


FINDABLES = (Findable("people.person", KIND, rows, drawn, version=2),)
