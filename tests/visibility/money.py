"""Public money of a community: one project with accounts, evaluation and report; others waiting at earlier steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.cases.moving import advance
from linli.evaluation import evaluating, scores
from linli.evaluation.models import Mark, Reading
from linli.evaluation.taking import Span
from linli.people.actors import Actor
from linli.places.models import Region
from linli.projects.announcing import Notice, announce
from linli.projects.applying import apply
from linli.projects.gates import publish_gate
from linli.projects.models import Programme
from linli.projects.tests.story import BUDGET, DECLARED, Story, application, lottery, moment
from linli.records.keeping import keep
from linli.reports.composing import compose, issue, release
from linli.rulebook.publishing import edition
from tests.visibility.places import NOW, Corner

POSTS = {
    "sun": "committee_director", "jie": "street_officer", "qu": "district_civil", "shi": "city_civil", "sheng": "province_civil",
    "tao": "accountant", "shen": "auditor",
}  # fmt: skip
HALF = Span(date(2026, 1, 1), date(2026, 6, 20))


class Elsewhere:
    """The village as a project's story needs it, moved to another community."""

    def __init__(self, corner: Corner) -> None:
        self.corner = corner
        self.helin = corner.region
        self.bodies = {"helin-committee": corner.body}

    def actor(self, login: str) -> Actor:
        return self.corner.hand(POSTS[login])


def _programme(corner: Corner) -> Programme:
    province = corner.code[:2]
    known = Programme.objects.filter(code=f"V{province}").first()
    if known is not None:
        return known
    notice = Notice(
        code=f"V{province}", title="社区治理试点", region=Region.objects.get(code=province + "0" * 10), year=2026,
        fund=lottery(), batch=1, apply_until=date(2026, 12, 31),
    )  # fmt: skip
    return announce(notice=notice, by=corner.hand("province_civil"), at=moment(1, 6))


def _story(corner: Corner, name: str) -> Story:
    where: Any = Elsewhere(corner)
    director = corner.hand("committee_director")
    minutes = keep(
        content=f"{name}{corner.code}会议记录".encode(), name="记录.txt", kind="deliberation_minutes", region=corner.code,
        data_class="P1", retain_until=None, by=director, at=moment(1, 8),
    )  # fmt: skip
    project = apply(
        programme=_programme(corner), application=application(where, name=name), papers=[("deliberation_minutes", minutes)],
        by=director, at=moment(1, 9),
    )  # fmt: skip
    story = Story(where, _programme(corner), project)
    story.again()
    return story


def _enter(corner: Corner, kind: str, story: Story, code: str) -> None:
    project = story.again()
    paper = project.case.papers.select_related("document").first()
    assert paper is not None
    corner.things[kind] = {
        "number": project.case.number,
        "key": paper.document.key,
        "code": code,
        "entry": "1",
    }


def projects(corner: Corner) -> None:
    """Projects waiting for the street, for goals, for their review; one carried out, accepted, evaluated, reported."""
    _enter(corner, "applied", _story(corner, "适应服务项目一"), "street_opine")
    goals = _story(corner, "适应服务项目二")
    goals.approved()
    _enter(corner, "goals", goals, "declare_goals")
    review = _story(corner, "适应服务项目三")
    review.approved()
    advance(review.project.case, "declare_goals", by=review.who("sun"), at=moment(1, 21), words=DECLARED)
    _enter(corner, "review", review, "approve_goals")
    story = _story(corner, "适应服务项目四")
    story.received(BUDGET)
    payee = corner.owner("payee", with_guardian=False)
    story.spent(payee=payee.marks.name, paper=None)
    story.accepted()
    _enter(corner, "project", story, "enter_audit")
    corner.things["programme"] = {"code": story.programme.code}
    gates = list(story.project.gates.order_by("id"))
    shown = publish_gate(gate=gates[0], by=corner.hand("district_civil"), at=NOW)
    corner.things["gate"] = {
        "number": story.project.case.number, "kind": gates[1].kind, "order": str(gates[1].number),
    }  # fmt: skip
    _evaluated(corner, story, shown.number)


def _evaluated(corner: Corner, story: Story, publication: str) -> None:
    by = corner.hand("district_civil")
    running = _evaluation(corner, story, by)
    corner.things["running"] = {"key": running.key, "code": "output-quantity"}
    made = _evaluation(corner, story, by)
    evaluating.find(evaluation=made, kind="problem", text="支出进度慢。", by=by, at=NOW)
    scores.score(evaluation=made, by=by, at=NOW)
    scores.submit(evaluation=made, by=by, at=NOW)
    corner.things["evaluation"] = {"key": made.key, "code": "output-quantity"}
    reading = Reading.objects.filter(region=corner.code).order_by("-evidence_count", "-id").first()
    assert reading is not None
    corner.things["reading"] = {"key": reading.key}
    report = compose(evaluation=made, outline=edition("outlines", "source", NOW.date()), by=by, at=NOW)
    paper = issue(report=report, by=by, at=NOW, form="xlsx")
    release(report=report, publication=publication, by=by, at=NOW)
    corner.things["report"] = {"number": report.number, "form": paper.form, "digest": paper.sha256[:16]}
    corner.things["shown"] = {
        "project": story.project.case.number,
        "key": made.key,
        "reading": _used(made),
        "number": report.number,
    }


def _used(made: Any) -> str:
    mark = (
        Mark.objects.filter(score__evaluation=made, reading__isnull=False).select_related("reading").first()
    )
    assert mark is not None and mark.reading is not None
    return mark.reading.key


def _evaluation(corner: Corner, story: Story, by: Actor) -> Any:
    terms = evaluating.Terms(
        project=story.project.case.number, region=corner.code, frame=edition("frames", "self", NOW.date()), span=HALF,
        kind="self", evaluator="民政局", due_on=NOW.date(),
    )  # fmt: skip
    made = evaluating.open_evaluation(terms=terms, by=by, at=NOW)
    evaluating.take_readings(evaluation=made, by=by, at=NOW)
    return made
