"""What the clock starts."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from linli.cases.handling import escalate_overdue
from linli.people.actors import CLOCK


@task()
def escalate() -> int:
    """Escalate overdue cases."""
    return escalate_overdue(by=CLOCK, at=timezone.now())
