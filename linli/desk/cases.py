"""The case page: facts left, course right, acts on top; plain moves by one form; papers; the case's audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.cases import deadlines, handling
from linli.cases.models import FAR, Case, Passage
from linli.cases.moving import MoveWords, advance, moves_for
from linli.cases.procedures import Move
from linli.desk import access, acting, frame, grievances, services, words
from linli.desk.access import DeskRequest
from linli.desk.forms.cases import MoveForm, PaperForm
from linli.desk.saying import lang
from linli.desk.saying import words as sentence
from linli.grievances.models import Grievance
from linli.ground import masking
from linli.people.actors import Actor
from linli.people.models import Account
from linli.records.keeping import keep, open_file
from linli.rulebook.reading import calendar
from linli.services.models import Application
from linli.trail.models import AuditEntry, LedgerEntry
from linli.trail.writing import writing

# Posts in which people act for themselves.
OWN_POSTS = ("resident", "applicant")
SCREENS = {**grievances.SCREENS, **services.SCREENS}


@dataclass(frozen=True)
class Button:
    """One thing the actor may do now."""

    label: str
    url: str
    tone: str


@dataclass(frozen=True)
class Step:
    """One passage as the course shows it."""

    title: str
    state: str
    at: dt.datetime | None = None
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One paper: opening a sensitive one is noted."""

    label: str
    url: str
    at: dt.datetime
    is_sensitive: bool


def show(request: DeskRequest, number: str) -> HttpResponse:
    """The page of a case."""
    found, by = access.case(request, number), access.actor(request)
    application, grievance = _own_facts(found)
    hidden = grievance is not None and grievance.is_anonymous
    is_open = access.sees_content(by, found)
    page: dict[str, Any] = {
        "head": acting.head(found, who=acting.who_of(request, found, is_hidden=hidden)),
        "buttons": buttons(request, found, by, grievance),
        "facts": _facts(request, found, by, is_hidden=hidden),
        "told": grievances.told(request, grievance)
        if grievance
        else services.told(application, is_open)
        if application
        else [],
        "told_title": _("诉求内容") if grievance else _("申请内容"),
        "is_narrowed": application is not None and not is_open,
        "done": services.done(application, is_open) if application else [],
        "steps": course(
            found,
            is_open=is_open or found.data_class in ("P1", "P2"),
            is_unnamed=hidden and not by.may("people.enter"),
        ),
        "papers": _papers(found, is_open=is_open),
        "due": _due(found, request.today),
        "can_attach": found.closed_on is None and (found.hold_post, found.hold_place) == (by.post, by.place),
        "receipt": reverse("desk:receipt", args=[number]),
        "parent": found.parent.number if found.parent else "",
    }
    return frame.draw(request, "case.html", page)


def _own_facts(found: Case) -> tuple[Application | None, Grievance | None]:
    if found.kind == "grievances.grievance":
        return None, Grievance.objects.get_queryset().select_related("building").filter(pk=found.pk).first()
    if found.kind == "services.application":
        return Application.objects.filter(pk=found.pk).first(), None
    return None, None


def buttons(request: DeskRequest, found: Case, by: Actor, grievance: Grievance | None) -> list[Button]:
    """What may be done now: verbs with their own screens, and plain moves; one copper button at most."""
    together: dict[str, list[Move]] = {}
    for move in moves_for(found, by):
        together.setdefault(move.verb or f"move:{move.code}", []).append(move)
    offered = []
    for word, moves in together.items():
        url = _screen(found, word, moves[0])
        if url:
            name = (
                grievances.label(word, moves, grievance)
                if word in grievances.SCREENS
                else moves[0].title.text(lang())
            )
            offered.append(Button(str(name), url, moves[0].tone))
    if grievance is not None and grievances.may_release(request, grievance):
        offered.append(Button(_("公开这个答复"), grievances.release_url(found.number), "plain"))
    offered += [Button(label, url, "plain") for label, url in services.later_acts(found, by)]
    return _one_go(offered)


def _screen(found: Case, word: str, move: Move) -> str:
    if not move.verb:
        return reverse("desk:move", args=[found.number, move.code])
    if word in SCREENS:
        return reverse(f"desk:{SCREENS[word]}", args=[found.number])
    room = word.split(".")[0]  # a verb of another room of the desk has its screens there
    try:
        return reverse(f"desk:{room}-act", args=[found.number, move.code])
    except NoReverseMatch:
        return ""


