"""The duty log at the staff door: signing for oneself, who was there, who was absent, correcting a line by another."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.people.actors import Actor
from linli.people.models import Account, Appointment
from linli.places import attending, stationing
from linli.places.models import DutySign, Station
from linli.registry.forms import meetings as forms
from linli.registry.opening import screen, station_of
from linli.registry.sections import Button, Cell, Section, row
from linli.rulebook.reading import calendar
from linli.staff import access, doing, words
from linli.staff.access import DeskRequest
from linli.staff.doing import Given
from linli.staff.saying import tell, tried

ON_DUTY = ("clerk", "info_officer")
BACK = 14  # days looked back for absences


def expected(
    one: Station, since: dt.date, until: dt.date
) -> tuple[dict[str, tuple[dt.date, dt.date | None]], dict[str, str]]:
    """Who is to be on duty: account word to first and last day of the post; and their names. Two statements."""
    held = Appointment.objects.filter(post__in=ON_DUTY, place=one.community_id, valid_from__lte=until)
    held = held.exclude(valid_to__lt=since).select_related("person").order_by("id")
    people = {row.person_id: row for row in held}
    accounts = Account.objects.filter(person__in=people, is_active=True)
    spans, names = {}, {}
    for account in accounts.order_by("id"):
        row_ = people[account.person_id]
        spans[account.word] = (row_.valid_from, row_.valid_to)
        names[account.word] = f"{row_.person.name}（{words.post(row_.post)}）"
    return spans, names


def sections(request: DeskRequest, one: Station, by: Actor) -> list[Section]:
    today = request.today
    spans, names = expected(one, today - dt.timedelta(days=BACK), today)
    day = attending.day(one, today, expected=list(spans))
    lines = [
        row(names.get(duty.who, duty.who), _clock(duty.first), _clock(duty.last),
            _("%(hours)d 小时 %(minutes)d 分") % {"hours": duty.minutes // 60, "minutes": duty.minutes % 60},
            Cell(_("在岗"), tone="ok") if duty.is_open else Cell(_("已签退"), tone="plain") if duty.first else Cell(_("未签到"), tone="warn"))
        for duty in day
    ]  # fmt: skip
    since = today - dt.timedelta(days=BACK)
    open_days = stationing.week(one, since, calendar=calendar(), days=BACK)
    away = attending.absent(one, open_days, expected=spans)
    gone = [row(names.get(who, who), on) for who, on in reversed(away[-30:])]
    return [
        Section(_("今天值班"), columns=[_("姓名"), _("签到"), _("签退"), _("时长"), _("状态")], rows=lines, empty=_("没有应值班的人。")),
        _log(one, by, names, today),
        Section(_("近两周未签到"), columns=[_("姓名"), _("日期")], rows=gone, empty=_("没有。")),
    ]  # fmt: skip


def _log(one: Station, by: Actor, names: dict[str, str], today: dt.date) -> Section:
    """The last lines of the log, corrections included; a line that stands may be corrected by its person or the keeper."""
    rows = list(
        one.signs.filter(on__gte=today - dt.timedelta(days=3), on__lte=today)
        .select_related("correction")
        .order_by("-id")[:60]
    )
    kinds = {"in": _("签到"), "out": _("签退"), "none": _("作废")}
    keeps = by.may("places.stations") and by.holds(one.community_id)
    lines = []
    for sign in rows:
        standing = not hasattr(sign, "correction")
        may = standing and (keeps or (sign.actor == by.actor_word and by.may("places.duty")))
        url = (
            reverse("registry:station-correct", args=[one.code, sign.on.isoformat(), _order(rows, sign)])
            if may
            else ""
        )
        state = Cell(_("更正"), url) if may else Cell("" if standing else _("已更正"))
        lines.append(
            row(
                names.get(sign.actor, sign.actor),
                kinds[sign.kind],
                f"{sign.on:%m-%d} {_clock(sign.moment)}",
                sign.reason,
                state,
            )
        )
    columns = [_("姓名"), _("类型"), _("时间"), _("更正原因"), _("操作")]
    return Section(_("值班记录（近三天）"), columns=columns, rows=lines, empty=_("没有记录。"))


def _clock(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else "—"


def buttons(request: DeskRequest, one: Station, by: Actor) -> list[Button]:
    if not by.may("places.duty") or by.place != one.community_id:
        return []
    last = (
        attending.signs_on(one, request.today).filter(actor=by.actor_word).order_by("-moment", "-id").first()
    )
    kind = "out" if last is not None and last.kind == "in" else "in"
    label = _("签退") if kind == "out" else _("签到")
    return [Button(label, reverse("registry:station-sign", args=[one.code, kind]), "go", is_post=True)]


def sign(request: DeskRequest, code: str, kind: str) -> HttpResponse:
    """Sign in or out for oneself, now."""
    by = access.require(request, "places.duty")
    one = station_of(by, code)
    if tried(request, lambda: attending.sign(station=one, kind=kind, by=by, at=request.now)):
        tell(request, _("已签到。") if kind == "in" else _("已签退。"))
    return HttpResponseRedirect(reverse("registry:station", args=[code]))


def _order(rows: list[DutySign], sign: DutySign) -> int:
    """Which line of its day it is, counted from 1 in the order of writing."""
    return sum(1 for one in rows if one.on == sign.on and one.pk <= sign.pk)


def _line(one: Station, by: Actor, on: str, line: int) -> DutySign:
    """The line of a day's log that the actor may correct: one's own, or any for who keeps the station."""
    try:
        day = dt.date.fromisoformat(on)
    except ValueError:
        raise Http404 from None
    rows = list(one.signs.filter(on=day).select_related("station", "correction").order_by("id"))
    if not 1 <= line <= len(rows) or hasattr(rows[line - 1], "correction"):
        raise Http404
    found = rows[line - 1]
    if not (by.may("places.stations") and by.holds(one.community_id)) and found.actor != by.actor_word:
        raise Http404
    return found


def correct(request: DeskRequest, code: str, on: str, line: int) -> HttpResponse:
    """Correct a line of the log by another one."""
    by = access.require(request, "places.duty", "places.stations")
    answer = doing.already(request)
    if answer is not None:
        return answer
    one = station_of(by, code)
    found = _line(one, by, on, line)
    form = doing.given_to(request, forms.CorrectForm)
    form.fields["kind"].initial = found.kind
    form.fields["time"].initial = timezone.localtime(found.moment).time()

    def do(given: Given) -> object:
        moment = dt.datetime.combine(found.on, given["time"], tzinfo=timezone.get_current_timezone())
        return attending.correct_sign(
            sign=found, moment=moment, kind=given["kind"], reason=given["reason"], by=by, at=request.now
        )

    facts = [(_("原来的时间"), _clock(found.moment)), (_("日期"), found.on)]
    hints = [("info", _("原来的一条保留，更正另记一条。"))]
    return doing.perform(
        request, form, screen(_("更正值班记录"), _("更正"), _("已更正。"), one, facts=facts, hints=hints), do
    )
