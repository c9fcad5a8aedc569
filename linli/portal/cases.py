"""My cases, one case as a timeline, and what I can do in it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.cases.handling import rate
from linli.cases.models import Case, Rating
from linli.cases.moving import MoveWords, advance, moves_for
from linli.disclosure.models import Publication
from linli.grievances.answering import revisit
from linli.grievances.models import Grievance
from linli.look.templatetags.linli import both
from linli.portal import access, applying, home, items, once, saying, shell, timeline
from linli.portal.forms.items import Reason, Supply
from linli.portal.moment import now, today
from linli.portal.paging import newest_first
from linli.portal.saying import page
from linli.records.keeping import open_file
from linli.services.booking import CANCEL, cancel_booking
from linli.services.intake import WITHDRAW, withdraw
from linli.services.models import Application, Booking, Certificate, Grant, Supplement
from linli.services.supplementing import supply

APPLICATION, GRIEVANCE = "services.application", "grievances.grievance"
INLINE = ("image/jpeg", "image/png", "image/webp", "application/pdf")


class Stars(forms.Form):
    """A rating: five words instead of five pictures, so that it can be read aloud."""

    stars = forms.TypedChoiceField(
        label=gettext_lazy("这次办得怎么样"),
        coerce=int,
        choices=[
            (5, gettext_lazy("非常满意")), (4, gettext_lazy("满意")), (3, pgettext_lazy("rating", "一般")),
            (2, gettext_lazy("不满意")), (1, gettext_lazy("非常不满意")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一个。")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("想说的话"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


YES_NO = [("yes", gettext_lazy("是")), ("no", gettext_lazy("不是"))]


class Told(forms.Form):
    """One's own answer to the revisit: resolved, satisfied."""

    resolved = forms.ChoiceField(
        label=gettext_lazy("事情解决了吗"), choices=[("yes", gettext_lazy("解决了")), ("no", gettext_lazy("没解决，请重新办"))],
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("请选一个。")},
    )  # fmt: skip
    satisfied = forms.ChoiceField(
        label=gettext_lazy("您满意吗"), choices=[("yes", gettext_lazy("满意")), ("no", gettext_lazy("不满意"))],
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("请选一个。")},
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A case in a list."""

    number: str
    title: str
    url: str
    state: str
    tone: str
    opened: object
    due: object
    closed: object


@page("GET", personal=True)
def my(request: HttpRequest) -> HttpResponse:
    """What waits for me, and my cases."""
    rows = Case.objects.filter(access.own_cases(request), parent=None).select_related("procedure")
    state = request.GET.get("state", "")
    if state == "open":
        rows = rows.open()
    if state == "closed":
        rows = rows.filter(closed_on__isnull=False)
    found, names = newest_first(request, rows), items.titles(today(request))
    here = reverse("portal:my")
    pills = [
        {"label": label, "url": f"{here}{query}", "current": word == state, "count": None}
        for word, label, query in (
            ("", _("全部"), ""),
            ("open", _("在办"), "?state=open"),
            ("closed", _("办完"), "?state=closed"),
        )
    ]
    first = "before" not in request.GET and "after" not in request.GET
    return shell.show(
        request, "cases/my.html", access.own_community(request), "my", cases=[_line(row, names) for row in found.rows],
        newer=found.newer, older=found.older, pills=pills, waiting=home.waiting(request) if first else [],
    )  # fmt: skip


def _line(case: Case, names: Mapping[str, str]) -> Line:
    step = case.at_step
    tone = "plain" if case.closed_on else "go" if case.hold_post == "applicant" else "info"
    return Line(
        case.number, items.title(case, names), reverse("portal:case", args=[case.number]), both(step.title) if case.closed_on else both(step.public),
        tone, case.opened_on, case.due_on, case.closed_on,
    )  # fmt: skip


@page("GET", personal=True)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: who has it, what next, by when and why that day, the one thing I can do now, who can see it."""
    found = access.case(request, number)
    return _show(request, found)


