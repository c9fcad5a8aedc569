"""Mediation at the desk: the list, a file as its mediators see it, the sealed file, its papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.desk.forms.mediation import ActForm
from linli.ground import masking
from linli.ground.clock import month_later
from linli.ground.money import yuan
from linli.look.templatetags.linli import both
from linli.mediation import papers
from linli.mediation.agreeing import missing_signers
from linli.mediation.confirming import court_due
from linli.mediation.ending import keep_file
from linli.mediation.filing import compose
from linli.mediation.models import (
    LEAD_RIGHT,
    SUPERVISE_RIGHT,
    WORK_RIGHT,
    Agreement,
    Mediation,
    Paper,
    Statement,
)
from linli.mediation.sealing import open_sealed, read_sealed, reader_kind
from linli.mediation.telling import number_rule, sheet_of
from linli.records.keeping import keep, open_file
from linli.reports import mediation as paper_word
from linli.reports.mediation_file import render
from linli.staff import access, doing, frame
from linli.staff.access import DeskRequest
from linli.staff.saying import tell, tried
from linli.trail.writing import writing

OPENED = "mediation_opened"
PAGE = 50
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Row:
    """One line of the list. A sealed file shows its number and days, no kind and no names."""

    number: str
    url: str
    title: str
    step: str
    opened_on: dt.date
    due: dt.date | None
    is_sealed: bool


def show(request: DeskRequest) -> HttpResponse:
    """Open files in the actor's hands, and the sealed ones it may open with a purpose."""
    by = access.require(request, WORK_RIGHT, LEAD_RIGHT, SUPERVISE_RIGHT)
    is_sealed = request.GET.get("sealed") == "1"
    rows = Mediation.objects.sealed_for(by) if is_sealed else Mediation.objects.visible_to(by)
    before = request.GET.get("before", "")
    mark = rows.filter(case__number=before).first() if before else None
    rows = rows.filter(pk__lt=mark.pk) if mark else rows
    found = list(rows.select_related("case__procedure").order_by("-pk")[: PAGE + 1])
    page = {
        "rows": [_row(one) for one in found[:PAGE]],
        "is_sealed": is_sealed,
        "may_enter": by.may(WORK_RIGHT),
        "older": f"?sealed={int(is_sealed)}&before={found[PAGE - 1].case.number}"
        if len(found) > PAGE
        else "",
    }
    return frame.draw(request, "desk/mediation/list.html", page, current="mediations")


def _row(one: Mediation) -> Row:
    case, url = one.case, reverse("desk:mediation", args=[one.case.number])
    if one.sealed_at is not None:
        return Row(case.number, url, _("封存的案卷"), _("已结案"), case.opened_on, None, True)
    return Row(case.number, url, case.title, both(case.at_step.title), case.opened_on, case.due_on, False)


def mediation(request: DeskRequest, number: str) -> Mediation:
    """An open file by its number, or a sealed one opened a short while ago; else it does not exist."""
    by = access.actor(request)
    rows = Mediation.objects.visible_to(by).select_related(
        "case__person", "case__procedure", "source_case", "file"
    )
    found = rows.filter(case__number=number).first()
    if found is not None:
        return found
    sealed = get_object_or_404(Mediation.objects.sealed_for(by).select_related("file"), case__number=number)
    if not _is_opened(request, sealed):
        raise Http404
    return sealed


def _is_opened(request: DeskRequest, sealed: Mediation) -> bool:
    """Whether this sign-in opened the sealed file within the rule's minutes, in this very post."""
    given = request.session.get(OPENED, {}).get(sealed.case.number)
    if not given or given[1] != access.appointment(request).pk:
        return False
    minutes = number_rule("seal_grant_minutes", region=sealed.case.region_id, on=request.today)
    opened = dt.datetime.fromisoformat(given[0])
    return opened <= request.now < opened + dt.timedelta(minutes=minutes)


