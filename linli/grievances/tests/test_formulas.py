"""Pure: places that tell who somebody is, likeness, groups, risk."""

from __future__ import annotations

import pytest

from linli.grievances.formulas import found_places, is_group, likeness, pieces, redacted, risk_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("3号楼屋顶已修好。", []),
        ("请打13900001111", ["mobile"]),
        ("电话１３９００００１１１１", ["mobile"]),
        ("物业电话 0871-65123456", ["landline"]),
        ("身份证110101199003074514", ["identity"]),
        ("卡号6222020200112233445", ["bank"]),
        ("云A12345挡住通道", ["plate"]),
        ("云AD12345是电动车", ["plate"]),
        ("云a·12345", ["plate"]),
        ("贵阳市和云南省", []),
        ("王桂兰家", ["name"]),
        ("2单元301已补好", ["home"]),
        ("孩子12岁，得了肺结核", ["child", "child", "illness"]),
        ("住了35岁的人", []),
        ("13900001111和13900001111", ["mobile", "mobile"]),
    ],
)
def test_places_that_tell_who_somebody_is_are_found(text, kinds):
    found = found_places(text, names=["王桂兰", "王"], illness_words=["结核"], child_words=["孩子"])
    assert [place.kind for place in found] == kinds
    assert all(text[place.start : place.end] == place.text or place.kind == "plate" for place in found)


def test_only_hard_places_are_blacked_out_and_pieces_make_the_text_again():
    text = "王桂兰家2单元301，电话13900001111，已修好"
    places = found_places(text, names=["王桂兰"])
    assert redacted(text, places) == "＊＊＊家2单元301，电话＊＊＊，已修好"
    assert "".join(part for part, _ in pieces(text, places)) == text


def test_likeness_is_symmetric_and_between_nothing_and_the_same():
    one, other = "三号楼楼顶漏水", "楼顶又漏水了"
    assert 0 < likeness(one, other) == likeness(other, one) < 1
    assert (likeness(one, one), likeness(one, ""), likeness("噪音", "垃圾")) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("persons", "cases", "is_one"), [(4, 2, False), (5, 1, True), (2, 3, True), (0, 0, False)]
)
def test_a_group_is_enough_persons_or_enough_cases(persons, cases, is_one):
    assert is_group(persons=persons, cases=cases, least_persons=5, least_cases=3) is is_one


def test_the_risk_is_the_highest_of_the_criteria_met():
    order = ("green", "yellow", "orange", "red")
    assert (risk_of([], order), risk_of(["yellow", "red", "orange"], order)) == ("green", "red")
