"""What can be counted about projects and their money. Projects entered from a report are never counted here: what
they state is no record, so they give a gap and not a zero.

A ratio of amounts is declared with the field paths of both amounts: ``part`` names the fen that count as reached,
``value`` the fen of the whole; the value is the sum of the one divided by the sum of the other.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat

from linli.ground.measuring import Measure
from linli.ground.sheets import Both
from linli.projects.models import Audit, Expenditure, FundSource, Gate, Project
from linli.records.models import Evidence

MONEY = "项目资金三个恒等关系（domain §7.2 [E]）"


def _sources() -> Any:
    return FundSource.objects.filter(project__entered="recorded", approved_cents__gt=0)


def _received_sources() -> Any:
    return _sources().filter(received_cents__gt=0)


def _entries() -> Any:
    proof = Evidence.objects.filter(
        about=Concat(Value("projects.expenditure:"), OuterRef("key")),
        kind="voucher",
        document__erased_at=None,
    )
    doubt = Audit.doubted.through.objects.filter(expenditure_id=OuterRef("pk"))
    return Expenditure.objects.standing().annotate(has_voucher=Exists(proof), is_doubted=Exists(doubt))


def _all_entries() -> Any:
    return Expenditure.objects.all()


def _first_spenders() -> Any:
    return Project.objects.recorded().filter(first_spending_delay_days__isnull=False)


def _ending() -> Any:
    return Project.objects.recorded().filter(approved_on__isnull=False, ends_on__isnull=False)


def _approved() -> Any:
    return Project.objects.recorded().filter(approved_on__isnull=False)


def _gates() -> Any:
    return Gate.objects.filter(project__entered="recorded")


def _amounts(
    word: str, title: Both, definition: Both, source: str, part: str, value: str, guard: Both
) -> Measure:
    return Measure(
        word=word,
        title=title,
        definition=definition,
        unit="%",
        source=source,
        kind="share",
        population=_received_sources if value == "received_cents" else _sources,
        part=part,
        value=value,
        on="approved_on",
        at="project__case__region_id",
        key="project__case__number/number",
        row_kind="projects.source",
        direction="higher",
        guard=guard,
        companion="projects.vouchered_share" if part == "spent_cents" else "projects.execution_rate",
        data_class="P1",
    )


MEASURES: tuple[Measure, ...] = (
    _amounts(
        "projects.received_share",
        Both("资金到位率", "Funds received"),
        Both(
            "统计期内批复的项目，截至取数时已确认到账的资金除以批复资金。",
            "Of projects approved in the period: fen confirmed as received by the time of taking, divided by fen approved.",
        ),
        "到位÷预算，财政评价常用指标 [M]",
        "received_cents",
        "approved_cents",
        Both("到账不等于花出去，看预算执行率。", "Received is not spent: see the execution rate."),
    ),
    _amounts(
        "projects.execution_rate",
        Both("预算执行率", "Budget execution"),
        Both(
            "统计期内批复的项目，截至取数时的支出（红字已冲减）除以批复预算。",
            "Of projects approved in the period: fen spent by the time of taking (red entries deducted), divided by fen approved.",
        ),
        "财预〔2020〕10号：全年执行数÷全年预算数 [M]",
        "spent_cents",
        "approved_cents",
        Both(
            "年底突击花钱会虚高，看凭证齐全率和首笔支出间隔。",
            "A rush before year's end inflates it: see vouchers and the delay.",
        ),
    ),
    _amounts(
        "projects.spent_of_received",
        Both("到账资金支出率", "Spent of what was received"),
        Both(
            "统计期内批复且已到账的项目，截至取数时的支出除以到账资金。",
            "Of projects approved in the period that have money: fen spent by the time of taking, divided by fen received.",
        ),
        "支出÷到位，财政评价常用指标 [M]",
        "spent_cents",
        "received_cents",
        Both(
            "到账少时容易偏高，与资金到位率一起看。",
            "High where little has arrived: read it beside the funds received.",
        ),
    ),
    Measure(
        word="projects.vouchered_share",
        title=Both("支出凭证齐全率", "Spending with vouchers"),
        definition=Both(
            "统计期内未被冲销的支出笔数中，附有凭证文件的笔数所占比例。",
            "Of spending entries of the period that stand: the share with a voucher file kept as evidence.",
        ),
        unit="%",
        source="成本支出真实性（源报告S123）[S]",
        kind="share",
        population=_entries,
        part=Q(has_voucher=True),
        on="on",
        at="project__case__region_id",
        key="key",
        row_kind="projects.expenditure",
        direction="higher",
        guard=Both(
            "拆成多笔会虚增笔数，看支出总额。", "Splitting payments inflates the count: see the sum spent."
        ),
        companion="projects.spent",
        data_class="P1",
    ),
    Measure(
        word="projects.spending_on_purpose_share",
        title=Both("按用途支出率", "Spending on purpose"),
        definition=Both(
            "统计期内未被冲销的支出笔数中，登记时通过用途关口且未被审计质疑的笔数所占比例。",
            "Of spending entries of the period that stand: the share that passed the gate of purpose and that no audit doubts.",
        ),
        unit="%",
        source="按上级资金使用要求拨付和使用（源报告S113、S115）[S]",
        kind="share",
        population=_entries,
        part=Q(is_doubted=False, purpose=F("line__purpose")),
        on="on",
        at="project__case__region_id",
        key="key",
        row_kind="projects.expenditure",
        direction="higher",
        guard=Both(
            "没有审计时只说明通过了登记关口。", "Without an audit it only says that the gate was passed."
        ),
        companion="projects.vouchered_share",
        data_class="P1",
    ),
    Measure(
        word="projects.spent",
        title=Both("支出金额", "Spent"),
        definition=Both(
            "统计期内登记的支出合计（分），红字冲减。",
            "Sum of spending entered in the period in fen, red entries deducted.",
        ),
        unit="分",
        source=MONEY,
        kind="sum",
        population=_all_entries,
        value="amount_cents",
        on="on",
        at="project__case__region_id",
        key="key",
        row_kind="projects.expenditure",
        direction="neither",
        guard=Both("花得多不等于办得好。", "Spending more is not doing better."),
        data_class="P1",
    ),
    Measure(
        word="projects.first_spending_delay_days",
        title=Both("到账到首笔支出的天数", "Days from receipt to first spending"),
        definition=Both(
            "首笔支出在统计期内的项目，从首次到账到首笔支出的平均自然日天数。",
            "Of projects that first spent in the period: mean natural days from the first receipt to the first spending.",
        ),
        unit="天",
        source="加快资金执行进度（源报告S149）[S]",
        kind="mean",
        population=_first_spenders,
        value="first_spending_delay_days",
        on="first_spent_on",
        at="case__region_id",
        key="case__number",
        row_kind="projects.application",
        direction="lower",
        guard=Both(
            "先花一小笔会显得快，看预算执行率。", "A token first payment looks fast: see budget execution."
        ),
        companion="projects.execution_rate",
        data_class="P1",
    ),
    Measure(
        word="projects.published_gates_share",
        title=Both("项目环节按时公开率", "Gates disclosed in time"),
        definition=Both(
            "统计期内应公开的项目环节（批复、到账、每季度、完工）中，按时公开的比例。",
            "Of the gates due for disclosure in the period (approval, receipt, quarter, close): the share published in time.",
        ),
        unit="%",
        source="批复、到账、季度、完工四环节公开（domain §7.1 第12步）[E]",
        kind="share",
        population=_gates,
        part=Q(published_on__isnull=False, published_on__lte=F("due_on")),
        on="due_on",
        at="project__case__region_id",
        key="project__case__number/kind/number",
        row_kind="projects.gate",
        direction="higher",
        guard=Both("公开了不等于看得懂，看公开内容。", "Published is not understood: read what was shown."),
        companion="disclosure.on_time",
        data_class="P0",
    ),
    Measure(
        word="projects.accepted_share",
        title=Both("项目验收率", "Projects accepted"),
        definition=Both(
            "计划完工日在统计期内的已批复项目中，已通过验收的比例。",
            "Of approved projects planned to end in the period: the share that passed acceptance.",
        ),
        unit="%",
        source="不验收不办结（domain §7.1 第13步）[E]",
        kind="share",
        population=_ending,
        part=Q(accepted_on__isnull=False),
        on="ends_on",
        at="case__region_id",
        key="case__number",
        row_kind="projects.application",
        direction="higher",
        guard=Both(
            "验收走过场会虚高，看验收整改次数和审计质疑。",
            "Formal acceptance inflates it: see defects and audit doubts.",
        ),
        companion="projects.spending_on_purpose_share",
        data_class="P1",
    ),
    Measure(
        word="projects.approved",
        title=Both("批复项目数", "Projects approved"),
        definition=Both("统计期内批复的项目个数。", "Projects approved in the period."),
        unit="个",
        source="立项批复（源报告S112）[S]",
        kind="count",
        population=_approved,
        on="approved_on",
        at="case__region_id",
        key="case__number",
        row_kind="projects.approval",
        direction="neither",
        data_class="P1",
    ),
)
