"""What can be counted of several bodies working together, of extensions, and of tasks from above."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from linli.cases.bodies import Cooperation, PushedTask
from linli.cases.models import Passage
from linli.ground.measuring import Measure
from linli.ground.sheets import Both

LINKAGE = "国办发〔2020〕53号；北京市接诉即办工作条例（首接负责、协同办理）；时限为本地配置"
WHISTLE = "街乡吹哨、部门报到工作机制（召集方和响应方都要评价）"
BURDEN = "城市居民委员会组织法（2025年修订）第四十三条；当地社区工作事项清单"


def _parts() -> QuerySet[Cooperation]:
    """Bodies with a post that were asked to lead or assist."""
    return Cooperation.objects.filter(role__in=("lead", "assist"), part__isnull=False).exclude(post="")


def _said(move: str) -> QuerySet[Passage]:
    return Passage.objects.filter(move=move)


def _reported() -> QuerySet[Passage]:
    return _said("report_in").filter(case__cooperation__report_by__isnull=False)


ON_ASKING: dict[str, Any] = {
    "on": "on", "at": "case__region_id", "key": "case__number#number", "row_kind": "cases.cooperation",
}  # fmt: skip
ON_PASSAGE: dict[str, Any] = {
    "on": "on", "at": "case__region_id", "key": "case__number#number", "row_kind": "cases.passage",
}  # fmt: skip

MEASURES: tuple[Measure, ...] = (
    Measure(
        word="cases.parts_released_share",
        title=Both("协办退回成立比例", "Parts released after refusal"),
        definition=Both(
            "统计期内请牵头、协办的单位中，最终不由该单位办（同意退回或街道裁定）的比例。",
            "Share of bodies asked in the span to lead or assist that were released, by consent or by decision.",
        ),
        unit="%",
        source=LINKAGE,
        kind="share",
        population=_parts,
        part=Q(part__outcome="released"),
        direction="lower",
        guard=Both("不敢退回也会使它变低，与街道裁定数一并看。", "Fear to refuse lowers it; read with disputes decided."),
        companion="cases.disputes_decided",
        **ON_ASKING,
    ),
    Measure(
        word="cases.disputes_decided",
        title=Both("街道裁定数", "Disputes decided by the street"),
        definition=Both(
            "统计期内街道对协办争议作出的裁定次数。", "Decisions of the street in the span on disputes about parts."
        ),
        unit="次",
        source=LINKAGE,
        kind="count",
        population=lambda: Passage.objects.filter(verb="cases.linking.decide_dispute"),
        guard=Both("分工表写得不清会使它变多。", "An unclear matrix inflates it."),
        companion="cases.parts_released_share",
        **ON_PASSAGE,
    ),
    Measure(
        word="cases.reported_in_on_time",
        title=Both("吹哨按时报到率", "Called bodies that reported in on time"),
        definition=Both(
            "统计期内报到的单位中，在规定小时内报到的比例；还没有报到的不在内。",
            "Share of those who reported in during the span that did so within the hours; who has not come is not in it.",
        ),
        unit="%",
        source=WHISTLE,
        kind="share",
        population=_reported,
        part=Q(at__lte=F("case__cooperation__report_by")),
        direction="higher",
        guard=Both("只点报到不办事会使它变高，与街道评价一并看。", "Reporting in without working inflates it; read with the ratings."),
        companion="cases.body_rating",
        **ON_PASSAGE,
    ),
    Measure(
        word="cases.body_rating",
        title=Both("街道对报到单位的评价", "Street's rating of called bodies"),
        definition=Both(
            "统计期内街道对报到单位评价（一到五星）的平均。", "Mean of the stars (1 to 5) the street gave to called bodies."
        ),
        unit="星",
        source=WHISTLE,
        kind="mean",
        population=lambda: _said("rate_body"),
        value="figure",
        direction="higher",
        guard=Both("人情分会使它变高，与单位对吹哨的评价一并看。", "Courtesy inflates it; read with the bodies' judgement."),
        companion="cases.whistle_justified_share",
        **ON_PASSAGE,
    ),
    Measure(
        word="cases.whistle_justified_share",
        title=Both("吹哨得当率", "Whistles judged justified"),
        definition=Both(
            "统计期内报到单位的评价中，认为应该吹哨的比例。", "Share of the called bodies' judgements that the whistle was justified."
        ),
        unit="%",
        source=WHISTLE,
        kind="share",
        population=lambda: _said("rate_whistle"),
        part=Q(figure=1),
        direction="higher",
        guard=Both("怕得罪街道会使它变高，与没有评价的数量一并看。", "Fear of the street inflates it."),
        companion="cases.body_rating",
        **ON_PASSAGE,
    ),
    Measure(
        word="cases.extensions_granted_share",
        title=Both("延期批准率", "Extensions granted"),
        definition=Both("统计期内对延期申请的决定中，同意的比例。", "Share of the decisions on extensions that granted them."),
        unit="%",
        source=LINKAGE,
        kind="share",
        population=lambda: Passage.objects.filter(move__in=("grant_extension", "refuse_extension")),
        part=Q(move="grant_extension"),
        guard=Both("一律同意等于没有期限。", "Granting everything is the same as no limit."),
        **ON_PASSAGE,
    ),
    Measure(
        word="cases.tasks_pushed",
        title=Both("上级交办任务数", "Tasks pushed down"),
        definition=Both(
            "统计期内上级交给社区的任务件数（都写明依据、经费、期限）。", "Tasks given to communities in the span, each with basis, cost and deadline."
        ),
        unit="件",
        source=BURDEN,
        kind="count",
        population=PushedTask.objects.all,
        direction="lower",
        guard=Both("不走系统、口头交办的不在内。", "Tasks given by word of mouth are not in it."),
        companion="cases.tasks_refused_share",
        on="case__opened_on", at="case__region_id", key="case__number", row_kind="cases.pushed_task",
    ),
    Measure(
        word="cases.tasks_refused_share",
        title=Both("交办任务退回率", "Tasks refused by the list"),
        definition=Both(
            "统计期内上级交办的任务中，社区按清单退回的比例。", "Share of the tasks given in the span that the community refused by the list."
        ),
        unit="%",
        source=BURDEN,
        kind="share",
        population=PushedTask.objects.all,
        part=Q(case__outcome="refused"),
        guard=Both("不敢退回会使它变低。", "Fear to refuse lowers it."),
        companion="cases.tasks_pushed",
        on="case__opened_on", at="case__region_id", key="case__number", row_kind="cases.pushed_task",
    ),
)  # fmt: skip
