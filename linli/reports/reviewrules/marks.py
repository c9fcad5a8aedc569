"""Points and grades in running text: full marks, sums, unexplained shares, contradictions, limits, self-judging."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from linli.reports.paper import Paper, Remark, Sentence
from linli.reports.reviewrules.contents import is_form
from linli.reports.reviewrules.scoretables import score_tables
from linli.reports.reviewsheet import ReviewSheet, any_of

_N = r"(\d{1,12}(?:\.\d{1,12})?)"
_PART = re.compile(
    rf"(?P<name>[\u4e00-\u9fff“”\"]{{2,16}}?)(?:指标|类|部分|方面|一级)*\s*"
    rf"(?:\(?(?:共|满分|分值|权重|总分值|标准分|占|计|合计)?(?:为|是|:)?\s*{_N.replace('(', '(?P<full>', 1)}\s*分\)?)"
    rf"[^。;]{{0,14}}?(?:得分?|实得|自评得分?|评价得分|获得|评得)\s*(?:为|是|:)?\s*{_N.replace('(', '(?P<got>', 1)}\s*分"
)
_TOTAL = re.compile(
    r"(?:总分|总得分|综合得分|综合评分|自评得分|自评总分|评价得分|最终得分|总体得分|评分结果|评价总分|最终评分|自评分数?|综合评价得分|总评分?)"
    rf"\s*(?:为|是|:|,|达到|达|共|共计)?\s*(?:\(?满分\s*\d{{1,12}}\s*分\)?)?\s*{_N}\s*分"
)
_GRADE = re.compile(
    r"(?:等级|级别|评定|评为|结论|档次)\s*(?:为|是|:|属于)?\s*[“\"'(]?\s*(?:评价)?(优|良|中|差)(?=[”\"'),。;、秀好等级]|$)"
)
_SHARE = re.compile(rf"占比?\s*(?:为|:)?\s*{_N}\s*%")
_PROOF = re.compile(
    r"凭证号|佐证(?!材料$)|台账|见附件|附件\s*\d|详见附|签到表|验收单|验收报告编号|问卷\s*\d|有效问卷"
)


# Name, full points, points got, where it is said, and by which words.
PartScore = tuple[str, Fraction, Fraction, Sentence, re.Match[str]]


@dataclass(frozen=True)
class StatedTotal:
    """A stated total of points and where it stands."""

    points: Fraction
    sentence: Sentence
    found: re.Match[str]


def totals(paper: Paper) -> list[StatedTotal]:
    """Every total that the running text states."""
    found = []
    for sentence in paper.sentences:
        parts = [match.span() for match in _PART.finditer(sentence.text)]
        for match in _TOTAL.finditer(sentence.text):
            if not any(begin <= match.start() < end for begin, end in parts):
                found.append(StatedTotal(Fraction(match.group(1)), sentence, match))
    return found


def part_scores(paper: Paper) -> list[PartScore]:
    """Parts with full points and points got, each part once."""
    found: dict[tuple[str, Fraction, Fraction], PartScore] = {}
    for sentence in paper.sentences:
        for match in _PART.finditer(sentence.text):
            full, got = Fraction(match.group("full")), Fraction(match.group("got"))
            if full < 100:
                found.setdefault(
                    (match.group("name")[-4:], full, got), (match.group("name"), full, got, sentence, match)
                )
    return list(found.values())


def full_marks_without_evidence(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Full points in a paper that shows no evidence and no table of values behind them."""
    if _PROOF.search(paper.text) and any(table.has_actuals for table in score_tables(paper)):
        return
    for total in totals(paper):
        if total.points == 100:
            quote = total.sentence.quote(total.found)
            yield Remark("score.full_without_evidence", "fault", total.sentence.place, quote, {"points": 100})
    for _, full, got, sentence, match in part_scores(paper):
        if full == got and full >= 20 and not score_tables(paper):
            values = {"points": _plain(got)}
            yield Remark(
                "score.full_without_evidence", "fault", sentence.place, sentence.quote(match), values
            )


