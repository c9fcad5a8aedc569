"""Numbers in running text: quantities with a unit (not years, numbers of papers or list numbers) and amounts of money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_UNITS = (
    "%|‰|个百分点|万人次|人次|平方米|㎡|公里|千米|小时|分钟|个工作日|工作日|万元|亿元|元|个|次|人|户|场|件|项|名|份|"
    "套|册|本|处|栋|台|条|起|例|期|支|家|间|块|盏|亩|米|天|倍|分|课时|万字|批次|类|张|篇|宗|对|组|趟|站|点位"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?|\d{1,12}(?:\.\d{1,12})?"
_NUMBER = re.compile(
    rf"(?<![\d第〔\[(.])(?:{_DIGITS})\s*(?:余|多)?\s*(?:{_UNITS})"
    rf"|百分之[零一二三四五六七八九十百点]+"
    rf"|[一二三四五六七八九]?[十百千万][一二三四五六七八九十百千零]*(?:余|多)?(?:{_UNITS})"
)
_MONEY = re.compile(rf"(?:(?P<digits>{_DIGITS})\s*(?P<unit>亿元|万元|元)(?:整)?|¥\s*(?P<plain>{_DIGITS}))")
_CAPITAL = re.compile(
    r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,20}[元圆](?:[零壹贰叁肆伍陆柒捌玖角分]+)?(?:整|正)?"
)
_DIGIT = {sign: n for n, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TENS = {"拾": 10, "佰": 100, "仟": 1000}
_SCALE = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass(frozen=True)
class Amount:
    """An amount of money in fen with the place of its words in the sentence."""

    fen: int
    start: int
    end: int
    capital: bool = False


def quantities(text: str) -> list[str]:
    """The numbers with a unit that a narrowed text states."""
    return [found.group() for found in _NUMBER.finditer(text)]


def measured(text: str) -> list[str]:
    """Quantities other than money: what an effect or a goal can be held to."""
    return [found for found in quantities(text) if not re.search(r"(?:^|[^单])[亿万]?元$", found)]


def amounts(text: str) -> list[Amount]:
    """All amounts of money in a narrowed text, figures and capital form, in order."""
    found = []
    for match in _MONEY.finditer(text):
        digits = (match.group("digits") or match.group("plain")).replace(",", "")
        scale = _SCALE[match.group("unit") or "元"]
        found.append(Amount(int(Fraction(digits) * scale), match.start(), match.end()))
    for match in _CAPITAL.finditer(text):
        fen = capital_fen(match.group())
        if fen:
            found.append(Amount(fen, match.start(), match.end(), capital=True))
    return sorted(found, key=lambda amount: amount.start)


def capital_fen(words: str) -> int:
    """The fen of an amount in capital characters (陆万元整 is 6,000,000); 0 when it is none."""
    whole, _, rest = re.sub(r"[整正]", "", words).replace("圆", "元").partition("元")
    high = middle = section = digit = 0  # parts of a hundred million, of ten thousand, below
    for sign in whole:
        if sign in _DIGIT:
            digit = _DIGIT[sign]
        elif sign in _TENS:
            section, digit = section + (digit or 1) * _TENS[sign], 0
        elif sign == "万":
            middle, section, digit = (section + digit) * 10_000, 0, 0
        else:
            high, middle, section, digit = (middle + section + digit) * 100_000_000, 0, 0, 0
    fen = (high + middle + section + digit) * 100
    for sign, worth in (("角", 10), ("分", 1)):
        found = re.search(rf"([壹贰叁肆伍陆柒捌玖]){sign}", rest)
        fen += _DIGIT[found.group(1)] * worth if found else 0
    return fen


def plain_number(cell: str) -> Fraction | None:
    """The number a table cell holds: digits, perhaps with commas, a sign before and a unit behind."""
    found = re.fullmatch(r"\s*[≥≤>=<约]*\s*(-?[\d,]+(?:\.\d{1,12})?)\s*(?:%|分|[^\d\s]{0,6})\s*", cell)
    return Fraction(found.group(1).replace(",", "")) if found and found.group(1).strip(",-") else None
