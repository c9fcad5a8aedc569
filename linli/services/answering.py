"""Reading the answers of a form against its sheet: every fault named by its field, sensitive answers sealed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linli.ground import codes
from linli.ground.money import Money, parse_yuan
from linli.ground.said import Said
from linli.people.models import Person
from linli.people.sealing import seal
from linli.services.declared import Question, ServiceItem

_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?[2-8]\d{6,7}")


@dataclass(frozen=True)
class Cleaned:
    """Answers in the shape they are stored, and what is wrong with the others."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Said] = field(default_factory=list)


def read_answers(item: ServiceItem, answers: Mapping[str, object], papers: Collection[str] = ()) -> Cleaned:
    """Read a form. ``papers`` are the material codes handed in, for questions answered by a file.

    An answer to a question that is not asked is a fault too: what serves no purpose is not taken
    (个人信息保护法 art. 6). Money is typed in yuan and kept in fen, days are kept as ISO text.
    """
    asked = {question.code: question for question in item.questions()}
    found = Cleaned()
    for code in answers:
        if code not in asked:
            found.faults.append(Said("services.answer_not_asked", field=code))
    for code, question in asked.items():
        given = answers.get(code)
        text = unicodedata.normalize("NFC", str(given)).strip() if given is not None else ""
        if question.kind == "file":
            text = code if code in papers else ""
        if not text:
            if question.required:
                found.faults.append(Said("services.answer_missing", field=code, label=question.label))
            continue
        try:
            value = _READERS[question.kind](question, text)
        except Said as fault:
            found.faults.append(fault)
            continue
        found.values[code] = {"sealed": seal(str(value))} if question.is_sealed else value
    return found


def require(cleaned: Cleaned) -> dict[str, Any]:
    """The values, or the first fault raised; doors show them all by asking ``read_answers`` themselves."""
    if cleaned.faults:
        raise cleaned.faults[0]
    return cleaned.values


def texts(item: ServiceItem, values: Mapping[str, Any]) -> Iterable[str]:
    """Answers fit for the search index: plain texts only, nothing sealed, nothing of class P3."""
    for question in item.questions():
        if question.kind == "text" and not question.is_sealed and question.data_class != "P3":
            yield str(values.get(question.code, ""))


def _wrong(question: Question) -> Said:
    return Said(f"services.answer_{question.kind}", field=question.code, label=question.label)


def _text(question: Question, text: str) -> str:
    if len(text) > question.longest:
        raise Said(
            "services.answer_long", field=question.code, label=question.label, longest=question.longest
        )
    return text


def _bounded(question: Question, value: int, shown: Callable[[int], object]) -> int:
    if question.least is not None and value < question.least:
        raise Said(
            "services.answer_below", field=question.code, label=question.label, least=shown(question.least)
        )
    if question.most is not None and value > question.most:
        raise Said(
            "services.answer_above", field=question.code, label=question.label, most=shown(question.most)
        )
    return value


def _number(question: Question, text: str) -> int:
    plain = unicodedata.normalize("NFKC", text)
    if not re.fullmatch(r"-?\d{1,12}", plain):
        raise _wrong(question)
    return _bounded(question, int(plain), int)


def _money(question: Question, text: str) -> int:
    try:
        value = parse_yuan(text)
    except Said:
        raise _wrong(question) from None
    if value < 0:
        raise _wrong(question)
    return _bounded(question, value, Money)


def _date(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _wrong(question) from None


def _choice(question: Question, text: str) -> str:
    if text not in {choice.code for choice in question.choices}:
        raise _wrong(question)
    return text


def _phone(question: Question, text: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not _PHONE.fullmatch(plain):
        raise _wrong(question)
    return plain


def _identity(question: Question, text: str) -> str:
    try:
        return codes.identity(text).number
    except Said:
        raise _wrong(question) from None


def _person(question: Question, text: str) -> str:
    if not Person.objects.filter(key=text).exists():
        raise _wrong(question)
    return text


_READERS: dict[str, Callable[[Question, str], Any]] = {
    "text": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "phone": _phone,
    "identity": _identity,
    "file": lambda question, text: text,
    "person": _person,
}
