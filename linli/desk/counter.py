"""The counter: find or enter a resident, fill in the item's form for them, read it back, give a receipt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import access, booking, frame, people, searching
from linli.desk.access import DeskRequest
from linli.desk.applications import answer_words
from linli.desk.forms.counter import ItemForm, ReadBackForm
from linli.desk.forms.people import FindForm, PersonForm
from linli.desk.saying import carried_out, lang, refuse, tell
from linli.ground import codes
from linli.ground.said import Said
from linli.people.entering import enter_person, give_consent
from linli.people.models import Person
from linli.people.sealing import normalised, seal, unseal
from linli.rulebook.publishing import edition, editions
from linli.services.answering import read_answers
from linli.services.booking import ITEM as BOOKING
from linli.services.declared import KIND, ServiceItem, item_of
from linli.services.intake import Agent, Entry, Paper, file_application
from linli.services.prefilling import known_answers
from linli.services.proofs import refuse_proof
from linli.services.qualifying import unmet
from linli.trail.writing import writing

DRAFT = "desk_draft"


@dataclass(frozen=True)
class Choice:
    """One item that can be begun at the counter."""

    name: str
    url: str
    hint: str


def find(request: DeskRequest) -> HttpResponse:
    """Look a resident up by name, phone or ID number (POST), or begin to enter a new one."""
    access.require(request, "services.assist")
    access.home_community(request)
    form = FindForm(request.POST or None)
    lines: list[people.Line] = []
    is_asked = request.method == "POST" and form.is_valid()
    if is_asked:
        found = searching.found_persons(request, form.cleaned_data["q"]).order_by("id")[: searching.MOST]
        lines = [people.line(one) for one in found]
    new = PersonForm(initial=_guess(form.cleaned_data["q"]) if is_asked else None)
    page = {"form": form, "lines": lines, "is_asked": is_asked, "new": new}
    return frame.draw(request, "counter.html", page, current="counter")


def _guess(text: str) -> dict[str, str]:
    """Where what was looked up belongs in the form of a new resident."""
    number = normalised(text)
    if codes.is_identity(number):
        return {"identity": number}
    return {"phone": number} if searching.is_phone(number) else {"name": text}


def enter(request: DeskRequest) -> HttpResponse:
    """Enter a resident; one whose ID number is known is found instead."""
    by, community = access.require(request, "people.enter"), access.home_community(request)
    form = PersonForm(request.POST)

    def call(given: dict[str, Any]) -> str:
        facts = {
            "name": given["name"],
            "identity": given["identity"],
            "phone": given["phone"],
            "address": given["address"],
        }
        entered = enter_person(community=community, by=by, at=request.now, **facts)
        return reverse("desk:counter-person", args=[entered.key])

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {"form": FindForm(), "lines": [], "is_asked": True, "new": form}
    return frame.draw(request, "counter.html", page, current="counter", status=frame.shown(form))


def choose(request: DeskRequest, key: str) -> HttpResponse:
    """What to do for this resident: an item of the counter, or a grievance."""
    access.require(request, "services.assist")
    found = access.person(request, key)
    sheets = [item_of(one) for one in editions(KIND, request.today)]
    items = [
        _choice(sheet, key)
        for sheet in sorted(sheets, key=lambda one: one.order)
        if "counter" in sheet.channels
    ]
    page = {"name": found.name, "address": found.address, "items": items, "key": key,
            "grievance": reverse("desk:grievance-for", args=[key])}  # fmt: skip
    return frame.draw(request, "counter_choose.html", page, current="counter")


def _choice(sheet: ServiceItem, key: str) -> Choice:
    limit = sheet.limit
    hint = _("即时办") if sheet.on_the_spot else ""
    if limit and not sheet.on_the_spot:
        hint = (
            _("%(days)d个工作日") % {"days": limit.days}
            if limit.unit == "working"
            else _("%(days)d天") % {"days": limit.days}
        )
    return Choice(str(sheet.name.text(lang())), reverse("desk:counter-item", args=[key, sheet.code]), hint)


def _sheet(request: DeskRequest, item: str) -> ServiceItem:
    try:
        sheet = item_of(edition(KIND, item, request.today))
    except Said:
        raise Http404 from None
    if "counter" not in sheet.channels:
        raise Http404
    return sheet


def fill(request: DeskRequest, key: str, item: str) -> HttpResponse:
    """The item's own form, filled in for the resident; what the register knows is already there."""
    access.require(request, "services.assist")
    found, sheet = access.person(request, key), _sheet(request, item)
    if item == BOOKING:
        return booking.book_for(request, found)
    known = {one.code: one.value for one in known_answers(sheet, found)}
    kept = _draft(request, key, item)
    form = ItemForm(request.POST or None, sheet=sheet, initial={**known, **kept.get("values", {})})

    def call(given: dict[str, Any]) -> str:
        _check(form, sheet, found, request)
        data = {"values": form.answers(), "conditions": form.conditions(), "urgent": bool(given.get("urgent")),
                "agent": given.get("agent", ""), "mandate": given.get("mandate", "")}  # fmt: skip
        request.session[DRAFT] = {"for": f"{key}/{item}", "sealed": seal(json.dumps(data))}
        return reverse("desk:read-back", args=[key, item])

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {"name": found.name, "item": str(sheet.name.text(lang())), "form": form, "groups": form.groups(),
            "blocked": form.blocked, "kind": item, "back": reverse("desk:counter-person", args=[key])}  # fmt: skip
    return frame.draw(request, "counter_fill.html", page, current="counter", status=frame.shown(form))


