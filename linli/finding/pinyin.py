"""How a short Chinese word may be typed in Latin letters: full pinyin and initials, several keys per word.

The general dictionary is wrong on many family names and places (朝阳, 单, 仇, 曾, 解, 查); our own list in
sheets of kind ``pinyin`` is read first and the general reading is kept as a second key.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linli.ground import packs, sheets

# A longer run of characters is prose, which nobody looks up by pinyin.
LONGEST = 16
MOST_KEYS = 120
Syllables = tuple[str, ...]


@dataclass(frozen=True)
class Corrections:
    """A sheet: how family names and places are really read, syllables parted by spaces."""

    surnames: dict[str, str]
    places: dict[str, str]


@lru_cache(maxsize=1)
def _corrections() -> tuple[dict[str, Syllables], dict[str, Syllables]]:
    surnames: dict[str, Syllables] = {}
    places: dict[str, Syllables] = {}
    for path in packs.sheet_paths("pinyin").values():
        sheet = sheets.load_file(path, Corrections)
        surnames.update({word: tuple(said.split()) for word, said in sheet.surnames.items()})
        places.update({word: tuple(said.split()) for word, said in sheet.places.items()})
    return surnames, places


def _general(word: str) -> Syllables:
    """The dictionary's reading, one syllable per character (ü as v); a character it does not know stays empty."""
    # Loaded on first use only: the dictionary costs 0.4 seconds and most processes never need it.
    from pypinyin import Style, lazy_pinyin

    # One empty syllable per unknown character keeps syllables and characters side by side.
    unknown: Any = lambda odd: ["" for _ in odd]  # noqa: E731
    found = lazy_pinyin(word, style=Style.NORMAL, errors=unknown, v_to_u=False)
    return tuple(str(syllable).lower() for syllable in found)


def _with_places(word: str, plain: Syllables) -> Syllables:
    spoken = list(plain)
    for place, said in _corrections()[1].items():
        start = word.find(place)
        while start >= 0:
            spoken[start : start + len(place)] = said
            start = word.find(place, start + 1)
    return tuple(spoken)


def _with_surname(word: str, plain: Syllables) -> Syllables:
    for length in (2, 1):
        said = _corrections()[0].get(word[:length])
        if said and len(word) > length:
            return (*said, *plain[length:])
    return plain


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[Syllables, ...]:
    """Every reading of a run of Chinese characters worth a key, without repeats, our own corrections first."""
    plain = _general(word)
    if len(plain) != len(word):
        return ()
    placed = _with_places(word, plain)
    found = [_with_surname(word, placed), placed, plain]
    for reading in tuple(found):
        if any("v" in syllable for syllable in reading):
            # Passports write 吕 as LYU, older papers as LU.
            found.append(tuple(syllable.replace("v", "yu") for syllable in reading))
            found.append(tuple(syllable.replace("v", "u") for syllable in reading))
    return tuple(dict.fromkeys(found))


def keys(word: str) -> list[str]:
    """Search keys of a run of Chinese characters: full pinyin and initials of the run and of each of its tails.

    Tails let 东川 be found inside 云南省东川区 by a plain prefix search. One character alone has only its
    full syllable. A run longer than 16 characters has none.
    """
    if not word or len(word) > LONGEST:
        return []
    found: dict[str, None] = {}
    for reading in readings(word):
        for start in range(len(reading)):
            tail = reading[start:]
            # A family name may stand inside the run: 居民单小芳, 李曾氏.
            for said in {tail: None, _with_surname(word[start:], tail): None}:
                found["".join(said)] = None
                if len(said) > 1:
                    found["".join(syllable[:1] for syllable in said)] = None
    return [key for key in found if key][:MOST_KEYS]
