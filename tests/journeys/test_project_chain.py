"""A project through five levels of government, and the money behind its gates.

The province calls for projects; the community applies; street, district and city give their opinions, the district
once sends it back; the province approves. Money is allocated, arrives, and is spent: the accountant is stopped by the
rules "receipt before spending", "uses the fund bars" and "no more than received", each in the rule's own words.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.somebody import photo

pytestmark = pytest.mark.journey


def test_a_project_climbs_five_levels_and_spends_by_the_rules(site, comes):
    sheng = comes("sheng").signs_in()
    sun = comes("sun").signs_in()
    qu = comes("qu").signs_in()
    announces(sheng)
    project = applies(sun)

    opines(comes("jie").signs_in(), project, "写申报意见并上报")
    sends_back_once(qu, project)
    corrects(sun, project)
    opines(qu, project, "写初审推荐意见并上报")
    opines(comes("shi").signs_in(), project, "写审核推荐意见并上报")

    site.day_comes(date(2026, 1, 20))
    approves(sheng, project)
    declares_goals(sun, project)
    approves_goals(qu, project)

    tao = comes("tao").signs_in()
    allocates(sheng, project, "下拨资金", "示财社〔2026〕8号", "示例省民政厅", "清溪区财政局", "区县")
    allocates(qu, project, "继续下拨", "清财社〔2026〕3号", "清溪区民政局", "禾邻社区居民委员会", "社区")

    site.day_comes(date(2026, 2, 2))
    receives(tao, project)
    is_stopped_by_the_rules(tao, project)
    spends(tao, project)
    assert site.ledger_is_whole()


def announces(sheng) -> None:
    sheng.opens("/desk/programmes/new/").writes("试点编号", "pilot-2026").writes(
        "通知名称", "2026年社区治理试点"
    )
    sheng.writes("年度", "2026").writes("名额", "3").selects("资金", "省级福利彩票公益金")
    sheng.writes("申报截止", "2026-03-31").shows("notice").presses("发布").sees("通知已发布。")


def applies(sun) -> str:
    """The application; a budget that does not add up comes back with the reason. Returns the project's page."""
    sun.opens("/desk/programmes/pilot-2026/").sees("公务接待").presses("申报项目").shows("empty")
    sun.writes("项目名称", "禾邻社区安和苑适应服务项目").writes("为了什么", "帮助搬迁居民适应社区生活。")
    sun.writes("需求从哪里来", "入户走访二百户，老人办事不便。").writes(
        "做什么", "改造服务站柜台，开展适应活动。"
    )
    sun.writes("总目标", "全年开展适应服务活动12场").writes("年度目标", "2026年底前服务300户")
    sun.writes("开始", "2026-01-01").writes("结束", "2026-12-31").writes("受益人数", "900")
    writes_line(sun, 0, "设备", "equipment", "40,000")
    writes_line(sun, 1, "活动", "service_activity", "2万元")
    sun.page.locator("[name=sources_0_cents]").fill("59,000")
    sun.hands_in("议事", photo("minutes.jpg")).presses("提交申报")
    sun.sees("有几处要改").shows("unequal")
    sun.page.locator("[name=sources_0_cents]").fill("6万元")
    sun.hands_in("议事", photo("minutes.jpg")).presses("提交申报").sees("已申报，等街道写申报意见。").shows(
        "applied"
    )
    return sun.path


def writes_line(who, at: int, title: str, purpose: str, yuan: str) -> None:
    who.page.locator(f"[name=lines_{at}_title]").fill(title)
    who.page.locator(f"[name=lines_{at}_purpose]").select_option(purpose)
    who.page.locator(f"[name=lines_{at}_cents]").fill(yuan)


def opines(who, project: str, move: str) -> None:
    who.opens("/desk/projects/").presses("禾邻社区安和苑适应服务项目")
    assert who.path == project
    who.presses(move).presses(move).sees("有几处要改")  # an opinion is never empty
    who.writes("意见", "情况属实，资金测算合理，同意推荐。").presses(move).sees("意见已写入").shows("opinion")


