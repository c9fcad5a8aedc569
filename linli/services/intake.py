"""Filing an application, at the portal or at the counter, and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone

from linli.cases.handling import attach_all
from linli.cases.models import Case
from linli.cases.moving import MoveWords
from linli.cases.opening import Opening, open_case
from linli.finding.indexing import put
from linli.ground.clock import month_later
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Person
from linli.places.models import Region
from linli.records.keeping import Incoming, keep_all
from linli.records.models import Document
from linli.rulebook.publishing import edition
from linli.rulebook.reading import rule
from linli.services.answering import read_answers, require, texts
from linli.services.declared import KIND, BlockedProof, ServiceItem, item_of
from linli.services.models import Application
from linli.services.qualifying import unmet
from linli.services.stepping import step
from linli.trail.writing import act, append

WITHDRAW = "services.intake.withdraw"
PROOF_QUESTION = "proof_kind"


@dataclass(frozen=True)
class Paper:
    """A paper handed in under a material's code: fresh bytes, or a document that is already kept."""

    code: str
    name: str = ""
    content: bytes = b""
    document: Document | None = None


@dataclass(frozen=True)
class Agent:
    """Who applies for another (帮办代办), with a written or recorded mandate."""

    person: Person
    mandate: Literal["written", "recorded"]
    note: str = ""
    paper: Document | None = None


@dataclass(frozen=True)
class Entry:
    """How it was entered: the pre-check's answers, prefilled sources, read-back at the counter, place of emergency."""

    conditions: Mapping[str, bool] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    read_back: bool = False
    region: Region | None = None


@act
def file_application(
    *,
    item: str,
    applicant: Person,
    answers: Mapping[str, object],
    papers: Sequence[Paper],
    channel: str,
    by: Actor,
    at: datetime,
    agent: Agent | None = None,
    urgent: bool = False,
    entry: Entry | None = None,
) -> Application:
    """File an application for an item in force today; opens its case on the item's procedure.

    Residents file for themselves, their wards, or with a mandate; staff enter for others and confirm that it was read
    back. Refused with a sentence: unmet conditions, faulty or surplus answers (``Said.field`` names the question), a
    channel or urgency the item does not have, a second application while one is open, a proof that may not be issued.
    """
    how = entry or Entry()
    day = timezone.localdate(at)
    guide = edition(KIND, item, day)
    sheet = item_of(guide)
    region = how.region or applicant.community
    if region is None:
        raise Said("services.no_community", field="applicant")
    is_assisted = _require_may_file(sheet, applicant, region, channel, how, agent, by)
    _require_open(sheet, applicant, region, urgent, how, day)
    values = _read(sheet, answers, papers)
    case = _start(sheet, applicant, region, channel, urgent, by, at)
    facts = _agency(agent) | _assistance(is_assisted, by, at) | _figures(sheet, values)
    application = Application.objects.create(
        case=case, item=guide, answers=values, sources=dict(how.sources), is_urgent=urgent, **facts
    )
    take_papers(case, papers, by, at)
    _enter(application, sheet, by, at)
    return application


def _require_open(
    sheet: ServiceItem, applicant: Person, region: Region, urgent: bool, how: Entry, day: date
) -> None:
    """The item is open to this person: urgency, conditions, no other application for the same relief running."""
    if urgent and sheet.urgent is None:
        raise Said("services.not_urgent", field="urgent", item=sheet.name)
    failing = unmet(sheet, person=applicant, told=how.conditions, place=region.code, on=day)
    if failing:
        raise failing[0]
    _require_first(sheet, applicant)


def _read(sheet: ServiceItem, answers: Mapping[str, object], papers: Sequence[Paper]) -> dict[str, Any]:
    """The answers as they are kept; a proof that may not be issued is refused before anything else is asked."""
    for paper in papers:
        sheet.material(paper.code)
    _require_issuable(sheet, answers)
    return require(read_answers(sheet, answers, {paper.code for paper in papers}))


def _start(
    sheet: ServiceItem, applicant: Person, region: Region, channel: str, urgent: bool, by: Actor, at: datetime
) -> Case:
    opening = Opening(
        procedure=edition("procedures", sheet.procedure, timezone.localdate(at)),
        subject=sheet.code,
        title=sheet.name.zh,
        region=region,
        channel=channel,
        person=applicant,
        data_class=sheet.data_class,
        grade="urgent" if urgent else "ordinary",
        limit=sheet.urgent if urgent else sheet.limit,
    )
    return open_case(opening=opening, by=by, at=at)


def _agency(agent: Agent | None) -> dict[str, Any]:
    if agent is None:
        return {}
    return {
        "agent": agent.person, "mandate": agent.mandate, "mandate_note": agent.note, "mandate_paper": agent.paper,
    }  # fmt: skip


