"""Acts on one's own evaluation: take readings, type values with their papers, exempt, claim, find, score, hand in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.desk import doing, fiscal, scoring
from linli.desk.access import DeskRequest, actor
from linli.desk.forms.evaluation import ClaimForm, FindingForm, ReasonForm, SurveyForm, ValueForm
from linli.desk.forms.rows import GroupedForm
from linli.desk.saying import tell, tried
from linli.evaluation.claiming import sheet_leaves
from linli.evaluation.evaluating import claim, find, leave_out, take_readings, use
from linli.evaluation.models import Evaluation, Finding
from linli.evaluation.readings import Asked, Proof, Sampled, attest, survey
from linli.evaluation.scores import edition_word, score, submit
from linli.evaluation.taking import Span
from linli.ground.sheets import Both
from linli.look.templatetags.linli import both
from linli.records.keeping import keep
from linli.trail.writing import writing


def own(request: DeskRequest, key: str) -> Evaluation:
    """An evaluation that the actor opened and has not handed in; anything else has no acts."""
    found = fiscal.evaluation(request, key)
    if found.actor != actor(request).actor_word or hasattr(found, "submission"):
        raise Http404
    return found


def _page(key: str) -> str:
    return reverse("desk:evaluation-page", args=[key])


def take(request: DeskRequest, key: str) -> HttpResponse:
    """Take every indicator that reads a measure, with the rows behind it."""
    found, taken = own(request, key), []

    def call() -> None:
        taken.extend(take_readings(evaluation=found, by=actor(request), at=request.now))

    if tried(request, call):
        tell(request, _("取了 %(count)d 个数，每个数后面的记录都存下来了。") % {"count": len(taken)})
    return HttpResponseRedirect(_page(key))


def score_it(request: DeskRequest, key: str) -> HttpResponse:
    """Score from the readings as they stand."""
    found = own(request, key)
    if tried(request, lambda: score(evaluation=found, by=actor(request), at=request.now)):
        tell(request, _("已评分：没有依据的，一分不给。"))
    return HttpResponseRedirect(_page(key))


def hand_in(request: DeskRequest, key: str) -> HttpResponse:
    """Hand in; after this nothing more is entered."""
    sent = doing.already(request)
    if sent is not None:
        return sent
    found = own(request, key)

    def do(given: dict[str, Any]) -> object:
        return submit(evaluation=found, by=actor(request), at=request.now)

    hints = [("warn", _("交卷以后什么都不能再改；要改只能另开一次评价。"))]
    screen = _screen(
        key,
        _("交卷"),
        _("交卷"),
        _("评价已交，分数封定。"),
        hints=hints,
        facts=[(_("解封的日子"), found.due_on)],
    )
    return doing.perform(request, doing.given_to(request, GroupedForm), screen, do)


def _screen(key: str, title: str, label: str, done: str, **more: Any) -> doing.Screen:
    crumbs = [(_("绩效评价"), reverse("desk:evaluation")), (_("这次评价"), _page(key)), (title, "")]
    return doing.Screen(title, label, done, _page(key), current="evaluation", crumbs=crumbs, **more)


def value(request: DeskRequest, key: str, code: str) -> HttpResponse:
    """Type an indicator's value with the papers of the period that prove it; without them it counts as unproven."""
    sent = doing.already(request)
    if sent is not None:
        return sent
    found = own(request, key)
    leaf = scoring.leaf(found, code)
    if leaf is None:
        raise Http404
    asked, is_survey = leaf["indicator"], leaf["indicator"]["reads"]["kind"] == "survey"
    form = doing.given_to(
        request, SurveyForm if is_survey else ValueForm, kinds=asked["evidence"], unit=both(asked["unit"]),
        initial={"period_from": found.first_on, "period_to": found.last_on},
    )  # fmt: skip

    def do(given: dict[str, Any]) -> object:
        with writing():
            reading = _read(request, found, leaf, given, form)
            return use(evaluation=found, indicator=code, reading=reading, by=actor(request), at=request.now)

    facts = [
        (_("指标"), both(leaf["title"])),
        (_("定义"), both(asked["definition"])),
        (_("目标"), scoring.target_of(asked, {}) or "—"),
        (_("要求的佐证"), "、".join(asked["evidence"])),
        (_("评价期"), f"{found.first_on} — {found.last_on}"),
    ]
    hints = [("info", _("没有佐证的数值照样记下来，但算“自报、没有依据”，不给分。"))]
    screen = _screen(key, both(leaf["title"]), _("记下这个数"), _("数值已记下。"), hints=hints, facts=facts)
    return doing.perform(request, form, screen, do)


