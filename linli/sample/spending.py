"""What the sample project bought in 2025: day, budget line, payee, item, yuan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from linli.ground.sheets import load_file
from linli.projects.applying import Line


@dataclass(frozen=True)
class Purchase:
    """One payment; ``source`` is the number of the fund source, ``has_paper`` whether a voucher was kept."""

    month: int
    day: int
    line: int
    payee: str
    item: str
    yuan: int
    source: int = 1
    has_paper: bool = True


LINES = (
    Line("场所改造", "facility_works", 2_600_000, "六处改造，按区住建造价信息测算"),
    Line("设备购置", "equipment", 2_400_000, "三家询价取中间价"),
    Line("适应服务活动", "service_activity", 1_800_000, "十场，每场不超过2000元"),
    Line("图书和文体器材", "books", 800_000, "按书屋缺藏清单"),
    Line("居民和工作人员培训", "training", 800_000, "五期，含讲课费和资料"),
    Line("扶老服务", "elderly_care", 1_200_000, "助餐补助和入户关爱六个月"),
)
WRONG = Purchase(4, 9, 2, "云川市信通电脑公司", "综合窗口电脑两台", 4860)
"""Entered with figures changed over, taken back by a red entry the day after."""


@dataclass(frozen=True)
class PurchaseList:
    """The sheet beside this file."""

    purchases: tuple[Purchase, ...]


PURCHASES = load_file(Path(__file__).with_name("purchases.yaml"), PurchaseList).purchases
