"""Everybody and everything a story may need, found by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from linli.people.actors import Actor
from linli.people.models import Organisation, Person
from linli.places.models import Building, Facility, Region
from linli.sample.diary import Diary


@dataclass(frozen=True)
class Dweller:
    """A resident of the sample: the person, where they live, and their own login where they have one."""

    person: Person
    born: date
    building: Building | None
    actor: Actor | None = None
    identity: str = ""
    phone: str = ""

    def age(self, on: date) -> int:
        """Full years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@dataclass
class World:
    """The settled sample. ``small`` keeps the cast and the projects and does a twentieth of the daily work."""

    diary: Diary
    seed: int
    small: bool
    regions: dict[str, Region] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    selves: dict[str, Actor] = field(default_factory=dict)
    posts: dict[tuple[str, str], Actor] = field(default_factory=dict)
    dwellers: dict[str, list[Dweller]] = field(default_factory=dict)
    facilities: dict[str, dict[str, Facility]] = field(default_factory=dict)
    buildings: dict[str, list[Building]] = field(default_factory=dict)

    def luck(self, *words: object) -> Random:
        """A stream of chance of its own for a story, so that one story never disturbs another."""
        return Random(f"{self.seed}:{':'.join(str(word) for word in words)}")  # noqa: S311  # no secret

    def holder(self, post: str, region: str) -> Actor:
        """Who holds a post over a community: there, or at the nearest place above."""
        for code in (
            region,
            f"{region[:9]}000",
            f"{region[:6]}000000",
            f"{region[:4]}00000000",
            f"{region[:2]}0000000000",
        ):
            if (post, code) in self.posts:
                return self.posts[post, code]
        raise KeyError((post, region))

    def grown(self, region: str, on: date) -> list[Dweller]:
        """Adults of a community on a day."""
        return [one for one in self.dwellers[region] if one.age(on) >= 18]

    def shuffled(self, dwellers: Iterable[Dweller], luck: Random) -> list[Dweller]:
        """The same people in another order."""
        mixed = list(dwellers)
        luck.shuffle(mixed)
        return mixed
