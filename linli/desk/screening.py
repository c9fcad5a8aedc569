"""Screening for conflicts: the round that runs, what is due to be looked at, entering, looking again, closing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk.forms import screening as forms
from linli.grievances import screening
from linli.grievances.declared import ClassList
from linli.grievances.intake import class_list
from linli.grievances.models import Conflict, ScreeningRound
from linli.people.actors import Actor
from linli.rulebook.parsing import parsed
from linli.staff import access, frame, words
from linli.staff.access import DeskRequest
from linli.staff.saying import DeskForm, carried_out, lang, tell

OWNERS = ("committee_director", "committee_member", "mediator", "grid_worker", "street_officer")
LIGHTS = {"green": "ok", "yellow": "warn", "orange": "warn", "red": "late"}
SHOWN = 60


def show(request: DeskRequest) -> HttpResponse:
    """The rounds of the actor's place, and the open conflicts, those due first."""
    by = access.require(request, screening.RIGHT)
    rows = list(
        Conflict.objects.visible_to(by).filter(closed_on=None).select_related("region", "round").order_by("next_on", "pk")[: SHOWN + 1]
    )  # fmt: skip
    page = {
        "rounds": _rounds(request, by),
        "lines": [_line(row, request) for row in rows[:SHOWN]],
        "is_cut": len(rows) > SHOWN,
        "may_open": by.role.level == "community",
    }
    return frame.draw(request, "desk/screening.html", page, current="screening")


def _rounds(request: DeskRequest, by: Actor) -> list[dict[str, Any]]:
    """The newest round of each community of the place, and by when the next is due."""
    first, last = by.span
    newest: dict[str, ScreeningRound] = {}
    for row in ScreeningRound.objects.filter(region_id__gte=first, region_id__lte=last).order_by("number"):
        newest[row.region_id] = row
    found = []
    for region in access.communities(request).order_by("code"):
        one = newest.get(region.code)
        next_on = (
            screening.next_round_on(region=region.code, on=request.today)
            if one is None or one.closed_on
            else None
        )
        found.append(
            {"region": region.name, "code": region.code, "round": one, "is_open": one is not None and one.closed_on is None,
             "due": one.due_on if one and one.closed_on is None else next_on, "mine": region.code == by.place}
        )  # fmt: skip
    return found


def _listed(row: Conflict) -> ClassList:
    return parsed(row.classes_id, ClassList)


def _titles(listed: ClassList) -> dict[str, str]:
    parts: tuple[Any, ...] = (*listed.conflicts, *listed.risks, *listed.criteria)
    return {one.code: str(one.title.text(lang())) for one in parts}


def _line(row: Conflict, request: DeskRequest) -> dict[str, Any]:
    titles = _titles(_listed(row))
    return {
        "key": row.key, "kind": titles.get(row.kind, row.kind), "text": row.text, "region": row.region.name,
        "risk": titles.get(row.risk, row.risk), "tone": LIGHTS.get(row.risk, "info"), "owner": words.post(row.owner_post),
        "next_on": row.next_on, "url": reverse("desk:conflict", args=[row.key]), "parties": row.parties,
    }  # fmt: skip


def _page(
    request: DeskRequest, form: DeskForm, title: str, label: str, *, hints: tuple[str, ...] = (),
    facts: tuple[tuple[str, str], ...] = (), back: str = "",
) -> HttpResponse:  # fmt: skip
    page = {
        "form": form, "title": title, "label": label, "hints": hints, "facts": facts,
        "back": back or reverse("desk:screening"), "list": _("矛盾排查"), "list_url": reverse("desk:screening"),
    }  # fmt: skip
    return frame.draw(request, "desk/plain_form.html", page, current="screening", status=frame.shown(form))


def open_round(request: DeskRequest) -> HttpResponse:
    """Begin a round in the actor's community."""
    by, region = access.require(request, screening.RIGHT), access.home_community(request)
    form = forms.RoundForm(request.POST or None)

    def call(given: dict[str, Any]) -> str:
        row = screening.open_round(region=region, by=by, at=request.now, occasion=given["occasion"])
        tell(
            request, _("第%(number)s轮排查开始，%(due)s前结束。") % {"number": row.number, "due": row.due_on}
        )
        return reverse("desk:screening")

    return carried_out(request, form, call) or _page(request, form, _("开始一轮排查"), _("开始"))


def _open_round(request: DeskRequest) -> tuple[Actor, ScreeningRound]:
    by, region = access.require(request, screening.RIGHT), access.home_community(request)
    return by, get_object_or_404(ScreeningRound, region=region, closed_on=None)


def close_round(request: DeskRequest) -> HttpResponse:
    """End the running round of the actor's community."""
    by, row = _open_round(request)
    form = forms.SummaryForm(request.POST or None)

    def call(given: dict[str, Any]) -> str:
        screening.close_round(round=row, summary=given["summary"], by=by, at=request.now)
        tell(request, _("本轮排查已结束。"))
        return reverse("desk:screening")

    found = Conflict.objects.filter(round=row).count()
    facts = ((_("本轮登记的矛盾"), str(found)), (_("开始"), f"{row.opened_on:%Y-%m-%d}"))
    return carried_out(request, form, call) or _page(request, form, _("结束本轮排查"), _("结束"), facts=facts)


