"""A leaking pipe: told with a photo, dispatched, answered, not solved, reopened, solved, and the answer made public."""

from __future__ import annotations

import re

import pytest

from tests.cast import HELIN
from tests.journeys.somebody import PHONE, photo

pytestmark = pytest.mark.journey

LEAK = "三号楼一单元楼道水管漏水，地上全是水，老人不敢走。"


def test_a_leak_is_answered_sent_back_and_settled(site, comes):
    wang = comes("wang", **PHONE).signs_in()
    number = tells_about_the_leak(wang)
    li = comes("limin").signs_in()
    ma = comes("ma").signs_in()

    dispatches(li, number)
    answers(ma, number, "已关总阀。")
    says_it_still_leaks(wang, number)
    agrees_to_reopen(li, number)
    dispatches(li, number)
    answers(ma, number, "换了一单元楼道的阀门和一节管子，试水两小时不漏。")
    says_it_is_settled(wang, number)

    neighbour = comes("visitor", **PHONE)
    makes_the_answer_public(ma, number)
    reads_it(neighbour)
    assert site.ledger_is_whole()


def tells_about_the_leak(wang) -> str:
    """In her own words; the class is suggested from them; a photo; the number is what she keeps."""
    wang.opens(f"/c/{HELIN}/").presses("诉求", within="nav").writes("是什么事，在哪里", LEAK).shows("told")
    wang.page.locator("main form button[type=submit]").first.tap()
    wang.sees("按您写的，可能是：", "房屋维修")
    wang.chooses("您想要什么", "求助").selects("哪栋楼", "安和苑3号楼").writes("具体位置", "一单元楼道")
    wang.hands_in("照片", photo("leak.jpg", "blue")).shows("form").presses("提交").sees("已收到")
    return str(wang.page.locator("main b.num").first.inner_text())


def dispatches(li, number: str) -> None:
    li.opens(f"/desk/cases/{number}/").presses("派给物业").sees("谁会看到什么").presses("派给物业")
    li.sees("已派办。").shows("dispatched")


def answers(ma, number: str, words: str) -> None:
    """The property manager sees this case and what the answer will be used for, and no phone number."""
    ma.opens("/desk/").sees(number).does_not_see("13900000001")
    ma.opens(f"/desk/cases/{number}/").presses("答复").writes("答复内容", words).shows("reply").presses(
        "答复居民"
    )
    ma.sees("已答复，等回访。")


def says_it_still_leaks(wang, number: str) -> None:
    """Both questions must be answered; "not solved" goes back to the community at once."""
    wang.opens("/my/").sees("等您来做的").opens(f"/cases/{number}/").sees("已关总阀。")
    wang.presses("告诉社区").sees("请选一个。")
    wang.chooses("事情解决了吗", "没解决").chooses("您满意吗", "不满意").shows("unsolved").presses("告诉社区")
    wang.sees("记下了，社区会重新办。", "您说没解决")


def agrees_to_reopen(li, number: str) -> None:
    li.opens("/desk/").sees(number).opens(f"/desk/cases/{number}/").presses("答复重办要求")
    li.chooses("怎么处理", "同意重办").writes("理由", "阀门旧了，关阀不是办法。").shows("reopening")
    li.presses("作出决定").sees("已答复重办要求。")


def says_it_is_settled(wang, number: str) -> None:
    wang.opens(f"/cases/{number}/").sees("试水两小时不漏")
    wang.chooses("事情解决了吗", "解决了").chooses("您满意吗", "满意").presses("告诉社区")
    wang.sees("记下了，谢谢。", "办好了").shows("settled")


def makes_the_answer_public(ma, number: str) -> None:
    """The text for everybody is written anew; one that names a phone number is refused."""
    ma.opens(f"/desk/cases/{number}/").presses("公开这个答复")
    ma.writes("公开的答复", "已给王女士（13900000001）修好水管。").ticks("我已核对").presses("公开")
    ma.sees("有几处要改").shows("refused")
    ma.writes("公开的答复", "安和苑3号楼楼道漏水：已更换阀门和管子，试水不漏。")
    if not ma.field("我已核对").is_checked():
        ma.ticks("我已核对")
    ma.presses("公开").sees("答复已公开。")


def reads_it(visitor) -> None:
    visitor.opens(f"/c/{HELIN}/news/").sees("已更换阀门和管子")
    visitor.does_not_see("王桂兰", "王女士", "13900000001", LEAK).shows("news")
    assert not re.search(r"/cases/[A-Z]", visitor.page.content())  # the public answer leads to nobody's case