def parts_and_total(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Part scores against the stated total: wrong sums, more than there is, and shares never explained."""
    parts = _top_parts(part_scores(paper))
    stated = totals(paper)
    yield from _totals_disagree(stated)
    for name, full, got, sentence, match in parts:
        if got > full:
            values = {"name": name, "points": _plain(got), "weight": _plain(full)}
            yield Remark("score.over_weight", "fault", sentence.place, sentence.quote(match), values)
    if not parts:
        return
    full = sum((part[1] for part in parts), Fraction(0))
    got = sum((part[2] for part in parts), Fraction(0))
    _, _, _, sentence, match = parts[-1]
    if full < 100 and not score_tables(paper):
        values = {"stated": _plain(full), "rest": _plain(100 - full)}
        yield Remark("score.share_unexplained", "fault", sentence.place, sentence.quote(match), values)
    elif full > 100:
        yield Remark(
            "score.weights_not_100",
            "fault",
            sentence.place,
            sentence.quote(match),
            {"sum": _plain(full)},
        )
    elif stated and full == 100 and all(abs(total.points - got) > Fraction(1, 20) for total in stated):
        total = stated[0]
        values = {"sum": _plain(got), "total": _plain(total.points)}
        yield Remark(
            "score.parts_do_not_add", "fault", total.sentence.place, total.sentence.quote(total.found), values
        )


def _top_parts(parts: list[PartScore]) -> list[PartScore]:
    """The first run of parts that reaches 100 points; what follows are parts of parts."""
    run: list[PartScore] = []
    for part in parts:
        if sum(p[1] for p in run) >= 100:
            break
        run.append(part)
    return run


def _totals_disagree(stated: list[StatedTotal]) -> Iterator[Remark]:
    if stated and len({total.points for total in stated}) > 1:
        other = next(total for total in stated if total.points != stated[0].points)
        values = {"one": _plain(stated[0].points), "other": _plain(other.points)}
        yield Remark(
            "score.totals_disagree", "fault", other.sentence.place, other.sentence.quote(other.found), values
        )


def grade_against_points(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A grade word that does not belong to the stated points."""
    bounds = sorted(((grade.at_least, grade.word) for grade in sheet.grades), reverse=True)
    for total in totals(paper):
        found = _GRADE.search(total.sentence.text)
        if found is None or total.points > 100:
            continue
        right = next(word for at_least, word in bounds if total.points >= at_least)
        if found.group(1) != right:
            values = {"points": _plain(total.points), "said": found.group(1), "right": right}
            yield Remark(
                "score.wrong_grade", "fault", total.sentence.place, total.sentence.quote(found), values
            )


def weaknesses_against_full_marks(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Weaknesses that the paper admits although it takes every point."""
    full = [total for total in totals(paper) if total.points >= 99]
    if not full:
        return
    for sentence in paper.sentences:
        inside = any(any_of(sheet.problem_titles, title) for title in sentence.place.path)
        word = any_of(sheet.weakness_words, sentence.text)
        if inside and word and not sentence.is_title:
            quote = sentence.quote(re.search(re.escape(word), sentence.text))
            values = {"points": _plain(full[0].points)}
            yield Remark("score.weakness_contradicts", "fault", sentence.place, quote, values)


def self_judged_only(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """An evaluation of one's own work that nobody else checked."""
    if any_of(sheet.third_party_words, paper.text) or is_form(paper, sheet):
        return
    for sentence in paper.sentences:
        found = re.search(r"自评|自我评价", sentence.text)
        if found:
            yield Remark("evaluation.self_only", "fault", sentence.place, sentence.quote(found))
            return


def limits_without_consequence(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Stated limits that change nothing: no point withheld, no check made up for, no range given."""
    for section in paper.sections:
        if not any_of(sheet.limit_titles, section.title):
            continue
        body = [s for s in section.whole if not s.is_title]
        text = "".join(sentence.text for sentence in body)
        if body and not any_of(sheet.consequence_words, text.replace("由于", "")):
            yield Remark("limits.no_consequence", "fault", body[0].place, body[0].quote())


def _plain(number: Fraction) -> str:
    return f"{float(number):g}"
