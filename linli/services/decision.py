"""Accepting, granting and refusing an application."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from linli.cases.moving import MoveWords
from linli.disclosure.models import Publication
from linli.disclosure.publishing import Span, publish
from linli.disclosure.showing import Showing
from linli.ground.money import Money
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.rulebook.models import Rule
from linli.rulebook.reading import rule
from linli.services.formulas import amount_by_age
from linli.services.models import Application, Grant
from linli.services.prefilling import household_of
from linli.services.stepping import moves_named, step
from linli.services.supplementing import lacking, names
from linli.trail.writing import act, append

ACCEPT = "services.decision.accept"
ACCEPT_URGENT = "services.decision.accept_urgent"
GRANT = "services.decision.grant"
REFUSE = "services.decision.refuse"


@act
def accept(*, application: Application, by: Actor, at: datetime, opinion: str = "") -> Application:
    """Accept an application; its promised limit starts. Papers that may not come later must be there.

    An urgent one goes the sheet's urgent way: help first, papers later (社会救助法, 临时救助先行救助).
    """
    is_urgent = application.is_urgent and bool(moves_named(application.case, ACCEPT_URGENT))
    if not is_urgent:
        missing = lacking(application)
        if missing:
            raise Said("services.papers_lacking", papers=names(application, missing))
    _find_household(application)
    verb = ACCEPT_URGENT if is_urgent else ACCEPT
    step(application.case, by=by, at=at, words=MoveWords(verb=verb, opinion=opinion))
    return application


@act
def grant(
    *,
    application: Application,
    cents: int,
    by: Actor,
    at: datetime,
    opinion: str = "",
    reason_class: str = "",
) -> Grant:
    """Grant a sum in fen within the post's ceiling on this day at this place, and publish it masked.

    Amounts that follow from age are set by rule. Refused: a sum above the ceiling (it is reported up instead), a
    post without ceiling, one's own application, any amount that differs from the rule's.
    """
    case, day = application.case, timezone.localdate(at)
    by.require("services.decide", case.region_id)
    _require_not_own(application, by)
    if cents <= 0:
        raise Said("services.amount_missing", field="cents")
    ceiling = _ceiling(application, cents, by, day)
    _require_by_rule(application, cents, day)
    row = _write(application, cents, ceiling, by, at)
    _decide(application, "granted", day, reason_class)
    step(case, by=by, at=at, words=MoveWords(verb=GRANT, opinion=opinion))
    _publish(application, row, by, at)
    return row


@act
def refuse(*, application: Application, reason: str, by: Actor, at: datetime) -> Application:
    """Refuse (or not accept) an application in writing: the reason, and the route of review from the guide."""
    if not reason.strip():
        raise Said("services.reason_missing", field="reason")
    _require_not_own(application, by)
    route = application.sheet.review_route.zh
    text = f"{reason.strip()}\n{route}" if route else reason.strip()
    _decide(application, "refused", timezone.localdate(at), "")
    step(application.case, by=by, at=at, words=MoveWords(verb=REFUSE, opinion=text))
    return application


def _write(application: Application, cents: int, ceiling: Rule | None, by: Actor, at: datetime) -> Grant:
    case, sheet, day = application.case, application.sheet, timezone.localdate(at)
    cycle = "monthly" if sheet.tiers else "once"
    basis = (ceiling.source if ceiling else sheet.basis[0].title)[:200]
    row = Grant.objects.create(
        case=case, cents=cents, cycle=cycle, ceiling=ceiling, basis=basis, post=by.post, actor=by.actor_word, on=day, at=at
    )  # fmt: skip
    content = {"case": case.number, "cents": cents, "cycle": cycle, "post": by.post, "on": day.isoformat()}
    append(region=case.region_id, kind="services.grant", row_key=case.number, content=content, at=at)
    return row


def _find_household(application: Application) -> None:
    """Note the registered household of an assistance applicant; its size counts where the form did not ask."""
    person = application.case.person
    membership = household_of(person) if application.sheet.flow == "F2" and person is not None else None
    if membership is None:
        return
    application.household = membership.household
    if application.household_size is None:
        application.household_size = membership.size  # type: ignore[attr-defined]
    application.save(update_fields=["household", "household_size"])


def _decide(application: Application, decision: str, day: date, reason_class: str) -> None:
    application.decision, application.decided_on, application.reason_class = decision, day, reason_class
    application.save(update_fields=["decision", "decided_on", "reason_class"])


def _require_not_own(application: Application, by: Actor) -> None:
    person = application.case.person
    if by.person_id is not None and person is not None and by.person_id in (person.pk, person.guardian_id):
        raise Said("services.own_application")


def _ceiling(application: Application, cents: int, by: Actor, day: date) -> Rule | None:
    declared = application.sheet.ceilings
    if not declared:
        return None
    own = next((ceiling for ceiling in declared if ceiling.post == by.post), None)
    if own is None:
        raise Said("services.not_competent", post=by.role.title)
    found = rule(own.rule, place=application.case.region_id, on=day)
    if cents > int(found.value):
        raise Said(
            "services.above_ceiling", field="cents", ceiling=Money(int(found.value)), post=by.role.title
        )
    return found


def amount_due(application: Application, day: date) -> int | None:
    """The amount that the rules set for the applicant's age, in fen; ``None`` where the item leaves it to decide.

    Raises ``Said('services.too_young')`` below every tier or where the age is unknown.
    """
    if not application.sheet.tiers:
        return None
    place = application.case.region_id
    tiers = [
        (
            int(rule(tier.from_age, place=place, on=day).value),
            int(rule(tier.amount, place=place, on=day).value),
        )
        for tier in application.sheet.tiers
    ]
    age = application.case.person.age(day) if application.case.person else None
    amount = amount_by_age(age, tiers) if age is not None else None
    if amount is None:
        raise Said("services.too_young", least=min(tiers)[0])
    return amount


def _require_by_rule(application: Application, cents: int, day: date) -> None:
    due = amount_due(application, day)
    if due is not None and cents != due:
        raise Said("services.amount_by_rule", field="cents", amount=Money(due))


def _body(by: Actor) -> str:
    """The body that decides, as the public knows it; the post's title where the post belongs to no body."""
    return getattr(Organisation.objects.filter(pk=by.organisation_id or 0).first(), "name", by.role.title.zh)


def _publish(application: Application, row: Grant, by: Actor, at: datetime) -> Publication | None:
    """Show the grant under the item's catalogue entry: masked name, size, sum and reason class, nothing else."""
    shared, case = application.sheet.shared, application.case
    if shared is None or case.person is None:
        return None
    reason = shared.reason or application.reason_class or str(application.answers.get(shared.reason_from, ""))
    facts = {
        "name": case.person.name,
        "household_size": application.household_size,
        "item": application.sheet.name.zh,
        "amount": row.cents,
        "reason": reason,
        "decided_by": _body(by),
        "decided_on": row.on,
    }
    showing = Showing(title=f"{application.sheet.name.zh}公示", facts=facts)
    span = Span(event_on=row.on)
    return publish(
        item=shared.item,
        region=case.region,
        showing=showing,
        source=f"case:{case.number}",
        by=by,
        at=at,
        span=span,
    )
