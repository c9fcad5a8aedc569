"""Inspecting a body by a checklist, and the rectification notice that follows from its faults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.procedures import Limit
from linli.ground.said import Said
from linli.notices.leaving import leave
from linli.people.actors import Actor
from linli.people.models import Appointment, Organisation
from linli.places.models import Estate, Region
from linli.property.declared import KIND, Checklist, checklist_of
from linli.property.models import CommitteeMember, Finding, Inspection, Rectification
from linli.property.models.supervision import RESULTS
from linli.records.models import Document
from linli.rulebook.publishing import edition
from linli.rulebook.reading import rule
from linli.trail.writing import act, append

PROCEDURE = "property_inspection"
INSPECT = "property.inspect"
DAYS = "property.rectification_days"
# Which post answers for a kind of body, and the word of its moves in the sheet.
ANSWERS = {
    "property_company": ("property_manager", "property"),
    "owners_committee": ("owners_director", "owners"),
    "professional_body": ("committee_member", "body"),
}


@dataclass(frozen=True)
class Seen:
    """What was seen under a line: ``met``, ``fault`` (then described) or ``not_looked``."""

    item: str
    result: str
    note: str = ""
    photo: Document | None = None


def require_independent(body: Organisation, by: Actor, at: datetime) -> None:
    """Refuse whoever belongs to the body inspected: by the post acted in, any other post, or a seat in it."""
    today = timezone.localdate(at)
    own = by.organisation_id == body.pk
    if not own and by.person_id:
        held = Appointment.objects.in_force(today).filter(person_id=by.person_id, organisation=body)
        seats = CommitteeMember.objects.filter(
            person_id=by.person_id, committee__organisation=body, to_on=None
        )
        own = held.exists() or seats.exists()
    if own:
        raise Said("property.own_body", body=body.name)


@act
def begin_inspection(
    *,
    checklist: str,
    body: Organisation,
    region: Region,
    by: Actor,
    at: datetime,
    estate: Estate | None = None,
) -> Inspection:
    """Begin an inspection by a checklist for this kind of body. The inspector holds the case until it is concluded."""
    by.require(INSPECT, region.code)
    require_independent(body, by, at)
    today = timezone.localdate(at)
    sheet = edition(KIND, checklist, today)
    declared = checklist_of(sheet)
    if declared.target != body.kind:
        raise Said("property.checklist_target", field="checklist", body=body.name)
    days = int(rule(DAYS, place=region.code, on=today).value)
    opening = Opening(
        procedure=edition("procedures", PROCEDURE, today), subject=checklist, region=region, channel="desk",
        title=f"{body.name}：{declared.title.zh}", limit=Limit(days, "natural"), hold_post=by.post,
    )  # fmt: skip
    case = open_case(opening=opening, by=by, at=at)
    inspection = Inspection.objects.create(
        case=case, body=body, estate=estate, checklist=sheet, on=today, actor=by.actor_word
    )
    content = {"case": case.number, "body": body.key, "checklist": checklist, "on": today.isoformat()}
    append(region=region.code, kind="property.inspection", row_key=case.number, content=content, at=at)
    return inspection


@act
def find(*, inspection: Inspection, seen: Sequence[Seen], by: Actor, at: datetime) -> list[Finding]:
    """Write what was seen, every line of the checklist once. A fault is described; findings are not edited later."""
    by.require(INSPECT, inspection.case.region_id)
    require_independent(inspection.body, by, at)
    if inspection.case.step != "checking":
        raise Said("property.not_checking", number=inspection.case.number)
    if inspection.findings.exists():
        raise Said("property.found_already")
    _require_whole(checklist_of(inspection.checklist_id), seen)
    rows = Finding.objects.bulk_create(
        [
            Finding(
                inspection=inspection, item=one.item, result=one.result, note=one.note.strip(), photo=one.photo,
                at=at, actor=by.actor_word,
            )
            for one in seen
        ]
    )  # fmt: skip
    for row in rows:
        content = {"case": inspection.case.number, "item": row.item, "result": row.result}
        append(
            region=inspection.case.region_id,
            kind="property.finding",
            row_key=f"{inspection.case.number}#{row.item}",
            content=content,
            at=at,
        )
    return rows


def _require_whole(sheet: Checklist, seen: Sequence[Seen]) -> None:
    wanted = [one.code for one in sheet.items]
    given = [one.item for one in seen]
    if sorted(given) != sorted(wanted):
        raise Said("property.findings_incomplete", missing=len(set(wanted) - set(given)))
    for one in seen:
        if one.result not in RESULTS:
            raise Said("property.finding_result", field=f"result_{one.item}")
        if one.result == "fault" and not one.note.strip():
            raise Said(
                "property.fault_undescribed", field=f"note_{one.item}", item=sheet.item(one.item).title
            )


@act
def conclude(
    *, inspection: Inspection, by: Actor, at: datetime, opinion: str = "", seen: int | None = None
) -> Passage:
    """Close an inspection that found no fault."""
    by.require(INSPECT, inspection.case.region_id)
    if not inspection.findings.exists():
        raise Said("property.nothing_found_yet")
    if faults_of(inspection):
        raise Said("property.faults_open")
    words = MoveWords(opinion, verb="property.inspecting.conclude", seen=seen)
    return advance(inspection.case, "clean", by=by, at=at, words=words)


def faults_of(inspection: Inspection) -> list[str]:
    """Codes of the lines found at fault, in the order of the checklist."""
    found = set(inspection.findings.filter(result="fault").values_list("item", flat=True))
    return [one.code for one in checklist_of(inspection.checklist_id).items if one.code in found]


@act
def issue(
    *, inspection: Inspection, demand: str, by: Actor, at: datetime, seen: int | None = None
) -> Rectification:
    """Issue the rectification notice for the faults found. Its last day follows from the rule and starts the clock."""
    by.require(INSPECT, inspection.case.region_id)
    require_independent(inspection.body, by, at)
    items = faults_of(inspection)
    if not items:
        raise Said("property.no_fault")
    if not demand.strip():
        raise Said("property.demand_missing", field="demand")
    word = ANSWERS[inspection.body.kind][1]
    words = MoveWords(demand, verb="property.inspecting.issue", seen=seen)
    advance(inspection.case, f"issue_{word}", by=by, at=at, words=words)
    return write_notice(inspection, demand=demand, items=items, by=by, at=at)


def write_notice(
    inspection: Inspection, *, demand: str, items: Sequence[str], by: Actor, at: datetime
) -> Rectification:
    """The notice's row for the case's present last day, and the word to the post that answers for the body."""
    case, today = inspection.case, timezone.localdate(at)
    number = inspection.rectifications.count() + 1
    due_on = case.due_on or today
    row = Rectification.objects.create(
        number=f"{case.number}-{number}", inspection=inspection, round=number, demand=demand.strip(),
        items=list(items), issued_on=today, due_on=max(due_on, today), at=at, actor=by.actor_word,
        rule=rule(DAYS, place=case.region_id, on=today).source,
    )  # fmt: skip
    content = {
        "number": row.number,
        "case": case.number,
        "body": inspection.body.key,
        "items": list(items),
        "issued": today.isoformat(),
        "due": row.due_on.isoformat(),
    }
    append(region=case.region_id, kind="property.rectification", row_key=row.number, content=content, at=at)
    values = {"number": row.number, "body": inspection.body.name, "due": row.due_on}
    to_post = (ANSWERS[inspection.body.kind][0], case.region_id)
    leave(
        template="property.rectification", values=values, link=f"case:{case.number}", by=by, at=at,
        to_post=to_post,
    )  # fmt: skip
    return row
