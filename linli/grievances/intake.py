"""Filing a grievance, and handing it to the body that handles it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.cases.handling import attach_all
from linli.cases.models import Passage
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.procedures import Limit
from linli.finding.indexing import put_all
from linli.grievances.declared import ClassList, GrievanceClass
from linli.grievances.findable import KIND as FOUND_AS
from linli.grievances.findable import drawn
from linli.grievances.following import keep_reply, responded
from linli.grievances.limits import promise
from linli.grievances.models import Grievance
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.people.roles import all_roles, role
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
    """What a resident tells: the class, the nature, the words, the place, whether to stay unnamed.

    ``concerns`` is the post of the staff complained about, for classes that go to the level above.
    """

    class_code: str
    nature: str
    text: str
    grade: str = "ordinary"
    building: Building | None = None
    spot: str = ""
    is_anonymous: bool = False
    concerns: str = ""


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
    if told.concerns and told.concerns not in all_roles():
        raise Said("grievances.unknown_post", field="concerns", post=told.concerns)


@dataclass(frozen=True)
class Filed:
    """Where and for whom a grievance is filed, through which channel, with which photos."""

    region: Region
    person: Person | None
    channel: str
    photos: tuple[Document, ...] = ()


@act
def file_grievance(*, told: Told, filed: Filed, by: Actor, at: datetime) -> Grievance:
    """File a grievance: the class gives handler and data class, the grade the limits; nothing else is asked.

    A visitor may file without a person only (see ``unnamed``).
    """
    if not (by.post == "resident" or (by.post == "visitor" and filed.person is None)):
        by.require("grievances.file", filed.region.code)
    _check(told)
    on = timezone.localdate(at)
    listed, sheet = class_list(on)
    limits = promise(told.grade, nature=told.nature, place=filed.region.code, on=on)
    case = open_case(opening=_opening(told, filed, sheet, limits.answer, at), by=by, at=at)
    grievance = Grievance.objects.create(
        case=case, classes=listed, class_code=told.class_code, nature=told.nature, text=told.text.strip(),
        is_anonymous=told.is_anonymous, building=told.building, spot=told.spot, concerns=told.concerns,
        respond_by=at + timedelta(hours=limits.respond_hours),
    )  # fmt: skip
    if filed.photos:
        attach_all(case=case, papers=[("photo", photo) for photo in filed.photos], by=by, at=at)
    put_all(kind=FOUND_AS, rows=[drawn(grievance)], by=by, at=at)
    return grievance


def _opening(told: Told, filed: Filed, sheet: ClassList, limit: Limit, at: datetime) -> Opening:
    kind = sheet.of(told.class_code)
    return Opening(
        procedure=edition("procedures", _procedure(kind, sheet, told.concerns), timezone.localdate(at)),
        subject=kind.code, title=kind.title.zh, region=filed.region, channel=filed.channel, person=filed.person,
        data_class=kind.data_class, grade=told.grade, limit=limit,
    )  # fmt: skip


def _procedure(kind: GrievanceClass, sheet: ClassList, concerns: str) -> str:
    """The list's procedure; for complaints about staff the one of the level above those concerned."""
    if kind.above and concerns and role(concerns).level != "community":
        return kind.above
    return kind.procedure or sheet.procedure


@act
def dispatch(
    *, grievance: Grievance, by: Actor, at: datetime, opinion: str = "", seen: int | None = None
) -> Passage:
    """Hand a grievance to the body of its class (or take it up): the first response, judged against its hours."""
    word, post = _way(grievance)
    blanks = {"office": role(post).title.zh}
    words = MoveWords(opinion, "grievances.intake.dispatch", blanks, seen)
    passage = advance(grievance.case, word, by=by, at=at, words=words)
    responded(grievance, at)
    return passage


def _way(grievance: Grievance) -> tuple[str, str]:
    """The move that dispatches from here, and the post it leads to."""
    case = grievance.case
    handler = classes_of(grievance).of(grievance.class_code).handler
    ways = [move for move in case.plan.moves_from(case.step) if move.verb == "grievances.intake.dispatch"]
    for move in ways:
        if len(ways) == 1 or move.code == f"dispatch_{handler}":
            return move.code, case.plan.step(move.target).post
    raise Said("grievances.no_way_to", post=role(handler).title)


@act
def answer_at_once(
    *, grievance: Grievance, reply: str, by: Actor, at: datetime, seen: int | None = None
) -> Passage:
    """Answer at the counter without handing on (a consultation, or something done on the spot)."""
    passage = advance(
        grievance.case, "answer_at_once", by=by, at=at, words=MoveWords(reply,
        verb="grievances.intake.answer_at_once", seen=seen),
    )  # fmt: skip
    responded(grievance, at)
    keep_reply(grievance, reply, by, at)
    return passage
