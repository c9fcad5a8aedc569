"""What a door hands to the page shell: plain values, no models, so that the shell asks the database nothing.

A door puts one of ``PortalFrame`` or ``DeskFrame`` into the template context under the name ``door``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One link of a navigation. ``icon`` is a name of ``icons.py``; ``hint`` is shown on the home page only."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    hint: str = ""


@dataclass(frozen=True)
class RailLink:
    """One link of the desk's rail; ``count`` of ``None`` shows no number; ``tone`` is ``late``, ``warn`` or empty."""

    label: str
    url: str
    count: int | None = None
    tone: str = ""
    current: bool = False


@dataclass(frozen=True)
class RailGroup:
    """A heading of the rail with its links."""

    label: str
    links: Sequence[RailLink]


@dataclass(frozen=True)
class PortalFrame:
    """The residents' shell. ``phone`` is the number as printed; ``person`` is empty for a visitor.

    ``sign_out`` is posted to, the other addresses are links. An empty address leaves its link out.
    """

    community: str
    place: str
    home: str
    entries: Sequence[Entry] = ()
    person: str = ""
    sign_in: str = ""
    sign_out: str = ""
    inbox: str = ""
    unread: int = 0
    phone: str = ""
    hours: str = ""
    address: str = ""
    footer: Sequence[Entry] = ()
    reader: str = "/reader/"


@dataclass(frozen=True)
class Role:
    """The one role acted in: whose body, which post, and the name of the person signed in."""

    organisation: str
    post: str
    person: str


@dataclass(frozen=True)
class DeskFrame:
    """The staff shell. ``switch`` is where another role is taken up; ``search`` receives ``q`` by GET."""

    home: str
    groups: Sequence[RailGroup] = field(default_factory=tuple)
    role: Role | None = None
    switch: str = ""
    search: str = ""
    query: str = ""
    sign_out: str = ""
    reader: str = "/reader/"
