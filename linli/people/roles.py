"""Roles: what a post may do and how far it may see, declared in sheets (``packs/*/roles``).

``reach`` gives for each data class (domain: P0 public … P4 restricted) how far the post sees:
``all``, ``place`` (everything inside its place), ``in_hand`` (cases that are or were in its hands), ``own``
(the person's own and their wards'), ``aggregate`` (counts only) or ``none``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from linli.ground.packs import sheet_paths
from linli.ground.said import Said
from linli.ground.sheets import Both, load_file

Reach = Literal["all", "place", "in_hand", "own", "aggregate", "none"]


@dataclass(frozen=True)
class ClassReach:
    """How far a role sees, per data class."""

    P0: Reach
    P1: Reach
    P2: Reach
    P3: Reach
    P4: Reach


@dataclass(frozen=True)
class Role:
    """One role: title, the level of its place, the kind of body that holds it, its rights and its reach."""

    code: str
    title: Both
    level: Literal["none", "community", "street", "district", "city", "province", "nation"]
    door: Literal["portal", "desk", "clock"]
    body: str
    duties: tuple[Both, ...]
    rights: tuple[str, ...]
    reach: ClassReach
    basis: str

    def sees(self, data_class: str) -> Reach:
        """Reach for a data class."""
        reach: Reach = getattr(self.reach, data_class)
        return reach

    def may(self, right: str) -> bool:
        """Whether the role lists a right."""
        return right in self.rights


@lru_cache(maxsize=1)
def all_roles() -> dict[str, Role]:
    """Every declared role by code."""
    return {code: load_file(path, Role) for code, path in sheet_paths("roles").items()}


def role(code: str) -> Role:
    """The role of a post code. Raises ``Said('people.unknown_post')``."""
    try:
        return all_roles()[code]
    except KeyError:
        raise Said("people.unknown_post", post=code) from None
