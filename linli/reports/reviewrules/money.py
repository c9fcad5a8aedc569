"""Money in papers: amounts that disagree, paid out but not spent, no execution rate, cost and benefit without numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from linli.reports.paper import Paper, Remark, Sentence, narrow
from linli.reports.reviewrules.contents import in_annexes
from linli.reports.reviewrules.quantities import Amount, amounts, measured, plain_number
from linli.reports.reviewrules.scoretables import score_tables
from linli.reports.reviewsheet import ReviewSheet

# What an amount is said to be, by the words just before it; the first that fits counts. Within a subject
# all statements must agree; budget, received and spent may differ from one another and then show a balance.
_SUBJECTS = (
    ("spent", r"实际支出|支出(?:总额|合计|共)?|共支出|已支出|实际使用|执行数|花费|实际支付"),
    ("budget", r"预算(?:总额|金额|资金)?|年初预算|预算数|总预算|核定"),
    (
        "income",
        r"总投入|总投资|投入|投资|资金总额|总金额|公益金|补助资金|项目资金|专项资金|到位|拨付|下拨|下达|拨给|拨款|收到|安排资金|财政资金|经费",
    ),
)
_SHARED = re.compile(r"其中|分别")
_PARTIAL = re.compile(
    r"每|人均|户均|单价|单位成本|均价|自筹|配套|结余|剩余|未到位|节约|第二批|首期|二期|上年|去年|往年|同比|同类|计划成本|用于|购置|印刷|培训|支付给|以及"
)
_PAID_OUT = re.compile(
    r"(?:已|均|全部|全额|足额|已经)[^。;,]{0,8}(?:发放|拨付|下拨|下达|划拨|拨给|拨至)(?:到位|到|至|给|完毕)?|全部用于[^。;,]{0,12}(?:支出|建设|项目)|把[^。;,]{0,12}(?:下拨|拨付|拨给)"
)
_SPENDING = re.compile(
    r"支出明细|用于(?:购|支付|采购|印|培训|装修|设备|活动|劳务|补贴|维修|建设.{0,8}\d)|购置|采购|凭证|发票"
)
_RATE = re.compile(
    r"执行率[^。;]{0,16}?\d{1,12}(?:\.\d{1,12})?\s*%|\d{1,12}(?:\.\d{1,12})?\s*%\s*(?:的)?(?:预算)?执行率"
)
_SLOW = re.compile(
    r"(?:加快|加大)[^。;,]{0,8}(?:资金|预算|支出)[^。;,]{0,8}(?:进度|力度|执行|支出)|(?:执行|支出)进度[^。;,]{0,6}(?:偏慢|较慢|滞后|缓慢)"
)


def amounts_disagree(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """The same money stated with different amounts in different places."""
    stated: dict[str, list[tuple[Amount, Sentence]]] = defaultdict(list)
    for sentence in paper.sentences:
        yield from _capital_disagrees(sentence)
        if sentence.place.kind == "cell" or _SHARED.search(sentence.text):
            continue
        for amount in amounts(sentence.text):
            subject = _subject(sentence.text, amount)
            if subject and not amount.capital:
                stated[subject].append((amount, sentence))
    for subject, found in stated.items():
        yield from _differing(subject, found)
    yield from _spent_more(stated)


def _subject(text: str, amount: Amount) -> str:
    clause = re.split(r"[,。;]", text[: amount.start])[-1] or text[: amount.start]
    if _PARTIAL.search(clause):
        return ""
    near, after = clause[-18:], re.split(r"[。;]", text[amount.end : amount.end + 12])[0]
    places = {word: _last(pattern, near) for word, pattern in _SUBJECTS}
    best = max(places, key=lambda word: places[word])
    if places[best] >= 0:
        return best
    return "income" if re.search(r"公益金|下拨|拨付|下达|到位", clause + after) else ""


def _last(pattern: str, text: str) -> int:
    return max((found.end() for found in re.finditer(pattern, text)), default=-1)


def _differing(subject: str, found: list[tuple[Amount, Sentence]]) -> Iterator[Remark]:
    first = found[0][0].fen
    values = {amount.fen for amount, _ in found}
    largest = max(values)
    if len(values) < 2 or sum(values) - largest == largest:
        return
    for amount, sentence in found:
        if amount.fen != first:
            blanks = {"subject": subject, "one": _yuan(first), "other": _yuan(amount.fen)}
            yield Remark("money.disagrees", "fault", sentence.place, _quote(sentence, amount), blanks)
            return


def _spent_more(stated: dict[str, list[tuple[Amount, Sentence]]]) -> Iterator[Remark]:
    """More spent than ever came in."""
    if not stated["spent"] or not stated["income"]:
        return
    amount, sentence = max(stated["spent"], key=lambda pair: pair[0].fen)
    income = max(pair[0].fen for pair in stated["income"])
    if amount.fen > income:
        blanks = {"spent": _yuan(amount.fen), "income": _yuan(income)}
        yield Remark("money.spent_over_income", "fault", sentence.place, _quote(sentence, amount), blanks)


def _capital_disagrees(sentence: Sentence) -> Iterator[Remark]:
    """Figures and the capital form beside them."""
    found = amounts(sentence.text)
    for one, other in zip(found, found[1:], strict=False):
        near = other.start - one.end <= 8
        if near and one.capital != other.capital and one.fen != other.fen:
            blanks = {"one": _yuan(one.fen), "other": _yuan(other.fen)}
            quote = sentence.raw[one.start : other.end][:60]
            yield Remark("money.capital_disagrees", "fault", sentence.place, quote, blanks)


def lines_do_not_add(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A table of spending whose lines do not add up to its own sum row."""
    for table in paper.tables:
        head = [re.sub(r"\s|\(.*\)", "", narrow(cell)) for cell in table.rows[0]]
        column = next((at for at, cell in enumerate(head) if re.search(r"金额|支出", cell)), -1)
        if column < 0:
            continue
        total = None
        lines = []
        for row in table.rows[1:]:
            number = plain_number(narrow(row[column])) if column < len(row) else None
            is_sum = any(re.match(r"\s*(?:合\s*计|总\s*计)", narrow(cell)) for cell in row)
            if is_sum and number is not None:
                total = (row, number)
            elif number is not None and not is_sum:
                lines.append(number)
        if total and len(lines) > 1 and abs(sum(lines) - total[1]) > 0:
            at = table.rows.index(total[0])
            blanks = {"sum": f"{float(sum(lines)):g}", "total": f"{float(total[1]):g}"}
            yield Remark(
                "money.lines_do_not_add", "fault", table.place(at, column), total[0][column][:40], blanks
            )


