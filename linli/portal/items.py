"""Service items as this door shows them: plain values out of the item sheets in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.cases.models import Case
from linli.cases.procedures import Limit, Procedure, procedure_of
from linli.grievances.intake import class_list
from linli.ground.said import Said
from linli.look.templatetags.linli import both
from linli.look.templatetags.wording import lang
from linli.rulebook.models import Edition
from linli.rulebook.publishing import edition, editions
from linli.services.declared import KIND, ServiceItem, item_of


@dataclass(frozen=True)
class ItemLine:
    """An item in a list."""

    code: str
    name: str
    short: str
    kind: str
    limit: str
    url: str
    is_online: bool


def kinds() -> dict[str, str]:
    """Kinds of items in the reader's words."""
    return {
        "benefit": _("补贴救助"), "confirmation": _("资格认定"), "public_service": _("公共服务"), "licence_help": _("证照协助"),
        "self_governance": _("自治事项"), "convenience": _("便民服务"),
    }  # fmt: skip


def audiences() -> dict[str, str]:
    """For whom items are."""
    return {"person": _("个人"), "organisation": _("单位和组织"), "paired_unit": _("共建单位")}


def channels() -> dict[str, str]:
    """Ways in."""
    return {
        "portal": _("网上"),
        "counter": _("服务站窗口"),
        "phone": _("电话"),
        "home": _("上门"),
        "door": _("上门"),
    }


def sheets(on: date) -> list[ServiceItem]:
    """Every item in force on a day, in the order of the sheets; two queries."""
    return sorted((item_of(row) for row in editions(KIND, on)), key=lambda sheet: (sheet.order, sheet.code))


def titles(on: date) -> dict[str, str]:
    """Names of items and grievance classes by the word a case is counted under; empty in Chinese, which cases carry."""
    if lang() == "zh":
        return {}
    _edition, classes = class_list(on)
    return {sheet.code: both(sheet.name) for sheet in sheets(on)} | {
        one.code: both(one.title) for one in classes.classes
    }


def title(case: Case, names: Mapping[str, str]) -> str:
    """A case's title in the reader's language; cases carry the Chinese one."""
    return names.get(case.subject, case.title)


def of(code: str, on: date) -> tuple[Edition, ServiceItem]:
    """The edition of an item in force, or not found."""
    try:
        found = edition(KIND, code, on)
    except Said as fault:
        raise Http404 from fault
    return found, item_of(found)


def line(sheet: ServiceItem, region_code: str) -> ItemLine:
    """An item as a line of a list."""
    return ItemLine(
        code=sheet.code,
        name=both(sheet.name),
        short=both(sheet.short),
        kind=kinds().get(sheet.kind, sheet.kind),
        limit=promise(sheet),
        url=reverse("portal:item", args=[region_code, sheet.code]),
        is_online="portal" in sheet.channels,
    )


def promise(sheet: ServiceItem) -> str:
    """The promised limit in words."""
    if sheet.on_the_spot:
        return _("当场办")
    return limit_words(sheet.limit) if sheet.limit else ""


def limit_words(limit: Limit) -> str:
    """10个工作日, 30天."""
    if limit.unit == "working":
        return ngettext("%(days)d个工作日", "%(days)d个工作日", limit.days) % {"days": limit.days}
    return ngettext("%(days)d天", "%(days)d天", limit.days) % {"days": limit.days}


def way(plan: Procedure, step: str) -> Iterator[str]:
    """Steps that ordinarily follow a step, by the sheet's main moves: what a person should expect, not a promise."""
    seen = {step}
    while True:
        moves = [
            m
            for m in plan.moves_from(step)
            if m.target
            and m.target not in seen
            and m.kind in ("forward", "end")
            and m.posts != ("applicant",)
        ]
        main = [m for tone in ("go", "main") for m in moves if m.tone == tone]
        main = main or [m for m in moves if m.kind == "forward"]
        if not main:
            return
        step = main[0].target
        seen.add(step)
        yield step


def course(sheet: ServiceItem, on: date) -> Sequence[str]:
    """The ordinary way of an item from filing to its end, as titles of steps."""
    try:
        plan = procedure_of(edition("procedures", sheet.procedure, on))
    except Said:
        return ()
    return [both(plan.step(code).title) for code in (plan.start, *way(plan, plan.start))]