def _one_go(offered: list[Button]) -> list[Button]:
    order = {"go": 0, "main": 1, "plain": 2, "back": 3}
    offered.sort(key=lambda one: order.get(one.tone, 2))
    seen_go = False
    tones = []
    for one in offered:
        tone = (
            "go" if one.tone == "go" and not seen_go else "plain" if one.tone in ("go", "main") else one.tone
        )
        seen_go = seen_go or one.tone == "go"
        tones.append(Button(one.label, one.url, "quiet" if tone == "back" else tone))
    return tones


def _facts(request: DeskRequest, found: Case, by: Actor, *, is_hidden: bool) -> list[dict[str, str]]:
    who = {"name": _("申请人"), "value": acting.who_of(request, found, is_hidden=is_hidden), "url": ""}
    facts = [who]
    if found.person is not None and not (is_hidden and not by.may("people.enter")):
        if by.may("people.read"):
            who["url"] = reverse("desk:person", args=[found.person.key])
        facts += [
            {
                "name": _("电话"),
                "value": masking.phone(found.person.phone) if found.person.phone_sealed else "—",
                "url": "",
            },
            {"name": _("住址"), "value": found.person.address or "—", "url": ""},
        ]
    facts += [
        {"name": _("社区"), "value": found.region.name, "url": ""},
        {"name": _("来源"), "value": words.channel(found.channel), "url": ""},
        {"name": _("收到"), "value": f"{timezone.localtime(found.opened_at):%Y-%m-%d %H:%M}", "url": ""},
        {"name": _("缓急"), "value": str(words.GRADES.get(found.grade, found.grade)), "url": ""},
        {"name": _("资料级别"), "value": f"{found.data_class} {words.CLASSES[found.data_class]}", "url": ""},
    ]
    if found.closed_on:
        facts.append(
            {"name": _("结果"), "value": str(words.OUTCOMES.get(found.outcome, found.outcome)), "url": ""}
        )
    return facts


def course(found: Case, *, is_open: bool, is_unnamed: bool = False) -> list[Step]:
    """The passages as a course, newest last, and where it stands now. Two statements."""
    passages = list(found.passages.select_related("opinion").order_by("number"))
    names = _names({one.actor for one in passages if not (is_unnamed and one.post in OWN_POSTS)})
    steps = [_passage(found, passage, names, is_open) for passage in passages]
    if found.closed_on is None:
        step = found.at_step
        note = _("时钟停着，不算天数。") if found.is_paused else ""
        steps.append(Step(str(step.title.text(lang())), "now", None, words.post(found.hold_post), note))
    return steps


def _passage(found: Case, passage: Passage, names: dict[str, str], is_open: bool) -> Step:
    title = _("收到") if not passage.from_step else _move_title(found, passage)
    opinion = getattr(passage, "opinion", None)
    note = (
        opinion.text
        if opinion and (is_open or opinion.is_public)
        else _("（意见只给经手人看）")
        if opinion
        else ""
    )
    by = " · ".join(part for part in (words.post(passage.post), names.get(passage.actor, "")) if part)
    return Step(str(title), "done", passage.at, by, note)


def _move_title(found: Case, passage: Passage) -> str:
    titles = {move.code: str(move.title.text(lang())) for move in found.plan.moves}
    return titles.get(passage.move, passage.move)


def _names(actors: set[str]) -> dict[str, str]:
    pks = [int(word.split(":")[1]) for word in actors if word.startswith("account:") and word[8:].isdigit()]
    return {
        f"account:{pk}": name
        for pk, name in Account.objects.filter(pk__in=pks).values_list("pk", "person__name")
    }


def _papers(found: Case, *, is_open: bool) -> list[PaperLine]:
    if not is_open and found.data_class in ("P3", "P4"):
        return []
    rows = found.papers.select_related("document").filter(document__erased_at=None).order_by("id")
    return [
        PaperLine(row.document.title, reverse("desk:paper", args=[found.number, row.document.key]), row.at,
                  row.document.data_class in ("P3", "P4"))
        for row in rows
    ]  # fmt: skip


