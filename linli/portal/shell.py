"""The shell around every page of this door: where we are, who reads, and the six entries."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.look.frame import Entry, PortalFrame
from linli.notices.models import Notice
from linli.places.models import CommunityProfile, Region
from linli.portal import access, hours


def entries(code: str, current: str = "") -> list[Entry]:
    """The six entries of a community's portal."""
    known = (
        ("items", _("办事"), reverse("portal:items", args=[code]), "apply", _("办事指南、网上申请、预约")),
        ("grievances", _("诉求"), reverse("portal:grievances", args=[code]), "speak", _("报修、投诉、随手拍，几天答复看得见")),
        ("deliberation", _("议事"), reverse("portal:deliberation", args=[code]), "people", _("居民会议、协商、监督怎么参加")),
        ("disclosure", _("公开"), reverse("portal:disclosure", args=[code]), "open", _("钱怎么花、事怎么办")),
        ("activities", _("活动"), reverse("portal:activities", args=[code]), "calendar", _("场地、书屋和社区活动")),
        ("my", _("我的"), reverse("portal:my"), "person", _("进度、补材料、评价、消息")),
    )  # fmt: skip
    return [Entry(label, url, icon, word == current, hint) for word, label, url, icon, hint in known]


def profile(region: Region) -> CommunityProfile:
    """What the community tells about itself; an empty profile where it has told nothing yet."""
    return getattr(region, "profile", None) or CommunityProfile(region=region)


def frame(request: HttpRequest, region: Region | None, current: str = "") -> PortalFrame:
    """The residents' shell for a community, or the bare one where none is chosen."""
    who = access.account(request)
    unread = Notice.objects.filter(to_person_id=who.person_id).unread().count() if who else 0
    person: dict[str, Any] = {
        "person": who.person.name if who else "",
        "sign_in": "" if who else f"{reverse('portal:sign_in')}?next={request.path}",
        "sign_out": reverse("portal:sign_out") if who else "",
        "inbox": reverse("portal:notices") if who else "",
        "unread": unread,
    }
    if region is None:
        footer = [Entry(_("隐私说明"), reverse("portal:privacy"))]
        return PortalFrame(community=_("邻里"), place=_("社区服务与治理"), home="/", footer=footer, **person)
    told = profile(region)
    return PortalFrame(
        community=region.name,
        place="".join(place.name for place in region.ancestors()[1:]),
        home=reverse("portal:home", args=[region.code]),
        entries=entries(region.code, current),
        phone=told.service_phone,
        hours=hours.week(told.opening_hours),
        address=told.station_address,
        footer=_footer(region.code),
        **person,
    )


def _footer(code: str) -> list[Entry]:
    return [
        Entry(_("社区和一委一居一站"), reverse("portal:about", args=[code])),
        Entry(_("凭编号查进度"), f"{reverse('portal:query')}?c={code}"),
        Entry(_("隐私说明"), f"{reverse('portal:privacy')}?c={code}"),
        Entry(_("换一个社区"), f"{reverse('portal:communities')}"),
    ]


def region_for(request: HttpRequest) -> Region | None:
    """The community of a page whose address names none: the one asked for, one's own, the host's."""
    code = request.GET.get("c", "")
    if code:
        return access.community(request, code)
    return access.own_community(request) or access.community_of_host(request)


def show(
    request: HttpRequest,
    template: str,
    region: Region | None,
    current: str = "",
    status: int = 200,
    **values: Any,
) -> HttpResponse:
    """Render a page of this door inside its shell."""
    values["door"] = frame(request, region, current)
    values["code"] = region.code if region else ""
    return render(request, f"portal/{template}", values, status=status)
