"""Several bodies at one matter: who does what, the acts between them, whistles, links for outside bodies, tasks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.cases import linking, outside, pushing, whistling
from linli.cases.bodies import Cooperation, OutsideLink
from linli.cases.duties import duties_for
from linli.cases.matters import matter_for
from linli.cases.models import FAR, Case
from linli.cases.moving import CALL_OFF, MoveWords, advance, moves_for
from linli.cases.procedures import Move
from linli.desk.forms import cooperation as forms
from linli.people.actors import Actor
from linli.people.roles import all_roles
from linli.staff import access, acting, frame, words
from linli.staff.access import DeskRequest
from linli.staff.saying import carried_out, lang, tell

Given = dict[str, Any]
Screen = tuple[Any, Callable[[Given], object]]
WORKING_LEVELS = ("community", "street", "district")


@dataclass(frozen=True)
class Body:
    """One body as the page shows it."""

    role: str
    name: str
    state: str
    due_on: date | None
    answer: str
    url: str
    is_needed: bool


def role_words(role: str) -> str:
    """A role at a matter, in words."""
    known = {
        "first": _("首先收到"), "lead": _("牵头"), "assist": _("协办"), "inform": _("知悉"), "called": _("吹哨召集"),
    }  # fmt: skip
    return str(known[role])


def show(request: DeskRequest, number: str) -> HttpResponse:
    """The bodies at a matter, what each was asked and answered, and who answers for it."""
    found, by = access.case(request, number), access.actor(request)
    mine = (found.hold_post, found.hold_place) == (by.post, by.place)
    rows = list(found.cooperations.select_related("part__region").order_by("number"))
    if not rows:
        raise Http404
    reads = mine or access.sees_content(by, found)
    said = {one.cooperation.pk: one.text for one in linking.answers(found)} if reads else {}
    visible = set(access.cases(request).filter(parent=found).values_list("pk", flat=True))
    page = {
        "head": acting.head(found, who=""),
        "answerable": words.post(found.hold_post),
        "is_mine": mine,
        "bodies": [_body(row, said, visible) for row in rows],
        "draft": "\n".join(f"{_name(row)}：{said[row.pk]}" for row in rows if said.get(row.pk)),
        "back": reverse("desk:case", args=[number]),
    }
    return frame.draw(request, "desk/cooperation/bodies.html", page)


def _name(row: Cooperation) -> str:
    return row.name or words.post(row.post)


def _body(row: Cooperation, said: dict[int, str], visible: set[int]) -> Body:
    part = row.part
    state = str(part.at_step.title.text(lang())) if part else _("已告知")
    due = part.next_due_on if part and part.next_due_on != FAR and part.closed_on is None else None
    url = reverse("desk:case", args=[part.number]) if part and part.pk in visible else ""
    if row.role == "first":
        state = ""
    return Body(role_words(row.role), _name(row), state, due, said.get(row.pk, ""), url, row.is_needed)


def later_acts(found: Case, by: Actor) -> list[tuple[str, str]]:
    """Label and address of what may be done beside the moves: an outside body's link, the list of bodies."""
    offered = []
    in_hand = (found.hold_post, found.hold_place) == (by.post, by.place)
    if in_hand and found.procedure.code == "part_outside":
        offered.append((_("给外单位一个答复链接"), reverse("desk:outside-link", args=[found.number])))
    if found.plan.has_parts and found.passages_count > 0 and found.kind in ("cases.linked", "cases.whistle"):
        offered.append((_("各单位办理情况"), reverse("desk:case-bodies", args=[found.number])))
    return offered


def act(request: DeskRequest, number: str, code: str) -> HttpResponse:
    """The screen of a move whose verb is one between bodies, or carry it out."""
    found, by = access.case(request, number), access.actor(request)
    move = next((one for one in moves_for(found, by) if one.code == code), None)
    if move is None or move.verb not in _SCREENS:
        raise Http404
    form, do = _SCREENS[move.verb](request, found, move)
    title = str(move.title.text(lang()))
    tone = "danger" if move.tone == "back" else "go"
    said = _said_first(found)
    screen = acting.Act(
        title, title, _("已办理：%(title)s。") % {"title": title}, _audience(found, move), facts=said, tone=tone
    )  # fmt: skip
    return acting.perform(request, found, form, screen, do)


