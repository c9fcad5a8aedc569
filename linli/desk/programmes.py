"""Notices that call for projects, and the community's application under one (试点通知、立项申报)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases.procedures import Move
from linli.desk import doing, fiscal, frame
from linli.desk.access import DeskRequest, actor, appointment, require
from linli.desk.forms.projects import ApplyForm, NoticeForm
from linli.ground import codes
from linli.look.templatetags.linli import both
from linli.projects.allocating import LEVELS
from linli.projects.announcing import Notice, announce
from linli.projects.applying import Application, Line, Source, apply, resubmit
from linli.projects.declared import KIND, fund_of, paper_kinds, purposes
from linli.projects.models import Programme, Project
from linli.records.keeping import keep
from linli.records.models import Document
from linli.rulebook.models import Edition
from linli.rulebook.publishing import editions
from linli.rulebook.reading import rule
from linli.trail.writing import writing

PAGE = 30
FIELDS = {"general_goals": "general_goals", "lines": "lines_0_title", "papers": "paper_deliberation_minutes"}


def listed(request: DeskRequest) -> HttpResponse:
    """Notices, newest first, by key."""
    by = require(request, "projects.read")
    rows = fiscal.programmes(request).order_by("-id")
    before = request.GET.get("before", "")
    last = (
        fiscal.programmes(request).filter(code=before).values_list("pk", flat=True).first()
        if before
        else None
    )
    page = list((rows.filter(pk__lt=last) if last else rows).distinct()[: PAGE + 1])
    shown = {
        "programmes": [_row(row, request) for row in page[:PAGE]],
        "older": f"?before={page[PAGE - 1].code}" if len(page) > PAGE else "",
        "announce": reverse("desk:programme-new") if by.may("projects.announce") else "",
    }
    return frame.draw(request, "projects/programmes.html", shown, current="projects")


def _row(row: Programme, request: DeskRequest) -> dict[str, Any]:
    return {
        "title": row.title, "code": row.code, "url": reverse("desk:programme", args=[row.code]), "region": row.region.name,
        "year": row.year, "batch": row.batch, "quota": row.quota, "announced_on": row.announced_on,
        "apply_until": row.apply_until, "is_open": is_open(row, request),
    }  # fmt: skip


def is_open(row: Programme, request: DeskRequest) -> bool:
    """Whether projects may be applied for on the site's day."""
    return row.announced_on is not None and (row.apply_until is None or row.apply_until >= request.today)


def show(request: DeskRequest, code: str) -> HttpResponse:
    """A notice: what it asks, who pays and what the money may not be used for, its projects, and applying."""
    found, by = fiscal.programme(request, code), actor(request)
    fund = fund_of(found.fund_id) if found.fund_id else None
    projects = (
        fiscal.projects(request).filter(programme=found).select_related("case__region").order_by("-pk")[:50]
    )
    may = by.may("projects.apply") and is_open(found, request) and by.role.level == "community"
    page = {
        "programme": _row(found, request),
        "policy": found.policy.title if found.policy else "",
        "fund": both(fund.title) if fund else "",
        "fund_basis": fund.basis if fund else "",
        "barred": [{"title": both(use.title), "basis": use.basis} for use in fund.barred] if fund else [],
        "allowed": [both(purposes()[word]) for word in fund.allowed if word in purposes()] if fund else [],
        "projects": [fiscal.head(one) for one in projects],
        "apply": reverse("desk:apply", args=[code]) if may else "",
    }
    return frame.draw(request, "projects/programme.html", page, current="projects")


