import argparse

import pytest

from linli.command import deadline
from linli.ground.said import Said


def answer(*words, lang="zh"):
    parser = argparse.ArgumentParser()
    deadline.arguments(parser)
    return deadline.run(parser.parse_args(words, argparse.Namespace(lang=lang)))


PETITION = ("--from", "2026-01-05", "--days", "60", "--unit", "natural")


def test_sixty_natural_days_of_a_petition_end_on_the_sixth_of_march():
    assert answer(*PETITION).data == {
        "due": "2026-03-06",
        "certain": True,
        "explanation": [
            "自2026年1月6日起计算（2026年1月5日当日不计入），期限60个自然日。",
            "届满日为2026年3月6日，当日24时止。",
        ],
    }
    assert answer(*PETITION).code == 0


def test_a_person_reads_the_day_first_then_why():
    assert answer(*PETITION, lang="en").lines[0] == "6 March 2026"
    assert len(answer(*PETITION, lang="en").lines) == 3


def test_holds_may_follow_one_option_or_each_their_own():
    holds = ("2026-01-10:2026-01-11", "2026-01-12:2026-01-13")
    together = answer(*PETITION, "--hold", *holds)
    apart = answer(*PETITION, "--hold", holds[0], "--hold", holds[1])
    assert together.data["due"] == apart.data["due"] == "2026-03-10"
    assert answer(*PETITION).data["due"] == "2026-03-06"  # nothing is kept from the run before


def test_weekends_may_stay():
    words = ("--from", "2026-03-02", "--days", "5", "--unit", "natural")
    assert answer(*words).data["due"] == "2026-03-09"
    assert answer(*words, "--weekends-stay").data["due"] == "2026-03-07"


def test_an_unpublished_year_is_not_certain():
    assert answer("--from", "2026-12-20", "--days", "20", "--unit", "working").data["certain"] is False


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("--from", "2026-02-30", "deadline.not_a_day"),
        ("--from", "20260105", "deadline.not_a_day"),
        ("--from", "2026-1-5", "deadline.not_a_day"),
        ("--days", "-3", "clock.negative_days"),
        ("--days", "3.5", "deadline.not_a_number"),
        ("--days", "999999999", "clock.too_far"),
        ("--days", "9999999999", "deadline.not_a_number"),
        ("--hold", "2026-01-10", "deadline.not_a_hold"),
        ("--hold", "2026-01-10:x", "deadline.not_a_day"),
        ("--hold", "2026-01-10:2026-01-09", "clock.hold_backwards"),
    ],
)
def test_impossible_input_is_refused(name, text, code):
    words = dict(zip(PETITION[::2], PETITION[1::2], strict=True)) | {name: text}
    with pytest.raises(Said) as caught:
        answer(*[word for pair in words.items() for word in pair])
    assert caught.value.code == code