def _show(request: HttpRequest, found: Case, **forms_given: Any) -> HttpResponse:
    by = access.actor(request)
    own = [by.actor_word]
    values: dict[str, Any] = {
        "number": found.number,
        "title": items.title(found, items.titles(today(request))),
        "state": both(found.at_step.public),
        "closed": found.closed_on,
        "tone": "ok" if found.closed_on else "go" if found.hold_post == "applicant" else "info",
        "promise": timeline.promise(found, today(request)),
        "moments": timeline.moments(found, own),
        "holder": timeline.holder(found),
        "seen_by": timeline.seen_by(found),
        "papers": _papers(request, found),
        "may_withdraw": _withdraw_move(found, request) is not None,
        "publications": _publications(found, request),
    }
    values |= _of_application(found) if found.kind == APPLICATION else {}
    values |= _of_grievance(found) if found.kind == GRIEVANCE else {}
    values |= _now(request, found)
    values |= forms_given
    status = 422 if forms_given else 200
    return shell.show(
        request, "cases/case.html", found.region, "my", status=status, once=once.word(), **values
    )


def _now(request: HttpRequest, found: Case) -> dict[str, Any]:
    """The one thing to do now: hand in papers, answer the revisit, rate, or nothing."""
    if found.closed_on is None:
        moves = {move.code: move for move in moves_for(found, access.actor(request))}
        if any(move.verb.endswith(".supply") for move in moves.values()):
            told = Supplement.objects.filter(case=found, answered_on=None).first()
            application = Application.objects.filter(case=found).first()
            names = (
                [both(application.sheet.material(code).name) for code in told.missing]
                if told and application
                else []
            )
            return {"now": "supply", "missing": names, "until": told.due_on if told else None}
        if "settled" in moves:
            return {"now": "revisit", "revisit_form": Told()}
        return {"now": ""}
    rating = Rating.objects.filter(case=found).first()
    if rating is None and found.outcome != "withdrawn":
        return {"now": "rate", "rate_form": Stars()}
    return {"now": "", "rating": rating.stars if rating else None}


def _withdraw_move(found: Case, request: HttpRequest) -> Any:
    """The move by which the applicant takes it back, whatever verb it names; a booking's is its cancelling."""
    if found.closed_on is not None:
        return None
    mine = moves_for(found, access.actor(request))
    back = [move for move in mine if move.target and found.plan.step(move.target).outcome == "withdrawn"]
    return back[0] if back else None


def _papers(request: HttpRequest, found: Case) -> list[dict[str, str]]:
    mine = [access.actor(request).actor_word]
    rows = found.papers.filter(actor__in=mine).select_related("document").order_by("id")
    return [
        {"name": row.document.name, "url": reverse("portal:paper", args=[found.number, row.document.key])}
        for row in rows
        if not row.document.is_erased
    ]


def _publications(found: Case, request: HttpRequest) -> list[dict[str, object]]:
    rows = Publication.objects.about(f"case:{found.number}").showing(today(request))
    return [
        {
            "title": row.title,
            "until": row.until_on,
            "url": reverse("portal:publication", args=[row.region_id, row.number]),
        }
        for row in rows
    ]


def _of_application(found: Case) -> dict[str, Any]:
    application = Application.objects.filter(case=found).first()
    if application is None:
        return {}
    sheet = application.sheet
    told = [
        (
            both(q.label),
            applying.shown(
                q, str(application.answer(q.code) if application.answer(q.code) is not None else "")
            ),
        )
        for q in sheet.questions()
        if q.kind not in ("file", "person")
    ]
    grant = Grant.objects.filter(case=found).first() if sheet.ceilings or sheet.tiers else None
    certificate = Certificate.objects.filter(case=found).first() if sheet.listed else None
    booking = (
        Booking.objects.filter(case=found).select_related("facility").first() if sheet.flow == "F5" else None
    )
    return {
        "item": both(sheet.name),
        "told": told if application.erased_at is None else [],
        "grant": grant.cents if grant else None,
        "monthly": bool(grant and grant.cycle == "monthly"),
        "certificate": {
            "number": certificate.number,
            "code": certificate.check_code,
            "until": certificate.valid_to,
        }
        if certificate
        else None,
        "booking": {"place": booking.facility.name, "from": booking.from_at, "until": booking.until_at}
        if booking
        else None,
        "review": both(sheet.review_route) if application.decision else "",
    }


def _of_grievance(found: Case) -> dict[str, Any]:
    grievance = Grievance.objects.get_queryset().filter(case=found).select_related("building").first()
    if grievance is None:
        return {}
    place = " ".join(filter(None, [grievance.building.name if grievance.building else "", grievance.spot]))
    return {
        "words": grievance.text,
        "place": place,
        "anonymous": grievance.is_anonymous,
        "reply": grievance.reply,
    }


