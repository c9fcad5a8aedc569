"""Joint meetings at the staff door: the list, one meeting, and every act of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.moving import moves_for
from linli.meetings import calling, holding, tasking
from linli.meetings.models import Meeting, Minutes, Resolution, Seat, Task
from linli.people.actors import Actor
from linli.people.models import Appointment
from linli.registry.forms import meetings as forms
from linli.registry.sections import Button, Cell, Section, Sheet, draw, row
from linli.staff import access, doing, words
from linli.staff.access import DeskRequest
from linli.staff.doing import Given, Screen
from linli.staff.saying import lang, tried

# Kinds of bodies, in which capacity they come, and which post speaks for them.
SPEAKERS = {
    "party_org": ("party", "party_secretary"), "residents_committee": ("committee", "committee_director"),
    "villagers_committee": ("committee", "committee_director"), "owners_committee": ("owners", "owners_director"),
    "property_company": ("property", "property_manager"), "service_station": ("unit", "clerk"),
}  # fmt: skip
MOST = 40


def show(request: DeskRequest) -> HttpResponse:
    """Meetings of one's place, or those in which one's body has a seat."""
    by = access.actor(request)
    found = Meeting.objects.visible_to(by).select_related("minutes", "region").order_by("-on", "-id")[:MOST]
    lines = [
        row(
            Cell(one.title, reverse("registry:meeting", args=[one.number])),
            one.on,
            one.begins,
            one.venue,
            _state(one),
        )
        for one in found
    ]
    buttons = []
    if by.may("meetings.call") and by.role.level == "community":
        buttons.append(Button(_("召集会议"), reverse("registry:meeting-new"), "go"))
    columns = [_("会议"), _("日期"), _("时间"), _("地点"), _("状态")]
    section = Section("", columns=columns, rows=lines, empty=_("还没有联席会议。"))
    lead = _("党组织、居委会、业委会、物业一起议事；定下的事交给一家办，办完在会议页上看得到。")
    return draw(request, Sheet(_("联席会议"), lead=lead, buttons=buttons, sections=[section]), "meetings")


def _state(one: Meeting) -> Cell:
    return Cell(_("已有纪要"), tone="ok") if hasattr(one, "minutes") else Cell(_("待开"), tone="warn")


def meeting_of(request: DeskRequest, number: str) -> Meeting:
    """One meeting the actor may see."""
    rows = Meeting.objects.visible_to(access.actor(request)).select_related("region", "minutes")
    return get_object_or_404(rows, number=number)


def meeting(request: DeskRequest, number: str) -> HttpResponse:
    """One meeting: who comes, what is on the agenda, what was resolved, what became of the tasks."""
    one, by = meeting_of(request, number), access.actor(request)
    seats = list(one.seats.select_related("organisation", "roll", "signature").order_by("id"))
    agenda = list(
        one.agenda.select_related("resolution")
        .prefetch_related("positions__seat__organisation")
        .order_by("order")
    )
    tasks = list(
        Task.objects.filter(resolution__item__meeting=one).select_related(
            "case__procedure", "seat__organisation"
        )
    )
    minutes: Minutes | None = getattr(one, "minutes", None)
    has_roll = any(hasattr(seat, "roll") for seat in seats)
    sections = [_seats(seats, minutes)]
    sections += [_line(request, one, item, by, can=has_roll and minutes is None) for item in agenda]
    sections.append(_tasks(tasks))
    if minutes is not None:
        sections.append(Section(_("会议纪要"), text=minutes.text, buttons=_signing(seats, by, number)))
    notes = [] if one.notice_in_time else [("warn", _("通知晚于规定的提前天数。"))]
    there = holding.presence(one) if has_roll else None
    facts = [
        (_("编号"), number), (_("时间"), f"{one.on:%Y-%m-%d} {one.begins}"), (_("地点"), one.venue),
        (_("召集"), words.post(one.post)), (_("通知日期"), f"{one.called_on:%Y-%m-%d}"),
        (_("法定人数"), _share(one.quorum_percent, one.quorum_operator)), (_("通过"), _share(one.majority_percent, one.majority_operator)),
        (_("应到、实到"), f"{there.due} / {there.present}" if there else ""),
    ]  # fmt: skip
    sheet = Sheet(
        one.title, crumbs=[(_("联席会议"), reverse("registry:meetings")), (number, "")], notes=notes,
        buttons=_acts(one, by, has_roll=has_roll, has_minutes=minutes is not None), sections=sections,
        aside=[Section(_("会议"), facts=facts)],
    )  # fmt: skip
    return draw(request, sheet, "meetings")


def _share(percent: int, operator: str) -> str:
    return (
        _("超过 %(percent)d%%") % {"percent": percent}
        if operator == "more_than"
        else _("不少于 %(percent)d%%") % {"percent": percent}
    )


def _acts(one: Meeting, by: Actor, *, has_roll: bool, has_minutes: bool) -> list[Button]:
    if not by.may("meetings.call") or has_minutes:
        return []
    if not has_roll:
        return [Button(_("点名"), reverse("registry:meeting-roll", args=[one.number]), "go")]
    return [Button(_("写会议纪要"), reverse("registry:meeting-minutes", args=[one.number]), "go")]


def _seats(seats: list[Seat], minutes: Minutes | None) -> Section:
    lines = []
    for seat in seats:
        roll = getattr(seat, "roll", None)
        state = (
            Cell(str(forms.STATES[roll.state]), tone="ok" if roll.state in holding.HERE else "warn")
            if roll
            else "—"
        )
        signed = Cell(_("已签字"), tone="ok") if hasattr(seat, "signature") else "—"
        lines.append(
            row(
                seat.organisation.name,
                str(forms.CAPACITIES[seat.capacity]),
                state,
                roll.who if roll else "",
                signed,
            )
        )
    columns = [_("单位"), _("身份"), _("到会"), _("到会人"), _("签字")]
    return Section(_("参会单位"), columns=columns, rows=lines)


def _line(request: DeskRequest, one: Meeting, item: Any, by: Actor, *, can: bool) -> Section:
    title = _("议题 %(order)d：%(title)s") % {"order": item.order, "title": item.title}
    resolution: Resolution | None = getattr(item, "resolution", None)
    if resolution is None:
        buttons = []
        if can and by.may("meetings.call"):
            buttons.append(
                Button(
                    _("记录表态和决定"), reverse("registry:meeting-resolve", args=[one.number, item.order])
                )
            )
        return Section(title, text=item.text, empty=_("还没有决定。"), buttons=buttons)
    lines = [
        row(position.seat.organisation.name, str(forms.STANCES[position.stance]), position.text)
        for position in item.positions.all()
    ]
    facts = [
        (_("决定"), resolution.text),
        (_("结果"), _("通过") if resolution.carried else _("没有通过")),
        (_("同意、反对、到会"), f"{resolution.agree} / {resolution.against} / {resolution.present}"),
    ]
    buttons = []
    if resolution.carried and by.may("meetings.call"):
        buttons.append(Button(_("交办任务"), reverse("registry:meeting-task", args=[one.number, item.order])))
    columns = [_("单位"), _("表态"), _("意见")]
    return Section(title, text=item.text, facts=facts, columns=columns, rows=lines, buttons=buttons)


def _tasks(tasks: list[Task]) -> Section:
    lines = []
    for task in tasks:
        case = task.case
        step = case.at_step
        due = Cell(due=case.due_on) if case.closed_on is None and case.due_on else case.closed_on
        lines.append(
            row(
                Cell(task.text, reverse("desk:case", args=[case.number])), task.seat.organisation.name,
                Cell(str(step.title.text(lang())), tone="ok" if step.final else "warn"), due, tasking.result_of(case),
            )
        )  # fmt: skip
    columns = [_("任务"), _("谁来办"), _("办到哪一步"), _("期限或办结日"), _("反馈的结果")]
    return Section(_("任务"), columns=columns, rows=lines, empty=_("还没有交办任务。"))


def _signing(seats: list[Seat], by: Actor, number: str) -> list[Button]:
    """The signature of one's own body, where it was there and has not signed."""
    mine = [
        seat for seat in seats
        if seat.organisation_id == by.organisation_id and seat.post == by.post and not hasattr(seat, "signature")
        and hasattr(seat, "roll") and seat.roll.state in holding.HERE
    ]  # fmt: skip
    url = reverse("registry:meeting-signature", args=[number])
    return [Button(_("代表本单位签字"), url, "go", is_post=True)] if mine else []


