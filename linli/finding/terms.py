"""Search terms out of texts, and a question out of what somebody typed. Pure: no framework, no database.

A run of Chinese characters becomes one term per character: the character with its right neighbour, the last one
alone (鼓楼区 -> 鼓楼 楼区 区). So a word of two characters is one exact term, a longer one a phrase, and a
single character a prefix. Engines' own trigram indexes do not find words of two characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linli.finding import pinyin
from linli.ground import masking

# A term that no text can contain; it keeps a phrase from reaching over the end of a text.
EDGE = "\u00b6"
LONGEST_TEXT = 4000
LONGEST_TERM = 40
MOST_TERMS = 6000
MOST_WORDS = 8
_LEVELS = (2, 4, 6, 9, 12)

# No case number, voucher or credit code has as many digits in one piece; a mistyped identity number does.
_TOO_LONG = re.compile(r"\d{15,}[Xx]?|\d{14,}[Xx]", re.ASCII)
_JOINED = re.compile(r"[0-9a-z]+(?:[-/_.][0-9a-z]+)+")
_JOINTS = re.compile(r"[-/_.]")


@dataclass(frozen=True)
class Phrase:
    """Terms that stand side by side; with ``is_open`` the last one may go on."""

    terms: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True)
class Question:
    """What to look for: of every clause, at least one phrase. No clause: nothing can be found."""

    clauses: tuple[tuple[Phrase, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.clauses)


def normal(text: str) -> str:
    """One written form: compatibility characters folded, lower case, ü as v. The length is limited."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()
    return folded.replace("\u00fc", "v").replace("u\u0308", "v")


def scrubbed(text: str) -> str:
    """The text without identity, bank and telephone numbers (each becomes a gap)."""
    text = unicodedata.normalize("NFKC", text)
    parts, at = [], 0
    for one in masking.find_personal(text):
        parts.append(text[at : one.start])
        at = one.end
    return _TOO_LONG.sub(" 。 ", " 。 ".join([*parts, text[at:]]))


def is_han(letter: str) -> bool:
    """Whether a character is a Chinese ideograph, the repeat mark or the round zero."""
    point = ord(letter)
    return (
        0x4E00 <= point <= 0x9FFF
        or 0x3400 <= point <= 0x4DBF
        or 0xF900 <= point <= 0xFAFF
        or 0x20000 <= point <= 0x323AF
        or point in (0x3005, 0x3007)
    )


def _sort(letter: str) -> str:
    if is_han(letter):
        return "han"
    kind = unicodedata.category(letter)[0]
    if kind == "N":
        return "number"
    return "word" if kind in "LM" else ""


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Runs of one sort of character, as (sort, run): ``han``, ``word``, ``number``. Everything else separates."""
    run, sort = "", ""
    for letter in text:
        now = _sort(letter)
        if now != sort and run:
            yield sort, run
            run = ""
        sort = now
        if now:
            run += letter
    if run:
        yield sort, run


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]


def _plain(text: str) -> list[str]:
    found: list[str] = []
    for sort, run in runs(text):
        found.extend(_pairs(run) if sort == "han" else [run[:LONGEST_TERM]])
    return found


def kind_term(kind: str) -> str:
    """The term that every row of a kind carries."""
    return f"{EDGE}k{EDGE.join(kind.split('.'))}"


def _significant(region: str) -> str:
    for length in _LEVELS:
        if not region[length:].strip("0"):
            return region[:length]
    return region


def region_term(region: str) -> str:
    """The term that every row inside a region (12-digit code) carries."""
    return f"{EDGE}r{_significant(region)}"


def region_terms(region: str) -> list[str]:
    """One term for each region that contains this one, province to community, itself included."""
    whole = _significant(region)
    return [f"{EDGE}r{whole[:length]}" for length in _LEVELS if length <= len(whole)]


def of_texts(texts: Iterable[str]) -> list[str]:
    """The terms of a row's texts, in order: characters and words, joined numbers, pinyin keys."""
    found: list[str] = []
    extra: dict[str, None] = {}
    for text in texts:
        clean = normal(scrubbed(text))
        found += [*_plain(clean), EDGE]
        for number in _JOINED.findall(clean):
            extra[_JOINTS.sub("", number)[:LONGEST_TERM]] = None
        for sort, run in runs(clean):
            if sort == "han":
                extra.update(dict.fromkeys(pinyin.keys(run)))
    return (found + list(extra))[:MOST_TERMS]


def _may_go_on(sort: str, run: str) -> bool:
    if sort == "han":
        return len(run) == 1
    return len(run) >= (2 if sort == "word" else 4)


def _phrase(word: str) -> Phrase | None:
    parts = list(runs(word))
    if not parts:
        return None
    terms = _plain(word)
    sort, last = parts[-1]
    if sort == "han" and len(last) > 1:
        # The last character's own term would demand that the run ends there.
        terms = terms[:-1]
    return Phrase(tuple(terms), _may_go_on(sort, last))


def _clause(word: str) -> tuple[Phrase, ...]:
    found = _phrase(word)
    if found is None:
        return ()
    joined = "".join(run for _, run in runs(word))[:LONGEST_TERM]
    if len(found.terms) > 1 and joined.isascii():
        return found, Phrase((joined,), True)
    return (found,)


def question(text: str, *, must: Iterable[str] = ()) -> Question:
    """What somebody typed, as a question; ``must`` are whole terms every row has to carry.

    Words are parted by spaces and by Chinese or operator signs, and all of them must be found. Signs of any query
    language are only separators. Identity and telephone numbers are taken out, so they find nothing.
    """
    clean = normal(scrubbed(text))
    words = "".join(letter if _sort(letter) or letter in "-/_." else " " for letter in clean).split()
    clauses = [clause for word in words[:MOST_WORDS] if (clause := _clause(word))]
    if not clauses:
        return Question(())
    return Question((*((Phrase((term,)),) for term in must), *clauses))
