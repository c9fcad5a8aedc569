"""Agreeing a day (预约服务 F5) and recording the check of a household's means (经济状况核对)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.services.models import Application, Record
from linli.services.recording import Fact, enter
from linli.services.stepping import step
from linli.trail.writing import act

APPOINT = "services.appointing.appoint"
CHECK_MEANS = "services.appointing.check_means"
AGREES = ("agrees", "differs")
CONSENT_PAPER = "check_consent"


@act
def appoint(
    *, application: Application, day: date, body: str, by: Actor, at: datetime, opinion: str = ""
) -> Record:
    """Agree the day on which the service is given, and by whom; the applicant is told."""
    if day < timezone.localdate(at):
        raise Said("services.day_past", field="day")
    if not body.strip():
        raise Said("services.provider_missing", field="body")
    row = enter(application.case, Fact("appointed", body=body, day=day), by=by, at=at)
    words = MoveWords(verb=APPOINT, opinion=opinion, blanks={"day": day})
    step(application.case, by=by, at=at, words=words)
    return row


@act
def check_means(
    *, application: Application, outcome: str, number: str, by: Actor, at: datetime, opinion: str = ""
) -> Record:
    """Record the report of the check of income and property (社会救助法: with the household's consent).

    ``outcome``: agrees or differs; ``number`` is the report's. Refused without the signed consent.
    """
    case = application.case
    if outcome not in AGREES:
        raise Said("services.check_outcome", field="outcome")
    if not number.strip():
        raise Said("services.report_number_missing", field="number")
    has_paper = case.papers.filter(kind=CONSENT_PAPER).exists()
    if not has_paper and CONSENT_PAPER not in application.promises:
        raise Said("services.check_consent_missing", field="outcome")
    row = enter(case, Fact("checked", number=number, outcome=outcome), by=by, at=at)
    step(case, by=by, at=at, words=MoveWords(verb=CHECK_MEANS, opinion=opinion))
    return row