def _screen(title: str, label: str, done: str, back: str, **more: Any) -> Screen:
    crumbs = [(_("联席会议"), reverse("registry:meetings")), (title, "")]
    return Screen(title, label, done, back, current="meetings", crumbs=crumbs, **more)


def _caller(request: DeskRequest) -> Actor:
    return access.require(request, "meetings.call")


def call(request: DeskRequest) -> HttpResponse:
    """Call a meeting: the bodies of the community whose posts are held today are offered."""
    by, region = _caller(request), access.home_community(request)
    bodies = {one.key: one for one in access.organisations(request).filter(kind__in=SPEAKERS).order_by("id")}
    held = set(
        Appointment.objects.in_force(request.today)
        .filter(organisation__in=bodies.values())
        .values_list("organisation__key", "post")
    )
    form = doing.given_to(request, forms.CallForm, bodies=[(key, one.name) for key, one in bodies.items()])

    def do(given: Given) -> str:
        members = []
        for key in given["members"]:
            capacity, post = SPEAKERS[bodies[key].kind]
            members.append(calling.Member(bodies[key], capacity, post if (key, post) in held else ""))
        lines = [
            calling.Line(str(one["title"] or ""), str(one["text"] or "")) for one in form.rows_of("agenda")
        ]
        called = calling.Call(given["title"], given["on"], given["begins"], given["venue"], lines)
        made = calling.call(region=region, called=called, members=members, by=by, at=request.now)
        return reverse("registry:meeting", args=[made.number])

    screen = _screen(_("召集会议"), _("发出通知"), _("会议通知已发出。"), reverse("registry:meetings"))
    return doing.perform(request, form, screen, do)


