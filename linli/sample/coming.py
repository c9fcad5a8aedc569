"""What goes on now: Helin's project of 2026 with its first payments, and Liuwan's application on the district's desk."""

from __future__ import annotations

from datetime import date, datetime

from linli.sample import hours
from linli.sample.pilot import Pilot, Step
from linli.sample.spending import Purchase

FIRST = (
    Purchase(2, 24, 1, "清溪区安和装饰队", "助餐点水电改造首付", 9000),
    Purchase(2, 25, 2, "云川市同心家具厂", "托管桌椅三十套", 6600),
    Purchase(2, 26, 2, "云川市信通电脑公司", "签到平板两台", 2980),
    Purchase(2, 27, 3, "安和助餐点", "助餐服务二月", 4120),
)


def _on(month: int, day: int, hour: int = 10) -> datetime:
    return hours.moment(date(2026, month, day), hour)


def steps(pilot: Pilot, village: Pilot) -> list[Step]:
    """Both projects of 2026, under one notice."""

    def village_applies(at: datetime) -> None:
        village.programme = pilot.programme
        village.applied(at)

    chain: list[Step] = [
        (_on(1, 5), pilot.announced),
        (_on(1, 8), pilot.applied),
        (_on(1, 13), pilot.opined("street_officer", "2025年项目验收合格，群众有需要，同意申报。")),
        (_on(1, 19), pilot.opined("district_civil", "初审92分，列第1位，推荐。")),
        (_on(1, 23), pilot.opined("city_civil", "审核通过，同意推荐。")),
        (_on(1, 29), pilot.approved),
        (_on(2, 3), pilot.published("approval")),
        (_on(2, 4), pilot.goals_exact),
        (_on(2, 6), pilot.goals_approved),
        (_on(2, 9), pilot.handed_down("示财社〔2026〕6号", ("province", "district"), "province_civil", "示例省民政厅", "清溪区民政局")),
        (_on(2, 11), pilot.handed_down("清财社〔2026〕4号", ("district", "community"), "district_civil", "清溪区民政局", "禾邻社区居民委员会")),
        (_on(2, 13), pilot.arrived(1, "回单2026021300562")),
        (_on(2, 25), village_applies),
        (_on(2, 27), village.opined("street_officer", "两处都看过，情况属实，同意申报。")),
    ]  # fmt: skip
    chain += [
        (_on(bought.month, bought.day, 15), pilot.bought(number, bought))
        for number, bought in enumerate(FIRST, start=60)
    ]
    return sorted(chain, key=lambda step: step[0])
