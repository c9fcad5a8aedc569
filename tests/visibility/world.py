"""Everything together: three communities with the same matters, and everybody who might look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.test import Client

from linli.command.publish import publish_all
from linli.people.actors import SETUP
from linli.people.models import Account
from tests import cast
from tests.cast import HELIN, WANGSHAN, Village
from tests.visibility.matters import grievances, publications, services
from tests.visibility.money import projects
from tests.visibility.places import FAR, LETTERS, Corner, corners

# Whose "another community" is the one under the other street; for those above a street it is in another province.
NEAR = ("none", "community", "street")


@dataclass
class World:
    """The village and the three corners of the world."""

    village: Village
    corners: dict[str, Corner]

    @cached_property
    def planted(self) -> dict[str, str]:
        """Every planted word, with the kind of matter it belongs to; those of another community marked ``elsewhere``."""
        found = {}
        for code, corner in self.corners.items():
            people = {**corner.owners, "guardian": corner.guardian, "neighbour": corner.neighbour}
            for kind, owner in people.items():
                for word in owner.marks.words():
                    found[word] = kind if code == HELIN else f"{kind} {LETTERS[code]}"
        return found

    @property
    def home(self) -> Corner:
        return self.corners[HELIN]

    def holder(self, post: str) -> Account:
        """The account of the person of the cast who holds a post over Helin."""
        for login, actor in self.village.actors.items():
            if actor.post == post and (not actor.place or actor.holds(HELIN)):
                return self.village.accounts[login]
        raise LookupError(post)

    def foreign(self, level: str) -> Corner:
        """The community that is foreign to posts of a level."""
        return self.corners[WANGSHAN if level in NEAR else FAR]

    def account(self, who: str, corner: Corner, kind: str) -> Account | None:
        """The account in which somebody looks at a thing of a corner; nobody for a visitor."""
        if who == "visitor":
            return None
        if who == "owner":
            return corner.owners[kind].account if kind in corner.owners else None
        if who == "guardian":
            return corner.guardian.account
        if who == "neighbour":
            return corner.neighbour.account
        if who == "stranger":
            return self.corners[FAR if corner.code != FAR else HELIN].neighbour.account
        return self.holder(who)


def browser(account: Account | None) -> Client:
    """A browser in which an account is signed in; a visitor's without one. Faults of the site answer 500."""
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account)
    return client


def build() -> World:
    """Publish the sheets, settle the village, and bring the matters of three communities about."""
    publish_all(by=SETUP, at=cast.BEGIN)
    village = cast.settle()
    found = corners(village)
    for corner in found.values():
        services(corner)
        grievances(corner)
        publications(corner)
        projects(corner)
    return World(village, found)
