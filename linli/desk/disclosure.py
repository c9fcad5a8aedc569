"""Disclosure at the desk: what hangs, what is owed, publishing with a look at it first, taking down, objections."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import access, frame, words
from linli.desk.access import DeskRequest
from linli.desk.forms.disclosure import FACT, AnswerForm, PublishForm, TakeDownForm
from linli.desk.notices import place_of
from linli.desk.saying import carried_out, lang, refuse, tell
from linli.disclosure.declared import KIND, DisclosureItem, item_of
from linli.disclosure.duties import overdue
from linli.disclosure.models import Objection, Publication
from linli.disclosure.objecting import answer_objection
from linli.disclosure.publishing import Span, correct, minimum_days, publish, take_down
from linli.disclosure.showing import Showing, compose
from linli.ground import codes
from linli.ground.said import Said
from linli.places.models import Region
from linli.rulebook.publishing import edition, editions

PAGE = 50


def show(request: DeskRequest) -> HttpResponse:
    """What hangs now or ever hung in one's place, what is owed, and objections to answer."""
    by, on = access.actor(request), request.today
    tab = request.GET.get("tab", "now")
    rows = access.publications(request)
    rows = rows.filter(pk__in=Publication.objects.showing(on).values("pk")) if tab == "now" else rows
    mark = (
        access.publications(request).filter(number=request.GET.get("after", "")).first()
        if request.GET.get("after")
        else None
    )
    rows = rows.filter(pk__lt=mark.pk) if mark else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    url = reverse("desk:disclosure")
    older = f"{url}?tab={tab}&after={found[PAGE - 1].number}" if len(found) > PAGE else ""
    objections = list(
        Objection.objects.visible_to(by).open().select_related("publication").order_by("due_on", "id")[:20]
    )
    can_publish = by.may("disclosure.publish")
    page = {
        "lines": [_line(one) for one in found[:PAGE]],
        "older": older,
        "tabs": [{"label": label, "url": f"{url}?tab={word}", "current": tab == word, "count": None}
                 for word, label in (("now", _("正在公示")), ("all", _("全部")))],
        "objections": [{"title": one.publication.title, "due": one.due_on, "url": reverse("desk:objection", args=[one.key])} for one in objections] if can_publish else [],
        "owed": _owed(request) if can_publish else [],
        "can_publish": can_publish,
    }  # fmt: skip
    return frame.draw(request, "disclosure.html", page, current="disclosure")


def _line(one: Publication) -> dict[str, Any]:
    return {"title": one.title, "number": one.number, "item": str(item_of(one.item).title.text(lang())), "from_on": one.from_on,
            "until_on": one.until_on, "place": one.region.name, "url": reverse("desk:publication", args=[one.number])}  # fmt: skip


def _owed(request: DeskRequest) -> list[dict[str, Any]]:
    place = access.appointment(request).place
    if codes.level(place.code) != "committee":
        return []
    duties = overdue(region=place, on=request.today)
    return [{"title": duty.title.text(lang()), "first": duty.first, "last": duty.last, "due": duty.due_on,
             "url": reverse("desk:publish", args=[duty.code])} for duty in duties]  # fmt: skip


def choose(request: DeskRequest) -> HttpResponse:
    """The catalogue: what this post may publish."""
    by = access.require(request, "disclosure.publish")
    items = [item_of(one) for one in editions(KIND, request.today)]
    lines = [
        {"title": str(one.title.text(lang())), "basis": one.basis, "is_mine": by.post in one.approvers,
         "approvers": "、".join(words.post(post) for post in one.approvers), "url": reverse("desk:publish", args=[one.code])}
        for one in items
    ]  # fmt: skip
    return frame.draw(
        request,
        "disclosure_choose.html",
        {"lines": sorted(lines, key=lambda one: not one["is_mine"])},
        current="disclosure",
    )


def _item(request: DeskRequest, code: str) -> DisclosureItem:
    by = access.require(request, "disclosure.publish")
    try:
        item = item_of(edition(KIND, code, request.today))
    except Said:
        raise Http404 from None
    if by.post not in item.approvers:
        raise Http404
    return item