def _due(found: Case, on: dt.date) -> dict[str, Any]:
    """The promised day with how it was counted, the step's own day, and the holds."""
    holds = list(found.holds.order_by("from_on"))
    computed = deadlines.promised(found, deadlines.spans(holds, on), calendar()) if found.clock_from else None
    return {
        "on": found.due_on,
        "is_certain": found.due_is_certain,
        "why": [sentence(line) for line in computed.explanation] if computed else [],
        "step_on": found.step_due_on,
        "next_on": None if found.next_due_on == FAR else found.next_due_on,
        "extended": found.extended_days,
        "is_paused": found.is_paused,
        "is_closed": found.closed_on is not None,
        "holds": [(hold.from_on, hold.to_on, _hold_reason(found, hold.reason)) for hold in holds],
    }


def _hold_reason(found: Case, step: str) -> str:
    return next((str(one.title.text(lang())) for one in found.plan.steps if one.code == step), step)


def move(request: DeskRequest, number: str, code: str) -> HttpResponse:
    """A plain move by its form."""
    found = access.case(request, number)
    open_moves = [one for one in moves_for(found, access.actor(request)) if one.code == code and not one.verb]
    if not open_moves:
        raise Http404
    declared = open_moves[0]
    title = str(declared.title.text(lang()))
    hints: Sequence[tuple[str, str]] = ()
    if declared.papers:
        hints = [("info", _("这一步要先有这些材料：%(papers)s。") % {"papers": "、".join(declared.papers)})]
    act = acting.Act(
        title, title, _("已办理：%(title)s。") % {"title": title}, acting.audience(found, declared), hints
    )

    def do(given: dict[str, Any]) -> object:
        words = MoveWords(
            given.get("opinion", ""), seen=given.get("seen"), extend_days=given.get("days") or 0
        )
        return advance(found, code, by=access.actor(request), at=request.now, words=words)

    form = acting.given_to(request, MoveForm, move=declared)
    return acting.perform(
        request,
        found,
        form,
        act,
        do,
        who=acting.who_of(request, found, is_hidden=found.kind == "grievances.grievance"),
    )


def attach(request: DeskRequest, number: str) -> HttpResponse:
    """Add a paper to a case in one's hands."""
    found, by = access.case(request, number), access.actor(request)
    if found.closed_on or (found.hold_post, found.hold_place) != (by.post, by.place):
        raise Http404
    act = acting.Act(
        _("添加材料"), _("添加"), _("材料已添加。"), [_("经手的工作人员看得到；敏感材料每次打开都会留痕。")]
    )

    def do(given: dict[str, Any]) -> object:
        file = given["file"]
        with writing():
            document = keep(
                content=file.read(),
                name=file.name,
                kind=given["kind"],
                region=found.region_id,
                data_class=found.data_class,
                retain_until=None,
                by=by,
                at=request.now,
                person_key=found.person.key if found.person else "",
            )
            return handling.attach(case=found, document=document, kind=given["kind"], by=by, at=request.now)

    form = acting.given_to(request, PaperForm, kinds=services.paper_kinds(found))
    return acting.perform(request, found, form, act, do)


def paper(request: DeskRequest, number: str, key: str) -> HttpResponse:
    """A paper's bytes; opening a sensitive one leaves a trace."""
    row = access.paper(request, number, key)
    content = open_file(
        document=row.document, by=access.actor(request), at=request.now, through=f"case:{number}"
    )
    media = row.document.file.media_type if row.document.file else "application/octet-stream"
    answer = HttpResponse(content, content_type=media)
    how = "inline" if media.startswith("image/") or media == "application/pdf" else "attachment"
    answer.headers["Content-Disposition"] = f'{how}; filename="{row.document.key}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def audit(request: DeskRequest, number: str) -> HttpResponse:
    """Everything the trail knows of a case: ledger entries of its rows, and acts that left no passage."""
    found = access.case(request, number)
    chained = LedgerEntry.objects.filter(region=found.region_id, row_key__startswith=number).order_by(
        "sequence"
    )
    noted = AuditEntry.objects.filter(key=number, region=found.region_id).order_by("id")
    is_unnamed = access.is_unnamed(access.actor(request), found)
    names = _names({entry.actor for entry in noted if not (is_unnamed and entry.post in OWN_POSTS)})
    entries = [
        {"at": entry.at, "who": names.get(entry.actor, "" if is_unnamed else entry.actor), "post": words.post(entry.post), "act": entry.verb,
         "about": ", ".join(f"{name}={value}" for name, value in entry.facts.items()), "digest": ""}
        for entry in noted
    ]  # fmt: skip
    page = {"head": acting.head(found, who=""), "chained": list(chained), "entries": entries}
    return frame.draw(request, "case_audit.html", page)
