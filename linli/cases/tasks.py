"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.cases import morning
from linli.cases.escalating import escalate_overdue
from linli.cases.facts import count_new
from linli.cases.recounting import recount_open
from linli.people.actors import CLOCK


@task()
def escalate(at: str) -> int:
    """Climb one rung with every case whose next rung is due; returns how many climbed."""
    return escalate_overdue(by=CLOCK, at=datetime.fromisoformat(at))


@task()
def recount(at: str) -> int:
    """Count the days of open cases again where the calendar has changed; returns how many were counted.

    Batch after batch, each its own transaction, until none rests on an older calendar.
    """
    counted = 0
    while done := recount_open(by=CLOCK, at=datetime.fromisoformat(at)):
        counted += done
    return counted


@task()
def count_facts(at: str) -> int:
    """Bring the monthly facts up to date; returns how many months were counted."""
    return len(count_new(by=CLOCK, at=datetime.fromisoformat(at)))


@task()
def leave_digests(at: str) -> int:
    """Leave the morning digests of a working day, once; returns how many."""
    return morning.leave_digests(by=CLOCK, at=datetime.fromisoformat(at))
