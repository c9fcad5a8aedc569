import math
import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground._drawing import clean, figure, fitted, round_ticks, short, width
from linli.ground.charts import Caption, Interval, Series, bars, dots, lines, multiples, stacked

CAPTION = Caption("各项得分", unit="分", ident="points")
MONTHS = tuple(f"{month}月" for month in range(1, 13))
NAMES = ("投入", "过程", "产出")

CHARTS = {
    "bars": bars(CAPTION, NAMES, (10, Fraction(25, 3), None)),
    "stacked": stacked(CAPTION, NAMES, (Series("已证明", (30, 12, None)), Series("自报", (1, 0, None)))),
    "lines": lines(CAPTION, MONTHS, (Series("办结", (*range(11), None)), Series("受理", (5,) * 12))),
    "dots": dots(CAPTION, (Interval("甲", 86, 81, 90), Interval("乙", 91), Interval("丙", None))),
    "multiples": multiples(CAPTION, MONTHS, [Series(f"社区{at}", (at,) * 12) for at in range(5)]),
}


def parsed(chart):
    return ElementTree.fromstring(chart.svg)


def tags(chart, name):
    return [node for node in parsed(chart).iter() if node.tag.endswith("}" + name)]


def words(chart):
    return [node.text for node in tags(chart, "text")]


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_has_a_name_and_a_text_alternative(kind):
    picture = parsed(CHARTS[kind])
    title, description = picture[0], picture[1]
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.get("id"), title.text) == ("points-title", "各项得分")
    assert description.text


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_obeys_the_strictest_content_policy(kind):
    for node in parsed(CHARTS[kind]).iter():
        assert not node.tag.endswith(("script", "style", "foreignObject", "image"))
        assert not [
            name for name in node.attrib if name == "style" or name.startswith("on") or "href" in name
        ]


@pytest.mark.parametrize("kind", CHARTS)
def test_nothing_is_drawn_outside_the_picture(kind):
    picture = parsed(CHARTS[kind])
    right, bottom = (float(number) for number in picture.get("viewBox").split()[2:])
    for node in picture.iter():
        for name, most in (("x", right), ("cx", right), ("y", bottom), ("cy", bottom)):
            assert 0 <= float(node.get(name, 0)) <= most


def test_bars_are_as_long_as_their_values():
    long, short_one = (float(node.get("width")) for node in tags(CHARTS["bars"], "rect"))
    assert long / short_one == pytest.approx(1.2, abs=0.01)


def test_a_missing_value_is_named_and_not_drawn():
    assert len(tags(CHARTS["bars"], "rect")) == 2
    assert words(CHARTS["bars"])[-2:] == ["产出", "—"]
    assert CHARTS["bars"].table.rows == (("投入", "10分"), ("过程", "8.33分"), ("产出", "—"))


def test_negative_bars_go_to_the_left_of_zero():
    chart = bars(CAPTION, ("去年", "今年"), (-5, 5))
    left, right = tags(chart, "rect")
    assert float(left.get("x")) + float(left.get("width")) == pytest.approx(float(right.get("x")), abs=0.2)
    assert words(chart)[1] == "-5分"


def test_parts_stand_end_to_end_and_carry_their_value_where_there_is_room():
    legend, boxes = tags(CHARTS["stacked"], "rect")[:2], tags(CHARTS["stacked"], "rect")[2:]
    assert len(legend) == 2 and len(boxes) == 3  # neither zero nor a missing part is drawn
    first, second = boxes[:2]
    assert float(first.get("x")) + float(first.get("width")) == pytest.approx(float(second.get("x")), abs=0.2)
    assert "30" in words(CHARTS["stacked"]) and "1" not in words(CHARTS["stacked"])
    assert {"31分", "12分", "—"} <= set(words(CHARTS["stacked"]))


def test_a_gap_interrupts_a_line_and_lines_differ_by_dash_and_mark():
    chart = lines(CAPTION, ("1", "2", "3", "4"), (Series("a", (1, None, 3, 4)), Series("b", (1, 2, 3, 4))))
    strokes = [node for node in tags(chart, "path") if "chart-line" in node.get("class")][2:]
    assert [re.sub("[^ML]", "", node.get("d")) for node in strokes] == ["MML", "MLLL"]
    assert strokes[0].get("stroke-dasharray") is None and strokes[1].get("stroke-dasharray")
    assert [node.text for node in tags(chart, "title")][1:3] == ["a 1 1分", "a 3 3分"]