def page(request: DeskRequest, number: str) -> HttpResponse:
    """The file: an open one for its mediators; a sealed one asks for a purpose first, and notes each look."""
    by = access.actor(request)
    sealed = Mediation.objects.sealed_for(by).filter(case__number=number).first()
    if sealed is not None and not _is_opened(request, sealed):
        return HttpResponseRedirect(reverse("desk:mediation-opening", args=[number]))
    found = mediation(request, number)
    if sealed is not None:
        read_sealed(mediation=found, what="page", by=by, at=request.now)
    return frame.draw(request, "desk/mediation/file.html", _page(request, found), current="mediations")


def opening(request: DeskRequest, number: str) -> HttpResponse:
    """Open a sealed file: who, as what, for which purpose; for a short while and this sign-in only."""
    by = access.actor(request)
    found = get_object_or_404(Mediation.objects.sealed_for(by), case__number=number)
    kinds = {"mediator": _("本案调解员"), "head": _("调委会主任"), "supervisor": _("监督人员")}
    asked = {
        "purpose": forms.CharField(
            label=_("为什么要打开"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
        )
    }
    form = doing.given_to(request, ActForm, asked=asked)

    def do(given: dict[str, Any]) -> object:
        open_sealed(mediation=found, purpose=given["purpose"], by=by, at=request.now)
        opened = dict(request.session.get(OPENED, {}))
        opened[number] = [request.now.isoformat(), access.appointment(request).pk]
        request.session[OPENED] = opened
        return reverse("desk:mediation", args=[number])

    screen = doing.Screen(
        _("打开封存的案卷"), _("写明目的并打开"), _("已打开，这次查阅留痕。"), reverse("desk:mediations"),
        facts=((_("案卷号"), number), (_("结案日期"), found.case.closed_on), (_("您的身份"), kinds[reader_kind(found, by)])),
        hints=(("warn", _("案卷结案后封存。谁、什么时候、为什么打开，都会留下记录。")),), current="mediations",
    )  # fmt: skip
    return doing.perform(request, form, screen, do)


def _page(request: DeskRequest, found: Mediation) -> dict[str, Any]:
    by, sheet = access.actor(request), sheet_of(found)
    parties = list(
        found.parties.select_related("person", "organisation", "guardian")
        .prefetch_related("agents")
        .order_by("number")
    )
    agreement = Agreement.objects.filter(mediation=found).first()
    sessions = list(found.sessions.select_related("party"))
    heard = Statement.objects.visible_to(by) if found.sealed_at is None else Statement.objects.all()
    handed = Paper.objects.visible_to(by) if found.sealed_at is None else Paper.objects.all()
    return {
        "number": found.case.number,
        "title": found.case.title,
        "step": both(found.case.at_step.title),
        "is_sealed": found.sealed_at is not None,
        "due": found.case.due_on,
        "facts": [
            (_("纠纷类别"), both(sheet.title_of("disputes", found.dispute))), (_("来源"), papers.ORIGINS[found.origin]),
            (_("转来的办件"), found.source_case.number if found.source_case else "—"),
            (_("登记日期"), found.case.opened_on), (_("受理日期"), found.accepted_on or "—"),
            (_("涉及金额"), f"{yuan(found.amount_cents)} 元" if found.amount_cents else "—"),
            (_("结果"), both(sheet.title_of("results", found.result)) if found.result else "—"),
        ],
        "story": found.story, "wish": found.wish, "ending": found.ending,
        "parties": [_party(one) for one in parties],
        "seats": _seats(found),
        "sessions": [_session(one) for one in sessions],
        "statements": list(heard.filter(mediation=found).order_by("pk").values("party__name", "at", "text", "wrote")),
        "papers": list(handed.filter(mediation=found).order_by("pk").values("document__key", "document__title", "is_private")),
        "agreement": _agreement(agreement, request.today),
        "revisits": list(found.revisits.values("number", "planned_on", "made_on", "found", "text")),
        "file": found.file.key if found.file else "",
        "filed_on": found.filed_on,
        "can_act": found.sealed_at is None,
        "buttons": _buttons(found, agreement, parties),
    }  # fmt: skip


def _buttons(found: Mediation, agreement: Agreement | None, parties: list[Any]) -> list[dict[str, str]]:
    """What can be done with the file as it stands, the likely thing first."""
    step, words = found.case.step, []
    has_lead = found.seats.filter(ended_at=None, role="lead").exists()
    wants_end = any(one.stop_asked_at is not None or one.agrees is False for one in parties)
    if step in ("filed", "reminded"):
        ready = has_lead and all(one.agrees for one in parties)
        words = [
            ("acceptance", _("受理"), "go" if ready else "plain"),
            ("seat", _("确定调解员"), "plain" if has_lead else "go"),
        ]
        words += [("refusal", _("不予受理"), "plain")]
    elif step == "mediating" and agreement is None:
        words = [
            ("session", _("约定调解时间"), "go"),
            ("agreement", _("写协议书"), "plain"),
            ("oral", _("登记口头协议"), "plain"),
        ]
    elif step == "mediating":
        words = [
            ("hand", _("签字、盖章"), "go"),
            ("agreement", _("改协议书"), "plain"),
            ("session", _("再约一次"), "plain"),
        ]
    elif step == "agreed":
        words = [("closing", _("结案归档"), "go")]
    if step == "mediating":
        words += [
            ("seat", _("加调解员"), "quiet"),
            ("extension", _("延长期限"), "quiet"),
            ("failure", _("终止调解"), "quiet"),
        ]
    if wants_end and step != "agreed":
        words += [("stop", _("按当事人要求终止"), "plain")]
    number = found.case.number
    return [
        {"label": label, "tone": tone, "url": reverse("desk:mediation-act", args=[number, word, 0])}
        for word, label, tone in words
    ]


def _party(one: Any) -> dict[str, Any]:
    said = {True: _("同意调解"), False: _("不同意调解"), None: _("还没问到")}
    return {
        "number": one.number, "side": papers.SIDES[one.side], "name": one.name, "consent": said[one.agrees],
        "phone": masking.phone(one.phone), "told": one.told_on, "guardian": one.guardian.name if one.guardian else "",
        "agents": [agent.name for agent in one.agents.all() if agent.ended_on is None],
        "objection": one.objection, "wants_end": one.stop_asked_at is not None, "agrees": one.agrees,
    }  # fmt: skip


def _seats(found: Mediation) -> list[dict[str, Any]]:
    ways = {"chosen": _("当事人选的"), "assigned": _("指派")}
    rows = found.seats.select_related("person").order_by("pk")
    return [
        {"order": order, "name": one.person.name, "role": _("主调解员") if one.role == "lead" else _("共同调解"),
         "way": ways[one.way], "ended": one.ended_for}
        for order, one in enumerate(rows, start=1)
    ]  # fmt: skip


def _session(one: Any) -> dict[str, Any]:
    states = {"planned": _("约好"), "held": _("已记录"), "dropped": _("取消")}
    return {
        "number": one.number, "kind": papers.SESSION_KINDS[one.kind], "party": one.party.name if one.party else "",
        "at": one.starts_at, "place": one.place, "state": states[one.state], "is_planned": one.state == "planned",
        "is_held": one.state == "held", "record": one.record,
    }  # fmt: skip


def _agreement(found: Agreement | None, today: dt.date) -> dict[str, Any] | None:
    if found is None:
        return None
    left = (found.confirm_by - today).days if found.confirm_by else None
    return {
        "number": found.number, "form": found.form, "terms": found.terms, "effective_on": found.effective_on,
        "missing": missing_signers(found) if found.form == "written" and found.effective_on is None else [],
        "confirm_by": found.confirm_by, "left": left, "is_running": left is not None and left >= 0 and not found.court_state,
        "court": papers.COURT.get(found.court_state, ""), "court_name": found.court, "court_due": court_due(found),
        "state": found.court_state,
        "instalments": [
            {"number": one.number, "what": one.what, "debtor": one.debtor.name, "creditor": one.creditor.name,
             "yuan": yuan(one.cents) if one.cents else "—", "due_on": one.due_on, "done_on": one.done_on,
             "is_late": one.done_on is None and one.due_on < today}
            for one in found.instalments.select_related("debtor", "creditor")
        ],
    }  # fmt: skip


def paper(request: DeskRequest, number: str, key: str) -> HttpResponse:
    """A paper of the file, or the kept file itself; each opening is noted."""
    found, by = mediation(request, number), access.actor(request)
    rows = Paper.objects.visible_to(by) if found.sealed_at is None else Paper.objects.all()
    row = rows.filter(mediation=found, document__key=key).select_related("document__file").first()
    document = (
        row.document if row else found.file if found.file is not None and found.file.key == key else None
    )
    if document is None or (row is None and found.sealed_at is None and not _is_seated(found, by.person_id)):
        raise Http404
    if found.sealed_at is not None:
        read_sealed(mediation=found, what="paper", by=by, at=request.now)
    content = open_file(document=document, by=by, at=request.now, through=f"mediation:{number}")
    return _download(content, document.file.media_type if document.file else "", document.name)


def _is_seated(found: Mediation, person: int | None) -> bool:
    return found.seats.filter(person=person, ended_at=None).exists()


def _download(content: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media or "application/octet-stream")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{name.encode("ascii", "ignore").decode() or "paper"}"'
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def word_form(request: DeskRequest, number: str, form: str, about: int) -> HttpResponse:
    """An official paper as a Word file: agreement, rights, intake, or the record of a session."""
    found = mediation(request, number)
    if found.sealed_at is not None:
        read_sealed(mediation=found, what=form, by=access.actor(request), at=request.now)
    official = _official(found, form, about)
    content = paper_word.word(official, made_on=request.today)
    return _download(content, DOCX, f"{official.code}-{number}.docx")


def _official(found: Mediation, form: str, about: int) -> papers.OfficialPaper:
    if form == "agreement":
        agreement = get_object_or_404(
            Agreement.objects.select_related("mediation__case__region"), mediation=found
        )
        return (
            papers.agreement_paper(agreement) if agreement.form == "written" else papers.oral_paper(agreement)
        )
    if form == "record":
        session = get_object_or_404(
            found.sessions.select_related("mediation__case__region"), number=about, state="held"
        )
        return papers.record_paper(session)
    makers = {
        "rights": papers.rights_paper,
        "intake": papers.intake_paper,
        "acceptance": papers.acceptance_paper,
    }
    if form not in makers:
        raise Http404
    return makers[form](found)


def file(request: DeskRequest, number: str) -> HttpResponse:
    """Put the case file together as one PDF and keep it: its mediators and the head; to others it is not there."""
    found, by = mediation(request, number), access.actor(request)
    if found.sealed_at is None and not (_is_seated(found, by.person_id) or by.may(LEAD_RIGHT)):
        raise Http404
    if tried(request, lambda: _put_together(request, found)):
        tell(request, _("案卷已经整理成一个PDF，页码和目录都编好了。"))
    return HttpResponseRedirect(reverse("desk:mediation", args=[number]))


def _put_together(request: DeskRequest, found: Mediation) -> None:
    by, number = access.actor(request), found.case.number
    with writing():
        content = render(compose(mediation=found, by=by, at=request.now))
        years = number_rule("file_years", region=found.case.region_id, on=request.today)
        document = keep(
            content=content, name=f"{number}.pdf", kind="mediation_file", region=found.case.region_id, data_class="P3",
            retain_until=month_later(timezone.localdate(request.now), 12 * years), by=by, at=request.now, title=_("调解卷宗"),
        )  # fmt: skip
        keep_file(mediation=found, document=document, by=by, at=request.now)
