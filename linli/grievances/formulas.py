"""Pure: personal places in a text for everybody, likeness of two texts, who counts as a group."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from linli.ground import masking

# GA 36: one province sign, a letter, five or (new energy) six signs without I and O; a dot or space may stand between.
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·•\s]?"
    r"(?=[A-HJ-NP-Z0-9]*\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警]"
)
_CHILD_AGE = re.compile(r"(?<!\d)(?:1[0-7]|[1-9])\s?(?:周岁|岁)")
_HOME = re.compile(r"[0-9一二三四五六七八九十]+单元\s?[0-9]{3,4}|(?<!\d)[0-9]{3,4}室")
_NARROW = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
_HAN = re.compile(r"[\u3400-\u9fff0-9A-Za-z]")

HARD = frozenset(["identity", "mobile", "bank", "plate", "name"])
"""Kinds that never go out; the others may, after a person has looked at them."""


@dataclass(frozen=True)
class Place:
    """A place in a text that may tell who somebody is: its kind, where it stands, the words there."""

    kind: str
    start: int
    end: int
    text: str

    @property
    def is_hard(self) -> bool:
        """Whether it has to be taken out before anybody may release the text."""
        return self.kind in HARD


def found_places(
    text: str,
    *,
    names: Collection[str] = (),
    illness_words: Collection[str] = (),
    child_words: Collection[str] = (),
) -> list[Place]:
    """Places in a text that a public reply should not have, in order; where several fall together the first kind counts.

    Hard kinds: identity, mobile, bank, plate, name (of persons known in the matter). Soft kinds, for a person to judge:
    landline (an office's number may stand), illness, child, home (a door within a building). Source: 个人信息保护法
    art. 6, 28 and 31 (least scope; health data and data of children under 14 are sensitive).
    """
    narrow = text.translate(_NARROW)
    hits = [Place(one.kind, one.start, one.end, one.text) for one in masking.find_personal(text)]
    hits += [Place("plate", hit.start(), hit.end(), text[hit.start() : hit.end()]) for hit in _PLATE.finditer(narrow.upper())]  # fmt: skip
    hits += _words("name", text, [name for name in names if len(name) > 1])
    hits += _words("illness", text, illness_words)
    hits += _words("child", text, child_words)
    for kind, pattern in (("child", _CHILD_AGE), ("home", _HOME)):
        hits += [Place(kind, hit.start(), hit.end(), text[hit.start() : hit.end()]) for hit in pattern.finditer(narrow)]  # fmt: skip
    return _apart(hits)


def _words(kind: str, text: str, words: Iterable[str]) -> list[Place]:
    return [
        Place(kind, hit.start(), hit.end(), word)
        for word in words
        if word
        for hit in re.finditer(re.escape(word), text)
    ]


def _apart(hits: list[Place]) -> list[Place]:
    """Without overlap: a hard place beats a soft one, then the longer one."""
    kept: list[Place] = []
    for hit in sorted(hits, key=lambda one: (not one.is_hard, one.start - one.end)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


def redacted(text: str, places: Iterable[Place]) -> str:
    """The text with its hard places blacked out."""
    for place in sorted(places, key=lambda one: -one.start):
        if place.is_hard:
            text = text[: place.start] + "＊" * min(place.end - place.start, 3) + text[place.end :]
    return text


def pieces(text: str, places: Iterable[Place]) -> list[tuple[str, str]]:
    """The text cut into (words, kind of place): what a page shows to who has to look; kind is empty between places."""
    parts, at = [], 0
    for place in places:
        parts += [(text[at : place.start], ""), (text[place.start : place.end], place.kind)]
        at = place.end
    return [part for part in [*parts, (text[at:], "")] if part[0]]


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: twice the shared pairs of neighbouring signs over all pairs (Dice 1945)."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _pairs(text: str) -> set[str]:
    signs = "".join(_HAN.findall(text))
    return {signs[place : place + 2] for place in range(len(signs) - 1)}


def is_group(*, persons: int, cases: int, least_persons: int, least_cases: int) -> bool:
    """Whether a matter is a group demand: at least so many persons, or at least so many cases at one place."""
    return persons >= least_persons or cases >= least_cases


def risk_of(levels: Iterable[str], order: tuple[str, ...]) -> str:
    """The highest of the levels of the criteria that are met; the lowest level where none is. ``order``: low to high."""
    return max(levels, key=order.index, default=order[0])
