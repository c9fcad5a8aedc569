"""Service items: the list, the guide with its pre-check, the sheet to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.wording import say
from linli.look.templatetags.linli import both
from linli.look.templatetags.wording import lang
from linli.people.models import Person
from linli.places.models import Region
from linli.portal import access, items, shell
from linli.portal.moment import today
from linli.portal.saying import page
from linli.rulebook.models import Edition
from linli.rulebook.reading import rule
from linli.services.declared import Condition, ServiceItem
from linli.services.qualifying import unmet


@dataclass(frozen=True)
class Asked:
    """A condition as a question. ``told`` is yes, no or empty; ``known`` says why it need not be answered."""

    code: str
    question: str
    told: str
    known: str = ""


@dataclass(frozen=True)
class Checked:
    """What the pre-check found: whether it can be done, and what to do first where not."""

    done: bool
    can: bool
    first: Sequence[str]


@page("GET")
def item_list(request: HttpRequest, code: str) -> HttpResponse:
    """Items by kind and audience."""
    region = access.community(request, code)
    found = items.sheets(today(request))
    kind, audience = request.GET.get("kind", ""), request.GET.get("for", "")
    chosen = [s for s in found if (not kind or s.kind == kind) and (not audience or audience in s.audience)]
    groups = [
        (name, [items.line(sheet, code) for sheet in chosen if sheet.kind == word])
        for word, name in items.kinds().items()
    ]
    here = reverse("portal:items", args=[code])
    pills = [{"label": _("全部"), "url": here, "current": not kind, "count": len(found)}]
    pills += [
        {"label": name, "url": f"{here}?kind={word}", "current": kind == word, "count": count}
        for word, name in items.kinds().items()
        if (count := sum(1 for sheet in found if sheet.kind == word))
    ]
    return shell.show(
        request, "services/list.html", region, "items", groups=[g for g in groups if g[1]], pills=pills,
        is_empty=not found,
    )  # fmt: skip


@page("GET")
def guide(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """The guide of an item that somebody can act on, with its pre-check."""
    region = access.community(request, code)
    edition, sheet = items.of(item, today(request))
    asked, checked = precheck(request, region, sheet)
    values = page_of(request, region, edition, sheet)
    answers = "&".join(f"c_{one.code}={one.told}" for one in asked if one.told)
    start = reverse("portal:apply", args=[code, item]) + (f"?{answers}" if answers else "")
    return shell.show(
        request, "services/guide.html", region, "items", asked=asked, checked=checked, start=start, **values
    )


@page("GET")
def guide_print(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """The guide and the empty form on paper: for those who come to the counter."""
    region = access.community(request, code)
    edition, sheet = items.of(item, today(request))
    values = page_of(request, region, edition, sheet)
    groups = [(both(g.title), [_line(q) for q in g.questions if q.kind != "file"]) for g in sheet.groups]
    return render(
        request,
        "portal/services/print.html",
        {"door": shell.frame(request, region), "groups": groups, **values},
    )


def _line(question: Any) -> dict[str, object]:
    return {"label": both(question.label), "choices": [both(c.name) for c in question.choices], "is_long": question.longest > 120 and question.kind == "text"}  # fmt: skip


def page_of(request: HttpRequest, region: Region, edition: Edition, sheet: ServiceItem) -> dict[str, Any]:
    """What guide and print form show of an item."""
    on = today(request)
    told = shell.profile(region)
    return {
        "item": items.line(sheet, region.code),
        "facts": _facts(sheet),
        "materials": [_material(material) for material in sheet.materials],
        "shared": any(material.source == "shared" for material in sheet.materials),
        "course": items.course(sheet, on),
        "basis": [(basis.title, basis.article, basis.surety != "V") for basis in sheet.basis],
        "is_sure": sheet.surety == "V",
        "review": both(sheet.review_route),
        "consult": sheet.consult_phone or told.service_phone,
        "complaint": sheet.complaint_phone,
        "edition": edition.number,
        "valid_from": edition.valid_from,
        "is_online": "portal" in sheet.channels,
        "is_booking": sheet.flow == "F5",
        "venues": reverse("portal:venues", args=[region.code]),
        "door_to_door": sheet.door_to_door,
        "agent": sheet.agent_service,
        "listed": [(both(proof.name), both(proof.text)) for proof in sheet.listed],
        "blocked": [(both(proof.name), both(proof.department)) for proof in sheet.blocked],
    }


def _facts(sheet: ServiceItem) -> list[tuple[str, str]]:
    ways = items.channels()
    deliveries = {
        "online": _("网上看"),
        "counter": _("到窗口取"),
        "post": _("邮寄"),
        "home": _("送上门"),
        "account": _("打到账户"),
    }
    found = [
        (_("谁能办"), _("、").join(items.audiences().get(word, word) for word in sheet.audience)),
        (_("多久办好"), items.promise(sheet) or _("没有规定时限")),
        (_("收费"), _("不收费") if not sheet.fee_cents else f"{sheet.fee_cents / 100:.2f}"),
        (_("怎么办"), _("、").join(ways.get(word, word) for word in sheet.channels)),
        (_("要跑几趟"), _("不用跑") if sheet.visits == 0 else _("最多%(times)d趟") % {"times": sheet.visits}),
        (_("谁受理"), both(sheet.handling_body)),
        (_("谁决定"), both(sheet.deciding_body)),
        (_("办好给您什么"), both(sheet.result)),
        (_("怎么拿到"), _("、").join(deliveries.get(word, word) for word in sheet.delivery)),
    ]
    if sheet.urgent:
        found.insert(
            2, (_("紧急情况"), _("%(limit)s内先办，材料后补") % {"limit": items.limit_words(sheet.urgent)})
        )
    return [(name, value) for name, value in found if value]


def _material(material: Any) -> dict[str, object]:
    forms = {"original": _("原件"), "copy": _("复印件"), "either": _("原件或照片")}
    return {
        "name": both(material.name),
        "form": forms[material.form],
        "count": material.count,
        "source": material.source,
        "tolerant": material.tolerant,
        "help": both(material.help),
    }


def told(values: Mapping[str, str], sheet: ServiceItem) -> dict[str, bool]:
    """The pre-check's answers as they stand in an address or a draft."""
    given = {condition.code: values.get(f"c_{condition.code}", "") for condition in sheet.conditions}
    return {code: word == "yes" for code, word in given.items() if word in ("yes", "no")}


