"""Project pages and acts through the desk: the chain, the gates of spending, red entries, who may see what, budgets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.desk.tests.fiscal import built_once, sent, world_of_today  # noqa: F401  (fixtures)
from linli.projects.models import Expenditure, Project
from linli.projects.spending import spend
from linli.projects.tests.story import moment
from tests.counting import counted

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def _spending(**other):
    return {
        "on": "2026-03-01", "number": "记-009", "line": "1", "purpose": "equipment", "source": "1", "payee": "云川家具厂",
        "item": "档案柜", "cents": "1,000.00",
    } | other  # fmt: skip


def test_the_opinion_goes_from_the_street_to_the_district_and_stands_in_the_chain(world):
    page = _text(world.browser("jie").get(world.url(world.applied)))
    assert "写申报意见并上报" in page
    address = world.url(world.applied, "acts/street_opine/")
    assert sent(world.browser("jie"), address, opinion="").status_code == 422
    answer = sent(world.browser("jie"), address, opinion="核过现场，同意推荐。")
    assert answer.status_code == 302
    page = _text(world.browser("qu").get(world.url(world.applied)))
    assert "核过现场，同意推荐。" in page
    assert "写初审推荐意见并上报" in page
    assert world.browser("jie").get(address).status_code == 404


def test_a_project_comes_back_for_correction_with_everything_filled_in(world):
    sent(world.browser("jie"), world.url(world.applied, "acts/street_return/"), opinion="预算没有写依据")
    address = world.url(world.applied, "acts/street_resubmit/")
    drawn = world.browser("sun").get(address)
    assert "入户走访发现老人办事不便" in _text(drawn)
    answer = sent(world.browser("sun"), address, lines_0_cents="1")
    assert answer.status_code == 422
    assert "两边要相等" in answer.content.decode()
    assert sent(world.browser("sun"), address, lines_0_basis="三家询价").status_code == 302
    world.applied.again()
    assert world.applied.project.case.step == "street"
    assert world.applied.line(1).basis == "三家询价"


def test_the_province_approves_less_than_was_asked_and_the_amounts_must_agree(world):
    world.applied.opinions()
    address, sheng = world.url(world.applied, "acts/approve/"), world.browser("sheng")
    given = {"number": "示民函〔2026〕9号", "opinion": "同意", "source_0_cents": "5万元"}
    assert sent(sheng, address, **given).status_code == 422
    assert sent(sheng, address, **given, line_0_cents="30,000", line_1_cents="20,000").status_code == 302
    world.applied.again()
    assert world.applied.project.budget_cents == 5_000_000


@pytest.mark.parametrize(
    ("typed", "field", "rule"),
    [
        ({"purpose": "reception"}, "purpose", "基金不得用途"),
        ({"on": "2026-01-15"}, "on", "先到账、后支出"),
        ({"on": "2027-03-01"}, "on", "在项目期内支出"),
        ({"invoice_number": "inv 0001"}, "invoice_number", "一张发票只报一次"),
        ({"purpose": "training"}, "purpose", "按批准用途支出"),
        ({"cents": "5万元"}, "cents", "支出不超过预算科目"),
        ({"cents": "很多"}, "cents", ""),
        ({"payee": ""}, "payee", ""),
    ],
)
def test_every_gate_names_its_rule_at_its_field_and_nothing_typed_is_lost(world, typed, field, rule):
    answer = sent(world.browser("tao"), world.url(world.carried, "acts/spend/"), **_spending(**typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert rule in page
    assert "档案柜" in page
    assert Expenditure.objects.filter(project=world.carried.project).count() == 1


def test_a_payment_is_entered_once_with_its_voucher_and_shown_in_capitals(world):
    tao, address = world.browser("tao"), world.url(world.carried, "acts/spend/")
    file = SimpleUploadedFile("发票.pdf", PDF, "application/pdf")
    first = sent(tao, address, **_spending(once="k1", paper=file))
    again = tao.post(address, _spending(once="k1"))
    assert first["Location"] == again["Location"]
    page = _text(tao.get(first["Location"]))
    assert "壹仟元整" in page
    assert "打开凭证" in page
    assert tao.get(f"{first['Location']}paper/").content == PDF
    assert world.browser("cai").get(f"{first['Location']}paper/").status_code == 404


def test_a_red_entry_takes_a_payment_back_whole(world):
    tao = world.browser("tao")
    answer = sent(tao, world.url(world.carried, "acts/correct_spending/?entry=1"), reason="金额登记错了")
    assert answer.status_code == 302
    page = _text(tao.get(world.url(world.carried, "money/")))
    assert "已被冲销" in page
    assert "-8,000.00" in page
    assert "红字冲销" not in _text(tao.get(world.url(world.carried, "vouchers/2/"))).split("<h1>")[0]
    assert world.carried.source.account.spent == 0


def test_a_payee_who_is_a_person_is_masked_for_those_who_do_not_keep_the_books(world):
    address = world.url(world.carried, "money/")
    assert "李木匠" in _text(world.browser("tao").get(address))
    assert "李木匠" in _text(world.browser("shen").get(address))
    seen = _text(world.browser("cai").get(address))
    assert "李木匠" not in seen
    assert "李**" in seen


def test_acceptance_with_defects_sends_the_project_back_and_keeps_the_checklist(world):
    world.carried.delivered()
    jie, address = world.browser("jie"), world.url(world.carried, "acts/accept/")
    given = {
        "panel": "明河街道办事处\n居民代表",
        "items_0_title": "桌椅",
        "items_0_unit": "套",
        "items_0_planned": "10",
    }
    assert "items_0_done" in sent(jie, address, **given, items_0_done="很多").context["form"].errors
    done = sent(jie, address, **given, items_0_done="8", defects="少两套", remedy_by="2026-04-01")
    assert done.status_code == 302
    page = _text(jie.get(world.url(world.carried, "papers/")))
    assert "少两套" in page
    assert "10 套" in page
    assert world.carried.again().case.step == "carrying_out"


def test_a_gate_is_published_by_the_post_that_signs_and_papers_are_added_to_the_file(world):
    sun = world.browser("sun")
    assert sent(sun, world.url(world.carried, "gates/approval/1/publication/")).status_code == 302
    page = _text(sun.get(world.url(world.carried, "papers/")))
    assert "已公开" in page
    file = SimpleUploadedFile("验收报告.pdf", PDF, "application/pdf")
    assert (
        sent(sun, world.url(world.carried, "papers/new/"), kind="acceptance_report", file=file).status_code
        == 302
    )
    assert "1 / 10" in _text(sun.get(world.url(world.carried, "papers/")))


def test_a_stated_project_says_not_stated_and_invents_no_zero(world):
    address = f"/desk/projects/{world.stated.case.number}/"
    page = _text(world.district.get(address))
    assert page.count("未说明") > 15
    assert "无法核对" in page
    money = _text(world.district.get(f"{address}money/"))
    assert "没有列出一笔支出" in money
    assert "自报分" in _text(world.district.get(f"{address}statements/"))
    assert world.browser("sun").get(world.url(world.carried, "statements/")).status_code == 404


@pytest.mark.parametrize("rest", ["", "money/", "papers/", "goals/", "evaluations/", "vouchers/1/"])
def test_another_street_and_who_has_no_right_find_nothing(world, rest):
    address = world.url(world.carried, rest)
    for login in ("wangjie", "wangdong", "limin", "ma"):
        assert world.browser(login).get(address).status_code == 404, login
    for login in ("sun", "tao", "jie", "qu", "shi", "sheng", "wu"):
        expected = 404 if login == "tao" and rest in ("goals/", "evaluations/") else 200
        assert world.browser(login).get(address).status_code == expected, login


def test_acts_are_open_to_the_post_of_the_step_only(world):
    for login in ("sun", "tao", "qu", "shi", "cai"):
        assert world.browser(login).get(world.url(world.applied, "acts/street_opine/")).status_code == 404
    assert world.browser("qu").post(world.url(world.carried, "acts/spend/"), _spending()).status_code == 404
    assert world.browser("sun").get(world.url(world.carried, "acts/no_such_move/")).status_code == 404


def test_a_notice_is_announced_and_a_community_applies_under_it(world):
    sheng, sun = world.browser("sheng"), world.browser("sun")
    answer = sent(
        sheng,
        "/desk/programmes/new/",
        code="pilot-2",
        title="第二批试点",
        fund="welfare_lottery_province",
        quota="3",
    )
    assert answer["Location"] == "/desk/programmes/pilot-2/"
    page = _text(sun.get("/desk/programmes/pilot-2/"))
    assert "申报项目" in page
    assert "公务接待" in page
    given = {
        "name": "楼道照明项目", "purpose": "照亮楼道", "need": "老人摔倒过", "content": "装灯", "general_goals": "装灯40盏",
        "yearly_goal": "2026年6月底前装灯40盏", "starts_on": "2026-03-10", "ends_on": "2026-10-31",
        "lines_0_title": "灯具", "lines_0_purpose": "equipment", "lines_0_cents": "2万元",
        "sources_0_fund": "welfare_lottery_province", "sources_0_level": "province", "sources_0_cents": "20000",
    }  # fmt: skip
    assert (
        "paper_deliberation_minutes"
        in sent(sun, "/desk/programmes/pilot-2/application/", **given).context["form"].errors
    )
    file = SimpleUploadedFile("记录.pdf", PDF, "application/pdf")
    done = sent(sun, "/desk/programmes/pilot-2/application/", **given, paper_deliberation_minutes=file)
    assert done.status_code == 302
    made = Project.objects.select_related("case").get(name="楼道照明项目")
    assert made.case.step == "street"
    assert world.browser("limin").get("/desk/programmes/").status_code == 404


def test_spending_is_paged_by_key(world):
    voucher = world.carried.voucher()
    for number in range(2, 34):
        entry = replace(voucher, number=f"记-{number:03}", cents=100_00)
        spend(project=world.carried.project, voucher=entry, by=world.village.actor("tao"), at=moment(3, 1))
    tao = world.browser("tao")
    first = _text(tao.get(world.url(world.carried, "money/")))
    assert "?before=4" in first
    rest = _text(tao.get(world.url(world.carried, "money/?before=4")))
    assert "记-001" in rest
    assert "记-033" not in rest


def test_pages_stay_within_their_budget_of_queries_and_are_not_stored(world):
    sun, budgets = world.browser("sun"), {
        "/desk/projects/": 10, "/desk/programmes/": 10, world.url(world.carried): 15, world.url(world.carried, "money/"): 15,
        world.url(world.carried, "papers/"): 15, world.url(world.carried, "goals/"): 15,
    }  # fmt: skip
    for address, most in budgets.items():
        sun.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = sun.get(address)
        assert len(asked) <= most, (address, len(asked))
        assert "no-store" in answer["Cache-Control"]


def test_an_act_of_spending_stays_within_its_budget(world):
    tao = world.browser("tao")
    with counted() as asked:
        answer = tao.post(world.url(world.carried, "acts/spend/"), _spending())
    assert answer.status_code == 302
    assert len(asked) <= 29, "\n".join(asked)  # seven gates over the whole account of the source