def _assistance(is_assisted: bool, by: Actor, at: datetime) -> dict[str, Any]:
    return {"is_assisted": True, "assisted_by": by.actor_word, "read_back_at": at} if is_assisted else {}


def _enter(application: Application, sheet: ServiceItem, by: Actor, at: datetime) -> None:
    """Into the search index, at the case's data class, and into the ledger, without a personal word."""
    case = application.case
    name = case.person.name if case.person else ""
    found = [case.number, sheet.name.zh, sheet.short.zh, name, *texts(sheet, application.answers)]
    put(
        kind="cases.case",
        key=case.pk,
        region=case.region_id,
        data_class=case.data_class,
        texts=found,
        by=by,
        at=at,
    )
    content = {
        "case": case.number, "item": str(application.item), "urgent": application.is_urgent,
        "assisted": application.is_assisted, "agent": application.agent_id is not None,
    }  # fmt: skip
    append(region=case.region_id, kind="services.application", row_key=case.number, content=content, at=at)


@act
def withdraw(*, application: Application, by: Actor, at: datetime, reason: str = "") -> Application:
    """The applicant takes the application back before it is decided; a new one may be filed at any time."""
    step(application.case, by=by, at=at, words=MoveWords(verb=WITHDRAW, opinion=reason))
    return application


def take_papers(case: Case, papers: Sequence[Paper], by: Actor, at: datetime) -> None:
    """Keep papers under the case's class until the answers' retention ends, and attach them."""
    if not papers:
        return
    day = timezone.localdate(at)
    years = int(rule("services.answers_years", place=case.region_id, on=day).value)
    until: date = month_later(day, 12 * years)
    fresh = [paper for paper in papers if paper.document is None]
    kept = keep_all(
        [Incoming(paper.content, paper.name, paper.code) for paper in fresh],
        region=case.region_id,
        data_class=case.data_class,
        retain_until=until,
        by=by,
        at=at,
        person_key=case.person.key if case.person else "",
    )
    known = [(paper.code, paper.document) for paper in papers if paper.document is not None]
    handed_in = [*known, *((paper.code, row) for paper, row in zip(fresh, kept, strict=True))]
    attach_all(case=case, papers=handed_in, by=by, at=at)


def _require_may_file(
    sheet: ServiceItem,
    applicant: Person,
    region: Region,
    channel: str,
    how: Entry,
    agent: Agent | None,
    by: Actor,
) -> bool:
    """Whether it is an assisted entry; raises where the actor may not file this for this person."""
    if channel not in sheet.channels:
        raise Said("services.channel_closed", field="channel", item=sheet.name)
    if by.person_id in (applicant.pk, applicant.guardian_id) and by.person_id is not None:
        by.require("services.file", region.code if by.post != "resident" else by.place)
        return False
    if agent is not None and not sheet.agent_service:
        raise Said("services.no_agent", field="agent", item=sheet.name)
    if agent is not None and agent.person.pk == by.person_id and not by.may("services.assist"):
        by.require("services.file", by.place)
        if agent.paper is None:
            raise Said("services.mandate_missing", field="agent")
        return False
    if not by.may("services.assist"):
        raise Said("services.not_yours_to_file", field="applicant")
    by.require("services.assist", region.code)
    if not how.read_back:
        raise Said("services.read_back_missing", field="read_back")
    return True


def _require_first(sheet: ServiceItem, applicant: Person) -> None:
    if sheet.flow != "F2":
        return
    running = Case.objects.open().of(applicant).filter(kind="services.application", subject=sheet.code)
    number = running.values_list("number", flat=True).first()
    if number:
        raise Said("services.already_open", item=sheet.name, number=number)


def _require_issuable(sheet: ServiceItem, answers: Mapping[str, object]) -> None:
    if not (sheet.listed or sheet.blocked):
        return
    kind = str(answers.get(PROOF_QUESTION, ""))
    blocked = blocked_proof(sheet, kind)
    if blocked:
        raise Said(
            "services.proof_blocked", field=PROOF_QUESTION, proof=blocked.name, department=blocked.department
        )


def blocked_proof(sheet: ServiceItem, kind: str) -> BlockedProof | None:
    """The entry of the block list (民发〔2020〕20号) for a kind of proof, if it is on it."""
    return next((proof for proof in sheet.blocked if proof.code == kind), None)


def _figures(sheet: ServiceItem, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is counted later: the sum applied for (question ``amount``), the household's size as stated."""
    amount, size = values.get("amount"), values.get("household_size")
    return {
        "requested_cents": amount if sheet.ceilings and isinstance(amount, int) else None,
        "household_size": size if isinstance(size, int) else None,
        "needs_visit": sheet.home_visit,
    }