def _check(form: ItemForm, sheet: ServiceItem, found: Person, request: DeskRequest) -> None:
    """All faults at their fields at once: answers, conditions, a proof that may not be issued."""
    files = {question.code for question in sheet.questions() if question.kind == "file"}
    faults = list(read_answers(sheet, form.answers(), files).faults)
    faults += unmet(
        sheet, person=found, told=form.conditions(), place=found.community_id or "", on=request.today
    )
    for fault in faults[1:]:
        fault.field = form.name_of(fault.field)
        refuse(form, fault)
    if faults:
        faults[0].field = form.name_of(faults[0].field)
        raise faults[0]


def _draft(request: DeskRequest, key: str, item: str) -> dict[str, Any]:
    """What was filled in before, sealed in the session, for this resident and item only."""
    kept = request.session.get(DRAFT, {})
    if kept.get("for") != f"{key}/{item}":
        return {}
    data: dict[str, Any] = json.loads(unseal(kept["sealed"]))
    return data


def read_back(request: DeskRequest, key: str, item: str) -> HttpResponse:
    """Read aloud what was entered, take the papers, the consent and the confirmation, then file."""
    by = access.require(request, "services.assist")
    found, sheet = access.person(request, key), _sheet(request, item)
    draft = _draft(request, key, item)
    if not draft:
        return HttpResponseRedirect(reverse("desk:counter-item", args=[key, item]))
    community = access.home_community(request)
    consent = consent_words(sheet, community.name)
    form = ReadBackForm(request.POST or None, request.FILES or None, sheet=sheet)

    def call(given: dict[str, Any]) -> str:
        papers = [Paper(code, file.name, file.read()) for code, file in form.papers()]
        entry = Entry(conditions=draft["conditions"], read_back=given["read_back"], region=community)
        with writing():
            give_consent(person=found, purpose=f"services.{item}", told=consent, channel="counter", by=by, at=request.now,
                         is_separate=_is_sensitive(sheet))  # fmt: skip
            filed = file_application(
                item=item, applicant=found, answers=draft["values"], papers=papers, channel=given["channel"], by=by,
                at=request.now, agent=_agent(request, draft), urgent=draft["urgent"], entry=entry,
            )  # fmt: skip
        request.session.pop(DRAFT, None)
        tell(request, _("已登记，请打印回执交给本人。"))
        return reverse("desk:receipt", args=[filed.case.number])

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {"name": found.name, "item": str(sheet.name.text(lang())), "form": form, "lines": _lines(sheet, draft["values"]),
            "consent": consent, "urgent": draft["urgent"], "back": reverse("desk:counter-item", args=[key, item])}  # fmt: skip
    return frame.draw(request, "counter_read.html", page, current="counter", status=frame.shown(form))


def _agent(request: DeskRequest, draft: Mapping[str, Any]) -> Agent | None:
    if not draft.get("agent"):
        return None
    matching = list(searching.found_persons(request, draft["agent"])[:2])
    if len(matching) != 1:
        raise Said("desk.agent_unclear")
    return Agent(matching[0], draft["mandate"])


def _is_sensitive(sheet: ServiceItem) -> bool:
    return any(question.data_class == "P3" for question in sheet.questions())


def consent_words(sheet: ServiceItem, community: str) -> str:
    """The very text that is read to the resident and kept with the consent (个人信息保护法 art. 17, 29); in Chinese."""
    asked = "、".join(question.label.zh for question in sheet.questions())
    return (
        f"{community}服务站为办理“{sheet.name.zh}”收集您的这些信息：{asked}。只用于这件事的受理、审核、公示和存档；"
        "经手的岗位看得到，公示只写法定的几项并隐去姓名；保存到规定年限后删除。您可以查询、更正、撤回同意，撤回不影响已经办完的部分。"
    )


def _lines(sheet: ServiceItem, values: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The answers as they are read aloud, by groups."""
    read = read_answers(
        sheet, values, {question.code for question in sheet.questions() if question.kind == "file"}
    )
    found = []
    for group in sheet.groups:
        pairs = []
        for question in group.questions:
            kept = read.values.get(question.code)
            plain = values.get(question.code, "") if isinstance(kept, dict) else kept
            if question.kind != "file":
                pairs.append((str(question.label.text(lang())), answer_words(question, plain)))
        found.append((str(group.title.text(lang())), pairs))
    return [one for one in found if one[1]]


def proof_refused(request: DeskRequest, item: str) -> HttpResponse:
    """Count a proof that was asked for and may not be issued; nobody is named."""
    by, community = (
        access.require(request, "services.file", "services.assist"),
        access.home_community(request),
    )
    sheet = _sheet(request, item)
    blocked = next((one for one in sheet.blocked if one.code == request.POST.get("kind", "")), None)
    if blocked is None:
        raise Http404
    refuse_proof(item=item, kind=blocked.code, region=community, by=by, at=request.now)
    said = _("已登记一次。%(proof)s不由居委会出具，请到：%(department)s。")
    tell(
        request,
        said % {"proof": blocked.name.text(lang()), "department": blocked.department.text(lang())},
        tone="warning",
    )
    return HttpResponseRedirect(reverse("desk:counter"))
