"""Every essential act works where no script runs: on an old phone, behind a strict proxy, in a text browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import HELIN
from tests.journeys.somebody import PHONE, photo

pytestmark = pytest.mark.journey

NO_SCRIPT: dict[str, Any] = {"java_script_enabled": False}


def test_applying_accepting_supplementing_and_telling_work_without_script(site, comes):
    wang = comes("wang", **PHONE, **NO_SCRIPT).signs_in()
    li = comes("limin", **NO_SCRIPT).signs_in()
    number = applies(wang)
    is_asked_for_a_paper(li, number)
    supplies(wang, number)
    li.opens(f"/desk/cases/{number}/").presses("受理").presses("受理").sees("已受理，时限从今天起算。")
    wang.opens(f"/cases/{number}/").sees("2026年1月19日")

    leak = tells(wang)
    li.opens(f"/desk/cases/{leak}/").presses("派给物业").presses("派给物业").sees("已派办。")
    wang.opens("/").presses("退出", within="header")
    wang.opens("/my/").sees("登录")


def applies(wang) -> str:
    here = f"/c/{HELIN}/items/temporary_assistance/"
    wang.opens(here).chooses("家里是不是突然遇到困难", "是").chooses("已经有别的救助", "不是").presses(
        "看结果"
    )
    wang.presses("网上申请")
    wang.writes("家里几口人", "2").writes("住址", "安和苑3号楼").presses("保存，下一步")
    wang.presses("保存，下一步").sees("有几处要改")
    wang.chooses("困难的类别", "火灾").writes("说说情况", "厨房起火，灶具都烧坏了。").presses("保存，下一步")
    wang.hands_in("困难情况材料", photo()).ticks("我同意").presses("提交申请").sees("已收到")
    return number_of(wang)


def number_of(who) -> str:
    return str(who.page.locator("main b.num").first.inner_text())


def is_asked_for_a_paper(li, number: str) -> None:
    li.opens("/desk/").presses("临时救助").presses("一次性告知补正").writes("怎么补", "拍一张申请表。")
    li.presses("一次性告知补正").sees("已一次性告知")


def supplies(wang, number: str) -> None:
    wang.opens(f"/cases/{number}/").presses("拍照上传").hands_in("申请书或申请表", photo()).presses("交材料")
    wang.sees("材料收到了")


def tells(wang) -> str:
    wang.opens(f"/c/{HELIN}/grievances/new/?text=三号楼一单元水管漏水").sees("按您写的，可能是：")
    wang.hands_in("照片", photo("leak.jpg")).presses("提交").sees("已收到")
    return number_of(wang)