def paid_out_is_not_spent(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Money said to be paid out or all used, in a paper that shows no spending."""
    if spending_lines(paper) > 1:
        return
    for sentence in paper.sentences:
        found = _PAID_OUT.search(sentence.text)
        if found and re.search(r"元|资金|经费|公益金|款", sentence.text):
            yield Remark("money.paid_not_spent", "fault", sentence.place, sentence.quote(found))


def spending_lines(paper: Paper) -> int:
    """How many lines of spending, with amounts, the paper shows in text and tables."""
    lines = 0
    for sentence in paper.sentences:
        if sentence.place.kind != "cell" and _SPENDING.search(sentence.text):
            lines += len(amounts(sentence.text))
    for table in paper.tables:
        head = " ".join(narrow(cell) for row in table.rows[:2] for cell in row)
        if re.search(r"支出|用途|凭证|金额", head) and not re.search(r"分值|权重", head):
            rows = table.rows[1:]
            lines += sum(any(plain_number(narrow(cell)) is not None for cell in row) for row in rows)
    return lines


def no_execution_rate(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A paper on spending without an execution rate in figures."""
    in_table = any(row.number("rate") is not None for part in score_tables(paper) for row in part.rows)
    named = any(
        "执行率" in row.name and re.search(r"\d", row.cell("actual"))
        for part in score_tables(paper)
        for row in part.rows
    )
    if not (in_table or named or _RATE.search(paper.text)):
        yield paper.lacking("money.no_execution_rate")


def slow_spending_admitted(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """Advice to spend faster in a paper that says all money was used, or gives no execution rate."""
    if _RATE.search(paper.text) and not _PAID_OUT.search(paper.text):
        return
    for sentence in paper.sentences:
        found = _SLOW.search(sentence.text)
        if found:
            yield Remark("money.slow_admitted", "doubt", sentence.place, sentence.quote(found))


def cost_benefit_without_numbers(paper: Paper, sheet: ReviewSheet) -> Iterator[Remark]:
    """A chapter on cost and benefit without a unit cost or any measured value beside the money put in."""
    words = next(chapter.words for chapter in sheet.chapters if chapter.code == "cost_benefit")
    for section in paper.sections:
        if not any(word in section.title for word in words) or in_annexes(section.place):
            continue
        body = [s for s in section.whole if not s.is_title]
        text = "".join(sentence.text for sentence in body)
        if len(measured(text)) + len(amounts(text)) > 1 and measured(text):
            continue
        place, quote = (body[0].place, body[0].quote()) if body else (section.place, section.raw[:40].strip())
        yield Remark("cost_benefit.no_number", "fault", place, quote)


def _quote(sentence: Sentence, amount: Amount) -> str:
    return sentence.raw[max(0, amount.start - 16) : amount.end].strip()


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"
