"""Invented people: names from lists, phones in one block that is given to nobody, identity numbers of no real place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

SURNAMES = tuple(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文木普刀"
)
OLD_MEN = (
    "德顺",
    "国安",
    "永福",
    "长贵",
    "富贵",
    "有才",
    "金山",
    "明德",
    "正华",
    "兴旺",
    "光明",
    "世昌",
    "学文",
    "友福",
    "开元",
)
OLD_WOMEN = (
    "秀英",
    "桂珍",
    "玉兰",
    "凤仙",
    "菊香",
    "素芬",
    "翠花",
    "玉珍",
    "桂香",
    "秀兰",
    "美仙",
    "会芬",
    "月英",
    "春花",
    "惠珍",
)
MEN = (
    "建国",
    "志强",
    "明华",
    "文斌",
    "海涛",
    "家明",
    "云飞",
    "永刚",
    "正林",
    "学勇",
    "少华",
    "俊峰",
    "立新",
    "加旺",
    "成龙",
    "伟",
    "磊",
    "军",
)
WOMEN = (
    "丽华",
    "晓燕",
    "春梅",
    "红芬",
    "雪梅",
    "海霞",
    "文静",
    "美琳",
    "艳红",
    "云芳",
    "金凤",
    "小琼",
    "玉芬",
    "敏",
    "静",
    "娟",
    "倩",
    "晓云",
)
CHILDREN = (
    "梓涵",
    "浩然",
    "子轩",
    "欣怡",
    "一诺",
    "宇航",
    "雨桐",
    "思源",
    "嘉怡",
    "俊熙",
    "诗涵",
    "天佑",
    "晨曦",
    "小满",
    "可心",
    "志远",
)
ORIGINS = ("大坪子村", "石门坎村", "岩脚村", "老鹰嘴村", "半坡村", "蒿枝坝村", "野牛箐村", "水井湾村")


@dataclass(frozen=True)
class Face:
    """Who a person is before entering: name, sex (GB/T 2261.1) and birthday."""

    name: str
    sex: str
    born: date


def given_name(luck: Random, sex: str, age: int) -> str:
    """A given name that fits sex and age."""
    if age < 16:
        return luck.choice(CHILDREN)
    if age >= 60:
        return luck.choice(OLD_MEN if sex == "1" else OLD_WOMEN)
    return luck.choice(MEN if sex == "1" else WOMEN)


def face(luck: Random, surname: str, sex: str, age: int, on: date) -> Face:
    """Somebody of an age on a day."""
    born = date(on.year - age, 1, 1) + timedelta(days=luck.randrange(360))
    if (born.month, born.day) > (on.month, on.day):
        born = born.replace(year=born.year - 1, day=min(born.day, 28))
    return Face(surname + given_name(luck, sex, age), sex, born)


def phone(number: int) -> str:
    """The ``number``-th phone of the sample: 199 0000 xxxx."""
    return f"1990000{number:04d}"


def identity(born: date, sex: str, number: int) -> str:
    """An identity number with a right check character (GB 11643) of a district that does not exist."""
    sequence = (number * 2 + (1 if sex == "1" else 0)) % 1000
    digits = f"990101{born:%Y%m%d}{sequence:03d}"
    return digits + str(ric.calc_check_digit(digits + "0"))
