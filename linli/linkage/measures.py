"""What can be counted of pairings."""

from __future__ import annotations

from linli.ground.measuring import Measure
from linli.ground.sheets import Both
from linli.linkage.models import PairingActivity

MEASURES: tuple[Measure, ...] = (
    Measure(
        word="linkage.activities",
        title=Both("结对共建活动次数", "Activities of pairings"),
        definition=Both("统计期内结对共建开展的活动次数。", "Activities that pairings held in the span."),
        unit="次",
        source="一帮一结对共建协议",
        kind="count",
        population=PairingActivity.objects.all,
        on="on",
        at="pairing__region_id",
        key="pairing__key#pk",
        row_kind="linkage.activity",
        guard=Both(
            "次数多不等于有结果，与年度小结一并看。",
            "Many activities are no result; read with the yearly looks back.",
        ),
        data_class="P0",
    ),
)
