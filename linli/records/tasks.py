"""What the clock starts. A task gets its moment from the timetable (ISO 8601 with zone) and calls one act."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.people.actors import CLOCK
from linli.records import erasing


@task()
def erase_expired(at: str) -> int:
    """Erase documents whose retention has passed."""
    return erasing.erase_expired(by=CLOCK, at=datetime.fromisoformat(at))
