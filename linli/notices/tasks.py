"""What the clock starts. A task gets its moment from the timetable (ISO 8601 with zone) and calls one act."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.notices import sending
from linli.people.actors import CLOCK


@task()
def send_pending(at: str) -> dict[str, int]:
    """Send waiting notices."""
    return sending.send_pending(by=CLOCK, at=datetime.fromisoformat(at))


@task()
def clear_old(at: str) -> int:
    """Delete notices past their days."""
    return sending.clear_old(by=CLOCK, at=datetime.fromisoformat(at))
