"""Filing a grievance, and handing it to the body that handles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.cases.handling import attach
from linli.cases.models import Case, Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.finding.indexing import put
from linli.grievances.declared import ClassList
from linli.grievances.models import Grievance
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.people.roles import role
from linli.places.models import Building, Region
from linli.records.models import Document
from linli.rulebook.models import Edition
from linli.rulebook.parsing import parsed
from linli.rulebook.publishing import edition
from linli.trail.writing import act

KIND_OF_LIST = "classes"
SHORTEST_TEXT = 4


@dataclass(frozen=True)
class Told:
    """What a resident tells: the class, the nature, the words, the place, whether to stay unnamed."""

    class_code: str
    nature: str
    text: str
    grade: str = "ordinary"
    building: Building | None = None
    spot: str = ""
    is_anonymous: bool = False


def class_list(on: date) -> tuple[Edition, ClassList]:
    """The class list in force on a day."""
    found = edition(KIND_OF_LIST, "grievances", on)
    return found, parsed(found, ClassList)


def classes_of(grievance: Grievance) -> ClassList:
    """The class list a grievance began under."""
    return parsed(grievance.classes_id, ClassList)


def _check(told: Told) -> None:
    if len(told.text.strip()) < SHORTEST_TEXT:
        raise Said("grievances.text_short", field="text")
    if told.nature not in {"consult", "help", "complaint", "report", "suggestion"}:
        raise Said("grievances.unknown_nature", field="nature")


@dataclass(frozen=True)
class Filed:
    """Where and for whom a grievance is filed, through which channel, with which photos."""

    region: Region
    person: Person | None
    channel: str
    photos: tuple[Document, ...] = ()


@act
def file_grievance(*, told: Told, filed: Filed, by: Actor, at: datetime) -> Grievance:
    """File a grievance: the class gives handler and data class, the grade the limits; nothing else is asked."""
    if by.post != "resident":
        by.require("grievances.file", filed.region.code)
    _check(told)
    listed, sheet = class_list(timezone.localdate(at))
    case = open_case(opening=_opening(told, filed, sheet, at), by=by, at=at)
    grievance = Grievance.objects.create(
        case=case,
        classes=listed,
        class_code=told.class_code,
        nature=told.nature,
        text=told.text.strip(),
        is_anonymous=told.is_anonymous,
        building=told.building,
        spot=told.spot,
        respond_by=at + timedelta(hours=sheet.limit(told.grade).respond_hours),
    )
    for photo in filed.photos:
        attach(case=case, document=photo, kind="photo", by=by, at=at)
    _make_findable(grievance, told, filed, by, at)
    return grievance


def _opening(told: Told, filed: Filed, sheet: ClassList, at: datetime) -> Opening:
    kind = sheet.of(told.class_code)
    return Opening(
        procedure=edition("procedures", sheet.procedure, timezone.localdate(at)),
        subject=kind.code,
        title=kind.title.zh,
        region=filed.region,
        channel=filed.channel,
        person=filed.person,
        data_class=kind.data_class,
        grade=told.grade,
        limit=sheet.limit(told.grade).limit,
    )


def _make_findable(grievance: Grievance, told: Told, filed: Filed, by: Actor, at: datetime) -> None:
    case = grievance.case
    texts = [case.number, case.title, told.text, told.spot, told.building.name if told.building else ""]
    if filed.person is not None and not told.is_anonymous:
        texts.append(filed.person.name)
    put(
        kind="cases.case",
        key=case.pk,
        region=case.region_id,
        data_class=case.data_class,
        texts=texts,
        by=by,
        at=at,
    )


@act
def dispatch(
    *, grievance: Grievance, by: Actor, at: datetime, opinion: str = "", seen: int | None = None
) -> Passage:
    """Hand a grievance to the body of its class: the first response, judged against its hours."""
    handler = classes_of(grievance).of(grievance.class_code).handler
    word = f"dispatch_{handler}"
    moves = {move.code for move in grievance.case.plan.moves_from(grievance.case.step)}
    if word not in moves:
        raise Said("grievances.no_way_to", post=handler)
    blanks = {"office": role(handler).title.zh}
    passage = advance(
        grievance.case,
        word,
        by=by,
        at=at,
        words=MoveWords(opinion, "grievances.intake.dispatch", blanks, seen),
    )
    _responded(grievance, at)
    return passage


@act
def answer_at_once(
    *, grievance: Grievance, reply: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Answer at the counter without handing on (a consultation, or something done on the spot)."""
    passage = advance(
        grievance.case,
        "answer_at_once",
        by=by,
        at=at,
        words=MoveWords(reply, verb="grievances.intake.answer_at_once", seen=seen),
    )
    _responded(grievance, at)
    keep_reply(grievance, reply, at)
    return passage


def _responded(grievance: Grievance, at: datetime) -> None:
    if grievance.responded_at is None:
        grievance.responded_at = at
        grievance.responded_in_time = at <= grievance.respond_by
        grievance.save(update_fields=["responded_at", "responded_in_time"])


def keep_reply(grievance: Grievance, reply: str, at: datetime) -> None:
    """Keep the newest answer beside the grievance, where it can be erased."""
    grievance.reply, grievance.replied_at = reply, at
    grievance.save(update_fields=["reply", "replied_at"])


def related(grievance: Grievance, *, days: int = 30) -> list[Case]:
    """Open cases of the same class in the same building within some days: shown so that one is not handled twice."""
    if grievance.building_id is None:
        return []
    since = grievance.case.opened_at - timedelta(days=days)
    others = Grievance.objects.get_queryset().filter(
        building=grievance.building_id, class_code=grievance.class_code, case__opened_at__gte=since
    )
    return [other.case for other in others.exclude(pk=grievance.pk).order_by("-case_id")[:5]]
