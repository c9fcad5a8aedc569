"""A body's mark for a span, counted from records by a scoring sheet, and its publication."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.cases.models import Case, Hand
from linli.disclosure.models import Publication
from linli.disclosure.publishing import publish
from linli.disclosure.showing import Showing
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.people.models import Organisation
from linli.places.models import Region
from linli.property import numbering
from linli.property.formulas import Counted, grade_of, marks_of
from linli.property.inspecting import ANSWERS, require_independent
from linli.property.models import Contract, Finding, Mark, Recheck, Rectification
from linli.property.models.supervision import SOURCE
from linli.property.scoring_sheets import KIND, Scoring, scoring_of
from linli.rulebook.publishing import edition
from linli.trail.writing import act, append

Pair = tuple[int, int]
RATE = "property.rate"


@act
def score(
    *, scoring: str, body: Organisation, region: Region, span: tuple[date, date], by: Actor, at: datetime
) -> Mark:
    """Count a body's mark for a span of days from the records as they stand. Nobody scores the body they belong to."""
    by.require(RATE, region.code)
    require_independent(body, by, at)
    first, last = span
    today = timezone.localdate(at)
    if not first <= last <= today:
        raise Said("property.span_order", field="last")
    sheet = edition(KIND, scoring, today)
    declared = scoring_of(sheet)
    if declared.target != body.kind:
        raise Said("property.scoring_target", field="scoring", body=body.name)
    marked = marks_of(counted(declared, body, region, span))
    grades = [(one.code, one.floor) for one in declared.grades]
    mark = Mark.objects.create(
        key=numbering.number(region, today), region=region, body=body, scoring=sheet, first=first, last=last,
        lines=[asdict(line) for line in marked.lines], marks=marked.marks, reachable=marked.reachable,
        points=marked.points, on=today, at=at, actor=by.actor_word,
        grade=grade_of(marked, grades=grades, least_percent=declared.least_percent),
    )  # fmt: skip
    content = {
        "key": mark.key,
        "body": body.key,
        "scoring": f"{sheet.code}#{sheet.number}",
        "lines": mark.lines,
        "marks": mark.marks,
        "reachable": mark.reachable,
        "grade": mark.grade,
    }
    append(region=region.code, kind="property.mark", row_key=mark.key, content=content, at=at)
    return mark


def counted(sheet: Scoring, body: Organisation, region: Region, span: tuple[date, date]) -> list[Counted]:
    """What the records say under each indicator."""
    looks = {
        "items_met": lambda: _items_met(body, region, span),
        "rectified_in_time": lambda: _rectified(body, region, span),
        "rechecks_passed": lambda: _passed(body, region, span),
        "cases_in_time": lambda: _in_time(body, region, span),
        "cases_resolved": lambda: _resolved(body, region, span),
        "disclosed": lambda: _disclosed(sheet, body, region, span),
    }
    return [Counted(one.code, one.points, *looks[one.word]()) for one in sheet.indicators]


def _two(rows: QuerySet[Case] | QuerySet[Finding] | QuerySet[Recheck], part: Q) -> Pair:
    return rows.filter(part).count(), rows.count()


def _items_met(body: Organisation, region: Region, span: tuple[date, date]) -> Pair:
    rows = Finding.objects.filter(
        inspection__body=body, inspection__case__region=region, inspection__on__range=span
    )
    return _two(rows.exclude(result="not_looked"), Q(result="met"))


def _rectified(body: Organisation, region: Region, span: tuple[date, date]) -> Pair:
    """First notices whose last day lay in the span: answered by it and found right at the first re-check."""
    due = Rectification.objects.filter(
        inspection__body=body, inspection__case__region=region, due_on__range=span, round=1
    )
    return due.filter(recheck__passed=True, recheck__in_time=True).count(), due.count()


def _passed(body: Organisation, region: Region, span: tuple[date, date]) -> Pair:
    inspection = "rectification__inspection"
    rows = Recheck.objects.filter(
        **{f"{inspection}__body": body, f"{inspection}__case__region": region, "on__range": span}
    )
    return _two(rows, Q(passed=True))


def _handled(body: Organisation, region: Region, span: tuple[date, date]) -> QuerySet[Case]:
    """Cases of residents that were in the hands of the body's post and closed in the span.

    Hands are kept by post and place. Where several companies serve one community, a case cannot be laid to one of
    them; then nothing is counted.
    """
    post = ANSWERS[body.kind][0]
    served = Contract.objects.filter(region=region, kind="property", from_on__lte=span[1], to_on__gte=span[0])
    if body.kind != "property_company" or served.exclude(company=body).exists():
        return Case.objects.none()
    held = Hand.objects.filter(case=OuterRef("pk"), post=post, place=region.code)
    closed = Case.objects.filter(
        Exists(held), region=region, closed_on__range=span, kind="grievances.grievance"
    )
    return closed.exclude(outcome="withdrawn")


def _in_time(body: Organisation, region: Region, span: tuple[date, date]) -> Pair:
    return _two(_handled(body, region, span), Q(due_on=None) | Q(closed_on__lte=F("due_on")))


def _resolved(body: Organisation, region: Region, span: tuple[date, date]) -> Pair:
    answered = _handled(body, region, span).filter(outcome__in=["resolved", "unresolved"])
    return _two(answered, Q(outcome="resolved"))


def _disclosed(sheet: Scoring, body: Organisation, region: Region, span: tuple[date, date]) -> Pair:
    items = sheet.disclosure_items
    shown = Publication.objects.filter(
        region=region, source=f"body:{body.key}", item__code__in=items, from_on__range=span
    )
    return shown.values("item__code").distinct().count(), len(items)


@act
def publish_mark(*, mark: Mark, by: Actor, at: datetime) -> Publication:
    """Show a mark to everybody, with every indicator and what it was counted from; objections go to the publication.

    A mark without a grade (too little on record) is not published as one.
    """
    if not mark.grade:
        raise Said("property.too_little_recorded")
    if Publication.objects.about(f"{SOURCE}:{mark.key}").exists():
        raise Said("property.published_already")
    sheet = scoring_of(mark.scoring_id)
    facts = {
        "body": mark.body.name,
        "period": f"{mark.first:%Y-%m-%d} 至 {mark.last:%Y-%m-%d}",
        "marks": f"{hundredths(mark.marks)} / {hundredths(mark.reachable)}（满分 {hundredths(mark.points)}）",
        "grade": mark.grade,
        "lines": "；".join(_spoken(sheet, line) for line in mark.lines),
    }
    showing = Showing(title=f"{mark.body.name}评价结果", facts=facts)
    return publish(
        item=sheet.publication,
        region=mark.region,
        showing=showing,
        source=f"{SOURCE}:{mark.key}",
        by=by,
        at=at,
    )


def hundredths(number: int) -> str:
    """Hundredths as a decimal number: 8850 is 88.50."""
    return f"{number // 100}.{number % 100:02d}"


def _spoken(sheet: Scoring, line: dict[str, int | str | None]) -> str:
    title = next(one.title.zh for one in sheet.indicators if one.code == line["code"])
    if line["marks"] is None:
        return f"{title}：没有记录，不计分"
    return f"{title}：{line['part']}/{line['whole']}，得 {hundredths(int(line['marks']))} 分（{line['points']} 分）"