def test_a_line_of_one_series_needs_no_legend_and_one_without_values_draws_nothing():
    assert words(lines(CAPTION, ("一",), (Series("办结", (3,)),)))[-1] == "一"
    empty = lines(CAPTION, ("一", "二"), (Series("办结", (None, None)),))
    assert not [node for node in tags(empty, "path") if "chart-line" in node.get("class")]


def test_crowded_ticks_are_thinned_out():
    many = [f"2026年第{week}周" for week in range(1, 53)]
    shown = [word for word in words(lines(CAPTION, many, (Series("件", tuple(range(52))),))) if word in many]
    assert 2 <= len(shown) <= 8 and shown[0] == many[0]


def test_an_interval_is_drawn_and_written():
    assert len([node for node in tags(CHARTS["dots"], "path") if node.get("class") == "chart-whisker"]) == 1
    assert len(tags(CHARTS["dots"], "circle")) == 2
    assert {"86分 [81, 90]", "91分", "—"} <= set(words(CHARTS["dots"]))
    assert CHARTS["dots"].table.rows[0] == ("甲", "86分", "81分", "90分")


def test_small_panels_share_one_scale_and_show_their_latest_value():
    chart = multiples(
        CAPTION, ("1月", "2月"), (Series("甲", (0, 10)), Series("乙", (0, 5)), Series("丙", (5, None)))
    )
    heights = [float(node.get("cy")) for node in tags(chart, "circle")]
    assert heights[0] - heights[1] == pytest.approx(2 * (heights[2] - heights[3]), abs=0.2)
    assert words(chart)[:2] == ["甲", "10分"]
    assert "—" in words(chart)


@pytest.mark.parametrize("draw", [bars, stacked, lines, multiples])
def test_an_empty_chart_is_still_a_chart(draw):
    assert draw(CAPTION, (), ()).table.rows == ()
    assert dots(CAPTION, ()).table.rows == ()


def test_names_are_escaped_and_long_ones_cut_with_their_whole_text_kept():
    name = "<产出> & " + "很长" * 30
    chart = bars(Caption("“得分” <1>"), (name,), (1,))
    (label,) = [node for node in tags(chart, "text") if node.text.endswith("…")]
    assert label[0].text == name
    assert parsed(chart)[0].text == "“得分” <1>"


def test_many_series_wrap_their_legend():
    series = [Series("很长的名称" * 3 + str(at), (1,)) for at in range(6)]
    assert len({node.get("y") for node in tags(stacked(CAPTION, ("一",), series), "rect")}) > 2


@pytest.mark.parametrize(
    "draw",
    [
        lambda: bars(CAPTION, ("一",), (1, 2)),
        lambda: bars(CAPTION, ("一",), (math.nan,)),
        lambda: stacked(CAPTION, ("一",), (Series("a", (-1,)),)),
        lambda: lines(CAPTION, ("一",), [Series(str(at), (1,)) for at in range(7)]),
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused(draw):
    with pytest.raises(ValueError):
        draw()


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (1234567, "1,234,567"),
        (Fraction(2, 3), "0.67"),
        (Decimal("0.125"), "0.13"),
        (0.1 + 0.2, "0.3"),
        (-0.001, "0"),
        (-2.5, "-2.5"),
        (1.005, "1.01"),
    ],
)
def test_figures_are_rounded_half_up_to_two_decimals(value, printed):
    assert figure(value) == printed


@given(st.lists(st.integers(-(10**9), 10**9), max_size=6))
def test_ticks_enclose_the_values_and_zero_with_few_round_steps(values):
    marks = round_ticks(values)
    assert marks[0] <= min([0, *values]) and marks[-1] >= max([0, *values])
    assert 2 <= len(marks) <= 8
    assert all(mark == pytest.approx(marks[0] + at * (marks[1] - marks[0])) for at, mark in enumerate(marks))


def test_ticks_may_leave_out_zero():
    assert round_ticks([81, 95], from_zero=False)[0] >= 75
    assert round_ticks([5], from_zero=False) == [5.0, 5.5, 6.0]


@given(st.text(max_size=30), st.floats(20, 300))
def test_a_fitted_text_fits(words_given, room):
    assert width(fitted(words_given, room)) <= max(room, width("…"))


@given(st.text(max_size=30))
def test_any_text_can_stand_in_a_chart(name):
    assert parsed(bars(Caption(name, unit=name), (name,), (1,))) is not None
    assert clean("a\x00b\ud800") == "ab"


def test_coordinates_carry_no_needless_zero_or_sign():
    assert [short(number) for number in (1.0, -0.01, 2.55, -3.2)] == ["1", "0", "2.5", "-3.2"]
