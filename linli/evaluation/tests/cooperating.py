"""Work of several bodies: parts refused and decided, a whistle with both ratings, more days, tasks from above."""

from __future__ import annotations

from datetime import date, timedelta

from linli.cases.extending import ask_extension, decide_extension
from linli.cases.linking import decide_dispute, link, refuse_part
from linli.cases.moving import MoveWords, advance
from linli.cases.opening import Opening, open_case
from linli.cases.pushing import Pushed, push_task, refuse_task
from linli.cases.tests.sheets import publish_cooperation
from linli.cases.whistling import Whistle, blow, rate_part
from linli.rulebook.publishing import edition
from tests.cast import BEGIN

HOUR = timedelta(hours=1)


def cooperate(village) -> None:
    """One part released by the street, one kept; two called bodies, one late; one extension of two granted."""
    publish_cooperation()
    clerk, street, manager = village.actor("limin"), village.actor("jie"), village.actor("ma")
    opening = Opening(
        procedure=edition("procedures", "linked_matter", date(2026, 1, 5)), subject="G03", title="停水",
        region=village.helin, channel="counter",
    )  # fmt: skip
    case = open_case(opening=opening, by=clerk, at=BEGIN)
    link(case=case, question="请查", by=clerk, at=BEGIN)
    for post, login, stays in (("property_manager", "ma", False), ("committee_member", "he", True)):
        part = case.cooperations.get(post=post).part
        assert part is not None
        refuse_part(part=part, reason="not_competent", words="不归我们", by=village.actor(login), at=BEGIN)
        advance(part, "insist", by=clerk, at=BEGIN, words=MoveWords("请街道定"))
        decide_dispute(part=part, stays=stays, words="照裁定办", by=street, at=BEGIN)
    for grant in (False, True):
        ask_extension(case=case, days=3, reason="等检测", by=clerk, at=BEGIN)
        decide_extension(case=case, grant=grant, reason="理由", by=village.actor("qu"), at=BEGIN)
    whistle = Whistle("消防通道", "今天清理", village.helin)
    called = blow(whistle=whistle, posts=["property_manager", "grid_worker"], by=street, at=BEGIN)
    for hours, stars, part, by in zip(
        (2, 30), (5, 2), called.parts.order_by("id"), (manager, village.actor("yang")), strict=True
    ):
        at = BEGIN + hours * HOUR
        advance(part, "report_in", by=by, at=at)
        advance(part, "finish", by=by, at=at, words=MoveWords("已清理"))
        rate_part(part=part, figure=stars, by=street, at=at)
        rate_part(part=part, figure=stars // 5, by=by, at=at)
    for title in ("招商", "普查"):
        task = Pushed(title, "报送", village.helin, "某通知", 0, "不拨付", date(2026, 2, 1))
        pushed = push_task(task=task, by=street, at=BEGIN)
        if title == "招商":
            refuse_task(case=pushed, reason="investment", words="不应承担", by=village.actor("sun"), at=BEGIN)
