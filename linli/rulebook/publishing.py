"""Publishing sheets as editions, rules, calendar years and policy documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F

from linli.ground.canonical import canonical
from linli.ground.digest import digest
from linli.ground.said import Said
from linli.rulebook.models import CalendarDay, CalendarYear, Edition, PolicyDocument, Rule
from linli.rulebook.remembering import forget, once
from linli.trail.words import By
from linli.trail.writing import act, append, note

NATION = "0" * 12  # the chain of what belongs to no place: editions and rules


@act
def publish(
    *,
    kind: str,
    code: str,
    body: Mapping[str, Any],
    title: Mapping[str, str],
    valid_from: date,
    by: By,
    at: datetime,
    valid_to: date | None = None,
    source: str = "",
) -> Edition:
    """Publish a sheet as the next edition of its code. The same body again changes nothing and returns the last.

    ``body`` is the sheet as plain values without floats. The room that owns the kind has checked it before.
    """
    value = digest(canonical(dict(body)))
    last = Edition.objects.filter(kind=kind, code=code).order_by("-number").first()
    if last is not None and last.digest == value:
        return last
    edition = Edition.objects.create(
        kind=kind,
        code=code,
        number=last.number + 1 if last else 1,
        title=dict(title),
        body=dict(body),
        digest=value,
        source=source,
        valid_from=valid_from,
        valid_to=valid_to,
        published_at=at,
    )
    forget()
    _record(edition, by, at)
    return edition


def _record(edition: Edition, by: By, at: datetime) -> None:
    """Enter an edition in the nation's chain and leave who published it."""
    key = f"{edition.code}#{edition.number}"
    content = {"digest": edition.digest, "valid_from": edition.valid_from.isoformat()}
    append(region=NATION, kind="rulebook.edition", row_key=f"{edition.kind}/{key}", content=content, at=at)
    facts = {"digest": edition.digest}
    note(
        verb="rulebook.publish",
        kind=f"rulebook.{edition.kind}",
        key=key,
        region="",
        by=by,
        at=at,
        facts=facts,
    )


def edition(kind: str, code: str, on: date) -> Edition:
    """The edition of a sheet in force on a day. Raises ``Said('rulebook.no_edition')`` where none is."""
    rows = Edition.objects.of_kind(kind).in_force(on).filter(code=code).order_by("-number")
    found = once(("edition", kind, code, on), rows.first)
    if found is None:
        raise Said("rulebook.no_edition", kind=kind, sheet=code, day=on)
    return found


def editions(kind: str, on: date) -> list[Edition]:
    """The newest edition in force of every code of a kind, in one query."""
    rows = Edition.objects.of_kind(kind).in_force(on).order_by("code", "number")
    newest = once(("editions", kind, on), lambda: {row.code: row for row in rows})
    return list(newest.values())


@act
def publish_rule(
    *,
    code: str,
    value: Any,
    source: str,
    valid_from: date,
    by: By,
    at: datetime,
    jurisdiction: str = "",
    unit: str = "",
    operator: str = "",
    surety: str = "M",
    valid_to: date | None = None,
) -> Rule:
    """Publish a dated rule; the same rule with the same value again changes nothing."""
    where: dict[str, Any] = {"code": code, "jurisdiction": jurisdiction, "valid_from": valid_from}
    known = Rule.objects.filter(**where).order_by("-id").first()
    if known is not None and (known.value, known.operator, known.valid_to) == (value, operator, valid_to):
        return known
    rule = Rule.objects.create(
        **where,
        value=value,
        unit=unit,
        operator=operator,
        source=source,
        surety=surety,
        valid_to=valid_to,
        published_at=at,
    )
    forget()
    content = {"code": code, "jurisdiction": jurisdiction, "value": value, "operator": operator}
    append(region=NATION, kind="rulebook.rule", row_key=rule.pk, content=content, at=at)
    return rule


@act
def load_year(
    *,
    year: int,
    holidays: Mapping[date, str],
    workdays: Mapping[date, str],
    source: str,
    by: By,
    at: datetime,
) -> CalendarYear:
    """Load or renew a year's holiday notice; a renewed year gets a new version, so deadlines can be recomputed."""
    for day in [*holidays, *workdays]:
        if day.year != year:
            raise Said("rulebook.other_year", day=day, year=year)
    row, made = CalendarYear.objects.get_or_create(year=year, defaults={"source": source})
    if not made:
        CalendarYear.objects.filter(year=year).update(version=F("version") + 1, source=source)
        CalendarDay.objects.filter(year=row).delete()
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, year=row, kind="holiday", name=name) for day, name in holidays.items()]
        + [CalendarDay(day=day, year=row, kind="workday", name=name) for day, name in workdays.items()]
    )
    forget()
    note(
        verb="rulebook.load_year",
        kind="rulebook.calendar_year",
        key=year,
        region="",
        by=by,
        at=at,
        facts={"holidays": len(holidays), "workdays": len(workdays)},
    )
    return row


@act
def enter_policy(*, title: str, by: By, at: datetime, number: str = "", **facts: Any) -> PolicyDocument:
    """Enter a policy document once per title and number."""
    document, made = PolicyDocument.objects.get_or_create(title=title, number=number, defaults=facts)
    if made:
        note(verb="rulebook.enter_policy", kind="rulebook.policy", key=document.pk, region="", by=by, at=at)
    return document
