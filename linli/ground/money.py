"""Money: whole fen (分) everywhere; never a float, never a decimal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from linli.ground.said import Said

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_LARGEST = 10**18  # fen; one 亿 of 亿 yuan, beyond which the capital form has no agreed unit

_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,18}(?:\.\d{1,18})?)"
_AMOUNT = re.compile(
    rf"(?P<sign>[-负]?)(?:人民币|RMB|CNY|¥)?(?P<after>-?){_NUMBER}(?P<unit>[万亿]?)(?:元|圆)?整?"
)
_SPOKEN = re.compile(
    r"(?P<sign>[-负]?)(?:(?P<yuan>\d{1,18})[元圆])?零?(?:(?P<jiao>\d)角)?零?(?:(?P<fen>\d)分)?整?"
)


@dataclass(frozen=True, order=True)
class Money:
    """An amount in fen, for values of a ``Saying``, so that it is written as money and not as a number."""

    fen: int


def yuan(fen: int) -> str:
    """The amount in yuan as tables write it: 6000000 fen give ``60,000.00``, a debt ``-0.05``."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def prose(fen: int) -> str:
    """The amount as running text says it, always exactly: 6万元, 6.5万元, 65432元, 123元5角, 5分, 负6万元."""
    sign, (whole, rest) = ("负" if fen < 0 else ""), divmod(abs(fen), 100)
    for size, unit in ((100_000_000, "亿"), (10_000, "万")):
        # Two digits after the point read well; finer amounts are said in yuan.
        if not rest and whole >= size and whole % (size // 100) == 0:
            parts = f"{whole // size}.{whole % size * 100 // size:02d}".rstrip("0").rstrip(".")
            return f"{sign}{parts}{unit}元"
    jiao, last = divmod(rest, 10)
    said = f"{whole}元" if whole or not rest else ""
    said += f"{jiao}角" if jiao else "零" if last and whole else ""
    return sign + said + (f"{last}分" if last else "")


def capital(fen: int) -> str:
    """The amount in capital characters, for vouchers: 陆万元整, 壹仟肆佰零玖元伍角, 负叁佰贰拾伍元零肆分.

    After the rules for filling in bills (支付结算办法, annex 1): 整 stands after 元 and not after 角 or 分;
    zeros between digits give one 零; a zero in the place of 万 or 亿 gives none, one in the place of 元
    before 角 gives one. Amounts from 10^18 fen on raise ``Said("money.too_large")``.
    """
    if abs(fen) >= _LARGEST:
        raise Said("money.too_large")
    sign, (whole, rest) = ("负" if fen < 0 else ""), divmod(abs(fen), 100)
    jiao, last = divmod(rest, 10)
    said = f"{_whole(whole)}元" if whole else ""
    if not rest:
        return f"{sign}{said or '零元'}整"
    if whole and (whole % 10 == 0 or not jiao):
        said += "零"
    said += f"{_CAPITALS[jiao]}角" if jiao else ""
    return sign + said + (f"{_CAPITALS[last]}分" if last else "")


def parse_yuan(text: str) -> int:
    """The fen of an amount as people write it: 6万元, 60,000.00, ￥６００００, 123元5角, -0.05, 1.2亿.

    Full-width digits and spaces are understood. Anything finer than one fen, wrongly grouped digits and
    powers of ten (1e5) raise ``Said("money.not_an_amount")``; a float is a mistake of the caller (``TypeError``).
    """
    if not isinstance(text, str):
        raise TypeError("an amount is parsed from text, never from a float")
    compact = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
    found = _AMOUNT.fullmatch(compact)
    if found and not (found["sign"] and found["after"]):
        fen = _fen(found["number"].replace(",", ""), {"": 0, "万": 4, "亿": 8}[found["unit"]])
        if fen is not None:
            return -fen if found["sign"] or found["after"] else fen
    spoken = _SPOKEN.fullmatch(compact)
    if spoken and any(spoken[part] for part in ("yuan", "jiao", "fen")):
        parts = [int(spoken[part] or 0) for part in ("yuan", "jiao", "fen")]
        fen = parts[0] * 100 + parts[1] * 10 + parts[2]
        return -fen if spoken["sign"] else fen
    raise Said("money.not_an_amount", text=text)


def _fen(number: str, zeros: int) -> int | None:
    """Digits with a point, times ten to ``zeros``, in fen; None if that is no whole number of fen."""
    whole, _, rest = number.partition(".")
    shift = zeros + 2
    if rest[shift:].strip("0"):
        return None
    return int(whole + rest[:shift].ljust(shift, "0"))


def _whole(number: int) -> str:
    """A positive whole number in capital characters; larger units are said like numbers of their own."""
    for size, unit in ((100_000_000, "亿"), (10_000, "万")):
        if number >= size:
            high, low = divmod(number, size)
            zero = "零" if 0 < low < size // 10 else ""
            return _whole(high) + unit + zero + (_whole(low) if low else "")
    said, pending = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if pending else "") + _CAPITALS[digit] + _PLACES[place]
        pending = bool(said) and not digit
    return said
