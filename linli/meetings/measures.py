"""What can be counted of joint meetings."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from linli.ground.measuring import Measure
from linli.ground.sheets import Both
from linli.meetings.models import Task


def _closed() -> QuerySet[Task]:
    return Task.objects.filter(case__closed_on__isnull=False)


MEASURES: tuple[Measure, ...] = (
    Measure(
        word="meetings.tasks_done",
        title=Both("联席会议任务完成率", "Tasks of joint meetings done"),
        definition=Both(
            "统计期内办结的联席会议任务中，确认完成的比例。",
            "Share of tasks of joint meetings closed in the span that were confirmed as done.",
        ),
        unit="%",
        source="社区联席会议制度；任务期限由会议决定",
        kind="share",
        population=_closed,
        part=Q(case__outcome="done"),
        on="case__closed_on",
        at="case__region_id",
        key="case__number",
        row_kind="meetings.task",
        direction="higher",
        guard=Both(
            "长期不办结的不在分母里，与超期任务一并看。",
            "Tasks left open are not counted; read with those overdue.",
        ),
        data_class="P1",
    ),
)
