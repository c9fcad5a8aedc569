"""What the timetable has to start now. The worker asks, starts the task and marks it done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from linli.notices.models import ClockMark

Timetable = Mapping[str, timedelta]


def due_tasks(table: Timetable, now: datetime) -> list[str]:
    """Tasks of a timetable (name: interval) that are due: never done, or last done an interval ago or longer.

    A task that was missed many times is due once. The longest waiting comes first.
    """
    done = dict(ClockMark.objects.filter(task__in=list(table)).values_list("task", "last_done_at"))
    waited = {name: now - done[name] - interval for name, interval in table.items() if name in done}
    never = [name for name in table if name not in done]
    late = sorted(
        (name for name, over in waited.items() if over >= timedelta(0)), key=lambda name: -waited[name]
    )
    return [*never, *late]


def mark_done(task: str, at: datetime, result: str = "done") -> ClockMark:
    """Note that a task was done (or failed: any other ``result`` word, without personal data) at a moment."""
    mark, _ = ClockMark.objects.update_or_create(
        task=task, defaults={"last_done_at": at, "last_result": result[:200]}
    )
    return mark
