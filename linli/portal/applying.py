"""Applying for a service item: one group of questions a page, kept as one goes, sent on the last page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.said import Said
from linli.ground.wording import say
from linli.look.templatetags.linli import both
from linli.look.templatetags.wording import lang
from linli.people.entering import give_consent
from linli.people.models import Person
from linli.places.models import Region
from linli.portal import access, drafts, items, once, saying, services, shell
from linli.portal.drafts import Draft
from linli.portal.forms.items import Group, Sending, masked
from linli.portal.moment import now, today
from linli.portal.saying import page
from linli.rulebook.reading import rule
from linli.services.answering import read_answers
from linli.services.declared import Question, ServiceItem
from linli.services.intake import Entry, Paper, file_application
from linli.services.models import Application
from linli.services.prefilling import KnownAnswer, known_answers
from linli.services.qualifying import unmet
from linli.trail.writing import writing

LAST = "send"


@dataclass(frozen=True)
class Filling:
    """What the pages of one application share."""

    region: Region
    sheet: ServiceItem
    draft: Draft
    applicant: Person
    persons: list[tuple[str, str]]
    known: dict[str, KnownAnswer]

    @property
    def key(self) -> str:
        return f"{self.region.code}/{self.sheet.code}"

    @property
    def steps(self) -> list[str]:
        """Groups that ask something on a screen, then the last page."""
        asks = [group.code for group in self.sheet.groups if any(q.kind != "file" for q in group.questions)]
        return [*asks, LAST]

    def address(self, step: str) -> str:
        return reverse("portal:apply_step", args=[self.region.code, self.sheet.code, step])

    def kept(self, question: Question) -> str:
        """An answer that is there already: typed before, else known."""
        typed = self.draft.answers.get(question.code, "")
        return typed or (self.known[question.code].value if question.code in self.known else "")


def _filling(request: HttpRequest, code: str, item: str, *, begins: bool = False) -> Filling:
    """What is known when a page is opened. Wards are asked for only where one chooses or names a person."""
    region = access.community(request, code)
    _edition, sheet = items.of(item, today(request))
    if "portal" not in sheet.channels or sheet.flow == "F5":
        raise Http404
    me = access.person(request)
    draft = drafts.load(request, f"{region.code}/{sheet.code}")
    names_one = any(question.kind == "person" for question in sheet.questions())
    is_for_me = draft.applicant in ("", me.key) and not begins and not names_one
    family = [me] if is_for_me else [me, *access.wards(request)]
    applicant = next((one for one in family if one.key == draft.applicant), me)
    persons = [
        (one.key, one.name if one != me else _("我自己（%(name)s）") % {"name": one.name}) for one in family
    ]
    typed = {question for question, text in draft.answers.items() if text}
    known = {answer.code: answer for answer in known_answers(sheet, applicant, typed)}
    return Filling(region, sheet, draft, applicant, persons, known)


@page("GET", "POST", personal=True)
def apply(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Begin: whom it is for, and whether the conditions are met; then on to the first page."""
    filling = _filling(request, code, item, begins=True)
    if request.method == "POST":
        chosen = request.POST.get("applicant", "")
        if chosen in dict(filling.persons):
            filling.draft.applicant = chosen
    given = {name: str(word) for name, word in request.GET.items() if name.startswith("c_")}
    filling.draft.told |= given
    drafts.save(request, filling.key, filling.draft)
    if len(filling.persons) > 1 and request.method == "GET":
        return shell.show(
            request, "services/applicant.html", filling.region, "items", item=items.line(filling.sheet, code),
            persons=filling.persons, chosen=filling.draft.applicant,
        )  # fmt: skip
    return redirect(filling.address(filling.steps[0]))


@page("GET", "POST", personal=True)
def apply_step(request: HttpRequest, code: str, item: str, step: str) -> HttpResponse:
    """One group of questions; the last page sends."""
    filling = _filling(request, code, item)
    if step == LAST:
        return _send(request, filling)
    group = next((g for g in filling.sheet.groups if g.code == step and step in filling.steps), None)
    if group is None:
        raise Http404
    sealed = {q.code: filling.kept(q) for q in group.questions if q.is_sealed}
    start = {q.code: filling.kept(q) for q in group.questions if not q.is_sealed}
    form = Group(group.questions, request.POST or None, initial=start, known=sealed, persons=filling.persons)
    if request.method == "POST" and form.is_valid():
        typed = {name: str(value).strip() for name, value in form.cleaned_data.items()}
        filling.draft.answers |= {name: value for name, value in typed.items() if value or name not in sealed}
        for fault in _faults(filling, only=set(form.fields)):
            saying.add(form, fault)
        drafts.save(request, filling.key, filling.draft)
        if form.is_valid():
            return redirect(filling.address(filling.steps[filling.steps.index(step) + 1]))
    values = {
        "title": both(group.title),
        "form": form,
        "rows": _rows(form, filling),
        "why": _why(group.questions),
    }
    return _page(request, filling, step, "services/step.html", **values)


def _rows(form: Group, filling: Filling) -> list[dict[str, Any]]:
    """Fields of a page; one filled from the register says so until it is changed."""
    rows = form.rows()
    for row in rows:
        name = row["bound"].name
        if name in filling.known and name not in filling.draft.answers and not form.questions[name].is_sealed:
            row["source"] = say(filling.known[name].source, lang())
    return rows


def _why(questions: tuple[Question, ...]) -> list[tuple[str, str]]:
    return [(both(question.label), question.purpose) for question in questions if question.kind != "file"]


