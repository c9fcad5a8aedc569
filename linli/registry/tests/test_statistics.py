"""Statistics: agree with the matters, lead to the list behind a figure, veil small groups, cost few statements."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from linli.cases.facts import count_new
from linli.cases.models import Case
from linli.people.actors import CLOCK
from linli.registry.counting import _Sum as Counted
from linli.registry.counting import veiled
from tests.cast import BEGIN, HELIN
from tests.counting import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(filed):
    for number in range(6):
        filed(f"三号楼第{number}盏灯坏了", days=number % 3)
    filed("楼上装修太吵", class_code="G02", days=1)
    count_new(by=CLOCK, at=BEGIN + timedelta(days=3))


def page(client, query=""):
    return client.get(reverse("registry:statistics") + query).content.decode()


def row(shown, label):
    found = re.search(rf"<tr><th scope=\"row\">(?:<a[^>]*>)?{label}.*?</tr>", shown, re.S)
    assert found, label
    return [strip_tags(cell).strip() for cell in re.findall(r"<td.*?</td>", found.group(0), re.S)]


def test_the_sum_is_what_was_filed_whatever_the_axis(month, desk):
    clerk = desk("limin")
    for axis in ("subject", "place", "post", "channel", "month", "nonsense"):
        assert row(page(clerk, f"?by={axis}&since=2026-01&until=2026-01"), "合计")[0] == "7"
    assert row(page(clerk, "?by=channel"), "电话")[0] == "7"


def test_the_list_behind_a_figure_holds_exactly_the_matters_counted(month, desk, village):
    shown = page(desk("limin"), "?by=subject")
    for url, said in re.findall(r'<td class="r num"><a href="([^"]+)">(\d+)</a>', shown):
        behind = desk("limin").get(url.replace("&amp;", "&"))
        assert len(behind.context["rows"]) == int(said), url
    assert "tab=opened" in shown


def test_the_street_goes_down_to_the_community(month, desk):
    shown = page(desk("jie"), "?by=place")
    assert row(shown, "禾邻社区")[0] == "7" and f"place={HELIN}" in shown
    assert "望山社区" not in shown
    deeper = page(desk("jie"), f"?by=subject&place={HELIN}")
    assert row(deeper, "合计")[0] == "7"


def test_another_street_sees_nothing_of_it(month, desk):
    assert "这段时间没有数字" in page(desk("wangjie"), f"?by=subject&place={HELIN}")


def test_small_personal_groups_are_veiled_for_who_may_not_see_the_matters(month, desk):
    shown = page(desk("qu"), "?by=subject")
    cells = re.findall(r"<td class=\"r num\">\s*([^<]+?)\s*</td>", shown)
    assert "少于5" in cells and "1" not in cells[:2]
    assert "少于5" not in page(desk("limin"), "?by=subject")


def test_one_veiled_line_takes_another_with_it():
    sums = {}
    for key, count in (("a", 2), ("b", 9), ("c", 30)):
        sums[key] = Counted()
        sums[key].counts["opened"] = sums[key].guarded["opened"] = count
    shown = {line.key: line.counts["opened"] for line in veiled(sums)}
    assert shown == {"a": None, "b": None, "c": 30}, "else the total would give the small one away"


def test_it_costs_at_most_fifteen_statements(month, desk):
    for login, query in (("limin", "?by=subject"), ("sheng", "?by=place"), ("jie", "?by=month")):
        client = desk(login)
        page(client, query)
        with counted() as statements:
            page(client, query)
        assert len(statements) <= 15, "\n".join(statements)


@pytest.mark.parametrize(
    "query",
    ["?since=2026-99&until=x", "?place=' OR 1", "?by=%00&subject=%F0%9F", "?since=0001-01&until=9999-12"],
)
def test_odd_questions_get_a_page(month, desk, query):
    assert desk("limin").get(reverse("registry:statistics") + query).status_code == 200


def test_who_has_no_right_finds_no_page(desk):
    assert desk("ma").get(reverse("registry:statistics")).status_code == 404
    assert Case.objects.count() == 0
