"""Looking at the site as somebody: which addresses open, and which planted words their pages show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from linli.people.models import Account
from linli.people.roles import all_roles
from tests.cast import HELIN
from tests.visibility.addresses import Address, addresses, meaning
from tests.visibility.allowed import ALLOWED, POSTS
from tests.visibility.places import FAR, Corner
from tests.visibility.world import World, browser

PLANTED = re.compile(
    r"(?P<name>欧阳[禾望远]\w)|(?P<phone>1387\d{7})|(?P<identity>1101011940\d{7}[\dX])|(?P<address>标记路\d+号\d+室)"
    r"|(?P<bank>62220299\d+)|(?P<story>缘由\d+号标记[禾望远])|(?P<secret>受限事项)"
)
# Whose thing it is, where the kind of thing is not itself the name of an owner.
OWNED = {"": "paying", "publication": "objector", "notice": "paying", "person": "paying"}


@dataclass
class Seen:
    """What somebody saw: addresses open to them, words shown, how many were tried."""

    opened: set[tuple[str, str]] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    words: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    tried: int = 0


class Looker:
    """Somebody before the site, with one browser for each account they use."""

    def __init__(self, world: World, who: str) -> None:
        self.world, self.who = world, who
        self.level = all_roles()[who].level if who in POSTS else "none"
        self._browsers: dict[int, Client] = {}

    def corner(self, side: str) -> Corner:
        """One's own community, or the one that is foreign to this role."""
        return self.world.home if side == "own" else self.world.foreign(self.level)

    def account(self, corner: Corner, kind: str) -> Account | None:
        kind = OWNED.get(kind, kind)
        if self.who == "owner" and kind not in corner.owners:
            kind = "payee"
        if self.who == "stranger":
            return self.world.corners[HELIN if corner.code == FAR else FAR].neighbour.account
        return self.world.account(self.who, corner, kind)

    def browser(self, account: Account | None) -> Client:
        key = account.pk if account else 0
        if key not in self._browsers:
            self._browsers[key] = browser(account)
        return self._browsers[key]

    def get(self, address: Address, corner: Corner, kind: str) -> HttpResponse:
        return self.browser(self.account(corner, kind)).get(address.url(corner, kind))  # type: ignore[return-value]

    def post(self, address: Address, corner: Corner, kind: str, body: dict[str, Any]) -> HttpResponse:
        """A POST whose effect is undone; a session it changed is left behind with it."""
        account = self.account(corner, kind)
        client = browser(account)
        with transaction.atomic():
            answer = client.post(address.url(corner, kind), body)
            transaction.set_rollback(True)
        return answer  # type: ignore[return-value]

    def looks(self, side: str) -> list[tuple[Address, str]]:
        """What is tried on a side. Every address at home; abroad those about a thing or a place."""
        found = []
        for address in addresses():
            tries = self._is_tried if side == "own" else self._is_tried_abroad
            found += [(address, kind) for kind in address.tried if tries(address, kind)]
        return found

    def _is_tried(self, address: Address, kind: str) -> bool:
        """What somebody may open is tried by everybody; a screen open to nobody, by those who may open its case."""
        page = ALLOWED[address.name]
        if page.own_of(kind) or address.tried.index(kind) == 0:
            return (
                address.door != "portal" or self.who not in POSTS or kind in ("", "entered", address.tried[0])
            )
        case = ALLOWED["desk:case" if address.door == "desk" else "portal:case"]
        return self.who in case.own_of(kind)

    def _is_tried_abroad(self, address: Address, kind: str) -> bool:
        """Staff are nobody in particular at the residents' door; what is closed to all at home needs no try abroad."""
        if address.door == "portal":
            return self.who not in POSTS and (bool(kind) or "code" in address.parameters)
        return bool(kind) and bool(ALLOWED[address.name].own_of(kind))

    def look(self, side: str) -> Seen:
        """Try every address of a side by reading (by an empty POST where an address only takes changes)."""
        seen, corner = Seen(), self.corner(side)
        for address, kind in self.looks(side):
            answer = self.get(address, corner, kind)
            sense = meaning(answer)
            if sense == "method":
                sense = meaning(self.post(address, corner, kind, {}))
            seen.tried += 1
            if sense == "broken":
                seen.broken.append(f"{address.name} {kind}")
            if sense == "open":
                seen.opened.add((address.name, kind))
                self._read(answer, address, seen)
        return seen

    def _read(self, answer: HttpResponse, address: Address, seen: Seen) -> None:
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            return
        for found in PLANTED.finditer(answer.content.decode()):
            if found.lastgroup != "secret" and found.group() not in self.world.planted:
                continue  # digits of a form's own key
            key = (str(found.lastgroup), self.world.planted.get(found.group(), ""))
            seen.words.setdefault(key, set()).add(address.name)
