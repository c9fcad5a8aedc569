"""What can be counted of services, from cases as they were handled."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet

from linli.cases.models import Rating
from linli.ground.measuring import Measure
from linli.ground.sheets import Both
from linli.services.models import Application, Grant, ProofRefusal, Supplement, Visit

SOURCE = "政务服务“好差评”和限时办结要求；办理时限为事项承诺时限"
LICENSING = "行政许可法第三十二条（一次告知）；民发〔2020〕20号（证明）"
AID = "社会救助法；资金数出自发放决定"


class DaysBetween(Func):
    """Whole natural days from the second date to the first, the same on both engines."""

    output_field = IntegerField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        later, earlier = (compiler.compile(part) for part in self.source_expressions)
        sql = f"CAST(julianday({later[0]}) - julianday({earlier[0]}) AS INTEGER)"
        return sql, [*later[1], *earlier[1]]


def filed() -> QuerySet[Application]:
    """Every application."""
    return Application.objects.get_queryset()


def closed() -> QuerySet[Application]:
    """Applications that were carried to an end: withdrawn and lapsed ones, and unused bookings, left out."""
    return Application.objects.closed().exclude(case__outcome__in=["withdrawn", "lapsed", "unused"])


def closed_with_limit() -> QuerySet[Application]:
    """Closed ones with a promised day."""
    return closed().filter(case__due_on__isnull=False)


def closed_with_days() -> QuerySet[Application]:
    """Closed ones with ``days`` from filing to closing."""
    return closed().annotate(days=DaysBetween(F("case__closed_on"), F("case__opened_on")))


def told_first() -> QuerySet[Supplement]:
    """First tellings, with ``again`` where a second one followed."""
    second = Supplement.objects.filter(case=OuterRef("case"), number=2)
    return Supplement.objects.filter(number=1).annotate(again=Exists(second))


def visits_due() -> QuerySet[Application]:
    """Decided applications whose item asks for a visit, with ``visited``."""
    made = Visit.objects.filter(case=OuterRef("case"))
    return closed().filter(needs_visit=True).exclude(decision="").annotate(visited=Exists(made))


ROW = "case__number#case__passages_count"
ON_OPENING: dict[str, Any] = {
    "on": "case__opened_on", "at": "case__region_id", "key": "case__number", "row_kind": "services.application",
}  # fmt: skip
ON_CLOSING: dict[str, Any] = {
    "on": "case__closed_on", "at": "case__region_id", "key": "case__number", "row_kind": "cases.passage", "row_key": ROW,
}  # fmt: skip

MEASURES: tuple[Measure, ...] = (
    Measure(
        word="services.filed",
        title=Both("申请件数", "Applications"),
        definition=Both(
            "统计期内收到的服务事项申请件数，线上线下都算，撤回的也算。",
            "Applications for service items received in the period, from portal and counter, withdrawn ones included.",
        ),
        unit="件", source=SOURCE, kind="count", population=filed,
        guard=Both("一件拆成几件会虚增，看申请人数。", "Splitting inflates it; see the number of applicants."),
        companion="services.applicants_distinct", **ON_OPENING,
    ),
    Measure(
        word="services.closed",
        title=Both("办结件数", "Applications closed"),
        definition=Both(
            "统计期内办结的申请件数，含不予受理和不予批准的，不含撤回、逾期未补正和未使用的预约。",
            "Applications carried to an end in the period, refusals included; withdrawn, lapsed and unused ones left out.",
        ),
        unit="件", source=SOURCE, kind="count", population=closed, direction="neither",
        guard=Both("草率拒绝也会增加办结数，看不予批准率。", "Hasty refusal raises it; see the refused share."),
        companion="services.refused_share", **ON_CLOSING,
    ),
    Measure(
        word="services.closed_on_time",
        title=Both("按时办结率", "Closed in time"),
        definition=Both(
            "统计期内办结、有承诺办结日的申请中，办结日不晚于承诺办结日的比例；依法暂停的天数不计。",
            "Of the applications closed in the period that had a promised day, the share closed no later than it; days on which the clock lawfully stood still do not count.",
        ),
        unit="%", source=SOURCE, kind="share", population=closed_with_limit,
        part=Q(case__closed_on__lte=F("case__due_on")), direction="higher",
        guard=Both(
            "多次告知补正可以拖住时钟，拒绝也算办结；看一次性告知率和不予批准率。",
            "Asking for papers again holds the clock and a refusal closes; see told-once and refused shares.",
        ),
        companion="services.supplement_asked_once", **ON_CLOSING,
    ),
    Measure(
        word="services.days_to_close",
        title=Both("平均办理天数", "Mean days to close"),
        definition=Both(
            "统计期内办结的申请从收到到办结的平均自然日数，暂停的天数也算在内。",
            "Mean natural days from receipt to closing of the applications closed in the period, days of hold included.",
        ),
        unit="天", source=SOURCE, kind="mean", population=closed_with_days, value="days", direction="lower",
        guard=Both("即办件多会拉低平均数，按事项看。", "Many on-the-spot items lower it; look item by item."),
        companion="services.closed_on_time", **ON_CLOSING,
    ),
    Measure(
        word="services.refused_share",
        title=Both("不予受理、批准率", "Refused share"),
        definition=Both(
            "统计期内办结的申请中，结果是不予受理或不予批准的比例。",
            "Of the applications closed in the period, the share that was not accepted or refused.",
        ),
        unit="%", source=SOURCE, kind="share", population=closed,
        part=Q(case__outcome__in=["refused", "not_accepted"]),
        guard=Both("劝退不登记会显得低，看咨询量。", "Turning people away unregistered lowers it."),
        companion="services.filed", **ON_CLOSING,
    ),
    Measure(
        word="services.supplement_asked_once",
        title=Both("一次性告知率", "Told once"),
        definition=Both(
            "统计期内被告知补正的申请中，只告知了一次的比例。",
            "Of the applications first told to hand in papers in the period, the share that was told only once.",
        ),
        unit="%", source=LICENSING, kind="share", population=told_first, part=Q(again=False), direction="higher",
        on="asked_on", at="case__region_id", key="case__number", row_kind="cases.passage", row_key=ROW,
        guard=Both("口头多次告知而不登记会显得高，看平均办理天数。", "Telling by word of mouth hides it; see the days to close."),
        companion="services.days_to_close",
    ),
    Measure(
        word="services.rating_mean",
        title=Both("办件评价平均分", "Mean case rating"),
        definition=Both(
            "统计期内申请人对办结事项评价的平均星数（1至5）。这是办件评价，不是满意度调查。",
            "Mean of the stars (1 to 5) that applicants gave to closed cases in the period. A case rating, not a survey.",
        ),
        unit="星", source="政务服务“好差评”制度", kind="mean", value="stars", direction="higher",
        population=lambda: Rating.objects.filter(case__kind="services.application"),
        on="on", at="case__region_id", key="case__number", row_kind="cases.rating",
        guard=Both("只请满意的人评价会虚高，看评价率。", "Asking only the pleased inflates it; see the rated share."),
        companion="services.rated_share",
    ),
    Measure(
        word="services.rated_share",
        title=Both("办件评价率", "Rated share"),
        definition=Both(
            "统计期内办结的申请中，申请人作了评价的比例。", "Of the applications closed in the period, the share that the applicant rated."
        ),
        unit="%", source="政务服务“好差评”制度", kind="share", population=closed,
        part=Q(case__rating__isnull=False), direction="higher",
        guard=Both("由工作人员代评会虚高；代评被系统拒绝。", "Rating for others would inflate it; the platform refuses that."),
        companion="services.rating_mean", **ON_CLOSING,
    ),
    Measure(
        word="services.assisted_share",
        title=Both("帮办代填率", "Assisted share"),
        definition=Both(
            "统计期内收到的申请中，由工作人员代填并读给申请人确认的比例。",
            "Of the applications received in the period, the share that staff entered and read back.",
        ),
        unit="%", source="国办发〔2020〕45号（老年人运用智能技术）", kind="share", population=filed, part=Q(is_assisted=True),
        guard=Both("高不一定差：老年人多的社区应当高。", "High is not bad where many old people live."),
        companion="services.online_share", **ON_OPENING,
    ),
    Measure(
        word="services.online_share",
        title=Both("网上申请率", "Online share"),
        definition=Both(
            "统计期内收到的申请中，由居民自己在网上提交的比例。",
            "Of the applications received in the period, the share that residents filed online themselves.",
        ),
        unit="%", source=SOURCE, kind="share", population=filed, part=Q(case__channel="portal", is_assisted=False),
        guard=Both("窗口不收、逼人上网会虚高，看帮办代填率。", "Closing the counter inflates it; see the assisted share."),
        companion="services.assisted_share", **ON_OPENING,
    ),
    Measure(
        word="services.visits_done_share",
        title=Both("入户调查率", "Visits made"),
        definition=Both(
            "统计期内办结、已作决定且要求入户的申请中，有入户记录的比例。",
            "Of the decided applications closed in the period whose item asks for a visit, the share with a recorded visit.",
        ),
        unit="%", source=AID, kind="share", population=visits_due, part=Q(visited=True), direction="higher",
        guard=Both("补记的入户也算，看入户日期和决定日期。", "Visits recorded afterwards count as well; compare the days."),
        companion="services.refused_share", data_class="P3", **ON_CLOSING,
    ),
    Measure(
        word="services.granted_cents",
        title=Both("批准救助和津贴金额", "Sum granted"),
        definition=Both(
            "统计期内批准的临时救助金额之和；按月发放的津贴只计一个月的标准。",
            "Sum of the assistance granted in the period; a monthly allowance counts with one month's amount.",
        ),
        unit="分", source=AID, kind="sum", value="cents", population=lambda: Grant.objects.get_queryset(),
        on="on", at="case__region_id", key="case__number", row_kind="services.grant",
        guard=Both("批准不等于发放，看发放记录。", "Granted is not yet paid; see the payments."),
        companion="services.applicants_distinct", data_class="P3",
    ),
    Measure(
        word="services.applicants_distinct",
        title=Both("申请人数", "Applicants"),
        definition=Both(
            "统计期内申请过服务事项的不同人数，同一人多次申请只算一次。",
            "Different persons who applied in the period; who applied several times counts once.",
        ),
        unit="人", source=SOURCE, kind="distinct", value="case__person__key", population=filed,
        guard=Both("重复登记同一个人会虚增。", "Entering one person twice inflates it."),
        companion="services.filed", **ON_OPENING,
    ),
    Measure(
        word="services.proofs_refused",
        title=Both("不应出具证明的拒开次数", "Proofs refused"),
        definition=Both(
            "统计期内被要求出具、因在不应出具清单内而拒开并指明部门的次数。",
            "Times a proof on the block list was asked for in the period and refused with the right department named.",
        ),
        unit="次", source=LICENSING, kind="count", population=lambda: ProofRefusal.objects.get_queryset(),
        on="on", at="region_id", key="pk", row_kind="services.proof_refusal",
        guard=Both("反映外单位要求的负担，不是工作好坏。", "It shows a burden from outside, not the quality of work."),
        companion="services.filed", data_class="P1",
    ),
)  # fmt: skip
