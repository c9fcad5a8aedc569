"""Erasing what people wrote once its time is over; decisions, sums and dates stay."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from linli.finding.indexing import drop
from linli.ground.clock import month_later
from linli.people.actors import Actor
from linli.rulebook.reading import rule
from linli.services.models import Application, Certificate, Visit
from linli.trail.writing import act, note


@act
def erase_answers(*, application: Application, by: Actor, at: datetime, reason: str) -> Application:
    """Empty the answers, visits and certificate text of an application (个人信息保护法 art. 47); the trail stays."""
    case = application.case
    by.require("services.erase", case.region_id)
    application.answers, application.sources, application.mandate_note = {}, {}, ""
    application.erased_at = at
    application.save(update_fields=["answers", "sources", "mandate_note", "erased_at"])
    Visit.objects.filter(case=case).update(found="", salt="", visitors=[])
    Certificate.objects.filter(case=case).update(body="", salt="")
    drop(kind="cases.case", key=case.pk, by=by, at=at)
    note(
        verb="services.erase_answers", kind="services.application", key=case.number, region=case.region_id, by=by, at=at,
        data_class=case.data_class, facts={"reason": reason},
    )  # fmt: skip
    return application


@act
def erase_expired(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Erase the answers of applications closed longer ago than the rule ``services.answers_years`` of their place."""
    today, erased = timezone.localdate(at), 0
    years: dict[str, int] = {}
    waiting = Application.objects.closed().filter(erased_at=None).order_by("case__closed_on")
    for application in waiting[:limit]:
        case = application.case
        if case.region_id not in years:
            years[case.region_id] = int(rule("services.answers_years", place=case.region_id, on=today).value)
        assert case.closed_on is not None
        if month_later(case.closed_on, 12 * years[case.region_id]) < today:
            erase_answers(application=application, by=by, at=at, reason="retention")
            erased += 1
    return erased