def _read(
    request: DeskRequest, found: Evaluation, leaf: Mapping[str, Any], given: dict[str, Any], form: ValueForm
) -> Any:
    """The reading of a typed or surveyed value."""
    indicator, by = leaf["indicator"], actor(request)
    asked = Asked(
        word=indicator["reads"].get("word") or leaf["code"], region=found.region, span=Span(found.first_on, found.last_on),
        unit=_zh(indicator["unit"]), title=_both(leaf["title"]), definition=_both(indicator["definition"]),
        source=leaf.get("source", ""), rule_edition=edition_word(found.frame),
    )  # fmt: skip
    period, proofs = Span(given["period_from"], given["period_to"]), []
    for at, kind in enumerate(form.kinds):
        file = given.get(f"paper_{at}")
        if file:
            document = keep(
                content=file.read(), name=file.name, kind="evidence", region=found.region, data_class="P1", retain_until=None,
                by=by, at=request.now,
            )  # fmt: skip
            proofs.append(Proof(document, kind, period))
    typed: dict[str, Any] = {
        "asked": asked,
        "value": given["value"],
        "proofs": proofs,
        "by": by,
        "at": request.now,
    }
    if isinstance(form, SurveyForm):
        sampled = Sampled(given["answers"], given["margin"], given["formula"], given["weighting"])
        return survey(sampled=sampled, **typed)
    return attest(**typed)


def _both(title: Any) -> Both:
    return Both(title["zh"], title.get("en", "")) if isinstance(title, Mapping) else Both(str(title))


def _zh(text: Any) -> str:
    return _both(text).zh


def exempt(request: DeskRequest, key: str, code: str) -> HttpResponse:
    """State that an indicator does not apply, and why."""
    sent = doing.already(request)
    if sent is not None:
        return sent
    found = own(request, key)
    leaf = scoring.leaf(found, code)
    if leaf is None:
        raise Http404

    def do(given: dict[str, Any]) -> object:
        return leave_out(
            evaluation=found, indicator=code, reason=given["reason"], by=actor(request), at=request.now
        )

    hints = [("info", _("不适用不是零分：它的分值按比例摊给其他指标，理由会印在报告里。"))]
    screen = _screen(
        key,
        _("不适用：%(title)s") % {"title": both(leaf["title"])},
        _("记为不适用"),
        _("已记为不适用。"),
        hints=hints,
    )
    return doing.perform(request, doing.given_to(request, ReasonForm), screen, do)


def _parts(nodes: Any, depth: int = 0) -> list[tuple[str, str]]:
    """Every part of the frame, indented, for a choice."""
    found = []
    for node in nodes:
        found.append((node["code"], f"{'　' * depth}{both(node['title'])}"))
        found += _parts(node.get("parts", ()), depth + 1)
    return found


def claim_points(request: DeskRequest, key: str) -> HttpResponse:
    """Enter the points that a paper claims, for an indicator, a part or the whole."""
    sent = doing.already(request)
    if sent is not None:
        return sent
    found = own(request, key)
    parts = [("", _("总分")), *_parts(found.frame.body["parts"])]
    form = doing.given_to(request, ClaimForm, parts=parts, initial={"part": request.GET.get("part", "")})

    def do(given: dict[str, Any]) -> object:
        points = int(Decimal(given["points"]) * 100)
        return claim(
            evaluation=found,
            part=given["part"],
            points=points,
            source=given["source"],
            by=actor(request),
            at=request.now,
        )

    screen = _screen(
        key,
        _("登记自报分"),
        _("登记"),
        _("自报分已登记。"),
        hints=[("info", _("自报分只是说法：有佐证的部分才算得分。"))],
    )
    return doing.perform(request, form, screen, do)


def find_something(request: DeskRequest, key: str) -> HttpResponse:
    """State a good practice, a problem, or advice that answers a problem."""
    sent = doing.already(request)
    if sent is not None:
        return sent
    found = own(request, key)
    problems = {
        str(at): row
        for at, row in enumerate(Finding.objects.filter(evaluation=found, kind="problem").order_by("id"), 1)
    }
    leaves = [(leaf["code"], both(leaf["title"])) for leaf in sheet_leaves(found.frame.body)]
    form = doing.given_to(
        request,
        FindingForm,
        indicators=leaves,
        problems=[(at, row.text[:40]) for at, row in problems.items()],
    )

    def do(given: dict[str, Any]) -> object:
        return find(
            evaluation=found, kind=given["kind"], text=given["text"], by=actor(request), at=request.now,
            indicator=given["indicator"], answers=problems.get(given["answers"]),
        )  # fmt: skip

    screen = _screen(key, _("写经验、问题、建议"), _("写入"), _("已写入。"))
    return doing.perform(request, form, screen, do)
