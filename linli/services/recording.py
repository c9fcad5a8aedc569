"""Facts of a matter beside its passages, each in the ledger; acts of the flows F1 to F8 write them with their move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from linli.cases.models import Case
from linli.people.actors import Actor
from linli.services.models import Record
from linli.trail.writing import append


@dataclass(frozen=True)
class Fact:
    """One fact: its kind, a number (of a letter, of the register), the body outside, what came of it, a day."""

    kind: str
    number: str = ""
    body: str = ""
    outcome: str = ""
    day: date | None = None
    passed: Sequence[str] = ()


def enter(case: Case, fact: Fact, *, by: Actor, at: datetime) -> Record:
    """Write a fact and its ledger entry; called inside an act that makes the move."""
    row = Record.objects.create(
        case=case, kind=fact.kind, number=fact.number.strip()[:60], body=fact.body.strip()[:120], outcome=fact.outcome,
        day=fact.day, passed=list(fact.passed), on=timezone.localdate(at), at=at, actor=by.actor_word, post=by.post,
    )  # fmt: skip
    content = {
        "case": case.number, "kind": row.kind, "number": row.number, "body": row.body, "outcome": row.outcome,
        "day": row.day.isoformat() if row.day else "", "passed": row.passed,
    }  # fmt: skip
    append(region=case.region_id, kind="services.record", row_key=row.pk, content=content, at=at)
    return row


def last(case: Case, kind: str) -> Record | None:
    """The newest fact of a kind."""
    return Record.objects.filter(case=case, kind=kind).order_by("-pk").first()