def enter(request: DeskRequest) -> HttpResponse:
    """Enter a conflict found in the running round."""
    by, row = _open_round(request)
    _edition, listed = class_list(request.today)
    form = forms.ConflictForm(
        request.POST or None, criteria=_criteria(listed), kinds=_choices(listed.conflicts),
        posts=[(post, words.post(post)) for post in OWNERS],
    )  # fmt: skip

    def call(given: dict[str, Any]) -> str:
        seen = screening.Sighting(
            given["kind"],
            given["text"],
            given["parties"],
            tuple(given["criteria"]),
            given["owner_post"],
            given["measures"],
        )
        made = screening.enter_conflict(round=row, seen=seen, by=by, at=request.now)
        tell(request, _("已登记，下次回看：%(on)s。") % {"on": made.next_on})
        return reverse("desk:conflict", args=[made.key])

    hints = (_("有人受伤或正在打架，先打110、120，再登记。"),)
    return carried_out(request, form, call) or _page(request, form, _("登记矛盾"), _("登记"), hints=hints)


def _choices(parts: Any) -> list[tuple[str, str]]:
    return [(one.code, str(one.title.text(lang()))) for one in parts]


def _criteria(listed: ClassList) -> list[tuple[str, str]]:
    risks = {one.code: str(one.title.text(lang())) for one in listed.risks}
    return [
        (one.code, f"{one.title.text(lang())} · {risks.get(one.level, one.level)}") for one in listed.criteria
    ]


def _found(request: DeskRequest, key: str) -> tuple[Actor, Conflict]:
    by = access.require(request, screening.RIGHT)
    rows = Conflict.objects.visible_to(by).select_related("region", "round")
    return by, get_object_or_404(rows, key=key)


def conflict(request: DeskRequest, key: str) -> HttpResponse:
    """One conflict: what it is, how it went, what may be done."""
    _by, row = _found(request, key)
    titles = _titles(_listed(row))
    facts = [
        (_("类别"), titles.get(row.kind, row.kind)), (_("社区"), row.region.name), (_("牵涉人数"), str(row.parties)),
        (_("什么矛盾"), row.text), (_("符合的情况"), "、".join(titles.get(code, code) for code in row.criteria) or "—"),
        (_("谁负责盯"), words.post(row.owner_post)), (_("最近的措施"), row.measures),
    ]  # fmt: skip
    if row.closed_on:
        facts.append((_("怎么化解的"), row.closing))
    looks = [
        {
            "on": look.on,
            "risk": titles.get(look.risk, look.risk),
            "measures": look.measures,
            "next_on": look.next_on,
        }
        for look in row.looks.order_by("number")
    ]
    page = {
        "row": _line(row, request), "facts": facts, "looks": looks, "is_closed": row.closed_on is not None,
        "entered_on": row.entered_on,
    }  # fmt: skip
    return frame.draw(request, "desk/conflict.html", page, current="screening")


def look(request: DeskRequest, key: str) -> HttpResponse:
    """Look at a conflict again."""
    by, row = _found(request, key)
    if row.closed_on:
        raise Http404
    given_first = {"criteria": row.criteria, "seen": row.looks_count}
    form = forms.LookForm(request.POST or None, criteria=_criteria(_listed(row)), initial=given_first)

    def call(given: dict[str, Any]) -> str:
        made = screening.look_again(
            conflict=row,
            criteria=given["criteria"],
            measures=given["measures"],
            by=by,
            at=request.now,
            seen=given["seen"],
        )
        tell(request, _("已记下，下次回看：%(on)s。") % {"on": made.next_on})
        return reverse("desk:conflict", args=[key])

    facts = ((_("什么矛盾"), row.text), (_("最近的措施"), row.measures))
    back = reverse("desk:conflict", args=[key])
    return carried_out(request, form, call) or _page(
        request, form, _("回看"), _("记下"), facts=facts, back=back
    )


def close(request: DeskRequest, key: str) -> HttpResponse:
    """Close a conflict."""
    by, row = _found(request, key)
    if row.closed_on:
        raise Http404
    form = forms.CloseForm(request.POST or None, initial={"seen": row.looks_count})

    def call(given: dict[str, Any]) -> str:
        screening.close_conflict(
            conflict=row, closing=given["closing"], by=by, at=request.now, seen=given["seen"]
        )
        tell(request, _("已销号。"))
        return reverse("desk:conflict", args=[key])

    facts = ((_("什么矛盾"), row.text), (_("最近的措施"), row.measures))
    back = reverse("desk:conflict", args=[key])
    return carried_out(request, form, call) or _page(
        request, form, _("销号"), _("销号"), facts=facts, back=back
    )
