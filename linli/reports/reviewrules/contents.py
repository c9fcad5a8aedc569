"""What a paper must contain: chapters, annexes, survey numbers, acceptance, audit; and what was left over in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linli.reports.paper import ANNEX_START, Paper, Place, Remark, Sentence, narrow
from linli.reports.reviewrules.quantities import quantities
from linli.reports.reviewrules.scoretables import score_tables
from linli.reports.reviewsheet import AnnexSheet, Chapter, ReviewSheet, any_of

_TITLE_LIKE = re.compile(r"^\s*(?:附\s*[件表录]|\d{1,12}\s*[.、]|[①-⑳]|\(?[一二三四五六七八九十]+[)、.])")
_SURVEY = re.compile(r"社会调查|问卷(?:调查)?|满意度调查|访谈|座谈|走访")
_SURVEY_NUMBER = re.compile(
    r"(?:发放|回收|收回|有效|样本|受访|访谈|抽取|填写|调查|座谈|走访)[^。;]{0,14}?\d{1,12}\s*(?:份|人|户|名|位|人次)"
    r"|\d{1,12}\s*(?:份|名|位|人|户)[^。;]{0,8}(?:问卷|受访|样本|访谈|答卷)"
)
_ACCEPTED = re.compile(
    r"(?:通过|组织|开展|完成|经|已|进行|于)[^。;]{0,24}验收|验收[^。;]{0,16}(?:合格|通过|优良|结论|组|意见为|\d)|验收合格"
)
_AUDITED = re.compile(
    r"(?:经|由|委托|接受|完成|通过|已|开展|进行)[^。;]{0,24}审计|审计[^。;]{0,20}(?:未发现|认为|意见|结论|金额|发现|出具|结果|\d)"
)
_NEGATED = re.compile(
    r"未(?:经|进行|开展|组织)?[^。;,]{0,4}(?:验收|审计)|(?:尚未|没有)[^。;,]{0,6}(?:验收|审计)"
)
_LEFTOVERS = re.compile(
    r"\[bookmark:[^\]]{0,80}\]|\[_?GoBack\]|\{\{[^}]{0,80}\}\}|\$\{[^}]{0,80}\}|错误!\s*未(?:找到引用源|定义书签)[^。]{0,4}|Error! [A-Z][^.]{3,40}\."
    r"|HYPERLINK \S+|PAGEREF \S+|(?:单击|点击)(?:或点击)?此处(?:输入|添加)[^。]{0,8}|(?<![A-Za-z])(?:TODO|TBD|lorem ipsum)(?![A-Za-z])"
    r"|[Xx×]{2,}\s*(?:年|月|日|万元|元|%|分(?!类)|个|人次|份|户)|_{4,}|\?{3,}|#(?:REF|N/A|VALUE|DIV/0|NAME\?)[!]?|此处(?:填写|插入)[^。]{0,8}|\(待(?:补充|填|定)\)"
)


def is_form(paper: Paper, sheet: ReviewSheet) -> bool:
    """Whether the paper is a filled form (tables, hardly any running text) of which no chapters are asked."""
    running = sum(len(line.text) for line in paper.lines)
    return bool(paper.tables) and running < sheet.form_limit and len(paper.sections) < 6


def missing_chapters(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Chapters of the outline that the paper comes closest to, and does not have."""
    if is_form(paper, sheet):
        return
    titles = [section.title for section in paper.sections]
    lacking: dict[str, list[Chapter]] = {"source": [], "ministry": []}
    for chapter in sheet.chapters:
        if not any(any_of(chapter.words, title) for title in titles):
            for outline in chapter.outlines:
                lacking[outline].append(chapter)
    for chapter in min(lacking.values(), key=len):
        yield paper.lacking("chapter.missing", chapter=chapter.title)


