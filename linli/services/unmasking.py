"""Reading the whole numbers that an applicant gave (bank account, phone, identity): with a reason, never without a trace."""

from __future__ import annotations

from datetime import datetime

from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.unmasking import SHORTEST_REASON, may_read_identity
from linli.services.declared import Question
from linli.services.models import Application
from linli.trail.writing import act, note

NUMBER_KINDS = ("identity", "phone")


def is_number(question: Question) -> bool:
    """Whether the answer is a personal number, shown masked: identity, phone, and what a sheet keeps sealed (accounts)."""
    return question.kind in NUMBER_KINDS or (question.sealed and question.kind == "text")


def numbers_of(application: Application) -> list[Question]:
    """The questions of the application that were answered with a personal number, in the sheet's order."""
    return [
        one for one in application.sheet.questions() if is_number(one) and application.answers.get(one.code)
    ]


@act
def unmask_answers(
    *, application: Application, reason: str, in_hand: bool, by: Actor, at: datetime
) -> dict[str, str]:
    """The numbers in clear by question code (P3); the reason is left in the trail under the case's number.

    Raises ``Said('people.unmask_reason')`` without a reason, ``Said('people.no_right')`` where the sensitive content of
    the case is not in the actor's reach.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise Said("people.unmask_reason", field="reason")
    if not may_read_identity(by, in_hand=in_hand):
        raise Said("people.no_right", right="P3", post=by.role.title)
    asked = numbers_of(application)
    note(
        verb="services.unmask",
        kind="cases.case",
        key=application.case.number,
        region=application.case.region_id,
        by=by,
        at=at,
        data_class="P3",
        facts={"reason": reason.strip(), "answers": [one.code for one in asked]},
    )
    return {one.code: str(application.answer(one.code)) for one in asked}