def _names(seats: list[Seat]) -> list[tuple[int, str]]:
    return [(seat.pk, f"{seat.organisation.name}（{forms.CAPACITIES[seat.capacity]}）") for seat in seats]


def roll(request: DeskRequest, number: str) -> HttpResponse:
    """Take the roll, once."""
    by = _caller(request)
    answer = doing.already(request)
    if answer is not None:
        return answer
    one = meeting_of(request, number)
    seats = list(one.seats.select_related("organisation", "roll").order_by("id"))
    if any(hasattr(seat, "roll") for seat in seats):
        raise Http404
    form = doing.given_to(request, forms.RollForm, seats=_names(seats))

    def do(given: Given) -> object:
        came = {seat.pk: holding.Came(given[f"state_{seat.pk}"], given[f"who_{seat.pk}"]) for seat in seats}
        return holding.take_roll(meeting=one, came=came, by=by, at=request.now)

    back = reverse("registry:meeting", args=[number])
    hints = [("info", _("点名保存后不能修改。"))]
    return doing.perform(
        request, form, _screen(_("点名"), _("保存"), _("点名已保存。"), back, hints=hints), do
    )


def resolve(request: DeskRequest, number: str, order: int) -> HttpResponse:
    """Positions and resolution on one line of the agenda."""
    by = _caller(request)
    answer = doing.already(request)
    if answer is not None:
        return answer
    one = meeting_of(request, number)
    item = get_object_or_404(one.agenda.select_related("meeting", "resolution"), order=order)
    if hasattr(item, "resolution") or hasattr(one, "minutes"):
        raise Http404
    here = list(one.seats.filter(roll__state__in=holding.HERE).select_related("organisation").order_by("id"))
    form = doing.given_to(request, forms.ResolveForm, seats=_names(here))

    def do(given: Given) -> object:
        stances = [
            holding.Stance(seat, given[f"stance_{seat.pk}"], given[f"text_{seat.pk}"]) for seat in here
        ]
        return holding.resolve(
            item=item, decided=holding.Decided(given["text"], stances), by=by, at=request.now
        )

    back = reverse("registry:meeting", args=[number])
    facts = [(_("议题"), item.title), (_("通过"), _share(one.majority_percent, one.majority_operator))]
    screen = _screen(_("表态和决定"), _("保存"), _("已保存。"), back, facts=facts)
    return doing.perform(request, form, screen, do)


