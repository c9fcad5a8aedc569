"""Numbers, reminders and figures on plain values."""

from datetime import date

import pytest

from linli.mediation.formulas import agreement_number, days_taken, hidden_groups, stage

FORM = "（{province}{community}）人民调解〔{year}〕第{number}号"


@pytest.mark.parametrize(("number", "shown"), [(1, "001"), (42, "042"), (999, "999"), (1000, "1000")])
def test_numbers_have_three_digits_and_more(number: int, shown: str) -> None:
    text = agreement_number(FORM, province="示例省", community="禾邻社区", year=2026, number=number)
    assert text == f"（示例省禾邻社区）人民调解〔2026〕第{shown}号"


@pytest.mark.parametrize(
    ("on", "earned"),
    [(date(2026, 1, 2), 0), (date(2026, 1, 3), 1), (date(2026, 1, 8), 1), (date(2026, 1, 9), 2), (date(2026, 1, 10), 2),
     (date(2026, 1, 11), 3), (date(2027, 1, 1), 3)],
)  # fmt: skip
def test_a_due_day_earns_one_reminder_for_each_stage(on: date, earned: int) -> None:
    assert stage(date(2026, 1, 10), on, [7, 1]) == earned


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9, "c": 6}, {"a", "c"}),
        ({"a": 4, "b": 1, "c": 6}, {"a", "b"}),
        ({"a": 0, "b": 9}, set()),
        ({"a": 3}, {"a"}),
        ({}, set()),
    ],
)
def test_small_groups_are_hidden_and_never_one_alone(counts: dict[str, int], hidden: set[str]) -> None:
    assert hidden_groups(counts, 5) == hidden


def test_first_and_last_day_both_count() -> None:
    assert days_taken(date(2026, 1, 5), date(2026, 1, 5)) == 1
