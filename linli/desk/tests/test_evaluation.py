"""Goals, evaluations, readings with their rows, comparison: through the desk, by role, within budgets."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.desk.tests.fiscal import NOW, built_once, evaluated, sent, world_of_today  # noqa: F401  (fixtures)
from linli.evaluation.evaluating import take_readings
from linli.evaluation.models import Evaluation, GoalDeclaration, Reading
from linli.evaluation.scores import submit

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STATED = "提升社区社会治理和服务能力"


def _text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def _rows(answer):
    """What the rows of the drawn form hold, as a browser would send them."""
    given = {
        "frame": answer.context["frame"],
        "count": str(len(answer.context["rows"])),
        "once": answer.context["once"],
    }
    for row in answer.context["rows"]:
        given |= {bound.html_name: bound.value() or "" for bound in row["form"]}
    return given


def _only(text, **other):
    """A declaration of two goals of 50 points: the words given, and a good one."""
    good = {"code": "own-2", "text": "服务事项按时办结率", "kind": "output", "operator": ">=", "value": "95", "unit": "%",
            "weight": "50", "last_actual": "", "evidence_source": "办件流转记录", "survey_plan": ""}  # fmt: skip
    first = good | {"code": "own-1", "text": text, "value": "", "unit": ""} | other
    rows = {f"g{at}-{name}": value for at, row in enumerate((first, good)) for name, value in row.items()}
    return rows | {"frame": "source-report", "count": "2", "once": ""}


def test_the_frame_fills_the_form_and_its_weights_add_up_to_a_hundred(world):
    answer = world.browser("sun").get(world.url(world.approved, "goals/declaration/"))
    assert answer.context["total"] == 100
    assert len(answer.context["rows"]) == 9


def test_the_linter_quotes_the_source_reports_words_and_proposes_a_quantified_goal(world):
    sun, address = world.browser("sun"), world.url(world.approved, "goals/declaration/")
    answer = sun.post(address, _only(STATED, weight="50") | {"declare": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"<q>{STATED}</q>" in page
    assert "没有目标值" in page
    assert "建议写成：" in page
    assert not GoalDeclaration.objects.filter(project=world.approved.project.case.number).exists()
    taken = sun.post(address, _only(STATED) | {"take": answer.context["remarks"][0].take})
    row = taken.context["rows"][0]["form"]
    assert row["value"].value()
    assert row["weight"].value() == "50"


def test_a_quantified_goal_is_declared_and_approved_by_the_district(world):
    sun, qu, address = (
        world.browser("sun"),
        world.browser("qu"),
        world.url(world.approved, "goals/declaration/"),
    )
    given = _only("全年文化活动场次", value="12", unit="场", evidence_source="活动签到") | {
        "declare": "1",
        "once": "k",
    }
    first = sun.post(address, given)
    assert first.status_code == 302
    assert sun.post(address, given)["Location"] == first["Location"]
    assert GoalDeclaration.objects.filter(project=world.approved.project.case.number).count() == 1
    assert "等批复" in _text(qu.get(first["Location"]))
    assert world.approved.again().case.step == "goals_review"
    done = sent(qu, world.url(world.approved, "goals/acts/approve_goals/"), opinion="同意")
    assert done.status_code == 302
    assert "已批复" in _text(sun.get(first["Location"]))
    assert world.approved.again().case.step == "allocation"


def test_goals_sent_on_with_their_faults_are_refused_by_the_district_with_the_words_quoted(world):
    sun, address = world.browser("sun"), world.url(world.approved, "goals/declaration/")
    assert sun.post(address, _only(STATED) | {"anyway": "1"}).status_code == 302
    answer = sent(world.browser("qu"), world.url(world.approved, "goals/acts/approve_goals/"), opinion="同意")
    assert answer.status_code == 422
    assert STATED in answer.content.decode()
    assert world.approved.again().case.step == "goals_review"


def test_rows_are_added_found_and_dropped_without_losing_what_was_typed(world):
    sun, address = world.browser("sun"), world.url(world.approved, "goals/declaration/")
    given = _only("我们自己的目标")
    found = sun.post(address, given | {"search": "1", "q": "办结"})
    code = found.context["results"][0]["code"]
    assert "我们自己的目标" in found.content.decode()
    more = sun.post(address, given | {"add": code})
    assert len(more.context["rows"]) == 3
    assert more.context["rows"][0]["form"]["text"].value() == "我们自己的目标"
    assert len(sun.post(address, given | {"drop": "0"}).context["rows"]) == 1
    assert len(sun.post(address, given | {"own": "1"}).context["rows"]) == 3


def test_only_the_community_declares_and_only_while_it_may(world):
    for login, story in (
        ("qu", world.approved),
        ("jie", world.approved),
        ("sun", world.applied),
        ("wangdong", world.approved),
    ):
        assert world.browser(login).get(world.url(story, "goals/declaration/")).status_code == 404


def test_the_page_shows_proven_claimed_and_what_is_without_evidence(world):
    page = _text(world.browser("qu").get(f"/desk/evaluations/{world.evaluation.key}/"))
    for words in ("有据得分", "没有依据的分", "合理区间", "的权重取法下为", "没有依据，不给分", "条依据"):
        assert words in page, words
    score = world.evaluation.scores.get()
    assert f">{score.proven / 100:g}" in page
    assert f">{score.without_evidence / 100:g}" in page


def test_a_figure_opens_its_reading_and_the_rows_behind_it(world):
    reading = Reading.objects.get(word="projects.execution_rate", region=world.evaluation.region)
    page = _text(world.browser("sun").get(f"/desk/readings/{reading.key}/"))
    assert "8,000.00 ÷ 120,000.00 × 100 = 6.6667%" in page
    assert reading.evidence_digest in page
    assert "账本位置" in page
    assert f"/desk/projects/{world.carried.project.case.number}/" in page


def test_who_sees_counts_only_gets_no_rows(world):
    reading = Reading.objects.get(word="projects.execution_rate", region=world.evaluation.region)
    page = _text(world.browser("cai").get(f"/desk/readings/{reading.key}/"))
    assert "只给您看条数" in page
    assert world.carried.project.case.number not in page


def test_a_reading_taken_again_is_set_beside_the_earlier_one(world):
    by, again = world.village.actor("cai"), evaluated(world.carried, login="cai", kind="finance")
    assert again.kind == "finance"
    world.carried.spent(number="记-010", cents=100_00)
    later = _open(world, "cai")
    take_readings(evaluation=later, by=by, at=NOW)
    newest = Reading.objects.filter(word="projects.execution_rate", region=later.region).latest("id")
    page = _text(world.browser("sun").get(f"/desk/readings/{newest.key}/"))
    assert "和上一次取数比" in page
    assert "变了的记录" in page


def _open(world, login):
    address = world.url(world.carried, "evaluations/new/")
    answer = sent(world.browser(login), address, first="2026-01-01", last="2026-12-31", due_on="2026-04-01")
    return Evaluation.objects.get(key=answer["Location"].rstrip("/").split("/")[-1])


def test_an_evaluation_is_made_from_opening_to_handing_in(world):
    ping, made = world.browser("ping"), _open(world, "ping")
    assert made.kind == "third_party"
    address = f"/desk/evaluations/{made.key}/"
    assert "从记录取数" in _text(ping.get(address))
    assert ping.post(f"{address}readings/").status_code == 302
    file = SimpleUploadedFile("验收报告.pdf", PDF, "application/pdf")
    assert (
        sent(ping, f"{address}indicators/output-quantity/value/", value="90", paper_0=file).status_code == 302
    )
    assert sent(ping, f"{address}indicators/output-quality/value/", value="80").status_code == 302
    assert (
        sent(ping, f"{address}indicators/output-cost/exemption/", reason="没有可比的计划成本").status_code
        == 302
    )
    assert (
        sent(ping, f"{address}claims/", part="output", points="50", source="自评报告第三页").status_code
        == 302
    )
    assert sent(ping, f"{address}findings/", kind="problem", text="支出慢").status_code == 302
    assert sent(ping, f"{address}findings/", kind="advice", text="按季安排", answers="1").status_code == 302
    assert ping.post(f"{address}scores/").status_code == 302
    page = _text(ping.get(address))
    marks = {mark.indicator: mark for mark in made.scores.get().marks.all()}
    assert marks["output-quantity"].points > 0
    assert marks["output-quality"].gap == "unproven"
    assert "有数值，没有佐证" in page
    assert "没有可比的计划成本" in page
    assert sent(ping, f"{address}submission/").status_code == 302
    assert ping.post(f"{address}scores/").status_code == 404
    assert "接着做" not in _text(ping.get(address))


def test_a_sealed_evaluation_does_not_exist_for_the_others(world):
    made = _open(world, "ping")
    world.browser("ping").post(f"/desk/evaluations/{made.key}/scores/")
    submit(evaluation=made, by=world.village.actor("ping"), at=NOW)
    assert made.due_on == date(2026, 4, 1)
    assert world.browser("ping").get(f"/desk/evaluations/{made.key}/").status_code == 200
    for login in ("sun", "cai", "qu"):
        assert world.browser(login).get(f"/desk/evaluations/{made.key}/").status_code == 404
        assert made.key not in _text(world.browser(login).get("/desk/evaluations/"))


def test_only_who_opened_it_enters_anything(world):
    made = _open(world, "ping")
    for rest in ("readings/", "scores/", "claims/", "submission/", "findings/"):
        assert world.browser("cai").post(f"/desk/evaluations/{made.key}/{rest}").status_code == 404


def test_several_evaluations_stand_side_by_side_with_their_agreement(world):
    evaluated(world.carried, login="cai", kind="finance")
    page = _text(world.browser("sun").get(world.url(world.carried, "evaluations/")))
    assert "财政评价" in page
    assert "单位自评 ↔ 财政评价" in page
    assert "κ" in page


def test_the_catalogue_says_how_every_number_comes_about(world):
    page = _text(world.browser("wu").get("/desk/measures/?q=执行率"))
    assert "projects.execution_rate" in page
    assert "会不会虚高" in page
    assert "projects.spent<" not in page


@pytest.mark.parametrize("login", ["limin", "ma", "wangli", "tao"])
def test_who_does_not_read_evaluations_finds_none(world, login):
    reading = Reading.objects.filter(region=world.evaluation.region).earliest("id")
    for address in (
        f"/desk/evaluations/{world.evaluation.key}/",
        "/desk/evaluations/",
        f"/desk/readings/{reading.key}/",
    ):
        assert world.browser(login).get(address).status_code == 404, address


def test_another_street_finds_nothing(world):
    reading = Reading.objects.filter(region=world.evaluation.region).earliest("id")
    for login in ("wangjie", "wangdong"):
        client = world.browser(login)
        assert client.get(f"/desk/evaluations/{world.evaluation.key}/").status_code == 404
        assert client.get(f"/desk/readings/{reading.key}/").status_code == 404
        assert world.evaluation.key not in _text(client.get("/desk/evaluations/"))


def test_pages_stay_within_their_budget_of_queries(world):
    reading = Reading.objects.get(word="projects.execution_rate", region=world.evaluation.region)
    sun, budgets = world.browser("sun"), {
        "/desk/evaluations/": 10, f"/desk/evaluations/{world.evaluation.key}/": 15, f"/desk/readings/{reading.key}/": 15,
        "/desk/measures/": 10, world.url(world.carried, "evaluations/"): 15, world.url(world.carried, "goals/"): 15,
    }  # fmt: skip
    for address, most in budgets.items():
        sun.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = sun.get(address)
        assert len(asked) <= most, (address, len(asked))
        assert "no-store" in answer["Cache-Control"]