def publish_item(request: DeskRequest, code: str) -> HttpResponse:
    """Publish: first the form, then the text exactly as it will hang, then the signature."""
    item, place = _item(request, code), access.appointment(request).place
    form = PublishForm(
        request.POST or None, item=item, initial={"event_on": request.today, "board": item.board.text(lang())}
    )

    def sign(given: dict[str, Any]) -> str:
        made = publish(item=code, region=place, showing=_showing(form), source=f"desk:{code}", by=access.actor(request),
                       at=request.now, span=_span(given))  # fmt: skip
        tell(request, _("已公示：%(number)s。") % {"number": made.number})
        return reverse("desk:publication", args=[made.number])

    least = minimum_days(item, place.code, request.today)
    return _looked_at(request, form, sign, item, place, least, reverse("desk:disclosure-new"))


def correct_item(request: DeskRequest, number: str) -> HttpResponse:
    """Correct a publication: the old one is kept as it was shown, the new one names it."""
    found = access.publication(request, number)
    item = _item(request, found.item.code)
    shown = {
        FACT + row["code"]: row["value"]["zh"] for row in found.body["rows"] if _is_text(item, row["code"])
    }
    start = {
        "title": found.title,
        "lead": found.body["lead"],
        "event_on": found.event_on,
        "board": found.board,
        **shown,
    }
    form = PublishForm(request.POST or None, item=item, with_reason=True, initial=start)

    def sign(given: dict[str, Any]) -> str:
        made = correct(publication=found, showing=_showing(form), why=given["why"], by=access.actor(request), at=request.now,
                       span=_span(given))  # fmt: skip
        tell(request, _("已更正，新编号%(number)s。") % {"number": made.number})
        return reverse("desk:publication", args=[made.number])

    least = minimum_days(item, found.region_id, request.today)
    return _looked_at(
        request, form, sign, item, found.region, least, reverse("desk:publication", args=[number])
    )


def _is_text(item: DisclosureItem, code: str) -> bool:
    return any(fact.code == code and fact.how == "text" for fact in item.shows)


def _showing(form: PublishForm) -> Showing:
    return Showing(form.cleaned_data["title"], form.facts(), form.cleaned_data.get("lead", ""))


def _span(given: dict[str, Any]) -> Span:
    return Span(until_on=given["until_on"], board=given["board"], event_on=given["event_on"])


def _looked_at(
    request: DeskRequest,
    form: PublishForm,
    sign: Any,
    item: DisclosureItem,
    place: Region,
    least: int,
    back: str,
) -> HttpResponse:
    """Form, preview with the privacy check, signature: all one address; only the signature changes anything."""
    preview: dict[str, Any] | None = None
    if request.method == "POST" and "sign" not in request.POST and form.is_valid():
        try:
            preview = compose(item, _showing(form))
        except Said as fault:
            fault.field = FACT + fault.field if FACT + fault.field in form.fields else fault.field
            refuse(form, fault)
    if "sign" in request.POST:
        answer = carried_out(request, form, _at_facts(sign, form))
        if answer is not None:
            return answer
    rows = [(row["label"][lang()], row["value"][lang()]) for row in preview["rows"]] if preview else []
    page = {
        "form": form, "item": str(item.title.text(lang())), "basis": item.basis, "least": least, "preview": preview, "rows": rows,
        "title": form.cleaned_data.get("title", "") if preview else "", "place": place.name, "back": back,
    }  # fmt: skip
    return frame.draw(request, "publish.html", page, current="disclosure", status=frame.shown(form))


def _at_facts(sign: Any, form: PublishForm) -> Any:
    def call(given: dict[str, Any]) -> str:
        try:
            return str(sign(given))
        except Said as fault:
            fault.field = FACT + fault.field if FACT + fault.field in form.fields else fault.field
            raise

    return call


