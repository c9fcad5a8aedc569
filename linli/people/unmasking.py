"""Reading a person's whole numbers: with a reason, once, and never without a trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.trail.writing import act, note

WIDE = ("all", "place")
SHORTEST_REASON = 2


@dataclass(frozen=True)
class Whole:
    """The numbers in clear; ``identity`` is ``None`` where the actor's reach does not cover it."""

    phone: str
    identity: str | None


def may_read_identity(by: Actor, *, in_hand: bool) -> bool:
    """Whether the ID number (P3) may be read: by reach, or because the person's matter is in the actor's hands."""
    reach = by.sees("P3")
    return reach in WIDE or (reach == "in_hand" and in_hand)


@act
def unmask(*, person: Person, reason: str, in_hand: bool, by: Actor, at: datetime) -> Whole:
    """Read a person's phone and, where reach allows, ID number; the reason is left in the trail (P2 or P3)."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Said("people.unmask_reason", field="reason")
    with_identity = may_read_identity(by, in_hand=in_hand)
    note(
        verb="people.unmask",
        kind="people.person",
        key=person.key,
        region=person.community_id or "",
        by=by,
        at=at,
        data_class="P3" if with_identity else "P2",
        facts={"reason": reason.strip(), "identity": with_identity},
    )
    return Whole(person.phone, person.identity if with_identity else None)
