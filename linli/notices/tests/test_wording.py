"""Officers word notices anew: checked, from now on, and back to the packaged words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from linli.ground.said import Said
from linli.ground.sheets import Both
from linli.notices.leaving import leave
from linli.notices.models import Wording
from linli.notices.texts import all_templates, template
from linli.notices.wording import faults, longest, messages, packaged_words, preview, reword, shown
from linli.trail.models import AuditEntry
from tests.cast import BEGIN

pytestmark = pytest.mark.django_db
WORD = "case.accepted"
DAY = timedelta(days=1)
NEW = replace(
    packaged_words(WORD),
    body=Both("{title}（{number}）我们接手了，{due} 前办好。", "{title} ({number}): done by {due}."),
)


def left(village, at):
    values = {"number": "HL-1", "title": "临时救助", "due": date(2026, 3, 6)}
    return leave(
        template=WORD,
        to_person=village.person("wang"),
        values=values,
        link="",
        by=village.actor("limin"),
        at=at,
    )


def test_new_words_hold_from_now_on_and_old_notices_keep_theirs(village):
    before = left(village, BEGIN)
    reword(word=WORD, words=NEW, edition=1, by=village.actor("jie"), at=BEGIN + DAY)
    after = left(village, BEGIN + 2 * DAY)
    old, new = shown([before, after], "zh")
    assert old.body.startswith("“临时救助”（HL-1）已受理")
    assert new.body == "临时救助（HL-1）我们接手了，2026年3月6日 前办好。" and new.title == old.title
    reword(word=WORD, words=None, edition=2, by=village.actor("jie"), at=BEGIN + 3 * DAY)
    [again] = shown([left(village, BEGIN + 4 * DAY)], "zh")
    assert again.body == old.body, "the packaged words again"
    assert AuditEntry.objects.filter(verb="notices.reword").count() == 2


def test_who_is_below_the_street_words_nothing(village):
    with pytest.raises(Said) as refusal:
        reword(word=WORD, words=NEW, edition=1, by=village.actor("limin"), at=BEGIN)
    assert refusal.value.code == "people.no_right" and not Wording.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "notices.text_missing"),
        ("{number} {due} {name}", "notices.unknown_blank"),
        ("{number!r} {due}", "notices.unknown_blank"),
        ("{number.__class__} {due}", "notices.unknown_blank"),
        ("{number", "notices.brace_open"),
        ("受理了，{number}", "notices.blank_lost"),
        ("{number} {due} 请打 13900000001", "notices.sensitive_value"),
        ("{number} {due}" + "字" * 600, "notices.text_long"),
    ],
)
def test_bad_words_are_refused_at_their_field(said, code):
    wrong = faults(WORD, replace(NEW, body=Both(said, NEW.body.en)))
    assert [(fault.code, fault.field) for fault in wrong] == [(code, "body_zh")]


def test_the_preview_fills_every_blank_and_counts_messages():
    for word, packaged in all_templates().items():
        for lang in ("zh", "en"):
            said = preview(packaged, packaged_words(word), lang)
            assert "{" not in said.body + said.plain and "None" not in said.body, word
            assert faults(word, packaged_words(word)) == []
    assert longest(template(WORD), NEW, "zh") > len(preview(template(WORD), NEW, "zh").plain)
    assert [messages("字" * 70), messages("字" * 71), messages("字" * 135), messages("a" * 160)] == [
        1,
        2,
        3,
        1,
    ]
