"""The audit view, for posts with ``audit.read``: what was done, the ledger as it stands, its last checkpoint."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.desk import access, frame, words
from linli.desk.access import WIDE, DeskRequest
from linli.desk.saying import tell
from linli.people.actors import Actor
from linli.trail.models import AuditEntry, Checkpoint, LedgerHead
from linli.trail.verifying import verify

PAGE = 50
SALT = "desk.audit"
# A longer chain is verified on the console, not while a page waits.
LONGEST = 20_000
KINDS = {
    "people": gettext_lazy("居民和组织"), "records": gettext_lazy("材料"), "services": gettext_lazy("办事"), "grievances": gettext_lazy("诉求"),
    "cases": gettext_lazy("办件"), "disclosure": gettext_lazy("公开"), "projects": gettext_lazy("项目"), "evaluation": gettext_lazy("评价"),
    "rulebook": gettext_lazy("流程与规则"), "trail": gettext_lazy("账本"),
}  # fmt: skip


def entries(by: Actor) -> QuerySet[AuditEntry]:
    """Entries of the actor's place, and those that belong to no place (sheets, accounts)."""
    first, last = by.span
    return AuditEntry.objects.filter(Q(region__gte=first, region__lte=last) | Q(region=""))


def show(request: DeskRequest) -> HttpResponse:
    """Entries newest first, and the state of the chains of one's place."""
    by = access.require(request, "audit.read")
    kind = request.GET.get("kind", "")
    rows = entries(by)
    if kind in KINDS:
        rows = rows.filter(verb__startswith=f"{kind}.")
    before = _mark(request.GET.get("after", ""))
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    url = reverse("desk:audit")
    older = (
        f"{url}?kind={kind}&after={signing.dumps(found[PAGE - 1].pk, salt=SALT)}" if len(found) > PAGE else ""
    )
    pills = [
        {"label": str(label), "url": f"{url}?kind={word}", "current": kind == word, "count": None}
        for word, label in KINDS.items()
    ]
    page = {
        "entries": [_line(one, by) for one in found[:PAGE]],
        "older": older,
        "kinds": [{"label": _("全部"), "url": url, "current": not kind, "count": None}, *pills],
        "chains": _chains(by),
    }
    return frame.draw(request, "audit.html", page, current="audit")


def _mark(token: str) -> int:
    if not token:
        return 0
    try:
        return int(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        raise Http404 from None


def _line(one: AuditEntry, by: Actor) -> dict[str, Any]:
    """One entry. What it is about is named only where the reader's role reaches rows of its class."""
    reached = by.sees(one.data_class) in WIDE
    facts = ", ".join(f"{name}={value}" for name, value in one.facts.items())
    about = (
        f"{one.kind} {one.key} {facts}"
        if reached
        else _("%(kind)s（%(class)s级，不显示是哪一件）") % {"kind": one.kind, "class": one.data_class}
    )
    return {
        "at": one.at,
        "who": one.actor,
        "post": words.post(one.post),
        "act": one.verb,
        "about": about.strip(),
        "digest": "",
    }


def _chains(by: Actor) -> list[dict[str, Any]]:
    first, last = by.span
    heads = list(
        LedgerHead.objects.filter(Q(region__gte=first, region__lte=last) | Q(region="0" * 12)).order_by(
            "region"
        )[:60]
    )
    points: dict[str, Checkpoint] = {}
    for point in Checkpoint.objects.filter(region__in=[head.region for head in heads]).order_by("sequence"):
        points[point.region] = point
    return [
        {"region": head.region, "sequence": head.sequence, "hash": head.hash, "point": points.get(head.region),
         "since": head.sequence - points[head.region].sequence if head.region in points else head.sequence}
        for head in heads
    ]  # fmt: skip


def verification(request: DeskRequest) -> HttpResponse:
    """Recompute one chain now, and say whether it holds."""
    by = access.require(request, "audit.read")
    region = request.POST.get("region", "")
    head = LedgerHead.objects.filter(region=region).first()
    if head is None or not (by.holds(region) or region == "0" * 12):
        raise Http404
    if head.sequence > LONGEST:
        tell(
            request,
            _("这条账本有%(count)d条，请在服务器上运行 linli ledger verify。") % {"count": head.sequence},
            tone="warning",
        )
    else:
        verdict = verify(region)
        if verdict.ok:
            tell(
                request,
                _("%(region)s：%(count)d条全部核对无误，前后相连。")
                % {"region": region, "count": verdict.entries},
            )
        else:
            tell(
                request,
                _("%(region)s：账本对不上，第一处：%(fault)s")
                % {"region": region, "fault": verdict.first_fault},
                tone="error",
            )
    return HttpResponseRedirect(reverse("desk:audit"))
