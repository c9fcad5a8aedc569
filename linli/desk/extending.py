"""How long a case takes: stage by stage, every promise made, and asking for or deciding on more days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases import extending
from linli.cases.models import Case, Passage
from linli.cases.stages import promises, stages
from linli.desk.forms.cooperation import ExtensionDecisionForm, ExtensionForm
from linli.people.actors import Actor
from linli.staff import access, acting, frame
from linli.staff.access import DeskRequest
from linli.staff.saying import lang, words

LIGHTS = {"green": "ok", "yellow": "warn", "red": "late", "still": ""}


@dataclass(frozen=True)
class StageLine:
    """One stay at a step, as the page shows it."""

    title: str
    entered_on: date
    left_on: date | None
    gross: int
    net: int
    working: int
    due_on: date | None
    light: str
    tone: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class PromiseLine:
    """One promised day."""

    made_on: date
    due_on: date
    reason: str
    calendar: str
    is_current: bool


def light_words(light: str) -> str:
    """A light in words, for those who do not see colours."""
    known = {
        "green": _("正常"),
        "yellow": _("快到期"),
        "red": _("超期"),
        "still": _("停表"),
        "": _("没有时限"),
    }
    return str(known[light])


def show(request: DeskRequest, number: str) -> HttpResponse:
    """Stages, promises and requests of a case."""
    found = access.case(request, number)
    passages = list(found.passages.select_related("opinion").order_by("number"))
    page = {
        "head": acting.head(found, who=""),
        "stages": _stages(found, passages, request.today),
        "promises": _promises(found, passages),
        "requests": _requests(found, passages),
        "back": reverse("desk:case", args=[number]),
    }
    return frame.draw(request, "desk/cooperation/time.html", page)


def _stages(found: Case, passages: list[Passage], on: date) -> list[StageLine]:
    return [
        StageLine(
            str(one.step.title.text(lang())), one.entered_on, one.left_on, one.gross, one.net, one.working,
            one.due.on if one.due else None, light_words(one.light), LIGHTS.get(one.light, ""),
            tuple(words(line) for line in one.due.explanation) if one.due else (),
        )
        for one in stages(found, passages, on=on)
    ]  # fmt: skip


def _promises(found: Case, passages: list[Passage]) -> list[PromiseLine]:
    return [
        PromiseLine(
            one.made_on, one.due_on, _title(found, one.move), _calendar(one.calendar), one.is_current
        )  # fmt: skip
        for one in promises(found, passages)
    ]


def _calendar(word: str) -> str:
    return _("（随软件）") if word in ("", "packaged") else word


def _title(found: Case, move: str) -> str:
    if move in {"file", "ask", "blow", "push", "open"}:
        return _("收到")
    return str(found.plan.move(move).title.text(lang()))


def _requests(found: Case, passages: list[Passage]) -> list[dict[str, Any]]:
    kinds = (extending.ASK, extending.GRANT, extending.REFUSE)
    return [
        {"on": one.on, "title": _title(found, one.move), "days": one.figure, "text": _text(one)}
        for one in passages
        if one.move in kinds
    ]


def _text(passage: Passage) -> str:
    opinion = getattr(passage, "opinion", None)
    return opinion.text if opinion is not None else ""


def later_acts(found: Case, by: Actor) -> list[tuple[str, str]]:
    """Label and address of what may be done about the limit now."""
    declared = found.plan.extending
    if declared is None or found.closed_on is not None or found.due_on is None:
        return []
    in_hand = (found.hold_post, found.hold_place) == (by.post, by.place) and not found.is_paused
    decides = by.post == declared.post and by.holds(found.region_id)
    if not in_hand and not decides:
        return []
    waits = extending.open_request(found)
    if waits is not None:
        own = waits.actor == by.actor_word
        return (
            [(_("批延期申请"), reverse("desk:extension-decision", args=[found.number]))]
            if decides and not own
            else []
        )
    return [(_("申请延期"), reverse("desk:extension", args=[found.number]))] if in_hand else []


def ask(request: DeskRequest, number: str) -> HttpResponse:
    """Ask for more days."""
    found, by = access.case(request, number), access.actor(request)
    if (
        found.plan.extending is None
        or found.closed_on
        or (found.hold_post, found.hold_place) != (by.post, by.place)
    ):
        raise Http404
    times, most = extending.limits(found, found.plan.extending, request.now)
    hints = [("info", _("最多延期%(times)s次。批准以前，原来的期限照样算。") % {"times": times})]
    act = acting.Act(
        _("申请延期"), _("提交申请"), _("延期申请已提交。"), [_("批准的岗位看得到理由；批准后会告诉申请人新的日子。")], hints
    )  # fmt: skip

    def do(given: dict[str, Any]) -> object:
        return extending.ask_extension(
            case=found,
            days=given["days"],
            reason=given["opinion"],
            by=by,
            at=request.now,
            seen=given.get("seen"),
        )

    return acting.perform(request, found, acting.given_to(request, ExtensionForm, most=most), act, do)


def decide(request: DeskRequest, number: str) -> HttpResponse:
    """Grant or refuse the request that waits."""
    found, by = access.case(request, number), access.actor(request)
    declared = found.plan.extending
    waits = extending.open_request(found) if declared else None
    if waits is None or declared is None or by.post != declared.post or not by.holds(found.region_id):
        raise Http404
    facts = [(_("申请延长"), _("%(days)s天") % {"days": waits.figure}), (_("理由"), _text(waits))]
    act = acting.Act(
        _("批延期申请"), _("作出决定"), _("已作决定。"), [_("经办的岗位会收到结果；同意的，还会告诉申请人新的日子。")], facts=facts
    )  # fmt: skip

    def do(given: dict[str, Any]) -> object:
        return extending.decide_extension(
            case=found,
            grant=given["grant"],
            reason=given["opinion"],
            by=by,
            at=request.now,
            seen=given.get("seen"),
        )

    return acting.perform(request, found, acting.given_to(request, ExtensionDecisionForm), act, do)