def minutes(request: DeskRequest, number: str) -> HttpResponse:
    """Write the minutes; then the bodies sign."""
    by = _caller(request)
    answer = doing.already(request)
    if answer is not None:
        return answer
    one = meeting_of(request, number)
    if hasattr(one, "minutes"):
        raise Http404
    form = doing.given_to(request, forms.MinutesForm)
    back = reverse("registry:meeting", args=[number])
    hints = [("info", _("纪要保存后不能修改，各单位对这份文字签字。"))]
    return doing.perform(
        request, form, _screen(_("会议纪要"), _("保存纪要"), _("纪要已保存，请各单位签字。"), back, hints=hints),
        lambda given: holding.write_minutes(meeting=one, text=given["text"], by=by, at=request.now),
    )  # fmt: skip


def sign(request: DeskRequest, number: str) -> HttpResponse:
    """Sign the minutes for one's own body."""
    one, by = meeting_of(request, number), access.actor(request)
    if not hasattr(one, "minutes"):
        raise Http404
    tried(request, lambda: holding.sign_minutes(minutes=one.minutes, by=by, at=request.now))
    return HttpResponseRedirect(reverse("registry:meeting", args=[number]))


def task(request: DeskRequest, number: str, order: int) -> HttpResponse:
    """Give a body a task from a carried resolution."""
    by = _caller(request)
    one = meeting_of(request, number)
    resolution = get_object_or_404(
        Resolution.objects.select_related("item__meeting__region"),
        item__meeting=one,
        item__order=order,
        carried=True,
    )
    seats = {
        str(seat.pk): seat
        for seat in one.seats.exclude(post="").select_related("organisation").order_by("id")
    }
    form = doing.given_to(
        request,
        forms.TaskForm,
        seats=[(pk, f"{seat.organisation.name}（{words.post(seat.post)}）") for pk, seat in seats.items()],
    )

    def do(given: Given) -> object:
        asked = tasking.Asked(seats[given["seat"]], given["text"], given["due_on"])
        return tasking.assign(resolution=resolution, asked=asked, by=by, at=request.now)

    back = reverse("registry:meeting", args=[number])
    audience = [_("任务进入这个岗位的待办，到期有提醒；结果回到会议页。")]
    screen = _screen(
        _("交办任务"),
        _("交办"),
        _("任务已交办。"),
        back,
        facts=[(_("决定"), resolution.text)],
        audience=audience,
    )
    return doing.perform(request, form, screen, do)


def act(request: DeskRequest, number: str, code: str) -> HttpResponse:
    """What was reported on a task is not enough: back to the same body with a reason."""
    by = _caller(request)
    answer = doing.already(request)
    if answer is not None:
        return answer
    found = access.case(request, number)
    one = get_object_or_404(Task.objects.select_related("case", "seat"), pk=found.pk)
    wanted = tasking.move_to(one.seat.post)
    if wanted not in {move.code for move in moves_for(found, by)}:
        raise Http404
    form = doing.given_to(request, forms.ReasonForm)
    back = reverse("desk:case", args=[number])
    facts = [(_("任务"), one.text), (_("反馈的结果"), tasking.result_of(found))]
    return doing.perform(
        request, form, _screen(_("退回继续办"), _("退回"), _("已退回。"), back, facts=facts),
        lambda given: tasking.send_back(task=one, reason=given["opinion"], by=by, at=request.now),
    )  # fmt: skip
