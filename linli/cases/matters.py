"""The sheet kind of responsibility matrices (职责分工): for each matter who leads, who assists, who is informed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from linli.ground import codes
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.people.roles import all_roles
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed
from linli.rulebook.publishing import editions

KIND = "matters"


@dataclass(frozen=True)
class Body:
    """A body at a matter: a post of the platform, or an outside body by name. Level and place follow from the post.

    ``is_needed``: the matter waits for its answer before it may be closed.
    """

    post: str = ""
    outside: Both | None = None
    is_needed: bool = True


@dataclass(frozen=True)
class Matter:
    """One line of the matrix. ``subjects`` are grievance classes, service items or topics by their codes."""

    code: str
    title: Both
    subjects: tuple[str, ...]
    lead: str
    assist: tuple[Body, ...] = ()
    inform: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """A matrix with its source. ``jurisdiction`` is a region code; empty means everywhere, the nearest one counts."""

    code: str
    title: Both
    source: str
    surety: Literal["V", "M", "E"]
    matters: tuple[Matter, ...]
    jurisdiction: str = ""
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None

    def matter(self, subject: str) -> Matter | None:
        """The line that names a subject."""
        return next((one for one in self.matters if subject in one.subjects), None)


SCHEMA = Matrix


def faults(sheet: Matrix, *, source: str = "") -> list[Said]:
    """Unknown posts, a body that is both or neither, a subject that stands in two lines."""
    known = all_roles()
    found = []
    for matter in sheet.matters:
        posts = [matter.lead, *matter.inform, *(body.post for body in matter.assist if body.post)]
        place = f"matters/{matter.code}"
        found += [
            Said("cases.sheet_unknown_post", source=source, place=place, post=post)
            for post in posts
            if post not in known
        ]
        if any(bool(body.post) == bool(body.outside) for body in matter.assist):
            found.append(Said("cases.sheet_body", source=source, place=place))
    subjects = [subject for matter in sheet.matters for subject in matter.subjects]
    return found + [
        Said("cases.sheet_double", source=source, place=f"subjects/{subject}")
        for subject in sorted({one for one in subjects if subjects.count(one) > 1})
    ]


def title(sheet: Matrix) -> Both:
    """The title an edition is listed under."""
    return sheet.title


def validity(sheet: Matrix) -> tuple[date, date | None]:
    """First and last day of the edition."""
    return sheet.valid_from, sheet.valid_to


def matter_for(subject: str, *, place: str, on: date) -> tuple[Edition, Matter] | None:
    """The line for a subject at a place on a day, of the nearest jurisdiction that has one; one statement."""
    chain = ["", *codes.ancestors(place), place]
    best: tuple[int, Edition, Matter] | None = None
    for edition in editions(KIND, on):
        matrix = parsed(edition, Matrix)
        line = matrix.matter(subject)
        if line is None or matrix.jurisdiction not in chain:
            continue
        nearness = chain.index(matrix.jurisdiction)
        if best is None or nearness > best[0]:
            best = (nearness, edition, line)
    return (best[1], best[2]) if best else None
