"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.meetings import calling
from linli.people.actors import CLOCK


@task()
def remind(at: str) -> int:
    """Remind of tomorrow's meetings; returns how many notices were left."""
    return calling.remind(by=CLOCK, at=datetime.fromisoformat(at))
