"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.linkage import pairing
from linli.people.actors import CLOCK


@task()
def remind(at: str) -> int:
    """Tell of pairings to be looked back on; returns how many notices were left."""
    return pairing.remind_reviews(by=CLOCK, at=datetime.fromisoformat(at))
