"""Missing papers are told once and completely (一次性告知); some may follow the acceptance (容缺受理)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from linli.cases.moving import MoveWords, is_applicant, tell
from linli.ground.clock import due_day
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.rulebook.reading import calendar, rule
from linli.services.intake import take_papers
from linli.services.models import Application, Supplement
from linli.services.reusing import Paper
from linli.services.stepping import moves_named, step
from linli.trail.writing import act, append, attempt

ASK = "services.supplementing.ask_supplement"
SUPPLY = "services.supplementing.supply"
GIVE_BACK = "services.supplementing.give_back"
LATE_FROM = 101  # promised papers are numbered apart from tellings


def lacking(application: Application, *, tolerant: bool = False) -> list[str]:
    """Codes of papers the applicant must bring that are not there and may not come later; ``tolerant``: that may.

    Where a commitment was recorded (告知承诺), it stands for the paper.
    """
    there = {*application.case.papers.values_list("kind", flat=True), *application.promises}
    return [
        material.code
        for material in application.sheet.materials
        if material.source != "shared" and material.tolerant == tolerant and material.code not in there
    ]


def late_due(place: str, on: date) -> date:
    """The last day for papers that follow an acceptance: rule ``services.late_paper_days``, in working days."""
    days = int(rule("services.late_paper_days", place=place, on=on).value)
    return due_day(start=on, days=days, unit="working", calendar=calendar()).on


def promise_late(
    application: Application, promised_on: date | None, by: Actor, at: datetime
) -> Supplement | None:
    """Write down which papers follow an acceptance and for which day; nothing where none is missing."""
    missing, case, today = lacking(application, tolerant=True), application.case, timezone.localdate(at)
    if not missing or Supplement.objects.filter(case=case, is_late=True, answered_on=None).exists():
        return None
    last = late_due(case.region_id, today)
    if promised_on is not None and not today <= promised_on <= last:
        raise Said("services.promised_too_late", field="promised_on", last=last)
    row = Supplement.objects.create(
        case=case, number=LATE_FROM + Supplement.objects.filter(case=case).count(), missing=missing, asked_by=by.actor_word,
        asked_at=at, asked_on=today, due_on=promised_on or last, is_late=True,
    )  # fmt: skip
    content = {"case": case.number, "missing": missing, "due": row.due_on.isoformat()}
    append(region=case.region_id, kind="services.late_papers", row_key=row.pk, content=content, at=at)
    tell(case, "case.late_papers", by=by, at=at, blanks={"count": len(missing), "due": row.due_on})
    return row


@act
def hand_in_late(*, application: Application, papers: Sequence[Paper], by: Actor, at: datetime) -> Supplement:
    """Hand in papers that follow an acceptance; when the last of them is there, the promise is kept."""
    case = application.case
    promised = Supplement.objects.filter(case=case, answered_on=None, is_late=True).first()
    if promised is None:
        raise Said("services.nothing_told")
    if not papers:
        raise Said("services.still_lacking", field="papers", papers=names(application, promised.missing))
    if not (is_applicant(case, by) or by.may("services.assist")):
        raise Said("services.not_yours_to_file", field="papers")
    names(application, [paper.code for paper in papers])
    take_papers(case, papers, by, at)
    there = set(case.papers.values_list("kind", flat=True))
    if there.issuperset(promised.missing):
        promised.answered_on = timezone.localdate(at)
        promised.save(update_fields=["answered_on"])
    return promised


@act
def return_overdue(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Send back every matter whose promised papers are overdue: its clock stands still until they are there.

    Made by the move that names ``give_back``; a matter that has gone beyond it (decided, closed) stays.
    """
    today, returned = timezone.localdate(at), 0
    late = Supplement.objects.filter(
        is_late=True, answered_on=None, due_on__lt=today, case__closed_on=None, case__is_paused=False
    )
    for row in late.select_related("case").order_by("due_on", "pk")[:limit]:
        if not moves_named(row.case, GIVE_BACK):
            continue
        with attempt():
            give_back(promised=row, by=by, at=at)
            returned += 1
    return returned


@act
def give_back(*, promised: Supplement, by: Actor, at: datetime) -> Supplement:
    """Send one matter back for its overdue papers; the applicant is told which day has passed."""
    if promised.answered_on is not None or timezone.localdate(at) <= promised.due_on:
        raise Said("services.promise_runs", due=promised.due_on)
    blanks = {"count": len(promised.missing), "due": promised.due_on}
    step(promised.case, by=by, at=at, words=MoveWords(verb=GIVE_BACK, blanks=blanks))
    return promised


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
    told = Supplement.objects.filter(case=case, is_late=False).count()
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