def empty_chapters(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A heading under which nothing stands although its subject cannot do without."""
    for section in paper.sections:
        alone = not section.whole or all(s.is_title for s in section.whole)
        if (
            alone
            and section.level < 9
            and any_of(sheet.substance, section.title)
            and not in_annexes(section.place)
            and not _table_follows(paper, section.place)
        ):
            yield Remark("chapter.empty", "fault", section.place, section.raw.strip()[:40])


def _table_follows(paper: Paper, place: Place) -> bool:
    at = next((n for n, line in enumerate(paper.lines, 1) if line.place.number == place.number), 0)
    return any(table.after == at for table in paper.tables)


def in_annexes(place: Place) -> bool:
    """Whether the place lies under a heading that opens the annexes."""
    return any(ANNEX_START.search(title) for title in place.path)


def annex_start(paper: Paper) -> int | None:
    """The line with which the annexes (or the list of them) begin: the last such heading before the first content."""
    starts = [
        at
        for at, line in enumerate(paper.lines)
        if ANNEX_START.search(narrow(line.text)) and len(line.text) < 60
    ]
    return starts[0] if starts else None


def annexes(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Every required annex: listed but not in the file, or not even listed."""
    if is_form(paper, sheet):
        return
    start = annex_start(paper)
    for annex in sheet.annexes:
        found = _mentions(paper, annex, start)
        if not found and not _has_sheet(paper, annex):
            yield paper.lacking("annex.missing", annex=annex.title)
        elif (
            found
            and not any(_has_content(paper, sheet, at) for at, _ in found)
            and not _has_sheet(paper, annex)
        ):
            at, quote = found[0]
            place = paper.parts[at].place
            yield Remark("annex.listed_but_absent", "fault", place, quote, {"annex": annex.title})


def _mentions(paper: Paper, annex: AnnexSheet, start: int | None) -> list[tuple[int, str]]:
    if start is None:
        return []
    found = []
    for at in range(start, len(paper.lines)):
        text = narrow(paper.lines[at].text)
        word = any_of(annex.words, text)
        if word and _is_item(text):
            begin = text.index(word)
            cut = re.search(r"[;。①-⑳]", text[begin:])
            end = begin + cut.start() if cut else len(text)
            found.append((at, paper.lines[at].text[begin : min(end, begin + 40)].strip()))
    return found


def _is_item(text: str) -> bool:
    return len(text) < 80 or bool(_TITLE_LIKE.match(text))


def _has_content(paper: Paper, sheet: ReviewSheet, at: int) -> bool:
    """Whether something stands under the annex's title: a table, a line of text, or facts in the line itself."""
    own = narrow(paper.lines[at].text)
    facts = re.sub(r"附\s*[件表录]\s*\d{1,12}|^\s*\d{1,12}\s*[.、]|[①-⑳]", "", own)
    if re.search(r"\d", facts) or any(table.after == at + 1 for table in paper.tables):
        return True
    if at + 1 >= len(paper.lines):
        return False
    follows = narrow(paper.lines[at + 1].text)
    known = any(any_of(annex.words, follows) and len(follows) < 40 for annex in sheet.annexes)
    return not _TITLE_LIKE.match(follows) and not known


def _has_sheet(paper: Paper, annex: AnnexSheet) -> bool:
    return any(any_of(annex.words, table.sheet) and len(table.rows) > 1 for table in paper.tables)


def survey_without_numbers(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A survey, questionnaire or interview is named as a method, and no sample or answer is counted."""
    if _SURVEY_NUMBER.search(paper.text):
        return
    for sentence in paper.sentences:
        found = _SURVEY.search(sentence.text)
        if found and not in_annexes(sentence.place):
            yield Remark("survey.no_numbers", "fault", sentence.place, sentence.quote(found))
            return
    named = any(
        "满意" in row.name and re.search(r"\d", row.cell("actual"))
        for p in score_tables(paper)
        for row in p.rows
    )
    if named or re.search(r"满意[度率][^。;]{0,8}\d", paper.text):
        yield paper.lacking("survey.missing")


def acceptance_and_audit(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Whether the paper says that the work was accepted and the money audited (a list of annexes says nothing)."""
    if is_form(paper, sheet):
        return
    for rule, pattern in (("acceptance.not_stated", _ACCEPTED), ("audit.not_stated", _AUDITED)):
        texts = [s.text for s in paper.sentences if not _is_list_item(s)]
        if not any(pattern.search(text) and not _NEGATED.search(text) for text in texts):
            yield paper.lacking(rule)


def _is_list_item(sentence: Sentence) -> bool:
    return in_annexes(sentence.place) and not quantities(sentence.text) and len(sentence.text) < 40


def leftovers(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Marks of the word processor, blanks never filled, broken references."""
    for line in paper.lines:
        for found in _LEFTOVERS.finditer(narrow(line.text)):
            quote = line.text[found.start() : found.end()].strip()[:40]
            yield Remark("leftover", "note", line.place, quote)
    for table in paper.tables:
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                broken = _LEFTOVERS.search(narrow(cell))
                if broken:
                    yield Remark(
                        "leftover", "note", table.place(r, c), cell[broken.start() : broken.end()][:40]
                    )
