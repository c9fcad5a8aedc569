"""Masking: what of a name, number or address may still be read, and finding such numbers in free text.

An identity number shows at most its first six and last two characters on a screen, and nothing in a
publication. Masking happens when a page or a publication is made; the stored value stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["identity", "mobile", "landline", "bank"]
KINDS: tuple[Kind, ...] = ("identity", "mobile", "landline", "bank")

# Surnames of two characters that are in use today; one look at the name must not turn them into one.
_DOUBLE_SURNAMES = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
        "第五",
    ]
)

_BUILDING = re.compile(r"[0-9A-Za-z一二三四五六七八九十百]+[#＃]?(?:号楼|幢|栋|座)")
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十百]+[-－0-9]*(?:号|单元|室|户|层|楼|门)|[0-9]+")

# Full-width digits, letters and signs have the same length, so places found in the copy hold in the text.
_NARROW: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW |= {0x3000: ord(" "), 0xA0: ord(" ")} | {ord(dash): ord("-") for dash in "‐‑‒–—―−"}


@dataclass(frozen=True)
class Found:
    """A personal number in a text: its kind, its place, and how it stands there."""

    kind: Kind
    start: int
    end: int
    text: str


def name(full: str) -> str:
    """The surname and a star for every further character: 王**, 欧阳*, 欧* for a name of two characters.

    A name written with a middle dot or in letters keeps its first character only; one character shows none.
    """
    full = full.strip()
    if len(full) < 2:
        return "*" * len(full)
    if re.search(r"[·•・A-Za-z]", full):
        return f"{full[0]}***"
    kept = 2 if len(full) > 2 and full[:2] in _DOUBLE_SURNAMES else 1
    return full[:kept] + "*" * (len(full) - kept)


def phone(number: str) -> str:
    """A mobile number as 138****0000; a landline keeps its area code and two digits; others keep nothing."""
    digits = re.sub(r"\D", "", _narrow(number))
    mobile = re.fullmatch(r"(?:0086|86)?(1\d{10})", digits)
    if mobile:
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    landline = re.fullmatch(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})", digits)
    if landline:
        return f"{landline[1]}-{'*' * (len(landline[2]) - 2)}{landline[2][-2:]}"
    return "*" * len(digits)


def identity(number: str) -> str:
    """The first six and last two characters of an identity number; of one too short for that, nothing."""
    compact = re.sub(r"[\s-]", "", _narrow(number)).upper()
    if len(compact) < 15:
        return "*" * len(compact)
    return compact[:6] + "*" * (len(compact) - 8) + compact[-2:]


def bank(number: str) -> str:
    """The last four digits of a card or account; of one under twelve digits, nothing."""
    compact = re.sub(r"[\s-]", "", _narrow(number))
    shown = 4 if len(compact) >= 12 else 0
    return "*" * (len(compact) - shown) + compact[len(compact) - shown :]


def address(full: str) -> str:
    """The address down to the building: unit, floor and room are cut.

    Without a building the first house number or other figure is cut with all that follows, since in a
    village or a street it may name one household.
    """
    building = _BUILDING.search(_narrow(full))
    if building:
        return full[: building.end()] + ("***" if full[building.end() :].strip() else "")
    number = _NUMBERED.search(_narrow(full))
    return full[: number.start()] + "***" if number else full


def find_personal(text: str) -> list[Found]:
    """Identity, phone and bank numbers in free text, in order and without overlap.

    Also in full-width digits and with single spaces or dashes between their groups. An identity number
    counts by its shape and birth date even if its check character is wrong: a slip of the pen is personal
    too. A bank number must begin with 62 or satisfy Luhn's check, so that voucher numbers are seldom taken.
    """
    narrow, taken, found = _narrow(text), [False] * len(text), []
    for kind, pattern, is_one in _PATTERNS:
        for hit in pattern.finditer(narrow):
            if any(taken[hit.start() : hit.end()]) or not is_one(re.sub(r"[ -]", "", hit.group())):
                continue
            taken[hit.start() : hit.end()] = [True] * (hit.end() - hit.start())
            found.append(Found(kind, hit.start(), hit.end(), text[hit.start() : hit.end()]))
    return sorted(found, key=lambda one: one.start)


def scrub(text: str, kinds: Collection[Kind] = KINDS) -> str:
    """The text with the personal numbers of these kinds masked.

    In it an identity number shows nothing at all, as in publications; a caller that prints an office's phone
    leaves out the kind ``landline``.
    """
    parts, at = [], 0
    for one in find_personal(text):
        if one.kind in kinds:
            parts += [text[at : one.start], _MASKS[one.kind](one.text)]
            at = one.end
    return "".join([*parts, text[at:]])


def _narrow(text: str) -> str:
    return text.translate(_NARROW)


def _is_identity(compact: str) -> bool:
    born = compact[6:14] if len(compact) == 18 else f"19{compact[6:12]}"
    try:
        return 1850 <= date(int(born[:4]), int(born[4:6]), int(born[6:])).year <= 2150
    except ValueError:
        return False


def _is_bank(compact: str) -> bool:
    if compact.startswith("62"):
        return True
    digits = [int(sign) for sign in reversed(compact)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return compact[0] in "3459" and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _always(compact: str) -> bool:
    return True


# A figure that goes on in digits, letters or after a point is another number, a digest or a version.
_BEFORE, _AFTER = r"(?<![0-9.])", r"(?![0-9A-Za-z])"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        "identity",
        re.compile(rf"{_BEFORE}[1-9]\d{{5}}[ -]?\d{{8}}[ -]?\d{{3}}[ -]?[0-9Xx]{_AFTER}", re.ASCII),
        _is_identity,
    ),
    ("identity", re.compile(rf"{_BEFORE}[1-9]\d{{14}}{_AFTER}", re.ASCII), _is_identity),
    (
        "bank",
        re.compile(
            rf"{_BEFORE}(?:\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]\d{{1,3}})?|\d{{16,19}}){_AFTER}", re.ASCII
        ),
        _is_bank,
    ),
    (
        "mobile",
        re.compile(rf"{_BEFORE}(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}{_AFTER}", re.ASCII),
        _always,
    ),
    (
        "landline",
        re.compile(rf"{_BEFORE}\(?0(?:10|2\d|[3-9]\d\d)[ )-]{{1,2}}[2-8]\d{{6,7}}{_AFTER}", re.ASCII),
        _always,
    ),
)
_MASKS: dict[Kind, Callable[[str], str]] = {
    "identity": lambda text: "*" * len(re.sub(r"[ -]", "", _narrow(text))),
    "mobile": phone,
    "landline": phone,
    "bank": bank,
}
