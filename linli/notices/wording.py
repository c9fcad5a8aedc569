"""Wording templates anew: officers change the words, never the blanks, the channels or when a notice is left."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from linli.ground import masking
from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.notices.models import Notice, Wording
from linli.notices.texts import LONGEST_VALUE, Blank, Template, Text, template, text
from linli.people.actors import Actor
from linli.trail.writing import act, note

RIGHT = "notices.word"
# One text message holds 70 characters as soon as one of them is Chinese, 160 where all are of GSM 7-bit
# (3GPP TS 23.038); a longer one is sent in parts of 67 and 153.
SMS_CHINESE, SMS_LATIN, PART_CHINESE, PART_LATIN = 70, 160, 67, 153
LONGEST = {"title": 80, "body": 600, "plain": 160}
SAMPLES: dict[Blank, dict[str, object]] = {
    "number": {"zh": "HL-2026-7K3M2Q", "en": "HL-2026-7K3M2Q"},
    "title": {"zh": "临时救助", "en": "Temporary assistance"},
    "both": {"zh": "街道正在审核", "en": "the street office is reviewing it"},
    "word": {"zh": "街道审核", "en": "street review"},
    "day": {"zh": "2026-03-06", "en": "2026-03-06"},
    "count": {"zh": 2, "en": 2},
}


@dataclass(frozen=True)
class Words:
    """The three texts of a template in both languages."""

    title: Both
    body: Both
    plain: Both


def faults(word: str, words: Words) -> list[Said]:
    """What is wrong with new words: blanks not known or lost, empty or too long, a number that names somebody."""
    packaged = template(word)
    found = []
    for name in LONGEST:
        for lang in ("zh", "en"):
            said, field = getattr(words, name).text(lang), f"{name}_{lang}"
            fault = _fault(said, packaged, name, field)
            if fault is None and (lost := _lost(said, getattr(packaged, name).text(lang), packaged)):
                fault = Said("notices.blank_lost", field=field, names="、".join(sorted(lost)))
            found += [fault] if fault else []
    return found


def _fault(said: str, packaged: Template, name: str, field: str) -> Said | None:
    if not said.strip():
        return Said("notices.text_missing", field=field)
    if len(said) > LONGEST[name]:
        return Said("notices.text_long", field=field, longest=LONGEST[name])
    try:
        used = _used(said)
    except ValueError:
        return Said("notices.brace_open", field=field)
    if unknown := used - set(packaged.blanks):
        return Said("notices.unknown_blank", field=field, name="、".join(sorted(unknown)))
    if masking.find_personal(said):
        return Said("notices.sensitive_value", field=field, name=name)
    return None


def _used(said: str) -> set[str]:
    """The blanks of a text. A blank with a format or a conversion counts as unknown under its whole form."""
    found = set()
    for _, name, form, conversion in string.Formatter().parse(said):
        if name is not None:
            found.add(name if not (form or conversion) else f"{name}:{form or conversion}")
    return found


def _lost(said: str, packaged: str, known: Template) -> set[str]:
    """Numbers, days and counts that the packaged text tells and the new one does not: they are what people act on."""
    needed = {name for name in _used(packaged) if known.blanks[name] in ("number", "day", "count")}
    return needed - _used(said)


@act
def reword(*, word: str, words: Words | None, edition: int, by: Actor, at: datetime) -> Wording:
    """Use new words for a template from now on; ``None``: the packaged ones again.

    ``edition`` is the number under which the rulebook published the same words. Raises the first of ``faults``, and
    ``people.no_right`` without the right to word notices.
    """
    if not by.may(RIGHT):
        raise Said("people.no_right", right=RIGHT, post=by.role.title)
    template(word)
    if words is not None and (wrong := faults(word, words)):
        raise wrong[0]
    said = _plain(words) if words else {}
    row = Wording.objects.create(
        template=word, edition=edition, said=said, from_at=at, actor=by.actor_word, post=by.post
    )
    facts = {"edition": edition, "packaged": words is None}
    note(verb="notices.reword", kind="notices.wording", key=word, region="", by=by, at=at, facts=facts)
    return row


def _plain(words: Words) -> dict[str, dict[str, str]]:
    return {
        name: {"zh": getattr(words, name).zh.strip(), "en": getattr(words, name).en.strip()}
        for name in LONGEST
    }


def worded(packaged: Template, row: Wording | None) -> Template:
    """A template in the words of a wording."""
    if row is None or not row.said:
        return packaged
    title, body, plain = (Both(**row.said[name]) for name in ("title", "body", "plain"))
    return replace(packaged, title=title, body=body, plain=plain)


def current(words: Iterable[str]) -> dict[str, Wording]:
    """The newest wording of templates that were ever worded anew, in one statement."""
    rows = Wording.objects.filter(template__in=set(words)).order_by("pk")
    return {row.template: row for row in rows}


def shown(notices: Sequence[Notice], lang: str) -> list[Text]:
    """Notices as texts, each in the words in force when it was left; one statement for all."""
    rows: dict[str, list[Wording]] = {}
    if notices:
        for row in Wording.objects.filter(template__in={one.template for one in notices}).order_by("pk"):
            rows.setdefault(row.template, []).append(row)
    return [_said(one, rows.get(one.template, []), lang) for one in notices]


def _said(notice: Notice, rows: Sequence[Wording], lang: str) -> Text:
    before = [row for row in rows if row.from_at <= notice.left_at]
    if not before or not before[-1].said:
        return text(notice.template, notice.values, lang)
    return text(notice.template, notice.values, lang, worded(template(notice.template), before[-1]))


def preview(packaged: Template, words: Words, lang: str) -> Text:
    """New words with sample values in every blank."""
    values = {name: SAMPLES[blank][lang] for name, blank in packaged.blanks.items()}
    said = replace(packaged, title=words.title, body=words.body, plain=words.plain)
    return text("", values, lang, said)


def messages(said: str) -> int:
    """How many text messages a short text takes."""
    is_latin = all(ord(sign) < 128 for sign in unicodedata.normalize("NFC", said))
    one, part = (SMS_LATIN, PART_LATIN) if is_latin else (SMS_CHINESE, PART_CHINESE)
    return 1 if len(said) <= one else -(-len(said) // part)


def longest(packaged: Template, words: Words, lang: str) -> int:
    """Signs of the short text at most, with the longest title or word the blanks may hold."""
    values: dict[str, object] = {}
    for name, blank in packaged.blanks.items():
        sample = SAMPLES[blank][lang]
        values[name] = "字" * LONGEST_VALUE if blank in ("title", "word", "both") else sample
    said = replace(packaged, title=words.title, body=words.body, plain=words.plain)
    return len(text("", values, lang, said).plain)


def packaged_words(word: str) -> Words:
    """The words that came with the platform."""
    known = template(word)
    return Words(known.title, known.body, known.plain)


def edition_body(words: Words, on: date) -> dict[str, object]:
    """The words as the plain values that an edition of kind ``notices`` holds."""
    return {**_plain(words), "valid_from": on.isoformat()}