def _audience(found: Case, move: Move) -> list[str]:
    told = [_("您写的理由：牵头、协办单位和街道看得到，申请人看不到。")] if move.opinion != "none" else []
    return [*told, _("您的岗位和办理时间记入经过，不能修改。")]


def _said_first(found: Case) -> list[tuple[str, str]]:
    """What was asked of the body, at the head of its part."""
    if found.parent_id is None:
        return []
    first = found.passages.select_related("opinion").order_by("number").first()
    opinion = getattr(first, "opinion", None)
    return [(_("请您办的事"), opinion.text)] if opinion is not None else []


def _link(request: DeskRequest, found: Case, move: Move) -> Screen:
    line = matter_for(found.subject, place=found.region_id, on=request.today)
    assist = line[1].assist if line else ()
    bodies = [
        (body.post or (body.outside.zh if body.outside else ""), words.post(body.post) if body.post else body.outside.text(lang()) if body.outside else "")
        for body in assist
    ]  # fmt: skip
    form = acting.given_to(request, forms.LinkForm, bodies=bodies)

    def do(given: Given) -> object:
        return linking.link(
            case=found, question=given["question"], leave_out=given.get("leave_out", ()), seen=given.get("seen"),
            by=access.actor(request), at=request.now,
        )  # fmt: skip

    return form, do


def _accept(request: DeskRequest, found: Case, move: Move) -> Screen:
    def do(given: Given) -> object:
        return linking.accept_lead(
            part=found, by=access.actor(request), at=request.now, seen=given.get("seen")
        )

    return acting.given_to(request, acting.CaseForm), do


def _refuse(request: DeskRequest, found: Case, move: Move) -> Screen:
    reasons = [(one.code, str(one.title.text(lang()))) for one in move.reasons]

    def do(given: Given) -> object:
        return linking.refuse_part(
            part=found, reason=given["reason"], words=given["opinion"], by=access.actor(request), at=request.now,
            seen=given.get("seen"),
        )  # fmt: skip

    return acting.given_to(request, forms.ReasonForm, reasons=reasons), do


def _decide(request: DeskRequest, found: Case, move: Move) -> Screen:
    stays = move.code == "decide_stays"

    def do(given: Given) -> object:
        return linking.decide_dispute(
            part=found, stays=stays, words=given["opinion"], other=given.get("other", ""), by=access.actor(request),
            at=request.now, seen=given.get("seen"),
        )  # fmt: skip

    return acting.given_to(request, forms.DecisionForm, posts=[] if stays else _posts()), do


def _call_off(request: DeskRequest, found: Case, move: Move) -> Screen:
    def do(given: Given) -> object:
        said = MoveWords(verb=CALL_OFF, seen=given.get("seen"))
        return advance(found, move.code, by=access.actor(request), at=request.now, words=said)

    return acting.given_to(request, acting.CaseForm), do


def _rate(request: DeskRequest, found: Case, move: Move) -> Screen:
    stars = [(str(n), "★" * n) for n in range(5, 0, -1)]
    yes_no = [("1", _("应该吹这次哨")), ("0", _("不该吹：本来就在办，或者不归我们"))]

    def do(given: Given) -> object:
        return whistling.rate_part(
            part=found, figure=given["figure"], words=given["opinion"], by=access.actor(request), at=request.now,
            seen=given.get("seen"),
        )  # fmt: skip

    figures = stars if move.figure == "stars" else yes_no
    return acting.given_to(request, forms.FigureForm, figures=figures), do


def _refuse_task(request: DeskRequest, found: Case, move: Move) -> Screen:
    sheet = pushing.lists_of(found.pushed)
    reasons = [(one.code, f"{one.title.text(lang())}（{one.basis}）") for one in sheet.refusable]

    def do(given: Given) -> object:
        return pushing.refuse_task(
            case=found, reason=given["reason"], words=given["opinion"], by=access.actor(request), at=request.now,
            seen=given.get("seen"),
        )  # fmt: skip

    return acting.given_to(request, forms.ReasonForm, reasons=reasons), do


_SCREENS: dict[str, Callable[[DeskRequest, Case, Move], Screen]] = {
    linking.LINK: _link,
    linking.ACCEPT: _accept,
    linking.REFUSE: _refuse,
    linking.DECIDE: _decide,
    CALL_OFF: _call_off,
    whistling.RATE: _rate,
    pushing.REFUSE: _refuse_task,
}


