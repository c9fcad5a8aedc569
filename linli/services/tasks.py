"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.people.actors import CLOCK
from linli.services.erasing import erase_expired


@task()
def erase_old_answers(at: str) -> int:
    """Erase answers whose retention is over."""
    return erase_expired(by=CLOCK, at=datetime.fromisoformat(at))
