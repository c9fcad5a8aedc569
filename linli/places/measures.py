"""What can be counted of a community's facilities, from the yearly counts. Targets are dated rules, not code."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.ground.measuring import Measure
from linli.ground.sheets import Both
from linli.places.models import Stock

SOURCE = "“十四五”城乡社区服务体系建设规划（国办发〔2021〕56号）"


def _counted() -> QuerySet[Stock]:
    """The last count of every community in every year."""
    later = Stock.objects.filter(
        community=OuterRef("community"), year=OuterRef("year"), on__gt=OuterRef("on")
    )
    return Stock.objects.filter(~Exists(later))


def _with_households() -> QuerySet[Stock]:
    return _counted().filter(households__gt=0)


ROW: dict[str, Any] = {
    "on": "on",
    "at": "community_id",
    "key": "pk",
    "row_kind": "places.stock",
    "data_class": "P0",
}

MEASURES: tuple[Measure, ...] = (
    Measure(
        word="places.station_coverage",
        title=Both("社区服务站覆盖率", "Communities with a service station"),
        definition=Both(
            "统计期内每个社区最后一次设施盘点时有服务站服务（含共用）的社区比例。",
            "Share of communities that a service station, own or shared, served at their last count in the span.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_counted,
        part=Q(has_station=True),
        direction="higher",
        guard=Both(
            "共用站会使它变高，与每站服务社区数一并看。",
            "Shared stations inflate it; read with communities per station.",
        ),
        **ROW,
    ),
    Measure(
        word="places.area_per_100_households",
        title=Both("每百户社区综合服务设施面积", "Facility area per 100 households"),
        definition=Both(
            "最后一次盘点的社区综合服务设施面积（平方米，取整）除以户数，乘以一百；户数不明的社区不计。",
            "Whole square metres of facilities at the last count, over households, times 100; unknown households left out.",
        ),
        unit="平方米/百户",
        source=SOURCE,
        kind="share",
        population=_with_households,
        part="area_metres",
        value="households",
        direction="higher",
        guard=Both(
            "把不开放的房间算进来会虚高，与居民活动面积占比一并看。",
            "Rooms never opened inflate it; read with the share open to activities.",
        ),
        companion="places.activity_share",
        **ROW,
    ),
    Measure(
        word="places.activity_share",
        title=Both("居民活动区域面积占比", "Share of facility area open to residents' activities"),
        definition=Both(
            "最后一次盘点的设施面积中，供居民活动使用的面积比例。",
            "Share of the facility area at the last count that is open to residents' activities.",
        ),
        unit="%",
        source=SOURCE,
        kind="share",
        population=_counted,
        part="activity_metres",
        value="area_metres",
        direction="higher",
        guard=Both(
            "面积开放不等于有人用，与场地使用情况一并看。",
            "Open is not used; read with the use of rooms.",
        ),
        companion="places.area_per_100_households",
        **ROW,
    ),
)
