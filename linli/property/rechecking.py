"""The body's answer to a notice, and the re-check by somebody who does not belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.property import numbering
from linli.property.inspecting import ANSWERS, DAYS, INSPECT, require_independent, write_notice
from linli.property.models import Inspection, Recheck, Rectification
from linli.trail.writing import act, append


@act
def answer(*, inspection: Inspection, text: str, by: Actor, at: datetime, seen: int | None = None) -> Passage:
    """The body says what it did. Only the body itself; for a professional body without a post, the committee enters it."""
    if ANSWERS[inspection.body.kind][1] != "body" and by.organisation_id != inspection.body_id:
        raise Said("property.not_your_notice", body=inspection.body.name)
    if not text.strip():
        raise Said("property.answer_missing", field="text")
    words = MoveWords(text, verb="property.rechecking.answer", seen=seen)
    return advance(inspection.case, "answer", by=by, at=at, words=words)


@dataclass(frozen=True)
class Looked:
    """What the re-check saw: nothing left open, or the codes of lines that are still not right, with a note."""

    note: str
    open_items: Sequence[str] = ()
    demand: str = ""


@act
def recheck(
    *, inspection: Inspection, looked: Looked, by: Actor, at: datetime, seen: int | None = None
) -> Recheck:
    """Re-check after the answer. Passed: closed. Not passed: a second notice with its own last day.

    Refused for whoever belongs to the body inspected, whatever post they act in.
    """
    case = inspection.case
    by.require(INSPECT, case.region_id)
    require_independent(inspection.body, by, at)
    notice = last_notice(inspection)
    still = list(looked.open_items)
    if set(still) - set(notice.items):
        raise Said("property.recheck_items", field="open_items")
    if not looked.note.strip():
        raise Said("property.recheck_note", field="note")
    if still and not looked.demand.strip():
        raise Said("property.demand_missing", field="demand")
    answered = answered_on(inspection) or timezone.localdate(at)
    _move(inspection, looked, still, by, at, seen)
    row = Recheck.objects.create(
        rectification=notice, passed=not still, open_items=still, note=looked.note.strip(), answered_on=answered,
        in_time=answered <= notice.due_on, on=timezone.localdate(at), at=at, actor=by.actor_word,
    )  # fmt: skip
    content = {
        "number": notice.number,
        "passed": row.passed,
        "open": still,
        "answered": answered.isoformat(),
        "in_time": row.in_time,
    }
    append(region=case.region_id, kind="property.recheck", row_key=notice.number, content=content, at=at)
    if still:
        write_notice(inspection, demand=looked.demand, items=still, by=by, at=at)
    return row


def _move(
    inspection: Inspection, looked: Looked, still: list[str], by: Actor, at: datetime, seen: int | None
) -> None:
    case, verb = inspection.case, "property.rechecking.recheck"
    if not still:
        advance(case, "passed", by=by, at=at, words=MoveWords(looked.note, verb=verb, seen=seen))
        return
    today = timezone.localdate(at)
    days = numbering.whole(DAYS, region=case.region_id, on=today)
    # The clock goes on from the first notice, so the second one's days are what brings it to its own last day.
    more = max(1, ((today + timedelta(days=days)) - (case.due_on or today)).days)
    move = f"again_{ANSWERS[inspection.body.kind][1]}"
    advance(case, move, by=by, at=at, words=MoveWords(looked.demand, verb=verb, seen=seen, extend_days=more))


def last_notice(inspection: Inspection) -> Rectification:
    """The notice that stands. Raises ``Said('property.no_notice')``."""
    found: Rectification | None = inspection.rectifications.order_by("-round").first()
    if found is None:
        raise Said("property.no_notice")
    return found


def answered_on(inspection: Inspection) -> date | None:
    """The day of the body's last answer."""
    passage = inspection.case.passages.filter(move="answer").order_by("-number").first()
    return passage.on if passage else None
