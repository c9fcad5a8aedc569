"""Helping and acting for people at departments (帮办代办、转介): what was passed on, and what came back."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.entering import give_consent
from linli.people.models import Consent
from linli.services.decision import decide, require_not_own
from linli.services.declared import DEPARTMENT, SENSITIVE
from linli.services.models import Application, Record
from linli.services.passing import passed_to
from linli.services.recording import Fact, enter
from linli.services.stepping import step
from linli.services.supplementing import lacking, names
from linli.trail.writing import act

SEND = "services.agency.send_off"
BRING_BACK = "services.agency.bring_back"
TURNED_DOWN = "services.agency.turned_down"
DELIVER = "services.agency.deliver"


@act
def send_off(
    *, application: Application, to: str, by: Actor, at: datetime, number: str = "", consent_told: str = ""
) -> Record:
    """Hand a matter to a department: only the questions and papers of its purpose, with its receipt ``number``.

    Sensitive answers go outside with the person's separate consent (个人信息保护法 art. 23, 29): given when filing,
    or now by what was read to them (``consent_told``). Papers that must be there are there.
    """
    case = application.case
    if not to.strip():
        raise Said("services.handed_to_missing", field="to")
    missing = lacking(application)
    if missing:
        raise Said("services.papers_lacking", papers=names(application, missing))
    given = passed_to(application.sheet, DEPARTMENT)
    _require_consent(application, set(given.questions), consent_told, by, at)
    passed = [*sorted(given.questions), *sorted(given.materials)]
    row = enter(case, Fact("sent", number=number, body=to, passed=passed), by=by, at=at)
    step(case, by=by, at=at, words=MoveWords(verb=SEND))
    return row


@act
def bring_back(
    *, application: Application, number: str, by: Actor, at: datetime, opinion: str = ""
) -> Record:
    """The department did it: its result document (by number), which is then delivered."""
    if not number.strip():
        raise Said("services.result_number_missing", field="number")
    case = application.case
    row = enter(case, Fact("answered", number=number, outcome="granted"), by=by, at=at)
    step(case, by=by, at=at, words=MoveWords(verb=BRING_BACK, opinion=opinion))
    return row


@act
def turned_down(*, application: Application, reason: str, by: Actor, at: datetime) -> Record:
    """The department refused: its reason in writing, and the route of review from the guide."""
    if not reason.strip():
        raise Said("services.reason_missing", field="opinion")
    case, route = application.case, application.sheet.review_route.zh
    row = enter(case, Fact("answered", outcome="refused"), by=by, at=at)
    decide(application, "refused", timezone.localdate(at), "")
    text = f"{reason.strip()}\n{route}" if route else reason.strip()
    step(case, by=by, at=at, words=MoveWords(verb=TURNED_DOWN, opinion=text))
    return row


@act
def deliver(*, application: Application, how: str, by: Actor, at: datetime) -> Application:
    """The result is with the applicant; ``how`` says the way and is kept as the opinion."""
    if not how.strip():
        raise Said("services.result_missing", field="opinion")
    require_not_own(application, by)
    decide(application, "granted", timezone.localdate(at), "")
    step(application.case, by=by, at=at, words=MoveWords(verb=DELIVER, opinion=how.strip()))
    return application


def _require_consent(application: Application, passed: set[str], told: str, by: Actor, at: datetime) -> None:
    sensitive = [q for q in application.sheet.questions() if q.code in passed and q.data_class in SENSITIVE]
    person, purpose = application.case.person, f"services.{application.sheet.code}"
    if not sensitive or person is None:
        return
    given = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None, is_separate=True)
    if given.exists():
        return
    if not told.strip():
        raise Said("services.consent_missing", field="consent_told", kinds=[q.label for q in sensitive])
    give_consent(
        person=person, purpose=purpose, told=told.strip(), channel="counter", by=by, at=at, is_separate=True
    )
