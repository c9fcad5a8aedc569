"""Stations at the staff door: which communities have one, hours and exceptions, the duty log, the five ones, figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.said import Said
from linli.linkage.fiveones import five_ones
from linli.people.actors import Actor
from linli.places import stationing
from linli.places.formulas import OpenDay, Span
from linli.places.models import Region, Station, StationCover, Stock, with_stations
from linli.registry import duty
from linli.registry.forms import meetings as forms
from linli.registry.opening import screen, station_of
from linli.registry.sections import Button, Cell, Section, Sheet, draw, row
from linli.rulebook.models import Rule
from linli.rulebook.reading import calendar
from linli.staff import access, doing
from linli.staff.access import DeskRequest
from linli.staff.doing import Given
from linli.staff.saying import tell, tried

WHY = {
    "holiday": gettext_lazy("法定节假日"),
    "makeup": gettext_lazy("调休上班"),
    "special": gettext_lazy("临时调整"),
}
ONES = {
    "place": gettext_lazy("一处固定场所"), "devices": gettext_lazy("一套信息设备"), "officer": gettext_lazy("一名信息员"),
    "rules": gettext_lazy("一套管理制度"), "mechanism": gettext_lazy("一个长效机制"),
}  # fmt: skip
TARGETS = (
    ("places.station_coverage_target", gettext_lazy("服务站覆盖率"), "%"),
    ("places.area_target", gettext_lazy("每百户设施面积"), "㎡"),
    ("places.activity_target", gettext_lazy("居民活动面积占比"), "%"),
)


def show(request: DeskRequest) -> HttpResponse:
    """Coverage of stations over the communities of one's place, in one statement; and the figures with their targets."""
    by = access.actor(request)
    found = with_stations(access.communities(request), request.today).order_by("served_by", "code")
    regions: list[Any] = list(found[:200])
    stations = _stations_of(by, request.today)
    lines = [
        row(
            one.name,
            _coverage(one.served_by, one.sharing),
            Cell("、".join(s.name for s in stations.get(one.code, [])),
                 reverse("registry:station", args=[stations[one.code][0].code]) if one.code in stations else ""),
        )
        for one in regions
    ]  # fmt: skip
    lacking = sum(1 for one in regions if not one.served_by)
    notes = [("warn", _("有 %(count)d 个社区没有服务站。") % {"count": lacking})] if lacking else []
    buttons = []
    if by.may("places.stations") and by.role.level == "community":
        buttons = [
            Button(_("登记服务站"), reverse("registry:station-new")),
            Button(_("盘点设施"), reverse("registry:station-stock"), "plain", is_post=True),
        ]
    columns = [_("社区"), _("覆盖"), _("服务站")]
    sheet = Sheet(
        _("服务站与值班"), notes=notes, buttons=buttons,
        sections=[Section(_("服务站覆盖"), columns=columns, rows=lines, empty=_("没有社区。"))],
        aside=[_figures(by, request.today)],
    )  # fmt: skip
    return draw(request, sheet, "stations")


def _stations_of(by: Actor, on: dt.date) -> dict[str, list[Station]]:
    first, last = by.span
    covers = StationCover.objects.in_force(on).filter(community_id__gte=first, community_id__lte=last)
    found: dict[str, list[Station]] = {}
    for cover in covers.select_related("station").order_by("station_id"):
        found.setdefault(cover.community_id, []).append(cover.station)
    return found


def _coverage(served_by: int, sharing: int) -> Cell:
    if not served_by:
        return Cell(_("没有服务站"), tone="late")
    if sharing > 1:
        return Cell(_("与 %(count)d 个社区共用") % {"count": sharing - 1}, tone="warn")
    return Cell(_("有"), tone="ok")


