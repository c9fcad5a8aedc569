"""What the clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django_tasks import task

from linli.trail.checkpoints import make_checkpoint
from linli.trail.models import LedgerHead


@dataclass(frozen=True)
class _Clock:
    """The clock's words; the room of posts lies above."""

    actor_word: str = "clock"
    post: str = "system_clock"
    place: str = ""


@task()
def sign_chains(at: str) -> int:
    """Sign every region's chain that has grown since its last checkpoint; returns how many regions have one."""
    moment = datetime.fromisoformat(at)
    regions = LedgerHead.objects.order_by("region").values_list("region", flat=True)
    return sum(make_checkpoint(region=region, by=_Clock(), at=moment) is not None for region in regions)
