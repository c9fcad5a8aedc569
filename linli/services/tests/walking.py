"""Walking an item from filing to its end by the verbs and moves that its sheets declare."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from linli.cases.models import Case
from linli.cases.moving import MoveWords, advance, moves_for
from linli.cases.procedures import Move
from linli.disclosure.models import Publication
from linli.people.actors import Actor
from linli.places.models import Facility
from linli.services import agency, announcing, appointing, cards, decision, finishing, handing, paying
from linli.services.booking import CHECK_IN, Wish, book, check_in
from linli.services.decision import amount_due
from linli.services.declared import Question, ServiceItem
from linli.services.intake import Entry, Paper, file_application
from linli.services.models import Application, Booking, Grant
from linli.services.proofs import issue_proof
from linli.services.tests.counter import PHOTO
from linli.services.visiting import Seen, visit
from tests.cast import BEGIN

DAY = timedelta(days=1)
MOST = 20
IDENTITY = "11010519491231002X"


def answer(question: Question, day: date) -> str:
    """An answer that fits a question."""
    if question.kind == "choice":
        return question.choices[0].code
    if question.kind in ("number", "money"):
        least = question.least or 1
        return str(max(1, least // 100)) if question.kind == "money" else str(max(least, 1))
    return {
        "date": day.isoformat(), "phone": "13900000001", "identity": IDENTITY, "text": "情况属实"[: question.longest],
    }.get(question.kind, "")  # fmt: skip


def answers(sheet: ServiceItem, day: date) -> dict[str, str]:
    return {
        question.code: answer(question, day) for question in sheet.questions() if question.kind not in ("file", "person")
    }  # fmt: skip


def papers(sheet: ServiceItem, *, but: tuple[str, ...] = ()) -> list[Paper]:
    """Every paper that the applicant brings, each with its own bytes."""
    return [
        Paper(m.code, f"{m.code}.pdf", PHOTO + m.code.encode())
        for m in sheet.materials
        if m.source == "applicant" and m.code not in but
    ]


def promises(sheet: ServiceItem) -> tuple[str, ...]:
    return tuple(m.code for m in sheet.materials if m.source == "promise")


def file(village: Any, sheet: ServiceItem, *, who: str = "zhao", **more: Any) -> Application:
    """An application at the portal where the item has it, else at the counter."""
    is_online = "portal" in sheet.channels
    told = {one.code: one.wanted for one in sheet.conditions}
    entry = Entry(conditions=told, promises=promises(sheet), read_back=not is_online)
    given: dict[str, Any] = {
        "item": sheet.code, "applicant": village.person(who), "answers": answers(sheet, BEGIN.date()),
        "papers": papers(sheet), "channel": "portal" if is_online else "counter",
        "by": village.resident(who) if is_online else village.actor("limin"), "at": BEGIN, "entry": entry,
    } | more  # fmt: skip
    return file_application(**given)


def holder(village: Any, case: Case, move: Move, extra: dict[str, Actor]) -> Actor:
    """Somebody to whom a move is open."""
    known = [*extra.values(), *(village.actor(login) for login in village.actors), village.resident("zhao")]
    found: Actor = next(actor for actor in known if move in moves_for(case, actor))
    return found


def main_move(case: Case) -> Move:
    """The move that carries a case on: green first, then any other forward or ending one; stays where needed."""
    moves = [m for m in case.plan.moves_from(case.step) if m.tone != "back" and m.posts != ("system_clock",)]
    order = {"go": 0, "main": 1, "plain": 2}
    return min((m for m in moves if m.kind in ("forward", "end")), key=lambda m: order[m.tone])


def make(application: Application, move: Move, by: Actor, at: datetime) -> None:
    """Make a move by its verb, or plainly."""
    a, case = application, application.case
    verbs = {
        "services.decision.accept": lambda: decision.accept(application=a, by=by, at=at),
        "services.decision.grant": lambda: decision.grant(
            application=a, cents=amount_due(a, at.date()) or 10000, by=by, at=at
        ),
        "services.paying.pay": lambda: paying.pay(
            application=a, cents=Grant.objects.get(case=case).cents, paid_on=at.date(), reference="ZF-9", by=by, at=at
        ),
        "services.visiting.visit": lambda: visit(
            application=a, seen=Seen(["甲", "乙"], "情况属实", agrees=True), by=by, at=at
        ),
        finishing.COMPLETE: lambda: finishing.complete(application=a, result="办好了", by=by, at=at),
        finishing.APPROVE: lambda: finishing.approve(application=a, by=by, at=at),
        finishing.REGISTER: lambda: finishing.register(application=a, by=by, at=at),
        agency.SEND: lambda: agency.send_off(
            application=a, to="主管部门", number="SJ-1", by=by, at=at, consent_told="念给本人听后同意"
        ),
        agency.BRING_BACK: lambda: agency.bring_back(application=a, number="JG-1", by=by, at=at),
        agency.DELIVER: lambda: agency.deliver(application=a, how="当面交给本人", by=by, at=at),
        appointing.APPOINT: lambda: appointing.appoint(
            application=a, day=at.date() + DAY, body="社区食堂", by=by, at=at
        ),
        appointing.CHECK_MEANS: lambda: appointing.check_means(
            application=a, outcome="agrees", number="HD-1", by=by, at=at
        ),
        announcing.ANNOUNCE: lambda: announcing.announce(application=a, by=by, at=at, opinion="同意"),
        announcing.CONCLUDE: lambda: announcing.conclude(application=a, by=by, at=at),
        "services.proofs.issue_proof": lambda: issue_proof(application=a, checked="上门核对", by=by, at=at),
        CHECK_IN: lambda: check_in(booking=Booking.objects.get(case=case), by=by, at=at),
        cards.ISSUE: lambda: cards.issue_card(application=a, by=by, at=at),
        handing.HAND_OVER: lambda: handing.hand_over(application=a, to="organisation:helin-committee", by=by, at=at),
    }  # fmt: skip
    if move.verb:
        verbs[move.verb]()
    else:
        advance(case, move.code, by=by, at=at, words=MoveWords(opinion="按规定办理"))


def walk(village: Any, application: Application, extra: dict[str, Actor] | None = None) -> list[str]:
    """Carry an application to its end; returns the moves made. Waits out announcements."""
    case, at = application.case, BEGIN
    made: list[str] = []
    while case.closed_on is None and len(made) < MOST:
        move = main_move(case)
        if move.verb == agency.BRING_BACK and agency.SEND not in made:
            move = next((m for m in case.plan.moves_from(case.step) if m.verb == agency.SEND), move)
        if move.verb == announcing.CONCLUDE:
            shown = Publication.objects.about(f"case:{case.number}").get()
            at = (
                BEGIN.replace(year=shown.until_on.year, month=shown.until_on.month, day=shown.until_on.day)
                + DAY
            )
        make(application, move, holder(village, case, move, extra or {}), at)
        case.refresh_from_db()
        made.append(move.verb or move.code)
    return made


def booked(village: Any) -> Application:
    """A booking is filed by choosing a room and an hour, not by a form alone."""
    begins = BEGIN + timedelta(hours=2)
    wish = Wish(from_at=begins, until_at=begins + timedelta(hours=1), purpose="议事", people=5)
    hall = Facility.objects.get(code="hall")
    booking = book(
        facility=hall, wish=wish, applicant=village.person("zhao"), channel="portal", by=village.resident("zhao"), at=BEGIN
    )  # fmt: skip
    return Application.objects.get(case=booking.case)