def new(request: DeskRequest) -> HttpResponse:
    """Announce a notice."""
    by = require(request, "projects.announce")
    funds = {row.code: row for row in editions(KIND, request.today)}
    choices = [(code, both(row.title)) for code, row in funds.items()]
    form = doing.given_to(request, NoticeForm, funds=choices, initial={"year": request.today.year})

    def do(given: dict[str, Any]) -> object:
        notice = Notice(
            code=given["code"], title=given["title"], region=appointment(request).place, year=given["year"],
            fund=funds[given["fund"]], batch=given["batch"], quota=given["quota"], apply_until=given["apply_until"],
        )  # fmt: skip
        made = announce(notice=notice, by=by, at=request.now)
        return reverse("desk:programme", args=[made.code])

    crumbs = [
        (_("项目"), reverse("desk:projects")),
        (_("试点通知"), reverse("desk:programmes")),
        (_("发通知"), ""),
    ]
    screen = doing.Screen(
        _("发试点通知"), _("发布"), _("通知已发布。"), reverse("desk:programmes"), crumbs=crumbs,
        audience=[_("辖区内所有社区都看得到，可以在截止日前申报。")],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def _choices(request: DeskRequest) -> tuple[dict[str, Edition], dict[str, Any]]:
    """The funds in force, and what the form chooses from."""
    funds = {row.code: row for row in editions(KIND, request.today)}
    kinds = paper_kinds()
    asked = rule("projects.application_papers", place=actor(request).place, on=request.today).value
    return funds, {
        "purposes": [(code, both(title)) for code, title in purposes().items()],
        "funds": [(code, both(row.title)) for code, row in funds.items()],
        "levels": [(word, fiscal.level(word)) for word in LEVELS],
        "papers": [(code, both(kinds[code])) for code in asked],
    }


def apply_screen(request: DeskRequest, code: str) -> HttpResponse:
    """The community's application (立项申请书)."""
    found, by = fiscal.programme(request, code), require(request, "projects.apply")
    place = appointment(request)
    sent = doing.already(request)
    if sent is not None:
        return sent
    if codes.level(place.place.code) != "committee" or (
        request.method != "POST" and not is_open(found, request)
    ):
        raise Http404
    funds, choices = _choices(request)
    known = {"sources": [{"fund": found.fund.code if found.fund else "", "level": found.level}]}
    form = doing.given_to(request, ApplyForm, known=known, must_bring=True, **choices)

    def do(given: dict[str, Any]) -> object:
        with writing():
            asked = _application(request, form, given, funds, found.year or request.today.year)
            papers = _papers(request, form, given, place.place.code)
            made = apply(programme=found, application=asked, papers=papers, by=by, at=request.now)
        return reverse("desk:project", args=[made.case.number])

    crumbs = [
        (_("试点通知"), reverse("desk:programmes")),
        (found.title, reverse("desk:programme", args=[code])),
        (_("申报"), ""),
    ]
    screen = doing.Screen(
        _("立项申请书"), _("提交申报"), _("已申报，等街道写申报意见。"), reverse("desk:projects"), crumbs=crumbs, at_field=FIELDS,
        audience=[_("街道、区、市、省逐级写意见，都看得到全部内容。"), _("批复后，名称、目标、金额和单位会公开。")],
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def resubmit_screen(request: DeskRequest, found: Project, move: Move) -> HttpResponse:
    """Apply again after a return, with everything as it stands already filled in."""
    funds, choices = _choices(request)
    known = {
        "lines": [
            {"title": row.title, "purpose": row.purpose, "cents": row.applied_cents, "basis": row.basis}
            for row in found.lines.order_by("number")
        ],
        "sources": [
            {"fund": row.fund.code, "level": row.level, "cents": row.applied_cents}
            for row in found.sources.select_related("fund").order_by("number")
        ],
    }
    form = doing.given_to(request, ApplyForm, known=known, initial=_initial(found), **choices)

    def do(given: dict[str, Any]) -> object:
        with writing():
            asked = _application(request, form, given, funds, found.year or request.today.year)
            papers = _papers(request, form, given, found.region_code)
            return resubmit(
                project=found, application=asked, papers=papers, by=actor(request), at=request.now
            )

    screen = doing.screen_of(found, move, done=_("已补正重报。"), at_field=FIELDS)
    return doing.perform(request, form, screen, do)


def _initial(found: Project) -> dict[str, Any]:
    plain = (
        "name",
        "code",
        "purpose",
        "need",
        "content",
        "yearly_goal",
        "starts_on",
        "ends_on",
        "beneficiaries",
        "risks",
        "upkeep",
    )
    lines = {name: "\n".join(getattr(found, name)) for name in ("general_goals", "themes")}
    return {name: getattr(found, name) for name in plain} | lines


def _application(
    request: DeskRequest, form: ApplyForm, given: dict[str, Any], funds: dict[str, Edition], year: int
) -> Application:
    lines = tuple(
        Line(row["title"], row["purpose"], row["cents"] or 0, row["basis"] or "")
        for row in form.rows_of("lines")
    )
    sources = tuple(
        Source(funds[row["fund"]], row["level"], row["cents"] or 0, year) for row in form.rows_of("sources")
    )
    facts = (
        "name",
        "code",
        "purpose",
        "need",
        "content",
        "yearly_goal",
        "starts_on",
        "ends_on",
        "beneficiaries",
        "risks",
        "upkeep",
    )
    held = appointment(request)
    return Application(
        unit=held.organisation, region=held.place, year=year, lines=lines, sources=sources,
        general_goals=_split(given["general_goals"]), themes=_split(given["themes"]),
        **{name: given[name] for name in facts},
    )  # fmt: skip


def _split(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _papers(
    request: DeskRequest, form: ApplyForm, given: dict[str, Any], region: str
) -> list[tuple[str, Document]]:
    kept = []
    for code in form.papers:
        file = given.get(f"paper_{code}")
        if file:
            kept.append((code, keep(
                content=file.read(), name=file.name, kind=code, region=region, data_class="P1", retain_until=None,
                by=actor(request), at=request.now,
            )))  # fmt: skip
    return kept