def precheck(request: HttpRequest, region: Region, sheet: ServiceItem) -> tuple[list[Asked], Checked]:
    """The questions with the answers given so far, and the verdict once all are answered."""
    who = access.account(request)
    person = who.person if who else None
    on = today(request)
    answers = told(request.GET, sheet)
    asked = [_asked(one, answers, person, region, request) for one in sheet.conditions]
    done = (
        bool(asked)
        and all(one.told or one.known for one in asked)
        and ("check" in request.GET or bool(answers))
    )
    failing = unmet(sheet, person=person, told=answers, place=region.code, on=on) if done else []
    instead = [str(both(fault.values.get("instead")) or say(fault, lang())) for fault in failing]
    return asked, Checked(done, done and not failing, instead)


def _asked(
    one: Condition, answers: Mapping[str, bool], person: Person | None, region: Region, request: HttpRequest
) -> Asked:
    word = {True: "yes", False: "no", None: ""}[answers.get(one.code)]
    age = person.age(today(request)) if person and one.check != "asked" else None
    known = ""
    if age is not None:
        bound = rule(one.rule, place=region.code, on=today(request)).value
        known = _("按登记您今年%(age)d岁，规定是%(bound)s岁，已替您核对。") % {"age": age, "bound": bound}
    return Asked(one.code, both(one.question), word, known)
