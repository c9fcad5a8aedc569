"""Carrying a matter to its end without money: done at once, recognised, or registered under a number."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.cases.opening import next_number
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.services.decision import decide, require_not_own
from linli.services.models import Application, Record
from linli.services.recording import Fact, enter
from linli.services.stepping import step
from linli.trail.writing import act

COMPLETE = "services.finishing.complete"
APPROVE = "services.finishing.approve"
REGISTER = "services.finishing.register"


@act
def complete(*, application: Application, result: str, by: Actor, at: datetime) -> Application:
    """Say what was done and close the matter; the applicant reads ``result`` and may rate it."""
    if not result.strip():
        raise Said("services.result_missing", field="opinion")
    require_not_own(application, by)
    decide(application, "granted", timezone.localdate(at), "")
    step(application.case, by=by, at=at, words=MoveWords(verb=COMPLETE, opinion=result.strip()))
    return application


@act
def approve(*, application: Application, by: Actor, at: datetime, opinion: str = "") -> Record:
    """Recognise what was applied for (认定、同意) where no sum is granted, by who may decide at the place."""
    case = application.case
    by.require("services.decide", case.region_id)
    require_not_own(application, by)
    row = enter(case, Fact("approved", outcome="granted", day=timezone.localdate(at)), by=by, at=at)
    decide(application, "granted", timezone.localdate(at), "")
    step(case, by=by, at=at, words=MoveWords(verb=APPROVE, opinion=opinion))
    return row


@act
def register(*, application: Application, by: Actor, at: datetime, opinion: str = "") -> Record:
    """Enter a filing (登记备案) under its own number; the register is the list of these records."""
    case = application.case
    require_not_own(application, by)
    number = next_number(case.region, timezone.localdate(at).year)
    row = enter(case, Fact("registered", number=number, outcome="granted"), by=by, at=at)
    decide(application, "granted", timezone.localdate(at), "")
    words = MoveWords(verb=REGISTER, opinion=opinion, blanks={"number": case.number})
    step(case, by=by, at=at, words=words)
    return row
