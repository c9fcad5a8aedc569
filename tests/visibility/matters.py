"""The matters of a community, each brought by acts to the step at which its screens are open."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from linli.cases.models import Case
from linli.cases.opening import Opening, open_case
from linli.disclosure.models import Publication
from linli.disclosure.objecting import object_to
from linli.grievances.answering import reply, revisit
from linli.grievances.intake import Filed, Told, dispatch, file_grievance
from linli.grievances.models import Grievance
from linli.notices.models import Notice
from linli.places.models import Building, Facility
from linli.records.keeping import keep
from linli.rulebook.publishing import edition
from linli.services.booking import Wish, book
from linli.services.cards import issue_card
from linli.services.decision import accept, grant
from linli.services.intake import Paper, file_application
from linli.services.models import Application
from linli.services.proofs import issue_proof
from linli.services.supplementing import ask_supplement
from linli.services.visiting import Seen, visit
from tests.visibility.places import FILED, NOW, Corner, Owner

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def _pdf(word: str) -> bytes:
    return PDF + b"% " + hashlib.sha256(word.encode()).hexdigest().encode()


def _relief(corner: Corner, kind: str) -> Application:
    owner = corner.owner(kind)
    marks = owner.marks
    answers = {
        "household_size": "2", "phone": marks.phone, "address": marks.address, "reason": "sudden_event", "story": marks.story,
        "amount": "2000", "account": marks.bank,
    }  # fmt: skip
    papers = [
        Paper(code, f"{code}.pdf", _pdf(f"{kind}{corner.code}{code}"))
        for code in ("application", "event_proof")
    ]
    return _filed(owner, "temporary_assistance", answers, papers)


def _filed(owner: Owner, item: str, answers: dict[str, Any], papers: list[Paper]) -> Application:
    return file_application(
        item=item,
        applicant=owner.person,
        answers=answers,
        papers=papers,
        channel="portal",
        by=owner.actor,
        at=FILED,
    )


def _enter(corner: Corner, kind: str, case: Case) -> None:
    """What the addresses of a case are made of: its number, its first paper, a move that is open."""
    paper = case.papers.select_related("document").first()
    offered = [move for move in case.plan.moves_from(case.step) if not move.verb]
    plain = [move.code for move in offered if not set(move.posts) <= {"applicant", "system_clock"}]
    corner.things[kind] = {
        "number": case.number, "key": paper.document.key if paper else "0" * 16, "code": plain[0] if plain else "none",
    }  # fmt: skip


def _accepted(corner: Corner, kind: str) -> Application:
    application = _relief(corner, kind)
    accept(application=application, by=corner.hand("clerk"), at=FILED)
    return application


def _seen(corner: Corner, kind: str) -> Application:
    application = _accepted(corner, kind)
    found = f"入户所见{corner.owners[kind].marks.story}"
    seen = Seen(visitors=["甲工", "乙工"], found=found, agrees=True)
    visit(application=application, seen=seen, by=corner.hand("grid_worker"), at=FILED + timedelta(hours=3))
    return application


def services(corner: Corner) -> None:
    """Relief at each of its steps; mediation (P3); a booking, a card, a proof."""
    _enter(corner, "filed", _relief(corner, "filed").case)
    supplementing = _relief(corner, "supplementing")
    told: dict[str, Any] = {
        "missing": ["event_proof"],
        "opinion": "照片看不清",
        "by": corner.hand("clerk"),
        "at": FILED,
    }
    ask_supplement(application=supplementing, **told)
    _enter(corner, "supplementing", supplementing.case)
    _enter(corner, "visiting", _accepted(corner, "visiting").case)
    _enter(corner, "auditing", _seen(corner, "auditing").case)
    paying = _seen(corner, "paying")
    grant(application=paying, cents=150000, by=corner.hand("street_assistance"), at=NOW - timedelta(hours=20),
          reason_class="sudden_event")  # fmt: skip
    _enter(corner, "paying", paying.case)
    _enter(corner, "mediation", _mediation(corner, "mediation").case)
    handing = _mediation(corner, "handing")
    accept(application=handing, by=corner.hand("mediator"), at=FILED)
    _enter(corner, "handing", handing.case)
    owner = corner.owner("booking")
    hall = Facility.objects.get(community=corner.code, code="hall")
    begin = NOW + timedelta(days=1)
    wish = Wish(begin, begin + timedelta(hours=1), f"排练{owner.marks.story}", 10)
    booked = book(
        facility=hall, wish=wish, applicant=owner.person, channel="portal", by=owner.actor, at=FILED
    )
    _enter(corner, "booking", booked.case)
    _enter(corner, "card", _card(corner, "card").case)
    issue_card(application=_card(corner, "carded"), by=corner.hand("librarian"), at=FILED)
    _enter(corner, "proof", _proof(corner, "proof").case)
    proven = _proof(corner, "proven")
    issue_proof(application=proven, checked="上门核对", by=corner.hand("committee_director"), at=FILED)


def _card(corner: Corner, kind: str) -> Application:
    owner = corner.owner(kind)
    return _filed(owner, "library_card", {"phone": owner.marks.phone}, [])


def _proof(corner: Corner, kind: str) -> Application:
    owner = corner.owner(kind)
    answers = {"proof_kind": "residence_fact", "used_for": "学校", "fact": owner.marks.story}
    application = _filed(owner, "community_proof", answers, [])
    accept(application=application, by=corner.hand("clerk"), at=FILED)
    return application


def _mediation(corner: Corner, kind: str) -> Application:
    owner = corner.owner(kind)
    answers = {
        "other_side": "楼上住户", "dispute_kind": "neighbours", "story": owner.marks.story, "wish": "停止漏水",
        "phone": owner.marks.phone,
    }  # fmt: skip
    return _filed(owner, "mediation_application", answers, [])


def _told(corner: Corner, kind: str, class_code: str, **more: Any) -> Grievance:
    owner = corner.owner(kind)
    building = Building.objects.filter(community=corner.code).first()
    told = Told(class_code, "complaint", f"诉说{owner.marks.story}", building=building, **more)
    photo = keep(
        content=_pdf(f"{kind}{corner.code}"), name="现场.pdf", kind="photo", region=corner.code, data_class="P2",
        retain_until=None, by=owner.actor, at=FILED, person_key=owner.person.key,
    )  # fmt: skip
    filed = Filed(corner.region, owner.person, "portal", (photo,))
    return file_grievance(told=told, filed=filed, by=owner.actor, at=FILED)


def grievances(corner: Corner) -> None:
    """Grievances at each step; one unnamed, one about staff, one entered by the clerk, one P3, one P4."""
    clerk = corner.hand("clerk")
    _enter(corner, "told", _told(corner, "told", "G12").case)
    handled = _told(corner, "handled", "G01", is_anonymous=True)
    dispatch(grievance=handled, by=clerk, at=FILED)
    _enter(corner, "handled", handled.case)
    staff = _told(corner, "staff", "G17")
    dispatch(grievance=staff, by=clerk, at=FILED)
    _enter(corner, "staff", staff.case)
    answered = _answered(corner, "answered")
    _enter(corner, "answered", answered.case)
    reopening = _answered(corner, "reopening")
    again: dict[str, Any] = {"is_resolved": False, "is_satisfied": False, "by": clerk, "at": FILED}
    revisit(grievance=reopening, was_reached=True, channel="phone", **again)
    _enter(corner, "reopening", reopening.case)
    entered = corner.owner("entered")
    told = Told("G01", "help", f"来电诉说{entered.marks.story}")
    by_phone = Filed(corner.region, entered.person, "phone")
    _enter(corner, "entered", file_grievance(told=told, filed=by_phone, by=clerk, at=FILED).case)
    owner = corner.owner("secret", with_guardian=False)
    opening = Opening(
        procedure=edition("procedures", "grievance", timezone.localdate(FILED)), subject="G20", title="受限事项",
        region=corner.region, channel="portal", person=owner.person, data_class="P4",
    )  # fmt: skip
    _enter(corner, "secret", open_case(opening=opening, by=owner.actor, at=FILED))


def _answered(corner: Corner, kind: str) -> Grievance:
    grievance = _told(corner, kind, "G01")
    dispatch(grievance=grievance, by=corner.hand("clerk"), at=FILED)
    reply(grievance=grievance, text="已经修好。", by=corner.hand("property_manager"), at=FILED)
    return grievance


def publications(corner: Corner) -> None:
    """The publication of the granted relief, an objection to it, and a message."""
    shown = Publication.objects.filter(region_id=corner.code).order_by("-pk").first()
    assert shown is not None
    owner = corner.owner("objector")
    objection = object_to(
        publication=shown, text=f"有异议{owner.marks.story}", channel="portal", by=owner.actor, at=NOW
    )
    corner.things["publication"] = {"number": shown.number, "key": objection.key}
    paying = corner.owners["paying"].person
    notice = Notice.objects.filter(to_person_id=paying.pk).first()
    assert notice is not None
    corner.things["notice"] = {"key": notice.key}
    corner.things["person"] = {"key": paying.key}
