"""Public money at the desk: the only ways from an address to a project, an evaluation or a reading, and the words
that their pages share. What may not be seen answers 404."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.cases.models import FAR
from linli.desk import access, words
from linli.desk.access import DeskRequest
from linli.desk.saying import lang
from linli.evaluation.models import Evaluation, Reading
from linli.ground import masking, money
from linli.look.templatetags.parts import tag
from linli.people.actors import Actor
from linli.projects.models import Expenditure, Gate, Programme, Project

LEVELS = {
    "nation": gettext_lazy("中央"),
    "province": gettext_lazy("省"),
    "city": gettext_lazy("市"),
    "district": gettext_lazy("区县"),
    "street": gettext_lazy("街道"),
    "community": gettext_lazy("社区"),
}
LONG_NAME = 4  # people's names are at most this long; longer payees are bodies


def read(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """The address of a page that is only read."""
    return path(route, require_http_methods(["GET", "HEAD"])(view), name=name)


def show(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """The address of a page that is read and may be posted to."""
    return path(route, require_http_methods(["GET", "HEAD", "POST"])(view), name=name)


def change(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """An address that only takes changes."""
    return path(route, require_http_methods(["POST"])(view), name=name)


def projects(request: DeskRequest) -> QuerySet[Project]:
    """Project files the actor may open."""
    return Project.objects.visible_to(access.require(request, "projects.read"))


def project(request: DeskRequest, number: str) -> Project:
    """One project by the public number of its case."""
    return get_object_or_404(
        projects(request).select_related("case__region", "case__procedure", "programme"), case__number=number
    )


def entry(found: Project, number: int) -> Expenditure:
    """One spending entry of a visible project, by its number in the project."""
    rows = Expenditure.objects.filter(project=found).select_related(
        "line", "source__fund", "paper__file", "corrects", "corrected_by"
    )
    return get_object_or_404(rows, number=number)


def gate(found: Project, kind: str, number: int) -> Gate:
    """One disclosure gate of a visible project."""
    return get_object_or_404(Gate, project=found, kind=kind, number=number)


def programmes(request: DeskRequest) -> QuerySet[Programme]:
    """Notices of the places above and below the actor's own: a notice is public to whoever works with projects."""
    by = access.require(request, "projects.read")
    first, last = by.span
    chain = [by.place[:length].ljust(12, "0") for length in (2, 4, 6, 9, 12)]
    within = Programme.objects.filter(region_id__gte=first, region_id__lte=last)
    return (within | Programme.objects.filter(region_id__in=chain)).select_related("region", "policy")


def programme(request: DeskRequest, code: str) -> Programme:
    """One notice by its code."""
    return get_object_or_404(programmes(request), code=code)


def evaluations(request: DeskRequest) -> QuerySet[Evaluation]:
    """Evaluations the actor may open: one's own, and those of others once they are unsealed."""
    by = access.require(request, "evaluation.read")
    return Evaluation.objects.visible_to(by, request.today)


def evaluation(request: DeskRequest, key: str) -> Evaluation:
    """One evaluation by its public key."""
    return get_object_or_404(evaluations(request).select_related("frame", "goals"), key=key)


def reading(request: DeskRequest, key: str) -> Reading:
    """One reading by its public key."""
    by = access.require(request, "evaluation.read")
    return get_object_or_404(Reading.objects.visible_to(by).select_related("evidence"), key=key)


def require_at(by: Actor, right: str, region: str) -> None:
    """The screen of an act does not exist for who lacks the right there."""
    if not by.may(right) or not by.holds(region):
        raise Http404


def sees_payees(by: Actor) -> bool:
    """Payees (P2) are open to who spends, receives or audits the money, and by reach."""
    books = ("projects.spend", "projects.receive", "projects.audit")
    return by.sees("P2") in access.WIDE or any(by.may(right) for right in books)


def payee(name: str, by: Actor) -> str:
    """A payee as the actor may see it: bodies by name, people masked where the books are not theirs."""
    return name if sees_payees(by) or len(name) > LONG_NAME else masking.name(name)


def level(word: str) -> str:
    """The word of a level of government; an empty one is not stated."""
    return str(LEVELS.get(word, word))


def not_stated() -> SafeString:
    """The mark of what a source report leaves open."""
    return tag(_("未说明"))


def stated(found: Project, field: str, value: object, shown: object = None) -> object:
    """A field of a project: its value with the place in the report it was taken from, or that it is not stated."""
    if value in (None, "", [], ()):
        return not_stated() if found.is_stated or field in found.not_stated else "—"
    ref = found.references.get(field, "") if found.is_stated else ""
    text = value if shown is None else shown
    return (
        format_html('{} <small class="soft">{}</small>', text, _("原文 %(ref)s") % {"ref": ref})
        if ref
        else text
    )


def yuan(cents: int | None, *, missing: object = "—") -> object:
    """An amount in fen as tables show it, or why there is none."""
    return missing if cents is None else money.yuan(cents)


@dataclass(frozen=True)
class Head:
    """What every page of a project says on top."""

    number: str
    name: str
    place: str
    unit: str
    year: int | None
    step: str
    holder: str
    due: dt.date | None
    is_closed: bool
    is_stated: bool
    url: str


def head(found: Project) -> Head:
    """The head of a project's pages."""
    case = found.case
    due = case.step_due_on if case.step_due_on else None if case.next_due_on == FAR else case.next_due_on
    return Head(
        case.number,
        found.name,
        case.region.name,
        found.unit_name,
        found.year,
        str(case.at_step.title.text(lang())),
        words.post(case.hold_post) if case.hold_post else "",
        due,
        case.closed_on is not None,
        found.is_stated,
        reverse("desk:project", args=[case.number]),
    )


def tabs(found: Project, by: Actor, current: str) -> Sequence[dict[str, object]]:
    """The pages of one project as pills."""
    number = [found.case.number]
    offered = [
        ("overview", _("概况"), reverse("desk:project", args=number), True),
        ("money", _("资金"), reverse("desk:project-money", args=number), True),
        ("papers", _("材料、验收与公开"), reverse("desk:project-papers", args=number), True),
        ("statements", _("报告的说法"), reverse("desk:project-statements", args=number), found.is_stated),
        ("goals", _("绩效目标"), reverse("desk:goals", args=number), by.may("evaluation.read")),
        (
            "evaluations",
            _("绩效评价"),
            reverse("desk:project-evaluations", args=number),
            by.may("evaluation.read"),
        ),
    ]
    return [
        {"label": label, "url": url, "current": word == current} for word, label, url, may in offered if may
    ]
