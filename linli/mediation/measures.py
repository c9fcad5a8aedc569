"""What can be counted of mediation, without names: cases, success, form, performance, confirmation, days, amount."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from linli.ground.measuring import Measure
from linli.ground.sheets import Both
from linli.mediation.models import Agreement, Instalment, Mediation

SOURCE = "人民调解法；人民调解统计报表常用口径"


def _accepted() -> QuerySet[Mediation]:
    return Mediation.objects.get_queryset().filter(accepted_on__isnull=False)


def _ended() -> QuerySet[Mediation]:
    return _accepted().filter(ended_on__isnull=False)


def _in_force() -> QuerySet[Agreement]:
    return Agreement.objects.filter(effective_on__isnull=False).select_related("mediation__case")


def _due() -> QuerySet[Instalment]:
    return Instalment.objects.filter(agreement__effective_on__isnull=False)


CASE: dict[str, Any] = {
    "at": "case__region_id", "key": "case__number", "row_kind": "cases.passage",
    "row_key": "case__number#case__passages_count", "data_class": "P3",
}  # fmt: skip
AGREEMENT: dict[str, Any] = {
    "at": "region_id", "key": "mediation__case__number", "row_kind": "mediation.agreement", "on": "effective_on",
    "data_class": "P3",
}  # fmt: skip

MEASURES: tuple[Measure, ...] = (
    Measure(
        word="mediation.accepted",
        title=Both("受理调解数", "Mediations accepted"),
        definition=Both("统计期内受理的调解件数。", "Mediations accepted in the span."),
        unit="件",
        source=SOURCE,
        kind="count",
        population=_accepted,
        guard=Both("拆分登记会使数字变大。", "Splitting one dispute inflates it."),
        on="accepted_on",
        **CASE,
    ),
    Measure(
        word="mediation.success_share",
        title=Both("调解成功率", "Mediations that reached an agreement"),
        definition=Both(
            "统计期内有结果的调解中，达成书面或者口头协议的比例；不予受理的不计。",
            "Share of mediations ended in the span with a written or oral agreement; those not accepted are left out.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_ended,
        part=Q(result__in=["written", "oral"]),
        direction="higher",
        guard=Both(
            "难调的不受理会使它变高，与受理数一并看。",
            "Refusing hard disputes inflates it; read with the number accepted.",
        ),
        companion="mediation.accepted",
        on="ended_on",
        **CASE,
    ),
    Measure(
        word="mediation.written_share",
        title=Both("书面协议比例", "Agreements in writing"),
        definition=Both(
            "统计期内生效的协议中，书面协议的比例。",
            "Share of agreements in force since the span that are written.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_in_force,
        part=Q(form="written"),
        **AGREEMENT,
    ),
    Measure(
        word="mediation.performed_share",
        title=Both("协议履行率", "Agreements performed"),
        definition=Both(
            "统计期内生效的协议中，已经全部履行的比例。",
            "Share of agreements in force since the span that are performed in full.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_in_force,
        part=Q(performed_on__isnull=False),
        direction="higher",
        guard=Both("履行期没到的也在分母里。", "Those not yet due count as well."),
        **AGREEMENT,
    ),
    Measure(
        word="mediation.confirmed_share",
        title=Both("司法确认比例", "Agreements confirmed by a court"),
        definition=Both(
            "统计期内生效的协议中，法院裁定确认有效的比例。",
            "Share of agreements in force since the span that a court confirmed.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_in_force,
        part=Q(court_state="confirmed"),
        **AGREEMENT,
    ),
    Measure(
        word="mediation.amount",
        title=Both("协议涉及金额", "Money agreed on"),
        definition=Both(
            "统计期内生效的协议写明的金额合计，单位为分。",
            "Sum of the amounts stated in agreements in force since the span, in fen.",
        ),
        unit="分",
        source=SOURCE,
        kind="sum",
        population=lambda: _in_force().filter(amount_cents__isnull=False),
        value="amount_cents",
        **AGREEMENT,
    ),
    Measure(
        word="mediation.instalments_done_share",
        title=Both("约定事项履行比例", "Instalments done"),
        definition=Both(
            "统计期内到期的约定事项中，已经履行的比例。",
            "Share of instalments due in the span that were done.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_due,
        part=Q(done_on__isnull=False),
        direction="higher",
        on="due_on",
        at="agreement__region_id",
        key="agreement__mediation__case__number#number",
        row_kind="mediation.instalment",
        data_class="P3",
    ),
)
