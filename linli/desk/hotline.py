"""Orders of the hotline above (12345): the list by their deadline, entering one, importing a batch, returning, answering back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import matters
from linli.desk.forms import handling
from linli.desk.forms import hotline as forms
from linli.desk.grievances import RETURN, told_of, who_told
from linli.grievances import batches, hotline
from linli.grievances.intake import Told, class_list
from linli.grievances.models import Grievance, HotlineOrder
from linli.grievances.order_files import template_csv, template_xlsx
from linli.ground.said import Said
from linli.places.models import Building
from linli.staff import access, acting, frame
from linli.staff.access import DeskRequest
from linli.staff.acting import Act
from linli.staff.saying import carried_out, lang, refuse, tell
from linli.staff.saying import words as sentence

SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(request: DeskRequest) -> HttpResponse:
    """Orders not answered back, by the hotline's deadline; then the hotline's own rates where it fed them back."""
    by = access.require(request, hotline.RIGHT)
    mine = HotlineOrder.objects.filter(grievance__in=Grievance.objects.visible_to(by))
    rows = list(
        mine.filter(answered_back_at=None, returned_at=None)
        .select_related("grievance__case__region", "grievance__case__procedure")
        .order_by("their_due_at", "pk")[: SHOWN + 1]
    )
    page = {
        "lines": [_line(row, request) for row in rows[:SHOWN]],
        "is_cut": len(rows) > SHOWN,
        "rates": _rates(mine),
        "may_enter": by.role.level == "community",
    }
    return frame.draw(request, "desk/hotline.html", page, current="hotline")


def _line(row: HotlineOrder, request: DeskRequest) -> dict[str, Any]:
    case = row.grievance.case
    return {
        "number": row.number, "case": case.number, "title": case.title, "region": case.region.name,
        "step": str(case.at_step.title.text(lang())), "their_due": row.their_due_on, "our_due": case.due_on,
        "url": reverse("desk:case", args=[case.number]), "is_answered": row.grievance.replied_at is not None,
        "answer": reverse("desk:order-answer", args=[case.number]),
    }  # fmt: skip


def _rates(rows: Any) -> list[tuple[str, int, int]]:
    """Each of the hotline's rates as (name, yes, asked): a rate without its denominator says nothing."""
    asked = list(
        rows.filter(rated_on__isnull=False).values_list("is_responded", "is_resolved", "is_satisfied")
    )
    names = (_("响应率"), _("解决率"), _("满意率"))
    columns = zip(*asked, strict=True) if asked else [(), (), ()]
    return [
        (name, sum(1 for one in column if one), sum(1 for one in column if one is not None))
        for name, column in zip(names, columns, strict=True)
    ]


def take(request: DeskRequest) -> HttpResponse:
    """Import a file; what was wrong is listed by sheet, row and column."""
    by = access.require(request, hotline.RIGHT)
    form = forms.BatchForm(request.POST or None, request.FILES or None)
    taken = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = batches.take_batch(
                content=file.read(), name=file.name, choice=form.cleaned_data["choice"], by=by, at=request.now
            )
        except Said as fault:
            refuse(form, fault)
    faults = [(one.sheet, one.row, one.column, sentence(one.said)) for one in taken.faults] if taken else []
    if taken is not None and not faults:
        said = _("新登记%(filed)s件，已有%(known)s件没有变动，更新回访结果%(rated)s件。")
        tell(request, said % {"filed": len(taken.filed), "known": taken.known, "rated": taken.rated})
        return HttpResponse(status=303, headers={"Location": reverse("desk:hotline")})
    page = {
        "form": form,
        "taken": taken,
        "faults": faults,
        "is_refused": taken is not None and taken.is_refused,
    }
    status = 422 if faults and page["is_refused"] else frame.shown(form)
    return frame.draw(request, "desk/hotline_take.html", page, current="hotline", status=status)


