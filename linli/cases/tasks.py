"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.cases.handling import escalate_overdue
from linli.people.actors import CLOCK


@task()
def escalate(at: str) -> int:
    """Escalate overdue cases; returns how many moved."""
    return escalate_overdue(by=CLOCK, at=datetime.fromisoformat(at))
