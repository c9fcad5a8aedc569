"""What the clock starts."""

from __future__ import annotations

from datetime import datetime

from django_tasks import task

from linli.cases.models import Case
from linli.grievances.following import follow_all
from linli.grievances.groups import raise_groups
from linli.grievances.hotline import tighten_all
from linli.people.actors import CLOCK
from linli.places.models import Region


@task()
def find_groups(at: str) -> int:
    """Enter the group demands of every community with open grievances; returns how many are new."""
    moment = datetime.fromisoformat(at)
    codes = (
        Case.objects.filter(kind="grievances.grievance", closed_on=None)
        .order_by()
        .values("region")
        .distinct()
    )
    return sum(
        len(raise_groups(region=region.code, by=CLOCK, at=moment))
        for region in Region.objects.filter(code__in=codes)
    )


@task()
def keep_in_step(at: str) -> int:
    """Merged cases follow the kept one, hotline deadlines rule the light; returns how many rows changed."""
    moment = datetime.fromisoformat(at)
    return follow_all(by=CLOCK, at=moment) + tighten_all(by=CLOCK, at=moment)
