"""What can be counted of owners' committees and property bodies."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from linli.ground.measuring import Measure
from linli.ground.sheets import Both
from linli.property.models import Filing, Finding, Recheck


def _elections() -> QuerySet[Filing]:
    return Filing.objects.filter(what="election")


def _looked() -> QuerySet[Finding]:
    return Finding.objects.exclude(result="not_looked")


def _first_rounds() -> QuerySet[Recheck]:
    return Recheck.objects.filter(rectification__round=1)


INSPECTED: dict[str, Any] = {"data_class": "P1", "unit": "%", "kind": "share", "direction": "higher"}

MEASURES: tuple[Measure, ...] = (
    Measure(
        word="property.filed_in_time",
        title=Both("业委会按期备案率", "Owners' committees filed in time"),
        definition=Both(
            "统计期内报送换届备案的业主委员会中，报送日不晚于备案期限（选举之日起三十日）的比例。",
            "Share of elections handed in for filing in the span that came by the last day, 30 days after the election.",
        ),
        source="物业管理条例第十六条",
        population=_elections,
        part=Q(filed_on__lte=F("due_on")),
        on="filed_on",
        at="case__region_id",
        key="case__number",
        row_kind="property.filing",
        guard=Both(
            "一直不报的不在分母里，与逾期未备案名单一并看。",
            "What is never handed in is not counted; read with the list of overdue filings.",
        ),
        **INSPECTED,
    ),
    Measure(
        word="property.items_met",
        title=Both("物业和业委会检查合格率", "Inspected lines found in order"),
        definition=Both(
            "统计期内检查的各项中合格的比例；没有查的项不计。",
            "Share of lines looked at in the span that were in order; lines not looked at left out.",
        ),
        source="居委会指导监督业主委员会、物业服务企业；检查表为本地配置",
        population=_looked,
        part=Q(result="met"),
        on="inspection__on",
        at="inspection__case__region_id",
        key="inspection__case__number#item",
        row_kind="property.finding",
        guard=Both(
            "挑好查的项会使它变高，与整改按期率一并看。",
            "Looking only where all is well inflates it; read with faults put right in time.",
        ),
        companion="property.rectified_in_time",
        **INSPECTED,
    ),
    Measure(
        word="property.rectified_in_time",
        title=Both("按期整改率", "Faults put right in time"),
        definition=Both(
            "统计期内复查的首次整改通知书中，按期答复并且复查通过的比例。",
            "Share of first notices re-checked in the span that were answered in time and passed.",
        ),
        source="整改期限为本地配置",
        population=_first_rounds,
        part=Q(passed=True, in_time=True),
        on="on",
        at="rectification__inspection__case__region_id",
        key="rectification__number",
        row_kind="property.recheck",
        guard=Both(
            "复查太松会使它变高，与同一项再次不合格一并看。",
            "Lenient re-checks inflate it; read with lines at fault again.",
        ),
        companion="property.items_met",
        **INSPECTED,
    ),
)
