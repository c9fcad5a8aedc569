"""Decided assistance looked at again: every year (年度复核), and drawn by lot (抽查), above all handlers' relatives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.ground.clock import due_day, month_later
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.places.models import Region
from linli.rulebook.publishing import edition
from linli.rulebook.reading import calendar, rule
from linli.services.formulas import drawn, next_anniversary
from linli.services.models import Application, Grant, Kinship, Review
from linli.trail.writing import act, append, note

PROCEDURE = "benefit_review"
DAYS = 20


def overdue(on: date) -> QuerySet[Review]:
    """Reviews not done by their day, the oldest first."""
    return Review.objects.filter(done_on=None, due_on__lt=on).select_related("case", "of").order_by("due_on")


@act
def open_yearly(*, by: Actor, at: datetime, limit: int = 500) -> int:
    """Open the review of every monthly benefit whose anniversary comes within ``services.review_lead_days``.

    Repeating it opens nothing twice; what a review stopped is not reviewed again. Returns how many were opened.
    """
    today, opened = timezone.localdate(at), 0
    stopped = Review.objects.filter(of=OuterRef("case"), result="stop")
    for row in Grant.objects.filter(~Exists(stopped), cycle="monthly").select_related("case").order_by("pk"):
        lead = int(rule("services.review_lead_days", place=row.case.region_id, on=today).value)
        period = next_anniversary(row.on, today)
        if period - timedelta(days=lead) > today or opened >= limit:
            continue
        application = Application.objects.filter(pk=row.case_id).first()
        if application is None or not application.sheet.yearly_review:
            continue
        if Review.objects.filter(of=application, why="yearly", period=period).exists():
            continue
        _open(application, "yearly", period, max(period, today), by, at)
        opened += 1
    return opened


@act
def draw(*, region: Region, month: date, by: Actor, at: datetime) -> list[Review]:
    """Draw the month's grants of a community for a second look: declared relatives of handlers, and a share of all.

    The order is that of a digest over month and case number: anybody can recount it, nobody can choose it. Shares
    are rules (``services.recheck_relatives_percent``, ``services.recheck_percent``), rounded up.
    """
    first, today = month.replace(day=1), timezone.localdate(at)
    until = month_later(first, 1)
    if until > today:
        raise Said("services.month_not_over", field="month")
    granted = Application.objects.get_queryset().filter(
        case__region=region, decision="granted", decided_on__gte=first, decided_on__lt=until
    )
    rows = [row for row in granted.order_by("case__number") if row.sheet.flow == "F2"]
    kin = set(Kinship.objects.filter(ended_on=None).values_list("relative_id", flat=True))
    related = [row for row in rows if row.case.person_id in kin]
    chosen = _draw(related, "services.recheck_relatives_percent", region, first, today)
    others = [row for row in rows if row not in related]
    picked = [(row, "relative") for row in chosen]
    picked += [(row, "share") for row in _draw(others, "services.recheck_percent", region, first, today)]
    due = due_day(start=today, days=DAYS, unit="working", calendar=calendar()).on
    known = set(Review.objects.filter(period=first).values_list("of_id", "why"))
    reviews = [_open(row, why, first, due, by, at) for row, why in picked if (row.pk, why) not in known]
    note(
        verb="services.reviewing.draw", kind="services.review", key=f"{region.code}/{first.isoformat()}",
        region=region.code, by=by, at=at, facts={"of": len(rows), "related": len(related), "drawn": len(reviews)},
    )  # fmt: skip
    return reviews


def _draw(
    rows: list[Application], code: str, region: Region, month: date, today: date
) -> Iterable[Application]:
    percent = int(rule(code, place=region.code, on=today).value)
    numbers = drawn([row.case.number for row in rows], percent, month.isoformat())
    return [row for row in rows if row.case.number in numbers]


def _open(application: Application, why: str, period: date, due: date, by: Actor, at: datetime) -> Review:
    was = application.case
    opening = Opening(
        procedure=edition("procedures", PROCEDURE, timezone.localdate(at)),
        subject=was.subject,
        title=f"{was.title}复核",
        region=was.region,
        channel="clock" if by.post == "system_clock" else "counter",
        person=was.person,
        data_class=was.data_class,
        first_move="open",
    )
    case = open_case(opening=opening, by=by, at=at)
    row = Review.objects.create(case=case, of=application, why=why, period=period, due_on=due)
    content = {"case": case.number, "of": was.number, "why": why, "due": due.isoformat()}
    append(region=case.region_id, kind="services.review", row_key=case.number, content=content, at=at)
    return row


@act
def continue_benefit(*, review: Review, reason: str, by: Actor, at: datetime) -> Review:
    """The conditions still hold: the benefit goes on."""
    return _conclude(review, "continue", "continue_benefit", reason, by, at)


@act
def adjust_benefit(*, review: Review, cents: int, reason: str, by: Actor, at: datetime) -> Review:
    """The amount changes from now on to ``cents`` (fen); within the ceiling of the item."""
    sheet = review.of.sheet
    if cents <= 0:
        raise Said("services.amount_missing", field="cents")
    by.require("services.decide", review.case.region_id)
    ceilings = [one.rule for one in sheet.ceilings if one.post == by.post]
    if sheet.ceilings and not ceilings:
        raise Said("services.not_competent", post=by.role.title)
    day = timezone.localdate(at)
    ceiling = rule(ceilings[0], place=review.case.region_id, on=day) if ceilings else None
    if ceiling is not None and cents > int(ceiling.value):
        raise Said("services.above_ceiling", field="cents", ceiling=ceiling.value, post=by.role.title)
    Grant.objects.create(
        case=review.case, cents=cents, cycle="monthly", ceiling=ceiling, basis=(sheet.basis[0].title)[:200],
        post=by.post, actor=by.actor_word, on=day, at=at,
    )  # fmt: skip
    content = {
        "case": review.case.number,
        "cents": cents,
        "cycle": "monthly",
        "post": by.post,
        "on": day.isoformat(),
    }
    append(
        region=review.case.region_id,
        kind="services.grant",
        row_key=review.case.number,
        content=content,
        at=at,
    )
    return _conclude(review, "adjust", "adjust_benefit", reason, by, at)


@act
def stop_benefit(*, review: Review, reason: str, by: Actor, at: datetime) -> Review:
    """The conditions no longer hold: nothing more is paid for days after today; the route of review is stated."""
    route = review.of.sheet.review_route.zh
    text = f"{reason.strip()}\n{route}" if reason.strip() and route else reason
    return _conclude(review, "stop", "stop_benefit", text, by, at)


def _conclude(review: Review, result: str, move: str, reason: str, by: Actor, at: datetime) -> Review:
    by.require("services.decide", review.case.region_id)
    if not reason.strip():
        raise Said("services.reason_missing", field="reason")
    if Grant.objects.filter(case=review.of.case, actor=by.actor_word).exists():
        raise Said("services.review_same_person")
    if review.why != "yearly" and result == "adjust" and not review.of.sheet.yearly_review:
        raise Said("services.not_now", step=review.case.at_step.title)
    review.result, review.done_on = result, timezone.localdate(at)
    review.save(update_fields=["result", "done_on"])
    words = MoveWords(verb=f"services.reviewing.{move}", opinion=reason.strip())
    advance(review.case, move, by=by, at=at, words=words)
    return review
