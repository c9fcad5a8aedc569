"""Drafting the next edition of a sheet on screen: its text, faults by line, what differs, what it would have done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases import declared as procedures
from linli.disclosure import declared as catalogue
from linli.grievances import declared as classes
from linli.ground.sheets import plain
from linli.registry import shelves
from linli.registry.sheets import KEYS, KINDS
from linli.rulebook import drafting
from linli.rulebook.drafting import Change
from linli.rulebook.models import Draft, Edition
from linli.services import declared as items
from linli.services.dryrun import DryRun, dry_run
from linli.staff import access, frame
from linli.staff.access import DeskRequest
from linli.staff.saying import DeskForm, carried_out, lang, tell, words

DRAFTED: dict[str, ModuleType] = {
    room.KIND: room for room in (items, procedures, catalogue, classes)
}  # fmt: skip


class DraftForm(DeskForm):
    """The sheet's whole text; ``seen`` is the edition it was compared with."""

    text = forms.CharField(
        label=gettext_lazy("表的全文"), widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "written"}),
        strip=False, max_length=200_000,
    )  # fmt: skip
    act = forms.ChoiceField(
        choices=[(one, one) for one in ("save", "publish", "drop")], widget=forms.HiddenInput, required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Line:
    """A draft in the list."""

    title: str
    kind: str
    code: str
    url: str
    at: Any


def show(request: DeskRequest) -> HttpResponse:
    """Open drafts, and the sheets of a kind to begin one from."""
    access.require(request, drafting.DRAFT, drafting.PUBLISH)
    open_now = [
        Line(row.code, str(KINDS.get(row.kind, row.kind)), row.code, _address(row.kind, row.code), row.written_at)
        for row in Draft.objects.open().order_by("-written_at")[:100]
    ]  # fmt: skip
    kind = request.GET.get("kind", items.KIND)
    if kind not in DRAFTED:
        raise Http404
    rows = Edition.objects.of_kind(kind).in_force(request.today).order_by("code", "number").defer("body")
    sheets = {row.code: (row.title, row.number, _address(kind, row.code)) for row in rows}
    url = reverse("registry:drafts")
    tabs = [
        {"label": str(KINDS.get(one, one)), "url": f"{url}?kind={one}", "current": one == kind, "count": None}
        for one in DRAFTED
    ]
    page = {"drafts": open_now, "sheets": sorted(sheets.items()), "tabs": tabs}
    return frame.draw(request, "registry/drafting/list.html", page, current="sheets")


def _address(kind: str, code: str) -> str:
    return reverse("registry:draft", args=[kind, code])


def draft(request: DeskRequest, kind: str, code: str) -> HttpResponse:
    """One sheet's draft: write, see its faults and differences, run it over the last quarter, publish."""
    by = access.require(request, drafting.DRAFT, drafting.PUBLISH)
    room = _room(kind)
    now = drafting.in_force(room, code, request.today)
    row = Draft.objects.open().filter(kind=kind, code=code).first()
    if now is None and row is None:
        raise Http404
    text = row.text if row else drafting.exported(now, room) if now else ""
    data = request.POST if request.method == "POST" else None
    form = DraftForm(data, initial={"text": text, "seen": now.number if now else None})

    def call(given: dict[str, Any]) -> str:
        return _carry_out(request, room, code, given, now)

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    shown = str(form["text"].value() or "")
    sheet, faults = drafting.examined(shown, room)
    changes = drafting.difference(now.body, plain(sheet)) if now and sheet else []
    page = {
        "title": now.title if now else {"zh": code, "en": code}, "code": code, "kind": str(KINDS.get(kind, kind)),
        "number": now.number if now else 0, "form": form, "is_kept": row is not None,
        "faults": [(one.line, words(one.said)) for one in faults], "changes": list(_lines(changes)),
        "run": _run(request, kind, code, sheet) if changes and not faults else None,
        "may_publish": by.may(drafting.PUBLISH), "file": reverse("registry:sheet-file", args=[kind, code]),
        "back": reverse("registry:drafts"),
    }  # fmt: skip
    return frame.draw(
        request, "registry/drafting/draft.html", page, current="sheets", status=frame.shown(form)
    )


def _room(kind: str) -> Any:
    if kind not in DRAFTED:
        raise Http404
    return DRAFTED[kind]


def _carry_out(request: DeskRequest, room: Any, code: str, given: dict[str, Any], now: Edition | None) -> str:
    by, at = access.actor(request), request.now
    if given["act"] == "drop":
        kept = Draft.objects.open().filter(kind=room.KIND, code=code).first()
        if kept is not None:
            drafting.drop_draft(draft=kept, by=by, at=at)
        tell(request, _("草稿已作废。"))
        return reverse("registry:drafts")
    text = given["text"].replace("\r\n", "\n")
    kept = drafting.write_draft(kind=room, code=code, text=text, by=by, at=at)
    if given["act"] != "publish":
        tell(request, _("草稿已保存。"))
        return _address(room.KIND, code)
    seen = now if now is None or now.number == given["seen"] else Edition.objects.of_kind(room.KIND).get(
        code=code, number=given["seen"]
    )  # fmt: skip
    made = drafting.publish_draft(draft=kept, kind=room, by=by, at=at, seen=seen)
    tell(request, _("已发布第%(number)s版。") % {"number": made.number})
    return reverse("registry:sheet", args=[room.KIND, code])


def _run(request: DeskRequest, kind: str, code: str, sheet: Any) -> dict[str, Any] | None:
    """The dry run of an item over the last quarter's cases of the place, with its numbers."""
    if kind != items.KIND:
        return None
    found: DryRun = dry_run(code, sheet, span=access.actor(request).span, on=request.today)
    cases = [(one.number, [words(reason) for reason in one.reasons]) for one in found.cases]
    return {"found": found, "cases": cases, "otherwise": len(found.cases)}


def _lines(changes: list[Change]) -> Iterator[tuple[str, str, str]]:
    """Differences in words: where, what it said, what it would say."""
    for change in changes:
        where = " › ".join(str(KEYS.get(one, one)) for one in change.path)
        yield where, _written(change.before), _written(change.after)


def _written(value: Any) -> str:
    """A value of a sheet as a reader takes it in: the reader's language, lists with commas."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        if set(value) <= {"zh", "en"}:
            return str(value.get(lang()) or value.get("zh", ""))
        if set(value) == {"days", "unit"}:
            unit = _("个工作日") if value["unit"] == "working" else _("天")
            return f"{value['days']}{unit}"
        return _("；").join(f"{KEYS.get(name, name)}：{_written(one)}" for name, one in value.items())
    if isinstance(value, list):
        return _("、").join(_written(one) for one in value)
    return str(value)


def file(request: DeskRequest, kind: str, code: str) -> HttpResponse:
    """The edition as the sheet's file: publishing it again changes nothing."""
    room = _room(kind)
    asked = request.GET.get("number", "")
    row = shelves.sheet(kind, code, int(asked) if asked.isdigit() else None)
    answer = HttpResponse(drafting.exported(row, room), content_type="text/yaml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.yaml"'
    return answer