@page("GET", "POST", personal=True)
def supplement(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in the papers that were told, all of them."""
    found = access.case(request, number)
    if request.method == "POST" and (first := once.result(request)):
        return redirect(first)
    application = Application.objects.filter(case=found).first()
    told = Supplement.objects.filter(case=found, answered_on=None).first()
    if application is None or told is None:
        return redirect("portal:case", number)
    form = Supply(application.sheet, told.missing, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with saying.into(form):
            supply(
                application=application,
                papers=applying.papers_in(form),
                by=access.actor(request),
                at=now(request),
            )
            messages.success(request, _("材料收到了，办理时限继续计算。"))
            return redirect(once.remember(request, reverse("portal:case", args=[number])))
    return shell.show(
        request, "cases/supplement.html", found.region, "my", number=number, title=items.title(found, items.titles(today(request))), form=form, until=told.due_on,
        note=told.new_fact, once=once.word(),
    )  # fmt: skip


@page("GET", "POST", personal=True)
def withdrawal(request: HttpRequest, number: str) -> HttpResponse:
    """Take a case back, after a page that says what it means."""
    found = access.case(request, number)
    move = _withdraw_move(found, request)
    if move is None:
        return redirect("portal:case", number)
    form = Reason(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with saying.into(form):
            _withdraw(request, found, move, form.cleaned_data["reason"])
            messages.success(request, both(move.done))
            return redirect("portal:case", number)
    return shell.show(
        request,
        "cases/withdrawal.html",
        found.region,
        "my",
        number=number,
        title=items.title(found, items.titles(today(request))),
        form=form,
        move=both(move.title),
    )


def _withdraw(request: HttpRequest, found: Case, move: Any, reason: str) -> None:
    by, at = access.actor(request), now(request)
    if move.verb == WITHDRAW:
        withdraw(application=Application.objects.get(case=found), by=by, at=at, reason=reason)
    elif move.verb == CANCEL:
        cancel_booking(booking=Booking.objects.get(case=found), by=by, at=at, reason=reason)
    elif not move.verb:
        advance(found, move.code, by=by, at=at, words=MoveWords(reason))
    else:
        raise Http404


@page("POST", personal=True)
def rating(request: HttpRequest, number: str) -> HttpResponse:
    """Rate a closed case, once."""
    found = access.case(request, number)
    form = Stars(request.POST)
    if form.is_valid():
        with saying.into(form):
            rate(
                case=found,
                stars=form.cleaned_data["stars"],
                words=form.cleaned_data["words"],
                by=access.actor(request),
                at=now(request),
            )
            messages.success(request, _("谢谢您的评价。"))
            return redirect("portal:case", number)
    return _show(request, found, rate_form=form, now="rate")


@page("POST", personal=True)
def revisiting(request: HttpRequest, number: str) -> HttpResponse:
    """One's own answer whether a grievance is resolved: closes it, or sends it back."""
    found = access.case(request, number)
    grievance = Grievance.objects.get_queryset().filter(case=found).first()
    if grievance is None:
        raise Http404
    form = Told(request.POST)
    if form.is_valid():
        resolved, satisfied = (form.cleaned_data[name] == "yes" for name in ("resolved", "satisfied"))
        with saying.into(form):
            revisit(
                grievance=grievance, was_reached=True, channel="portal", is_resolved=resolved, is_satisfied=satisfied,
                by=access.actor(request), at=now(request),
            )  # fmt: skip
            messages.success(request, _("记下了，谢谢。") if resolved else _("记下了，社区会重新办。"))
            return redirect("portal:case", number)
    return _show(request, found, revisit_form=form, now="revisit")


@page("GET", personal=True)
def paper(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """One of the papers that I handed in."""
    found = access.case(request, number)
    document = access.paper(request, found, key)
    content = open_file(
        document=document, by=access.actor(request), at=now(request), through=f"case:{number}"
    )
    kind = document.file.media_type if document.file else "application/octet-stream"
    shown = "inline" if kind in INLINE else "attachment"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"{shown}; filename=paper"
    response["X-Content-Type-Options"] = "nosniff"
    return response
