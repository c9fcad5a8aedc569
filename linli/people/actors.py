"""The actor: one person in one role at one place. Every act takes one, as ``by``."""

from __future__ import annotations

from dataclasses import dataclass

from linli.ground import codes
from linli.ground.said import Said
from linli.people.roles import Reach, Role, role


@dataclass(frozen=True)
class Actor:
    """Who acts. ``place`` is the 12-digit code of the place that the post holds (a resident's community)."""

    actor_word: str
    post: str
    place: str
    name: str = ""
    person_id: int | None = None
    account_id: int | None = None
    appointment_id: int | None = None
    organisation_id: int | None = None

    @property
    def role(self) -> Role:
        """The declared role of the post."""
        return role(self.post)

    @property
    def span(self) -> tuple[str, str]:
        """First and last region code inside the actor's place (everything, where the post has no place)."""
        return codes.span(self.place) if self.place else ("0" * 12, "9" * 12)

    def may(self, right: str) -> bool:
        """Whether the role lists the right."""
        return self.role.may(right)

    def sees(self, data_class: str) -> Reach:
        """How far the actor sees rows of a data class."""
        return self.role.sees(data_class)

    def holds(self, region: str) -> bool:
        """Whether a region lies inside the actor's place."""
        first, last = self.span
        return first <= region <= last

    def require(self, right: str, region: str) -> None:
        """Refuse unless the role has the right and the place contains the region."""
        if not self.may(right):
            raise Said("people.no_right", right=right, post=self.role.title)
        if not self.holds(region):
            raise Said("people.other_place", place=self.place)


CLOCK = Actor(actor_word="clock", post="system_clock", place="", name="系统时钟")
VISITOR = Actor(actor_word="visitor", post="visitor", place="", name="")
SETUP = Actor(actor_word="setup", post="system_clock", place="", name="初始设置")
