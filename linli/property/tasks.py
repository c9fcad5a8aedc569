"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.people.actors import CLOCK
from linli.property import reminding


@task()
def remind(at: str) -> int:
    """Tell of filings and contracts whose day nears; returns how many notices were left."""
    return reminding.remind(by=CLOCK, at=datetime.fromisoformat(at))