def template(request: DeskRequest, form: str) -> HttpResponse:
    """An empty file to fill in, with the headings the import knows."""
    access.require(request, hotline.RIGHT)
    if form not in ("csv", "xlsx"):
        raise Http404
    content, media = (template_csv(), "text/csv; charset=utf-8") if form == "csv" else (template_xlsx(), XLSX)
    answer = HttpResponse(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="hotline-orders.{form}"'
    return answer


def enter(request: DeskRequest) -> HttpResponse:
    """Type in one order that came by phone or paper."""
    by, region = access.require(request, hotline.RIGHT), access.home_community(request)
    _edition, listed = class_list(request.today)
    buildings = {one.name: one for one in Building.objects.filter(community=region).order_by("order", "id")}
    classes = [(one.code, f"{one.code} {one.title.text(lang())}") for one in listed.classes]
    form = forms.OrderForm(request.POST or None, classes=classes, buildings=list(buildings))

    def call(given: dict[str, Any]) -> str:
        told = Told(
            given["class_code"],
            given["nature"],
            given["text"],
            given["grade"],
            buildings.get(given["building"]),
            given["spot"],
        )
        order = hotline.Order(
            given["number"].strip(),
            given["called_at"],
            given["due_at"],
            told,
            given["caller"],
            given["phone"],
        )
        row = hotline.take_order(order=order, region=region, by=by, at=request.now)
        number = row.grievance.case.number
        tell(request, _("已登记：%(number)s。") % {"number": number})
        if not access.cases(request).filter(number=number).exists():
            return reverse("desk:hotline")  # complaints about staff go to the level above
        return reverse("desk:case", args=[number])

    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {
        "form": form, "title": _("登记热线工单"), "label": _("登记"), "hints": (), "facts": (), "back": reverse("desk:hotline"),
        "list": _("热线工单"), "list_url": reverse("desk:hotline"),
    }  # fmt: skip
    return frame.draw(request, "desk/plain_form.html", page, current="hotline", status=frame.shown(form))


def _order(request: DeskRequest, number: str) -> HotlineOrder:
    found = matters.grievance(request, number)
    row = HotlineOrder.objects.filter(grievance=found).first()
    if row is None:
        raise Http404
    row.grievance = found
    return row


def give_back(request: DeskRequest, number: str) -> HttpResponse:
    """Return an order that is not the community's."""
    row = _order(request, number)
    case = row.grievance.case
    move = acting.moves_of(request, case, RETURN)[0]
    hints = [
        ("info", _("社区在%(day)s前可以退回，过了由街道决定。") % {"day": hotline.last_day_to_return(row)})
    ]
    told = [(_("热线工单"), row.number), *told_of(row.grievance)]
    act = Act(
        _("退回热线"), _("退回"), _("已退回热线。"), acting.audience(case, move), hints, told, tone="main"
    )

    def do(given: dict[str, Any]) -> object:
        return hotline.return_order(
            order=row,
            reason=given["opinion"],
            by=access.actor(request),
            at=request.now,
            seen=given.get("seen"),
        )

    form = acting.given_to(request, handling.ReturnForm)
    return acting.perform(request, case, form, act, do, who=who_told(request, row.grievance))


def answer(request: DeskRequest, number: str) -> HttpResponse:
    """Tell the hotline above what came of its order."""
    row = _order(request, number)
    if row.answered_back_at is not None or not access.actor(request).may(hotline.RIGHT):
        raise Http404
    told = [
        (_("热线工单"), row.number),
        *told_of(row.grievance),
        (_("给居民的答复"), row.grievance.reply or "—"),
    ]
    seen_by = [_("热线看得到这段文字。"), _("经手的工作人员看得到。")]
    act = Act(_("回复热线"), _("回复"), _("已记下给热线的回复。"), seen_by, (), told)

    def do(given: dict[str, Any]) -> object:
        return hotline.answer_back(order=row, text=given["text"], by=access.actor(request), at=request.now)

    form = acting.given_to(request, handling.AnswerBackForm)
    return acting.perform(request, row.grievance.case, form, act, do, who=who_told(request, row.grievance))
