"""A small procedure for the tests of cases."""

from __future__ import annotations

from datetime import date

from linli.cases.procedures import Procedure
from linli.ground.sheets import load_text, plain
from linli.people.actors import SETUP
from linli.rulebook.models import Edition
from linli.rulebook.publishing import publish
from tests.cast import BEGIN

SHEET = """
code: trial
title: 试行办理
kind: test.matter
basis: 测试
start: filed
limit: {days: 10, unit: working}
steps:
  - {code: filed, title: 已提交, public: 等社区受理, post: clerk, limit: {days: 2, unit: working}, escalation: {after_days: 1, move: escalate}}
  - {code: late, title: 已催办, public: 街道已催办, post: street_officer}
  - {code: supplement, title: 待补正, public: 等您补材料, post: applicant, pauses: true}
  - {code: review, title: 街道审核, public: 街道正在审核, post: street_assistance, waits_for_parts: true}
  - {code: done, title: 已办结, public: 办好了, final: true, outcome: granted}
  - {code: refused, title: 不予办理, public: 没有通过, final: true, outcome: refused}
  - {code: withdrawn, title: 已撤回, public: 您撤回了, final: true, outcome: withdrawn}
moves:
  - {code: accept, title: 受理, source: [filed, late], target: review, posts: [clerk, street_officer], done: 社区受理了, effect: start_clock, notice: case.accepted}
  - {code: escalate, title: 催办, source: [filed], target: late, posts: [system_clock], done: 系统催办}
  - {code: ask, title: 一次性告知, source: [review], target: supplement, posts: [street_assistance, clerk], done: 告知补材料, opinion: required, public_opinion: true}
  - {code: supply, title: 补正, source: [supplement], target: review, posts: [applicant, clerk], done: 您补了材料}
  - {code: involve, title: 请物业协办, source: [review], target: "", kind: stay, posts: [street_assistance], done: 请物业协办, opens: [{procedure: trial_part, post: property_manager}]}
  - {code: extend, title: 延期, source: [review], target: "", kind: stay, posts: [street_assistance], done: 延期, opinion: required, effect: extend}
  - {code: grant, title: 同意, source: [review], target: done, posts: [street_assistance], done: 同意, verb: test.decision.grant}
  - {code: refuse, title: 不同意, source: [review], target: refused, posts: [street_assistance], done: 不同意, opinion: required, kind: end, papers: [decision]}
  - {code: withdraw, title: 撤回, source: [filed, late, review, supplement], target: withdrawn, posts: [applicant], done: 您撤回了, kind: end}
"""

PART = """
code: trial_part
title: 协办
kind: test.part
basis: 测试
start: asked
steps:
  - {code: asked, title: 请协办, public: 协办中, post: property_manager}
  - {code: done, title: 已答复, public: 已答复, final: true, outcome: done}
moves:
  - {code: answer, title: 答复, source: [asked], target: done, posts: [property_manager], done: 已答复, opinion: required}
"""


def publish_trial() -> Edition:
    """Publish both sheets; returns the main one's edition."""
    made = []
    for text in (PART, SHEET):
        sheet = load_text(text, Procedure, source="trial")
        made.append(
            publish(
                kind="procedures",
                code=sheet.code,
                body=plain(sheet),
                title={"zh": sheet.title.zh},
                valid_from=date(2020, 1, 1),
                by=SETUP,
                at=BEGIN,
            )
        )
    return made[-1]
