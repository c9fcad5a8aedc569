"""What can be counted of grievances. The three rates follow 接诉即办 practice: response, resolution, satisfaction."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from linli.grievances.models import Grievance, Revisit
from linli.ground.measuring import Measure
from linli.ground.sheets import Both

SOURCE = "北京市接诉即办工作条例（响应率、解决率、满意率）；时限为本地配置"


def _filed() -> QuerySet[Grievance]:
    return Grievance.objects.get_queryset()


def _closed() -> QuerySet[Grievance]:
    return (
        Grievance.objects.get_queryset()
        .filter(case__closed_on__isnull=False)
        .exclude(case__outcome="withdrawn")
    )


def _reached() -> QuerySet[Grievance]:
    return Grievance.objects.get_queryset().filter(is_resolved__isnull=False)


ON_OPENING: dict[str, Any] = {
    "on": "case__opened_on",
    "at": "case__region_id",
    "key": "case__number",
    "row_kind": "cases.passage",
    "row_key": "case__number#case__passages_count",
}
ON_CLOSING: dict[str, Any] = {**ON_OPENING, "on": "case__closed_on"}

MEASURES: tuple[Measure, ...] = (
    Measure(
        word="grievances.filed",
        title=Both("受理诉求数", "Grievances filed"),
        definition=Both(
            "统计期内登记的诉求件数，含匿名；一件诉求重开不另计。",
            "Grievances registered in the span, anonymous ones included; reopening counts no second time.",
        ),
        unit="件",
        source=SOURCE,
        kind="count",
        population=_filed,
        guard=Both(
            "拆分登记会使数字变大，与同楼同类重复件一并看。",
            "Splitting inflates it; read with same-building repeats.",
        ),
        companion="grievances.reopened_share",
        **ON_OPENING,
    ),
    Measure(
        word="grievances.responded_on_time",
        title=Both("诉求响应率", "Grievances responded to in time"),
        definition=Both(
            "统计期内登记的诉求中，在本级别规定小时内首次派办或答复的比例。",
            "Share of grievances registered in the span that were dispatched or answered within the hours of their grade.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_filed,
        part=Q(responded_in_time=True),
        direction="higher",
        guard=Both(
            "先派后退会显得快，与退回派办件一并看。",
            "Dispatching at random looks quick; read with returned dispatches.",
        ),
        companion="grievances.closed_on_time",
        **ON_OPENING,
    ),
    Measure(
        word="grievances.closed_on_time",
        title=Both("诉求按期办结率", "Grievances closed on time"),
        definition=Both(
            "统计期内办结的诉求中，办结日不晚于答复期限的比例（撤回的不计）。",
            "Share of grievances closed in the span whose closing day is not after the due day; withdrawn ones left out.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_closed,
        part=Q(case__due_on__isnull=True) | Q(case__closed_on__lte=F("case__due_on")),
        direction="higher",
        guard=Both(
            "早办结会使它变高，与要求重开的比例一并看。",
            "Closing early inflates it; read with the share asked to be reopened.",
        ),
        companion="grievances.reopened_share",
        **ON_CLOSING,
    ),
    Measure(
        word="grievances.resolved_share",
        title=Both("诉求解决率", "Grievances resolved"),
        definition=Both(
            "统计期内办结并回访到本人的诉求中，本人答“已解决”的比例；没有回访到的不计入分母。",
            "Share of grievances closed in the span and reached at the revisit whose person said resolved.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=lambda: _reached().filter(case__closed_on__isnull=False),
        part=Q(is_resolved=True),
        direction="higher",
        guard=Both(
            "只回访好办的会变高，与回访到率一并看。",
            "Revisiting only easy ones inflates it; read with the share reached.",
        ),
        companion="grievances.reached_share",
        **ON_CLOSING,
    ),
    Measure(
        word="grievances.satisfied_share",
        title=Both("诉求满意率", "Grievances with a satisfied person"),
        definition=Both(
            "统计期内办结并回访到本人的诉求中，本人答“满意”的比例。这是办件回访，不是满意度调查。",
            "Share of those reached at the revisit who said satisfied. A revisit of cases, not a survey.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=lambda: _reached().filter(case__closed_on__isnull=False),
        part=Q(is_satisfied=True),
        direction="higher",
        guard=Both(
            "当面回访会偏高，与自助评价比较。",
            "Face-to-face asking flatters; compare with self-given answers.",
        ),
        companion="grievances.reached_share",
        **ON_CLOSING,
    ),
    Measure(
        word="grievances.reached_share",
        title=Both("回访到率", "Revisits that reached the person"),
        definition=Both(
            "统计期内的回访中，联系到本人的比例。", "Share of revisits in the span that reached the person."
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=Revisit.objects.all,
        part=Q(was_reached=True),
        on="on",
        at="grievance__case__region_id",
        key="grievance__case__number#pk",
        row_kind="grievances.revisit",
        direction="higher",
        guard=Both("", ""),
    ),
    Measure(
        word="grievances.reopened_share",
        title=Both("重开比例", "Grievances reopened"),
        definition=Both(
            "统计期内办结的诉求中，曾经重新办理的比例。",
            "Share of grievances closed in the span that had been reopened at least once.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_closed,
        part=Q(reopen_count__gt=0),
        direction="lower",
        guard=Both(
            "拒绝重开会使它变低，与未解决办结的比例一并看。",
            "Refusing to reopen lowers it; read with those closed unresolved.",
        ),
        companion="grievances.resolved_share",
        **ON_CLOSING,
    ),
)
