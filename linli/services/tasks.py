"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.people.actors import CLOCK
from linli.services.erasing import erase_expired
from linli.services.reviewing import open_yearly
from linli.services.supplementing import return_overdue


@task()
def erase_old_answers(at: str) -> int:
    """Erase answers whose retention is over."""
    return erase_expired(by=CLOCK, at=datetime.fromisoformat(at))


@task()
def return_late_papers(at: str) -> int:
    """Send back matters whose promised papers are overdue."""
    return return_overdue(by=CLOCK, at=datetime.fromisoformat(at))


@task()
def open_yearly_reviews(at: str) -> int:
    """Open the yearly review of monthly benefits."""
    return open_yearly(by=CLOCK, at=datetime.fromisoformat(at))