def publication(request: DeskRequest, number: str) -> HttpResponse:
    """One publication exactly as shown, with its corrections, objections and answers."""
    found, by = access.publication(request, number), access.actor(request)
    down = getattr(found, "taken_down", None)
    later = Publication.objects.filter(previous=found).values_list("number", flat=True).first()
    may = by.may("disclosure.publish") and by.holds(found.region_id)
    objections = (
        Objection.objects.visible_to(by).filter(publication=found).select_related("answer").order_by("id")
    )
    is_live = may and down is None and later is None
    page = {
        "title": found.title, "number": number, "item": str(item_of(found.item).title.text(lang())), "lead": found.body["lead"],
        "rows": [(row["label"][lang()], row["value"][lang()]) for row in found.body["rows"]],
        "facts": _facts(found), "previous": found.previous.number if found.previous else "", "correction": found.correction,
        "later": later or "", "source": place_of(found.source), "down": _down(down),
        "objections": [_objection(one, may) for one in objections],
        "remove": reverse("desk:removal", args=[number]) if is_live else "",
        "correct": reverse("desk:correction", args=[number]) if is_live and by.post in item_of(found.item).approvers else "",
    }  # fmt: skip
    return frame.draw(request, "publication.html", page, current="disclosure")


def _facts(found: Publication) -> list[tuple[str, str]]:
    def day(on: dt.date | None) -> str:
        return str(on) if on else "—"

    return [
        (_("编号"), found.number), (_("社区"), found.region.name), (_("贴在"), found.board), (_("公示"), f"{day(found.from_on)} – {day(found.until_on)}"),
        (_("最短天数"), str(found.minimum_days)), (_("事实日期"), day(found.event_on)), (_("应公示日"), day(found.duty_on)),
        (_("签发岗位"), words.post(found.post)),
    ]  # fmt: skip


def _down(down: Any) -> str:
    if down is None:
        return ""
    ground = dict(TakeDownForm.base_fields["ground"].choices).get(down.ground, down.ground)  # type: ignore[attr-defined]
    early = _("，未满最短天数") if down.is_early else ""
    return _("%(on)s撤下（%(ground)s%(early)s）：%(reason)s") % {
        "on": down.on,
        "ground": ground,
        "early": early,
        "reason": down.reason,
    }


def _objection(one: Objection, may: bool) -> dict[str, Any]:
    answer = getattr(one, "answer", None)
    return {"text": one.text, "on": one.on, "due": one.due_on, "answer": answer.text if answer else "",
            "url": reverse("desk:objection", args=[one.key]) if may and answer is None else ""}  # fmt: skip


def remove(request: DeskRequest, number: str) -> HttpResponse:
    """Take a publication down, on a ground."""
    found = access.publication(request, number)
    access.require(request, "disclosure.publish")
    form, back = TakeDownForm(request.POST or None), reverse("desk:publication", args=[number])

    def call(given: dict[str, Any]) -> str:
        take_down(
            publication=found,
            ground=given["ground"],
            reason=given["reason"],
            by=access.actor(request),
            at=request.now,
        )
        tell(request, _("已撤下，原文留存。"))
        return back

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {"form": form, "heading": _("撤下公示"), "label": _("撤下"), "tone": "danger", "title": found.title, "number": number,
            "told": [], "seen_by": [_("所有人看得到撤下的时间、原因和说明；未满最短天数的会标出来。")], "back": back}  # fmt: skip
    return frame.draw(request, "disclosure_act.html", page, current="disclosure", status=frame.shown(form))


def answer(request: DeskRequest, key: str) -> HttpResponse:
    """Answer an objection; the answer hangs with the publication."""
    found = access.objection(request, key)
    back = reverse("desk:publication", args=[found.publication.number])
    form = AnswerForm(request.POST or None)

    def call(given: dict[str, Any]) -> str:
        answer_objection(
            objection=found,
            outcome=given["outcome"],
            text=given["text"],
            by=access.actor(request),
            at=request.now,
        )
        tell(request, _("已答复。异议成立的，请接着更正公示。"))
        return back

    done = carried_out(request, form, call)
    if done is not None:
        return done
    page = {"form": form, "heading": _("答复异议"), "label": _("答复"), "tone": "go", "title": found.publication.title,
            "number": found.publication.number, "told": [(_("异议"), found.text), (_("答复期限"), str(found.due_on))],
            "seen_by": [_("答复和公示一起公开；提出异议的人会收到通知。"), _("异议原文只有签发岗位看得到。")], "back": back}  # fmt: skip
    return frame.draw(request, "disclosure_act.html", page, current="disclosure", status=frame.shown(form))
