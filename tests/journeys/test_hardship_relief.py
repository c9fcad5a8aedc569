"""One resident's story, from her phone to the notice board.

A fire has burnt Wang Guilan's kitchen. She asks for temporary assistance (临时救助) on her phone, in the version for
elders; the community's clerk finds a paper missing and says so once; a grid worker visits; the street decides within
its ceiling; the decision hangs in public without saying who she is; the money comes; she says how it went.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import HELIN
from tests.journeys.somebody import PHONE, Typist, photo

pytestmark = pytest.mark.journey

# Nothing of this may stand in a public page: her name, her phone, her account, her story, her flat.
SECRETS = ("王桂兰", "13900000001", "6222021234567890123", "糖尿病", "烧坏", "1单元402", "402室")


def test_a_resident_gets_relief_and_her_neighbours_see_it_without_seeing_her(site, comes):
    wang = comes("wang", **PHONE)
    number = applies_by_phone(wang)

    # The clerk works without a mouse all day.
    li = comes("limin", Typist).signs_in()
    finds_a_paper_missing(li, number)
    hands_it_in_by_phone(wang, number)
    accepts(li, number)
    promise_is_explained(wang, number)

    site.day_comes(date(2026, 1, 7))
    is_visited(comes("yang").signs_in(), number)

    site.day_comes(date(2026, 1, 8))
    zha = comes("zha").signs_in()
    decides_within_the_ceiling(zha, number)
    hangs_in_public_without_her_name(comes("visitor", **PHONE))
    knows_the_result(wang, number)

    site.day_comes(date(2026, 1, 9))
    pays(zha, number)
    rates(wang, number)
    assert site.ledger_is_whole()


def applies_by_phone(wang) -> str:
    """Elder version, two pages of questions, one photo, consent, sent. Returns the number of her case."""
    wang.signs_in().opens(f"/c/{HELIN}/")
    wang.presses("长辈版", within="header").shows("home")
    assert "elder" in wang.page.locator("html").get_attribute("class")
    wang.presses("办事", within="nav").presses("临时救助").shows("guide")
    wang.chooses("家里是不是突然遇到困难", "是").chooses("已经有别的救助", "不是").presses("看结果")
    wang.sees("看起来能办").presses("网上申请")

    wang.writes("家里几口人", "2").writes("住址", "安和苑3号楼1单元402室").shows("family").presses(
        "保存，下一步"
    )
    wang.chooses("困难的类别", "火灾、事故等突发事件")
    wang.writes("说说情况", "厨房起火，灶具烧坏了；老伴有糖尿病，要吃药。")
    wang.writes("大约需要多少钱", "2000").writes("收款银行账号", "6222021234567890123")
    wang.shows("hardship").presses("保存，下一步")

    wang.sees("材料和核对").does_not_see(
        "6222021234567890123"
    )  # phones are shared: only head and tail stand here
    wang.hands_in("困难情况材料", photo("kitchen.jpg")).shows("papers")
    wang.presses("提交申请").sees("不同意就不能在网上交")  # consent is asked for, never assumed
    wang.hands_in("困难情况材料", photo("kitchen.jpg")).ticks("我同意").presses("提交申请")
    wang.sees("已收到").shows("received")
    return str(wang.page.locator("main b.num").first.inner_text())


def finds_a_paper_missing(li, number: str) -> None:
    """The application form itself is missing: she is told once, completely, and the clock stands still."""
    li.opens("/desk/").sees(number).does_not_see("王桂兰").shows("inbox")
    li.presses("临时救助").shows("case")
    li.presses("受理").sees("还缺：申请书或申请表").presses("受理")
    li.sees("有几处要改").shows("refused")
    li.opens(f"/desk/cases/{number}/").presses("一次性告知补正")
    assert li.field("申请书或申请表").is_checked()  # what is missing is ticked already
    li.writes("怎么补", "手机拍一张填好的申请表就行。").presses("一次性告知补正")
    li.sees("等补正").shows("told")


def hands_it_in_by_phone(wang, number: str) -> None:
    wang.opens("/my/").sees("补").opens(f"/cases/{number}/")
    wang.sees("现在请您做", "申请书或申请表", "手机拍一张填好的申请表就行。").shows("asked")
    wang.presses("拍照上传").hands_in("申请书或申请表", photo("form.jpg")).presses("交材料")
    wang.sees("材料收到了").shows("supplied")


def accepts(li, number: str) -> None:
    li.opens(f"/desk/cases/{number}/").presses("受理").sees("受理之日起10个工作日").presses("受理")
    li.sees("已受理，时限从今天起算。").shows("accepted")


def promise_is_explained(wang, number: str) -> None:
    """Ten working days from Monday 5 January: Monday the 19th, and anybody can follow the sum."""
    wang.opens(f"/cases/{number}/").sees("2026年1月19日")
    wang.page.get_by_text("这个日期怎么算的").tap()
    wang.sees("工作日").shows("promise")


def is_visited(yang, number: str) -> None:
    yang.opens("/desk/").presses("临时救助").presses("登记入户调查")
    yang.writes("去了哪几个人", "杨格\n何巧云").writes("看到的情况", "厨房墙面熏黑，灶具已不能用。")
    yang.chooses("和申请说的一致吗", "一致").writes("问了几户邻居", "2")
    yang.hands_in("现场照片", photo("visit.jpg", "grey")).shows("visit").presses("登记入户调查")
    yang.sees("入户情况已登记。")


def decides_within_the_ceiling(zha, number: str) -> None:
    """The street may decide up to 3,000 yuan; above, the rule speaks, and nothing typed is lost."""
    zha.opens("/desk/").presses("临时救助").presses("同意救助")
    zha.sees("审批额度", "3000元", "批准后自动公示")
    zha.writes("金额（元）", "3000.01").writes("审批意见", "情况属实，同意救助。").presses("同意救助")
    zha.sees("有几处要改", "超过").shows("above")
    assert zha.field("审批意见").input_value() == "情况属实，同意救助。"
    zha.writes("金额（元）", "2000").shows("grant").presses("同意救助").sees("已批准。")


def hangs_in_public_without_her_name(visitor) -> None:
    visitor.opens(f"/c/{HELIN}/disclosure/").does_not_see(*SECRETS).shows("board")
    visitor.page.locator("main ul.rows a.rows-main").first.tap()
    visitor.page.wait_for_load_state("load")
    visitor.sees("王**", "2,000.00元", "突发事件").does_not_see(*SECRETS).shows("publication")


def knows_the_result(wang, number: str) -> None:
    wang.opens(f"/cases/{number}/").sees("同意，2000元", "行政复议", "公示：").shows("result")


def pays(zha, number: str) -> None:
    zha.opens(f"/desk/cases/{number}/").presses("登记发放").writes("支付凭证号", "PZ-2026-001")
    zha.presses("登记发放").sees("发放已登记。").shows("paid")


def rates(wang, number: str) -> None:
    wang.opens(f"/cases/{number}/").chooses("这次办得怎么样", "非常满意").writes("想说的话", "来得快，谢谢。")
    wang.presses("提交评价").sees("谢谢您的评价。", "5星").shows("rated")