def _page(request: HttpRequest, filling: Filling, step: str, template: str, **values: Any) -> HttpResponse:
    place = filling.steps.index(step)
    names = [both(group.title) for group in filling.sheet.groups if group.code in filling.steps]
    back = (
        filling.address(filling.steps[place - 1])
        if place
        else reverse("portal:item", args=[filling.region.code, filling.sheet.code])
    )
    return shell.show(
        request, template, filling.region, "items", item=items.line(filling.sheet, filling.region.code),
        names=[*names, _("材料和核对")], place=place + 1, back=back,
        paper=reverse("portal:item_print", args=[filling.region.code, filling.sheet.code]),
        for_whom="" if filling.applicant == access.person(request) else filling.applicant.name, **values,
    )  # fmt: skip


def answers(filling: Filling) -> dict[str, str]:
    """Everything answered so far, with what is known standing in where nothing was typed."""
    return {
        q.code: value for q in filling.sheet.questions() if q.kind != "file" and (value := filling.kept(q))
    }


def _faults(filling: Filling, only: set[str] | None = None) -> list[Said]:
    papers = {material.code for material in filling.sheet.materials}
    found = read_answers(filling.sheet, answers(filling), papers).faults
    return [fault for fault in found if only is None or fault.field in only]


def _send(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The last page: what was answered, photos of papers, consent; then one act."""
    if request.method == "POST" and (first := once.result(request)):
        return redirect(first)
    if faults := _faults(filling):
        wrong = next(
            (g.code for g in filling.sheet.groups if any(q.code == faults[0].field for q in g.questions)),
            None,
        )
        if wrong in filling.steps:
            messages.warning(request, say(faults[0], lang()))
            return redirect(filling.address(str(wrong)))
    told_text = consent_text(filling, request)
    form = Sending(filling.sheet, request.POST or None, request.FILES or None, asks_consent=bool(told_text))
    if request.method == "POST" and form.is_valid():
        with saying.into(form):
            application = _file(request, filling, form, told_text)
            drafts.drop(request, filling.key)
            return redirect(
                once.remember(request, reverse("portal:received", args=[application.case.number]))
            )
    summary = [
        (both(g.title), filling.address(g.code), _answered(filling, g.questions))
        for g in filling.sheet.groups
        if g.code in filling.steps
    ]
    unmet_now = unmet(
        filling.sheet, person=filling.applicant, told=services.told(filling.draft.told, filling.sheet),
        place=filling.region.code, on=today(request),
    )  # fmt: skip
    return _page(
        request, filling, LAST, "services/send.html", form=form, summary=summary, told=told_text, once=once.word(),
        papers=[form[f"paper_{material.code}"] for material in form.papers],
        shared=[both(m.name) for m in filling.sheet.materials if m.source == "shared"],
        unmet=[say(fault, lang()) for fault in unmet_now],
    )  # fmt: skip


def _file(request: HttpRequest, filling: Filling, form: Sending, told_text: str) -> Application:
    by, at = access.actor(request), now(request)
    told = services.told(filling.draft.told, filling.sheet)
    sources = {code: "register" for code in filling.known if code not in filling.draft.answers}
    with writing():
        if told_text:
            give_consent(
                person=filling.applicant, purpose=f"services.{filling.sheet.code}", told=told_text, channel="portal",
                by=by, at=at, is_separate=True,
            )  # fmt: skip
        return file_application(
            item=filling.sheet.code,
            applicant=filling.applicant,
            answers=answers(filling),
            papers=papers_in(form),
            channel="portal",
            by=by,
            at=at,
            urgent=bool(form.cleaned_data.get("urgent")),
            entry=Entry(conditions=told, sources=sources),
        )


def papers_in(form: Any) -> list[Paper]:
    """Files of a form whose fields are named after materials."""
    return [
        Paper(code=name.removeprefix("paper_"), name=file.name or "", content=file.read())
        for name, file in form.cleaned_data.items()
        if name.startswith("paper_") and isinstance(file, UploadedFile)
    ]


def _answered(filling: Filling, questions: tuple[Question, ...]) -> list[tuple[str, str]]:
    return [
        (both(q.label), shown(q, filling.kept(q), filling.persons)) for q in questions if q.kind != "file"
    ]


def shown(question: Question, text: str, persons: list[tuple[str, str]] | None = None) -> str:
    """An answer as its own giver reads it again; sealed ones masked, since phones are shared."""
    if not text:
        return "—"
    if question.is_sealed:
        return masked(question, text)
    if question.kind == "choice":
        return next((both(choice.name) for choice in question.choices if choice.code == text), text)
    if question.kind == "person":
        return dict(persons or []).get(text, "—")
    return text


def consent_text(filling: Filling, request: HttpRequest) -> str:
    """What is told before sensitive data (P3) are taken: who, what, why, how long, which rights. Empty: none taken.

    个人信息保护法 art. 17 (what is told), 29 (separate consent), 15 (withdrawing).
    """
    sensitive = [both(q.label) for q in filling.sheet.questions() if q.data_class == "P3"]
    if not sensitive:
        return ""
    years = rule("services.answers_years", place=filling.region.code, on=today(request)).value
    return _(
        "%(body)s为办理“%(item)s”需要处理您的%(kinds)s。只给经办这件事的岗位看，办结后保存%(years)s年，到期删除。"
        "您可以随时查看、更正、撤回同意；不同意也可以到窗口当面办。"
    ) % {
        "body": both(filling.sheet.handling_body),
        "item": both(filling.sheet.name),
        "kinds": _("、").join(sensitive),
        "years": years,
    }


@page("GET", personal=True)
def received(request: HttpRequest, number: str) -> HttpResponse:
    """It has arrived: the number, what happens next, by when."""
    case = access.case(request, number)
    return shell.show(
        request, "services/received.html", case.region, "my", number=case.number, title=items.title(case, items.titles(today(request))),
        state=both(case.at_step.public), due=case.due_on,
    )  # fmt: skip
