"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.cases import morning
from linli.cases.facts import count_new
from linli.cases.handling import escalate_overdue
from linli.people.actors import CLOCK


@task()
def escalate(at: str) -> int:
    """Escalate overdue cases; returns how many moved."""
    return escalate_overdue(by=CLOCK, at=datetime.fromisoformat(at))


@task()
def count_facts(at: str) -> int:
    """Bring the monthly facts up to date; returns how many months were counted."""
    return len(count_new(by=CLOCK, at=datetime.fromisoformat(at)))


@task()
def leave_digests(at: str) -> int:
    """Leave the morning digests of a working day, once; returns how many."""
    return morning.leave_digests(by=CLOCK, at=datetime.fromisoformat(at))