def _figures(by: Actor, on: dt.date) -> Section:
    """The last count of every community together, against the dated targets. Two statements."""
    first, last = by.span
    stocks: dict[str, Stock] = {}
    for one in Stock.objects.filter(community_id__gte=first, community_id__lte=last).order_by("on"):
        stocks[one.community_id] = one
    known = [one for one in stocks.values() if one.households]
    households, area = sum(one.households or 0 for one in known), sum(one.area_metres for one in known)
    whole, active = (
        sum(one.area_metres for one in stocks.values()),
        sum(one.activity_metres for one in stocks.values()),
    )
    values = {
        "places.station_coverage_target": _percent(
            sum(one.has_station for one in stocks.values()), len(stocks)
        ),
        "places.area_target": _percent(area, households),
        "places.activity_target": _percent(active, whole),
    }
    rules = {
        one.code: one for one in Rule.objects.filter(code__in=values, jurisdiction="").order_by("valid_from")
    }
    lines = [
        row(
            str(label),
            f"{values[code]} {unit}" if values[code] else _("没有盘点"),
            _target(rules.get(code), unit, on),
        )
        for code, label, unit in TARGETS
    ]
    return Section(_("设施数字"), columns=[_("指标"), _("最近盘点"), _("目标")], rows=lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""


def _target(rule: Rule | None, unit: str, on: dt.date) -> str:
    """The target as the rulebook dates it; a plan that has run out is said so."""
    if rule is None:
        return ""
    text = f"≥ {rule.value} {unit}"
    if rule.valid_to and rule.valid_to < on:
        return _("%(target)s（规划到 %(year)d 年，新目标未公布）") % {
            "target": text,
            "year": rule.valid_to.year,
        }
    return text


def station(request: DeskRequest, code: str) -> HttpResponse:
    """One station: this week's hours, today's duty, who was absent, the five ones."""
    by = access.actor(request)
    one = station_of(by, code)
    keeps = by.may("places.stations") and by.holds(one.community_id)
    sees_duty = keeps or by.may("places.duty")
    week = stationing.week(one, request.today, calendar=calendar())
    sections = [_week(week, request.today, one, keeps)]
    if sees_duty:
        sections += duty.sections(request, one, by)
    sections.append(_five(one, request.today))
    served = [cover.community.name for cover in one.covers.filter(to_on=None).select_related("community")]
    facts = [
        (_("代码"), code), (_("地址"), one.address), (_("电话"), one.phone), (_("所在社区"), one.community.name),
        (_("服务社区"), "、".join(served)), (_("场所"), one.facility.name if one.facility else ""),
    ]  # fmt: skip
    buttons = duty.buttons(request, one, by)
    if keeps:
        buttons.append(Button(_("改开放时间"), reverse("registry:station-hours", args=[code])))
        buttons.append(Button(_("公告临时调整"), reverse("registry:station-exception", args=[code])))
    if by.may("places.stations") and by.role.level != "community":
        buttons.append(Button(_("增加服务社区"), reverse("registry:station-cover", args=[code])))
    crumbs = [(_("服务站与值班"), reverse("registry:stations")), (one.name, "")]
    sheet = Sheet(
        one.name, crumbs=crumbs, buttons=buttons, sections=sections, aside=[Section(_("服务站"), facts=facts)]
    )
    return draw(request, sheet, "stations")


def _week(week: list[OpenDay], today: dt.date, one: Station, keeps: bool) -> Section:
    names = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    lines = [
        row(
            f"{day.on:%m-%d} {names[day.on.isoweekday() - 1]}",
            "、".join(f"{begin}–{end}" for begin, end in day.spans) or Cell(_("不开放"), tone="plain"),
            " ".join(part for part in (str(WHY.get(day.why, "")), day.reason) if part),
        )
        for day in week
    ]
    return Section(_("开放时间（七天）"), columns=[_("日期"), _("时间"), _("说明")], rows=lines)


def _five(one: Station, on: dt.date) -> Section:
    lines = [
        row(
            str(ONES[single.code]),
            Cell(_("有"), tone="ok") if single.is_met else Cell(_("缺"), tone="late"),
            single.by,
        )
        for single in five_ones(one, on)
    ]
    return Section(_("五个一"), columns=[_("项目"), _("记录"), _("依据")], rows=lines)


def spans(text: str, field: str) -> list[Span]:
    """``09:00-12:00,14:00-17:30`` as spans. Raises ``Said('places.hours_shape')``."""
    found: list[Span] = []
    for part in text.replace("，", ",").replace("–", "-").split(","):
        if not part.strip():
            continue
        begin, dash, end = part.partition("-")
        if not dash:
            raise Said("places.hours_shape", field=field)
        found.append((begin.strip(), end.strip()))
    return found


def _hours(given: Given) -> dict[str, list[Span]]:
    work, rest = spans(given["workdays"], "workdays"), spans(given["weekend"], "weekend")
    return {**{str(day): work for day in range(1, 6)}, "6": rest, "7": rest}


def new(request: DeskRequest) -> HttpResponse:
    """Enter a station of one's community."""
    by = access.require(request, "places.stations")
    region: Region = access.home_community(request)
    form = doing.given_to(request, forms.StationForm)

    def do(given: Given) -> str:
        made = stationing.open_station(
            community=region, code=given["code"], name=given["name"], hours=_hours(given), address=given["address"],
            phone=given["phone"], by=by, at=request.now,
        )  # fmt: skip
        return reverse("registry:station", args=[made.code])

    return doing.perform(request, form, screen(_("登记服务站"), _("登记"), _("服务站已登记。"), None), do)


def hours(request: DeskRequest, code: str) -> HttpResponse:
    """Set weekly hours."""
    by = access.require(request, "places.stations")
    one = station_of(by, code)
    form = doing.given_to(request, forms.HoursForm)
    form.fields["workdays"].initial = ",".join("-".join(span) for span in one.opening_hours.get("1", []))
    form.fields["weekend"].initial = ",".join("-".join(span) for span in one.opening_hours.get("6", []))
    return doing.perform(
        request, form, screen(_("改开放时间"), _("保存"), _("开放时间已改。"), one),
        lambda given: stationing.set_hours(station=one, hours=_hours(given), by=by, at=request.now),
    )  # fmt: skip


def announce(request: DeskRequest, code: str) -> HttpResponse:
    """Announce other hours or closing for some days."""
    by = access.require(request, "places.stations")
    one = station_of(by, code)
    form = doing.given_to(request, forms.ExceptionForm)

    def do(given: Given) -> object:
        return stationing.announce_exception(
            station=one, days=(given["from_on"], given["to_on"]), spans=spans(given["spans"], "spans"),
            reason=given["reason"], by=by, at=request.now,
        )  # fmt: skip

    audience = [_("居民在社区门户上看得到。")]
    return doing.perform(
        request, form, screen(_("公告临时调整"), _("公告"), _("已公告。"), one, audience=audience), do
    )


def add_cover(request: DeskRequest, code: str) -> HttpResponse:
    """Let a station serve another community."""
    by = access.require(request, "places.stations")
    one = station_of(by, code)
    regions = {region.code: region for region in access.communities(request).order_by("code")}
    form = doing.given_to(
        request, forms.CoverForm, communities=[(key, region.name) for key, region in regions.items()]
    )

    def do(given: Given) -> object:
        return stationing.cover(
            station=one, community=regions[given["community"]], from_on=request.today, by=by, at=request.now
        )

    return doing.perform(request, form, screen(_("增加服务社区"), _("保存"), _("已增加服务社区。"), one), do)


def stock(request: DeskRequest) -> HttpResponse:
    """Count the community's facilities as they stand today."""
    by = access.require(request, "places.stations")
    region = access.home_community(request)
    if tried(request, lambda: stationing.take_stock(community=region, by=by, at=request.now)):
        tell(request, _("设施已盘点。"))
    return HttpResponseRedirect(reverse("registry:stations"))
