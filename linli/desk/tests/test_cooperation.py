"""Four bodies at one matter through the desk, an outside body through its link, more days, a whistle, a task refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.opening import Opening, open_case
from linli.cases.tests.sheets import publish_cooperation
from linli.rulebook.publishing import edition
from tests import cast
from tests.counting import counted

pytestmark = pytest.mark.django_db
DAY = "2026-01-05"


@pytest.fixture
def open_as(village, settings):
    settings.LINLI_FROZEN_DAY = DAY
    publish_cooperation()

    def opened(login):
        client = Client()
        client.force_login(village.accounts[login])
        return client

    return opened


@pytest.fixture
def matter(open_as, village):
    opening = Opening(
        procedure=edition("procedures", "linked_matter", date(2026, 1, 5)), subject="G03", title="三号楼停水",
        region=village.helin, channel="counter", person=village.person("wang"),
    )  # fmt: skip
    case = open_case(opening=opening, by=village.actor("limin"), at=cast.BEGIN - timedelta(days=1))
    sent(
        open_as("limin"),
        f"/desk/cases/{case.number}/together/link/",
        question="三号楼两天没有水，请查清原因",
        most=36,
    )
    return case


def sent(browser, address, *, most=30, **given):
    """Open a screen within the budget of a page, send it within that of a submit."""
    with counted() as statements:
        assert browser.get(address).status_code == 200, address
    assert len(statements) <= 15, "\n".join(statements)
    with counted() as statements:
        answer = browser.post(address, given)
    assert answer.status_code == 302, (address, answer.context["form"].errors)
    assert len(statements) <= most, "\n".join(statements)
    return answer


def part_of(matter, **body):
    return matter.cooperations.get(**body, part__isnull=False).part


def test_a_matter_of_four_bodies_ends_in_one_answer(matter, open_as, village):
    clerk, manager, street = open_as("limin"), open_as("ma"), open_as("jie")
    pump, member, lead = (
        part_of(matter, post=one) for one in ("property_manager", "committee_member", "street_officer")
    )
    sent(manager, f"/desk/cases/{pump.number}/together/refuse/", reason="not_competent", opinion="归供水公司")
    sent(clerk, f"/desk/cases/{pump.number}/moves/insist/", opinion="水泵归物业")
    sent(street, f"/desk/cases/{pump.number}/together/decide_stays/", opinion="合同第五条，归物业")
    sent(manager, f"/desk/cases/{pump.number}/moves/answer/", opinion="水泵已修好")
    sent(open_as("he"), f"/desk/cases/{member.number}/moves/answer/", opinion="已告知楼里住户")
    sent(street, f"/desk/cases/{lead.number}/together/accept/")
    with counted() as statements:
        page = street.get(f"/desk/cases/{matter.number}/bodies/")
    assert page.status_code == 200 and len(statements) <= 15, "\n".join(statements)
    shown = page.content.decode()
    assert "水泵已修好" in shown and "供水公司" in shown and "现在由您负责到底" in shown
    sent(street, f"/desk/cases/{matter.number}/moves/answer/", opinion="水泵已修好，供水恢复")
    matter.refresh_from_db()
    assert matter.outcome == "resolved"
    other = open_as("wangjie")
    for path in ("", "bodies/", "time/", "together/link/", "extension/"):
        assert other.get(f"/desk/cases/{matter.number}/{path}").status_code == 404, path


def test_an_outside_body_answers_on_a_page_of_its_own(matter, open_as, village):
    clerk, number = open_as("limin"), part_of(matter, name="供水公司").number
    address = f"/desk/cases/{number}/outside-link/"
    assert clerk.post(address, {"question": "请给王桂兰回话"}).status_code == 422
    made = clerk.post(address, {"question": "停水原因和恢复时间？"})
    link = made.context["made"].removeprefix("http://testserver")
    assert link not in clerk.get(address).content.decode(), "shown once"
    body = Client()
    opened = body.get(link)
    assert (opened.status_code, opened["Location"]) == (302, "/o/")
    page = body.get("/o/").content.decode()
    assert "停水原因和恢复时间" in page and "王" not in page.split("<main", 1)[1].split("</main>")[0]
    with counted() as statements:
        assert body.post("/o/", {"text": "水泵检修，今晚恢复"}).status_code == 302
    assert len(statements) <= 27, "\n".join(statements)
    assert "已经用过了" in body.get("/o/", follow=True).content.decode()
    assert Case.objects.get(number=number).outcome == "answered"
    assert "这个链接不对" in Client().get("/o/not-a-word/", follow=True).content.decode()


def test_a_withdrawn_link_says_so(matter, open_as):
    clerk, number = open_as("limin"), part_of(matter, name="供水公司").number
    address = f"/desk/cases/{number}/outside-link/"
    link = clerk.post(address, {"question": "停水原因？"}).context["made"].removeprefix("http://testserver")
    assert clerk.post(address, {"withdraw": "1"}).status_code == 302
    assert "已经撤回" in Client().get(link, follow=True).content.decode()


def test_more_days_are_asked_and_granted_and_the_old_day_stays_readable(matter, open_as):
    clerk, district = open_as("limin"), open_as("qu")
    sent(clerk, f"/desk/cases/{matter.number}/extension/", days="5", opinion="要等检测")
    assert district.get(f"/desk/cases/{matter.number}/extension/decision/").status_code == 404, (
        "not in the district's reach"
    )
    with counted() as statements:
        page = clerk.get(f"/desk/cases/{matter.number}/time/")
    assert page.status_code == 200 and len(statements) <= 15, "\n".join(statements)
    assert "要等检测" in page.content.decode() and "2026年1月19日" in page.content.decode()


def test_a_whistle_calls_and_both_sides_rate(open_as, village):
    street, manager = open_as("jie"), open_as("ma")
    given = {
        "community": cast.HELIN,
        "title": "消防通道被占",
        "question": "今天清理",
        "posts": ["property_manager"],
    }
    assert open_as("limin").get("/desk/whistles/new/").status_code == 404
    assert street.get("/desk/whistles/new/").status_code == 200
    assert street.post("/desk/whistles/new/", {**given, "posts": []}).status_code == 422
    assert street.post("/desk/whistles/new/", given).status_code == 302
    part = Case.objects.get(kind="cases.called")
    sent(manager, f"/desk/cases/{part.number}/moves/report_in/", opinion="")
    sent(manager, f"/desk/cases/{part.number}/moves/finish/", opinion="已清理")
    sent(street, f"/desk/cases/{part.number}/together/rate_body/", figure="5", opinion="")
    sent(manager, f"/desk/cases/{part.number}/together/rate_whistle/", figure="1", opinion="")
    part.refresh_from_db()
    assert part.outcome == "answered"


def test_a_task_needs_everything_and_goes_back_by_the_list(open_as):
    district, director = open_as("qu"), open_as("sun")
    given = {"community": cast.HELIN, "title": "报送招商线索", "words": "每周报送", "basis": "某通知", "cost": "0",
             "paid_by": "不拨付", "wanted_by": "2026-02-01"}  # fmt: skip
    assert district.post("/desk/tasks/new/", {**given, "basis": ""}).status_code == 422
    assert district.post("/desk/tasks/new/", {**given, "wanted_by": "2026-01-01"}).status_code == 422
    assert district.post("/desk/tasks/new/", given).status_code == 302
    case = Case.objects.get(kind="cases.pushed_task")
    sent(director, f"/desk/cases/{case.number}/together/refuse/", reason="investment", opinion="不得承担招商")
    case.refresh_from_db()
    assert case.outcome == "refused"
    assert district.get(f"/desk/cases/{case.number}/").status_code == 200, "who pushed it reads why"
