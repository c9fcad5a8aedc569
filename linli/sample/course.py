"""The course of the project of 2025, day by day."""

from __future__ import annotations

from datetime import date, datetime

from linli.sample import hours
from linli.sample.about import NAME
from linli.sample.pilot import Pilot, Step
from linli.sample.spending import PURCHASES, WRONG

RESULT = "六处改造、十场活动、五期培训全部完成；结余1080元已上缴；第三方评价报告已公开。"


def _on(month: int, day: int, hour: int = 10, year: int = 2025) -> datetime:
    return hours.moment(date(year, month, day), hour)


def applying(pilot: Pilot) -> list[Step]:
    """From the notice to the approved goals."""
    return [
        (_on(1, 6), pilot.announced),
        (_on(1, 13), pilot.applied),
        (_on(1, 16), pilot.opined("street_officer", "情况属实，群众有需要，同意申报。")),
        (_on(1, 21), pilot.returned),
        (_on(1, 23), pilot.corrected),
        (_on(2, 6), pilot.opined("district_civil", "初审89分，列第1位，推荐。")),
        (_on(2, 12), pilot.opined("city_civil", "审核通过，同意推荐。")),
        (_on(2, 19), pilot.approved),
        (_on(2, 20), pilot.published("approval")),
        (
            _on(2, 20, 14),
            pilot.file("application_form", "立项申请书", "committee_director", NAME, "申请金额：96000元"),
        ),
        (
            _on(2, 20, 15),
            pilot.file(
                "approval_reply", "立项批复", "committee_director", "示民函〔2025〕12号", "同意立项，96000元"
            ),
        ),
        (
            _on(2, 20, 16),
            pilot.file(
                "district_plan", "区社区服务体系规划摘录", "district_civil", "搬迁安置社区服务设施补短板"
            ),
        ),
        (_on(2, 21), pilot.goals_vague),
        (_on(2, 24), pilot.goals_back),
        (_on(2, 26), pilot.goals_exact),
        (_on(2, 27), pilot.goals_approved),
        (
            _on(2, 27, 15),
            pilot.file(
                "goal_declaration", "绩效目标申报表", "committee_director", "九项指标，均有数值和数据来源"
            ),
        ),
    ]


def paying(pilot: Pilot) -> list[Step]:
    """The money comes down and is spent; quarters are shown, one of them late."""
    steps: list[Step] = [
        (_on(3, 4), pilot.handed_down("示财社〔2025〕18号", ("province", "city"), "province_civil", "示例省民政厅", "云川市民政局")),
        (_on(3, 6), pilot.handed_down("云财社〔2025〕31号", ("city", "district"), "city_civil", "云川市民政局", "清溪区民政局")),
        (_on(3, 10), pilot.handed_down("清财社〔2025〕9号", ("district", "community"), "district_civil", "清溪区民政局", "禾邻社区居民委员会")),
        (_on(3, 12), pilot.arrived(1, "回单2025031200417")),
        (_on(3, 17), pilot.published("receipt", 1)),
        (_on(4, 8), pilot.handed_down("明街财〔2025〕5号", ("street", "community"), "street_officer", "明河街道办事处", "禾邻社区居民委员会")),
        (_on(4, 9), pilot.arrived(2, "回单2025040900112")),
        (_on(4, 9, 14), pilot.bought(2, WRONG)),
        (_on(4, 10, 9), pilot.taken_back),
        (_on(4, 16), pilot.published("receipt", 2)),
        (_on(4, 11), pilot.published("quarter", 1)),
        (_on(7, 8), pilot.published("quarter", 2)),
        (_on(11, 4), pilot.published("quarter", 3)),
        (hours.moment(date(2026, 1, 9), 10), pilot.published("quarter", 4)),
    ]  # fmt: skip
    steps += [
        (_on(bought.month, bought.day, 15), pilot.bought(number, bought))
        for number, bought in enumerate(PURCHASES, start=3)
    ]
    return sorted(steps, key=lambda step: step[0])


def finishing(pilot: Pilot) -> list[Step]:
    """Acceptance with a defect, audit, and the end."""
    return [
        (_on(11, 28), pilot.delivered),
        (_on(12, 4), pilot.looked_at("卫生间扶手一处松动；活动签到表缺一场。", date(2025, 12, 15))),
        (_on(12, 12), pilot.delivered),
        (_on(12, 17), pilot.looked_at("", None)),
        (
            _on(12, 17, 15),
            pilot.file(
                "acceptance_report",
                "项目竣工验收报告",
                "street_officer",
                "六处改造合格",
                "活动10场，签到9场齐全",
            ),
        ),
        (_on(12, 24), pilot.given_back),
        (_on(1, 14, 10, 2026), pilot.audited),
        (
            _on(1, 15, 10, 2026),
            pilot.file("audit_report", "审计报告", "auditor", "清审报〔2026〕3号", "保留意见，两笔凭证不全"),
        ),
        (
            _on(1, 16, 10, 2026),
            pilot.file("basic_data", "基础数据表", "committee_director", "支出40笔，94920元"),
        ),
        (
            _on(1, 16, 11, 2026),
            pilot.file(
                "indicator_system", "绩效评价指标体系", "district_civil", "自评体系：执行、产出、效益、满意度"
            ),
        ),
        (
            _on(1, 19, 11, 2026),
            pilot.file("interview_analysis", "访谈分析报告", "committee_director", "访谈居民18人、物业2人"),
        ),
        (_on(2, 12, 15, 2026), pilot.evaluated),
        (_on(2, 13, 15, 2026), pilot.closed),
        (_on(2, 26, 15, 2026), pilot.published("close", 1, RESULT)),
    ]