def _posts() -> list[tuple[str, str]]:
    """Posts that can be brought to a matter."""
    return [
        (code, str(role.title.text(lang())))
        for code, role in all_roles().items()
        if role.door == "desk" and role.level in WORKING_LEVELS and role.may("cases.read")
    ]


def _communities(request: DeskRequest) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in access.communities(request).order_by("code")]


def outside_link(request: DeskRequest, number: str) -> HttpResponse:
    """Make a one-time link for an outside body and show it once; or withdraw the one that stands."""
    found, by = access.case(request, number), access.actor(request)
    if (
        found.closed_on
        or found.procedure.code != "part_outside"
        or (found.hold_post, found.hold_place) != (by.post, by.place)
    ):
        raise Http404
    if request.method == "POST" and "withdraw" in request.POST:
        if outside.withdraw_link(part=found, by=by, at=request.now):
            tell(request, _("链接已撤回，打开它的人会看到已撤回。"))
        return _back(request, number)
    first = found.passages.select_related("opinion").order_by("number").first()
    asked = getattr(first, "opinion", None)
    form = acting.given_to(request, forms.QuestionForm, initial={"question": asked.text if asked else ""})
    made: dict[str, str] = {}

    def call(given: Given) -> str:
        _row, word = outside.make_link(part=found, question=given["question"], by=by, at=request.now)
        made["url"] = request.build_absolute_uri(reverse("portal:outside", args=[word]))
        return ""

    if carried_out(request, form, call) is not None:
        form = acting.given_to(request, forms.QuestionForm, initial=form.initial) if not made else form
    live = OutsideLink.objects.filter(part=found, used_at=None, withdrawn_at=None).first()
    page = {
        "head": acting.head(found, who=""), "form": form, "made": made.get("url", ""), "live": live,
        "body": found.cooperation.name, "back": reverse("desk:case", args=[number]),
    }  # fmt: skip
    return frame.draw(request, "desk/cooperation/link.html", page, status=frame.shown(form))


def _back(request: DeskRequest, number: str) -> HttpResponse:
    answer = HttpResponse(status=302)
    answer.headers["Location"] = reverse("desk:outside-link", args=[number])
    return answer


def new_whistle(request: DeskRequest) -> HttpResponse:
    """Blow a whistle."""
    by = access.require(request, whistling.RIGHT)
    given = {"communities": _communities(request), "posts": _posts()}
    form = (
        forms.WhistleForm(request.POST, **given) if request.method == "POST" else forms.WhistleForm(**given)
    )

    def call(said: Given) -> str:
        region = access.communities(request).get(code=said["community"])
        whistle = whistling.Whistle(said["title"], said["question"], region)
        case = whistling.blow(whistle=whistle, posts=said["posts"], by=by, at=request.now)
        tell(request, _("已吹哨，各单位收到通知。"))
        return reverse("desk:case", args=[case.number])

    return _form_page(request, form, call, _("街道吹哨"), _("吹哨"))


def new_task(request: DeskRequest) -> HttpResponse:
    """Give a community a task, with basis, cost and deadline."""
    by = access.require(request, pushing.RIGHT)
    _edition, sheet = duties_for(place=by.place, on=request.today)
    duties = [(one.code, str(one.title.text(lang()))) for one in (*sheet.duties, *sheet.assists)]
    given = {"communities": _communities(request), "duties": duties}
    form = forms.TaskForm(request.POST, **given) if request.method == "POST" else forms.TaskForm(**given)

    def call(said: Given) -> str:
        region = access.communities(request).get(code=said["community"])
        task = pushing.Pushed(
            said["title"], said["words"], region, said["basis"], int(said["cost"] * 100), said["paid_by"],
            said["wanted_by"], said["duty"],
        )  # fmt: skip
        case = pushing.push_task(task=task, by=by, at=request.now)
        tell(request, _("任务已下发。"))
        return reverse("desk:case", args=[case.number])

    return _form_page(request, form, call, _("交办任务"), _("下发"))


def _form_page(
    request: DeskRequest, form: Any, call: Callable[[Given], str], title: str, label: str
) -> HttpResponse:
    answer = carried_out(request, form, call)
    if answer is not None:
        return answer
    page = {
        "form": form, "title": title, "label": label, "list": _("我的待办"), "list_url": reverse("desk:inbox"),
        "back": reverse("desk:inbox"),
    }  # fmt: skip
    return frame.draw(request, "desk/plain_form.html", page, status=frame.shown(form))
