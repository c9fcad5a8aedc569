"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.mediation.performing import remind_due
from linli.people.actors import CLOCK


@task()
def remind(at: str) -> int:
    """Remind parties of what they promised, of the court's deadline, mediators of revisits."""
    return remind_due(by=CLOCK, at=datetime.fromisoformat(at))
