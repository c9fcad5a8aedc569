"""How every act of this room makes its move: the sheet holds post, place, step and order."""

from __future__ import annotations

from datetime import datetime

from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.procedures import Move
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.projects.models import FundSource, Project
from linli.trail.writing import append

PROCEDURE = "pilot_project"
KIND = "project"
LONGEST_TITLE = 80


def locked(project: Project) -> Project:
    """The project as it stands now, with its case's row locked until the act ends: one act at a time."""
    Case.objects.select_for_update().get(pk=project.pk)
    return Project.objects.select_related("case__region", "case__procedure", "programme").get(pk=project.pk)


def move_by(project: Project, verb: str, by: Actor, like: str = "") -> str:
    """The move that a verb makes for the actor's post: the one open at this step, else one that will say why not.

    ``like`` chooses among moves of the same verb by the end of their code.
    """
    plan = project.case.plan
    made = [move for move in plan.moves if move.verb == verb and move.code.endswith(like)]
    mine = [move for move in made if by.post in move.posts]
    here = [move for move in mine if project.case.step in move.source]
    chosen: Move = (here or mine or made)[0]
    return chosen.code


def make_move(
    project: Project,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    opinion: str = "",
    like: str = "",
    seen: int | None = None,
) -> Passage:
    """Make the verb's move of the project's case; what the case refuses, the act refuses."""
    code = move_by(project, verb, by, like)
    return advance(project.case, code, by=by, at=at, words=MoveWords(opinion=opinion, verb=verb, seen=seen))


def tell_holder(project: Project, template: str, *, by: Actor, at: datetime, with_step: bool = False) -> None:
    """Leave a notice to the post that now holds the project's case; with the step and its due day where asked."""
    case = project.case
    if not case.hold_post:
        return
    values: dict[str, object] = {"number": case.number, "title": project.name[:LONGEST_TITLE]}
    if with_step:
        values["step"] = case.at_step.title.zh
        values["due"] = case.step_due_on or case.opened_on
    leave(
        template=template,
        values=values,
        link=f"case:{case.number}",
        by=by,
        at=at,
        to_post=(case.hold_post, case.hold_place),
    )


def totals(source: FundSource) -> dict[str, object]:
    """What the ledger's digest of a source's totals covers; amounts in fen."""
    return {
        "project": source.project.case.number,
        "source": source.number,
        "fund": source.fund_id,
        "change": source.changes,
        "approved": source.approved_cents,
        "allocated": source.allocated_cents,
        "received": source.received_cents,
        "spent": source.spent_cents,
        "returned": source.returned_cents,
    }


def enter_totals(source: FundSource, *, at: datetime) -> None:
    """Have the new totals of a source entered in the ledger beside the row that changed them."""
    key = f"{source.project.case.number}/{source.number}"
    append(
        region=source.project.region_code, kind="projects.source", row_key=key, content=totals(source), at=at
    )


def change_totals(source: FundSource, *, at: datetime, **changes: int) -> FundSource:
    """Add fen to the running totals of a source. The row is locked; the database refuses an impossible sum."""
    held = (
        FundSource.objects.select_for_update(of=("self",)).select_related("project__case").get(pk=source.pk)
    )
    for name, cents in changes.items():
        column = f"{name}_cents"
        setattr(held, column, (getattr(held, column) or 0) + cents)
    held.changes += 1
    held.save(update_fields=["changes", *(f"{name}_cents" for name in changes)])
    enter_totals(held, at=at)
    return held
