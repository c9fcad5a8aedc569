"""Missing papers are told once and completely (一次性告知); handing them in resumes the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.ground.clock import due_day
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.reading import calendar, rule
from linli.services.intake import Paper, take_papers
from linli.services.models import Application, Supplement
from linli.services.stepping import step
from linli.trail.writing import act

ASK = "services.supplementing.ask_supplement"
SUPPLY = "services.supplementing.supply"


def lacking(application: Application) -> list[str]:
    """Codes of papers the applicant must bring that are not there and may not come later (容缺)."""
    there = set(application.case.papers.values_list("kind", flat=True))
    return [
        material.code
        for material in application.sheet.materials
        if material.source == "applicant" and not material.tolerant and material.code not in there
    ]


def names(application: Application, codes: Sequence[str]) -> list[object]:
    """The papers' names, for a sentence."""
    return [application.sheet.material(code).name for code in codes]


@act
def ask_supplement(
    *,
    application: Application,
    missing: Sequence[str],
    by: Actor,
    at: datetime,
    opinion: str = "",
    new_fact: str = "",
) -> Supplement:
    """Tell the applicant everything that is missing, once (行政许可法 art. 32 as the pattern); the clock stands still.

    Refused: a paper the guide does not ask for, a telling that leaves out a missing paper, and a second telling
    without a new fact that came up meanwhile. Papers already there may be asked again where they cannot be used.
    """
    case = application.case
    if not missing:
        raise Said("services.nothing_missing", field="missing")
    names(application, missing)
    left_out = [code for code in lacking(application) if code not in missing]
    if left_out:
        raise Said("services.told_incompletely", field="missing", papers=names(application, left_out))
    told = Supplement.objects.filter(case=case).count()
    if told and not new_fact.strip():
        raise Said("services.told_already", field="new_fact")
    day = timezone.localdate(at)
    days = int(rule("services.supplement_days", place=case.region_id, on=day).value)
    due = due_day(start=day, days=days, unit="working", calendar=calendar()).on
    supplement = Supplement.objects.create(
        case=case, number=told + 1, missing=list(missing), new_fact=new_fact.strip(), asked_by=by.actor_word,
        asked_at=at, asked_on=day, due_on=due,
    )  # fmt: skip
    blanks = {"count": len(missing), "due": due}
    step(case, by=by, at=at, words=MoveWords(verb=ASK, opinion=opinion, blanks=blanks))
    return supplement


@act
def supply(*, application: Application, papers: Sequence[Paper], by: Actor, at: datetime) -> Supplement:
    """Hand in what was told. All of it is needed to go on; the refusal names what is still lacking."""
    case = application.case
    supplement = Supplement.objects.filter(case=case, answered_on=None).first()
    if supplement is None:
        raise Said("services.nothing_told")
    brought = {paper.code for paper in papers}
    lacks = [code for code in supplement.missing if code not in brought]
    if lacks:
        raise Said("services.still_lacking", field="papers", papers=names(application, lacks))
    names(application, sorted(brought))
    take_papers(case, papers, by, at)
    supplement.answered_on = timezone.localdate(at)
    supplement.save(update_fields=["answered_on"])
    step(case, by=by, at=at, words=MoveWords(verb=SUPPLY))
    return supplement
