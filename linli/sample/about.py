"""What the sample's projects are about: who asks, what for, how much of which source."""

from __future__ import annotations

from dataclasses import dataclass

from linli.projects.applying import Line
from linli.sample import cast
from linli.sample.spending import LINES

NAME = "安和苑搬迁社区治理服务创新试点"


@dataclass(frozen=True)
class About:
    """What a project is about: who asks for it, what for, and how much of which source."""

    name: str
    region: str
    unit: str
    code: str
    reply: str
    purpose: str
    need: str
    content: str
    general_goals: tuple[str, ...]
    yearly_goal: str
    lines: tuple[Line, ...]
    province_cents: int
    street_cents: int = 0
    beneficiaries: int = 3046


ABOUT = About(
    name=NAME, region=cast.HELIN, unit="helin-committee", code="HL2025-01", reply="示民函〔2025〕12号",
    purpose="让搬迁来的居民办事方便、邻里和睦、愿意参与。", need="搬迁老人办事不便，公共场所不够用。",
    content="改造服务站和书屋，配齐窗口设备，开展适应服务、培训和扶老活动。",
    general_goals=("服务事项按时办结率达到95%以上", "诉求解决率达到85%以上", "全年开展适应服务活动10场", "60岁以上独居老人每月走访一次"),
    yearly_goal="2025年底前六处改造验收合格，十场活动全部有签到，居民满意度达到90%。", lines=LINES,
    province_cents=8_000_000, street_cents=1_600_000,
)  # fmt: skip
NEXT = About(
    name="安和苑老人助餐和儿童托管试点", region=cast.HELIN, unit="helin-committee", code="HL2026-01",
    reply="示民函〔2026〕4号", purpose="让独居老人吃上热饭，让放学的孩子有人管。",
    need="2025年走访：独居老人93人中41人愿意订餐；小学生127人中58人放学后没人接。",
    content="改造助餐点，购置托管设备，购买助餐和托管服务。",
    general_goals=("每个工作日供餐不少于30份", "托管儿童不少于40人", "助餐老人满意度达到90%"),
    yearly_goal="2026年底前供餐7500份，托管200天。",
    lines=(
        Line("助餐点改造", "facility_works", 3_000_000, "一处，按造价信息测算"),
        Line("托管设备", "equipment", 1_800_000, "三家询价"),
        Line("购买助餐和托管服务", "service_purchase", 6_000_000, "按人次单价"),
    ),
    province_cents=10_800_000, beneficiaries=420,
)  # fmt: skip
LIUWAN = About(
    name="柳湾村议事亭和便民点改造", region=cast.LIUWAN, unit="liuwan-committee", code="LW2026-01", reply="",
    purpose="让村民议事办事有地方。", need="议事亭漏雨，便民点没有坡道，2025年村民会议两次提出。",
    content="修缮议事亭，改造便民点入口。", general_goals=("议事亭修缮一处", "便民点无障碍入口一处"),
    yearly_goal="2026年9月前完工验收。", lines=(Line("修缮改造", "facility_works", 6_000_000, "两处"),),
    province_cents=6_000_000, beneficiaries=1103,
)  # fmt: skip
