"""Goals and effects in running text: are they quantified, and does the claim to have met them carry a value?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linli.evaluation.linting import goals_sheet
from linli.reports.paper import Paper, Remark, Section, Sentence
from linli.reports.reviewrules.quantities import amounts, measured, quantities
from linli.reports.reviewsheet import ReviewSheet, any_of

_CLAUSE = re.compile(r"[^,;。:]+")
_PIECE = re.compile(r"[^、,;。:]+")


def unquantified_goals(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A stated goal without a number and unit cannot be met or missed."""
    for section in paper.sections:
        if not any_of(sheet.goal_titles, section.title) or "申报" in section.title:
            continue
        body = [s for s in section.own if not s.is_title]
        stated = sum(len(measured(sentence.text)) for sentence in section.whole)
        vague = [piece for sentence in body for piece in _vague_pieces(sentence)]
        if stated >= max(1, len(vague)):
            continue
        for sentence, begin, end in vague:
            yield Remark("goal.unquantified", "fault", sentence.place, sentence.raw[begin:end].strip()[:40])
        if not vague and body and not _is_pointer(body[0]):
            yield Remark("goal.unquantified", "fault", body[0].place, body[0].quote())


def _vague_pieces(sentence: Sentence) -> Iterator[tuple[Sentence, int, int]]:
    if measured(sentence.text):
        return
    for found in _PIECE.finditer(sentence.text):
        if any_of(goals_sheet().vague_verbs, found.group()):
            yield sentence, found.start(), found.end()


def _is_pointer(sentence: Sentence) -> bool:
    return bool(re.search(r"见(?:附|下|表)", sentence.text))


def goals_met_without_values(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A sentence that says the goals were reached and names no value."""
    for sentence in paper.sentences:
        text = sentence.text
        if "目标" not in text or sentence.is_title or measured(text):
            continue
        word = any_of(sheet.achieved_words, text)
        if word and not re.search(r"是否|未|没有", text):
            yield Remark("goal.met_without_value", "fault", sentence.place, _around(sentence, word))


def effects_without_values(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Words of praise in a sentence without a measured value; money spent is not a value of an effect."""
    for sentence in paper.sentences:
        word = any_of(sheet.effect_words, sentence.text)
        if not word or measured(sentence.text) or sentence.is_title:
            continue
        money = bool(amounts(sentence.text))
        rule = "money.as_effect" if money else "effect.unmeasured"
        yield Remark(
            rule, "fault", sentence.place, _money_quote(sentence) if money else _around(sentence, word)
        )


def effect_chapters_without_values(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A chapter on results that holds no measured value at all (points and money are none)."""
    for section in paper.sections:
        body = [s for s in section.own if not s.is_title]
        if not any_of(sheet.effect_titles, section.title) or not body or _below(paper, section):
            continue
        if not any(_effect_values(sentence.text) for sentence in section.whole):
            yield Remark("effect.chapter_unmeasured", "fault", body[0].place, body[0].quote())


def _below(paper: Paper, section: Section) -> bool:
    """Whether tables with values may stand for the text: then the text is not asked for them."""
    return bool(paper.tables) and bool(
        re.search(r"见?(?:下|附)?表|附件", "".join(s.text for s in section.own))
    )


def _effect_values(text: str) -> list[str]:
    scored = re.sub(r"占比\s*:?\s*\d{1,12}(?:\.\d{1,12})?%", "", text)
    return [found for found in measured(scored) if not found.endswith("分")]


def admitted_vagueness(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """The paper itself says that its goals, indicators or standards are not quantified or too general."""
    for sentence in paper.sentences:
        if re.search(r"扣\D{0,4}\d|未计分|不计分", sentence.text):  # admitted, and it cost points
            continue
        for found in _CLAUSE.finditer(sentence.text):
            piece = found.group()
            word = any_of(sheet.weakness_words, piece)
            if word and any_of(sheet.indicator_words, piece) and not re.search(r"数量|标的", piece):
                quote = sentence.raw[found.start() : found.end()].strip()[-40:]
                yield Remark("goal.admitted_vague", "fault", sentence.place, quote)


def advice_without_owner(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A chapter of advice in which nobody, no day and no number is named: it cannot be followed up."""
    for section in paper.sections:
        if not any_of(sheet.advice_titles, section.title) or re.search("问题|经验", section.title):
            continue
        body = [s for s in section.whole if not s.is_title]
        text = "".join(sentence.text for sentence in section.whole)
        if (
            body
            and not quantities(text)
            and not re.search(r"责任|负责|牵头|\d{1,12}年|\d{1,12}月|年底前|月底前|期限|季度", text)
        ):
            yield Remark("advice.no_owner", "note", body[0].place, body[0].quote())


def _around(sentence: Sentence, word: str) -> str:
    return sentence.quote(re.search(re.escape(word), sentence.text))


def _money_quote(sentence: Sentence) -> str:
    amount = amounts(sentence.text)[0]
    return sentence.raw[max(0, amount.start - 6) : amount.end + 24].strip()
