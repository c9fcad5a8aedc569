"""Opinions level by level, return for correction, refusal (意见、退回、不同意)."""

from __future__ import annotations

from datetime import datetime

from linli.cases.models import Passage
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.projects.models import Project
from linli.projects.passing import locked, make_move, tell_holder
from linli.trail.writing import act


@act
def opine(*, project: Project, opinion: str, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """Write one's level's opinion and hand the project on to the next level.

    One opinion per level, and none is skipped: the sheet's order holds it. ``seen`` is the number of passages the
    reader had seen.
    """
    project = locked(project)
    by.require("projects.opine", project.region_code)
    passage = make_move(project, "projects.opining.opine", by=by, at=at, opinion=opinion, seen=seen)
    tell_holder(project, "project.opinion_due", by=by, at=at, with_step=True)
    return passage


@act
def return_for_correction(*, project: Project, reason: str, by: Actor, at: datetime) -> Passage:
    """Send the project back to the community with the reason; it comes back to the same level."""
    project = locked(project)
    by.require("projects.opine", project.region_code)
    came_from = project.case.at_step.title.zh
    passage = make_move(project, "projects.opining.return_for_correction", by=by, at=at, opinion=reason)
    values = {"number": project.case.number, "title": project.name[:80], "step": came_from}
    leave(
        template="project.returned",
        values=values,
        link=f"case:{project.case.number}",
        by=by,
        at=at,
        to_post=(project.case.hold_post, project.case.hold_place),
    )
    return passage


@act
def refuse(*, project: Project, reason: str, by: Actor, at: datetime) -> Passage:
    """Do not recommend, or refuse, the project, with the reason. The case ends."""
    project = locked(project)
    by.require("projects.opine", project.region_code)
    passage = make_move(project, "projects.opining.refuse", by=by, at=at, opinion=reason)
    leave(
        template="project.refused",
        values={"number": project.case.number, "title": project.name[:80]},
        link=f"case:{project.case.number}",
        by=by,
        at=at,
        to_post=("committee_director", project.region_code),
    )
    return passage
