"""What people tell and what they are answered: texts by class, with the months in which they come up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Literal

from linli.ground.sheets import load_file
from linli.sample import cast

REDIRECTED = "这件事由自来水公司负责，请拨打供水服务热线；社区已把情况一并转达。"
WRONG_HAND = "经现场查看，这一段不在我方服务范围，请重新派办。"
SILENT = "三次电话都没有接通，先办结；您看到后可以随时再反映。"
UNRESOLVED = "需要动用维修资金，已列入业主大会议题，表决通过后实施；目前不能马上解决，请您谅解。"
REDONE = "已返工并请您本人到场确认。"


@dataclass(frozen=True)
class Kind:
    """A thing that comes up: class, nature, texts, answer, where, how often, months with more of it, who has it not."""

    code: str
    nature: str
    texts: tuple[str, ...]
    answer: str
    where: Literal["door", "outside", ""] = ""
    spots: tuple[str, ...] = ()
    weight: int = 10
    months: tuple[int, ...] = ()
    grade: str = "ordinary"
    urban_only: bool = False
    picture: str = "现场"


@dataclass(frozen=True)
class KindList:
    """The sheet beside this file."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Tale:
    """One thing told."""

    code: str
    nature: str
    text: str
    answer: str
    spot: str
    grade: str
    picture: str


_DOOR = ("1单元201", "1单元302", "1单元401", "2单元101", "2单元502", "2单元602", "顶楼", "地下室")
_YARD = ("院门口", "二楼东头", "西屋", "厨房后墙", "三楼")
_OUT = ("大门口", "楼后", "健身角", "停车棚旁", "小广场", "垃圾房旁")

KINDS = load_file(Path(__file__).with_name("tales.yaml"), KindList).kinds

_GOOD = ("办得快，谢谢", "工作人员很耐心", "解决了", "", "", "", "态度好")
_FAIR = ("还可以，就是等了几天", "", "希望再快一点")
_POOR = ("没有真正解决", "打了好几次电话才有人来", "")


def told_at(luck: Random, on: date, region: str, building: str) -> Tale:
    """Something that comes up in a community on a day of the year."""
    fitting = [kind for kind in KINDS if region != cast.LIUWAN or not kind.urban_only]
    weights = [kind.weight * (2.2 if on.month in kind.months else 1.0) for kind in fitting]
    kind = luck.choices(fitting, weights)[0]
    doors = _DOOR if building.startswith("安和苑") else _YARD
    spot = luck.choice({"door": doors, "outside": _OUT, "": kind.spots}[kind.where])
    text = luck.choice(kind.texts)
    return Tale(
        kind.code, kind.nature, f"{spot}：{text}" if spot else text, kind.answer, spot, kind.grade,
        kind.picture,
    )  # fmt: skip


def rated(stars: int, luck: Random) -> str:
    """The words beside a rating, often none."""
    return luck.choice(_GOOD if stars > 3 else _FAIR if stars == 3 else _POOR)


def released(reply: str) -> str:
    """The answer as it may be read by everybody."""
    return f"有居民反映的问题已经办理：{reply}"
