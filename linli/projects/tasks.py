"""What the clock starts. A task gets its moment from the timetable (ISO 8601 with zone) and calls one act."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.people.actors import CLOCK
from linli.projects import gates


@task()
def open_quarters(at: str) -> int:
    """Open the disclosure gate of every quarter that has ended."""
    return gates.open_quarters(by=CLOCK, at=datetime.fromisoformat(at))