def sends_back_once(qu, project: str) -> None:
    qu.opens(project).presses("退回补正").writes("要补正什么", "年度目标请写明服务多少位老人。").presses(
        "退回补正"
    )
    qu.sees("已退回社区补正。").shows("returned")


def corrects(sun, project: str) -> None:
    """Everything typed before is still there; the corrected application goes straight back to the district."""
    sun.opens(project).sees("年度目标请写明服务多少位老人。").presses("补正后重报")
    assert sun.field("需求从哪里来").input_value().startswith("入户走访")
    sun.writes("年度目标", "2026年底前服务300户，其中70岁以上老人120位").presses("补正后重报").sees(
        "已补正重报。"
    )


def approves(sheng, project: str) -> None:
    sheng.opens(project).sees("情况属实").shows("chain").presses("批复同意")
    sheng.writes("批复文号", "示民函〔2026〕5号").writes("批复意见", "同意。").presses("批复同意")
    sheng.sees("已批复").shows("approved")


def declares_goals(sun, project: str) -> None:
    """The goals of the frame, with a plan for the survey; how vague ones fare is told in test_goals_and_evaluation.py."""
    sun.opens(project).presses("提交绩效目标").writes(
        "满意度调查方案", "2026年12月入户抽样120户，街道组织，匿名问卷"
    )
    sun.presses("提交绩效目标").sees("绩效目标已申报。", "等批复").shows("goals")


def approves_goals(qu, project: str) -> None:
    qu.opens(project).presses("批复绩效目标").presses("批复绩效目标")
    qu.opens(project + "goals/").sees("已批复").shows("approved")


def allocates(who, project: str, move: str, order: str, payer: str, payee: str, level: str) -> None:
    """An order of one's own level; who pays is known, who gets it is written."""
    who.opens(project).presses(move)
    assert who.field("付款单位").input_value() == payer
    who.writes("拨付文号", order).writes("收款单位", payee).writes("金额（元）", "6万元").selects(
        "拨到哪一级", level
    )
    who.presses(move).sees("拨付文件已登记。").shows("allocated")


def receives(tao, project: str) -> None:
    """Allocated is not received: until the bank's note is entered, spending is not even offered."""
    tao.opens(project + "acts/spend/").sees("没有找到这一页")
    tao.opens(project).presses("确认到账").writes("到账金额（元）", "50,000").writes(
        "银行回单号", "HD20260202001"
    )
    tao.presses("确认到账").sees("到账已确认").shows("received")


def is_stopped_by_the_rules(tao, project: str) -> None:
    fills_voucher(tao.opens(project + "acts/spend/"), yuan="8,000")
    tao.writes("付款日期", "2026-01-28").presses("登记支出").sees("规则“先到账、后支出”").shows("too-early")
    tao.writes("付款日期", "2026-02-02").writes("事项", "接待费：评审组用餐接待").presses("登记支出")
    tao.sees("规则“基金不得用途”").shows("barred")
    tao.writes("事项", "服务站办事柜台").writes("金额（元）", "40,000.01").presses("登记支出").sees(
        "规则“支出不超过预算科目”"
    )


def spends(tao, project: str) -> None:
    tao.writes("金额（元）", "8,000").hands_in("凭证扫描件", photo("invoice.jpg")).presses("登记支出")
    tao.sees("支出已登记。", "8,000.00").shows("voucher")
    tao.opens(project + "money/").sees("42,000.00").shows("money")  # 50,000 received, 8,000 spent


def fills_voucher(who, *, yuan: str) -> None:
    who.writes("凭证号", "记-001").writes("收款方", "云川市同心家具厂").writes("事项", "服务站办事柜台")
    who.page.locator("[name=line]").select_option(index=0)
    who.page.locator("[name=purpose]").select_option("equipment")
    who.writes("金额（元）", yuan)
