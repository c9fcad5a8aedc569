"""Dated rules in words: what a rule is called, its value with its unit, where and how long it holds, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from linli.ground.said import Saying
from linli.ground.wording import say
from linli.ground.wording import words as known_words
from linli.look.templatetags.linli import day
from linli.look.templatetags.wording import prose_money
from linli.places.models import Region
from linli.rulebook.models import Rule
from linli.staff import frame
from linli.staff.access import DeskRequest
from linli.staff.saying import lang

MOST = 500
FEN, FEN_MONTHLY = "分", "分每月"
# A number with its unit; a unit that is not listed here stands behind its number as the sheet has it.
UNITS = {
    "日": ngettext_lazy("%(n)s天", "%(n)s天", "n"),
    "天": ngettext_lazy("%(n)s天", "%(n)s天", "n"),
    "自然日": ngettext_lazy("%(n)s个自然日", "%(n)s个自然日", "n"),
    "工作日": ngettext_lazy("%(n)s个工作日", "%(n)s个工作日", "n"),
    "小时": ngettext_lazy("%(n)s小时", "%(n)s小时", "n"),
    "分钟": ngettext_lazy("%(n)s分钟", "%(n)s分钟", "n"),
    "月": ngettext_lazy("%(n)s个月", "%(n)s个月", "n"),
    "年": ngettext_lazy("%(n)s年", "%(n)s年", "n"),
    "周岁": ngettext_lazy("%(n)s周岁", "%(n)s周岁", "n"),
    "人": ngettext_lazy("%(n)s人", "%(n)s人", "n"),
    "次": ngettext_lazy("%(n)s次", "%(n)s次", "n"),
    "件": ngettext_lazy("%(n)s件", "%(n)s件", "n"),
    "平方米/百户": ngettext_lazy("每百户%(n)s平方米", "每百户%(n)s平方米", "n"),
}
SURETY = {"V": gettext_lazy("已核对"), "M": gettext_lazy("待核对"), "E": gettext_lazy("估计")}
TONES = {"V": "ok", "M": "warn", "E": "info"}
OPERATORS = {
    "at_least": gettext_lazy("不少于%(value)s"),
    "more_than": gettext_lazy("超过%(value)s"),
    "at_most": gettext_lazy("不超过%(value)s"),
    "less_than": gettext_lazy("不满%(value)s"),
}


@dataclass(frozen=True)
class Line:
    """One dated rule as the page shows it."""

    title: str
    code: str
    value: str
    place: str
    source: str
    surety: str
    tone: str
    term: str


def show(request: DeskRequest) -> HttpResponse:
    """Every dated rule with its source, and how sure it is; two statements."""
    found = list(Rule.objects.order_by("code", "jurisdiction", "valid_from")[:MOST])
    names = dict(
        Region.objects.filter(pk__in={one.jurisdiction for one in found} - {""}).values_list("pk", "name")
    )
    lines = [_line(one, names) for one in found]
    return frame.draw(request, "registry/rules.html", {"lines": lines}, current="sheets")


def _line(one: Rule, names: dict[str, str]) -> Line:
    return Line(
        title(one.code),
        one.code,
        value(one),
        names.get(one.jurisdiction, one.jurisdiction) or _("全国"),
        one.source,
        str(SURETY[one.surety]),
        TONES[one.surety],
        _term(one),
    )


def title(code: str) -> str:
    """What a rule is called; its code where the word sheets have no words for it."""
    return say(Saying(f"rule.{code}"), lang()) if f"rule.{code}" in known_words() else code


def value(one: Rule) -> str:
    """The value in words: "不少于15天", "不超过3000元", or the words listed."""
    if isinstance(one.value, list):
        joint = ", " if lang() == "en" else "、"
        return joint.join(_listed(part, one.unit) for part in one.value)
    said = _counted(one.value, one.unit)
    return str(OPERATORS[one.operator]) % {"value": said} if one.operator in OPERATORS else said


def _counted(number: Any, unit: str) -> str:
    if unit == FEN:
        return prose_money(int(number))
    if unit == FEN_MONTHLY:
        return _("每月%(sum)s") % {"sum": prose_money(int(number))}
    if unit in UNITS:
        return str(UNITS[unit] % {"n": number})
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()


def _listed(part: Any, unit: str) -> str:
    if str(part).isdigit():
        return _counted(int(part), unit)
    code = f"rule_word.{part}"
    return say(Saying(code), lang()) if code in known_words() else str(part)


def _term(one: Rule) -> str:
    if one.valid_to is None:
        return _("%(day)s起") % {"day": day(one.valid_from)}
    return _("%(first)s至%(last)s") % {"first": day(one.valid_from), "last": day(one.valid_to)}
