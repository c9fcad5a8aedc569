"""Progress without an account, words that lead to pages, and messages."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.notices.models import Notice
from linli.portal.tests.pictures import apply_for_relief
from linli.services.models import Application
from tests.cast import HELIN


@pytest.fixture
def number(signed_in):
    apply_for_relief(signed_in("wang"), HELIN)
    return Application.objects.get().case.number


def test_number_and_four_digits_tell_the_step_and_nobody_s_name(number):
    page = Client().post("/query/", {"number": number.lower(), "digits": "0001"}).content.decode()
    assert "社区正在看材料" in page
    assert "王" not in page.split("<main", 1)[1].split("</main>")[0] and "厨房" not in page


def test_wrong_digits_and_wrong_numbers_sound_the_same_and_are_limited(number):
    browser = Client()
    wrong = browser.post("/query/", {"number": number, "digits": "9999"}).context["form"].errors
    assert (
        wrong == browser.post("/query/", {"number": "HL-2026-ZZZZZ", "digits": "0001"}).context["form"].errors
    )
    for _ in range(5):
        last = browser.post("/query/", {"number": number, "digits": "9998"})
    assert "查得太多次" in last.content.decode()
    assert browser.post("/query/", {"number": number, "digits": "0001"}).context["answer"] is None


def test_a_word_leads_to_its_page_and_an_unknown_one_nowhere(number, signed_in):
    assert signed_in("wang").get(f"/go/case:{number}/")["Location"] == f"/cases/{number}/"
    assert Client().get(f"/go/case:{number}/")["Location"].startswith("/query/")
    assert signed_in("limin").get(f"/go/case:{number}/")["Location"] == f"/desk/cases/{number}/"
    assert Client().get("/go/nothing:1/").status_code == 404


def test_a_message_is_opened_and_read(number, signed_in):
    browser, notice = signed_in("wang"), Notice.objects.get(template="case.received")
    assert "消息" in browser.get("/my/notices/").content.decode()
    assert signed_in("chen").post(f"/my/notices/{notice.key}/opening/").status_code == 404
    assert browser.post(f"/my/notices/{notice.key}/opening/")["Location"] == f"/go/case:{number}/"
    notice.refresh_from_db()
    assert notice.read_at is not None
    browser.post("/my/notices/reading/")
    assert browser.get("/my/notices/").context["unread"] is False


@pytest.mark.parametrize(
    ("words", "found"),
    [("临时救助", "临时救助"), ("linshi", "临时救助"), ("gljt", "高龄津贴"), ("library", "借阅证")],
)
def test_items_are_found_in_chinese_pinyin_and_english(village, words, found):
    page = Client().get(f"/c/{HELIN}/search/", {"q": words})
    assert any(found in item.name for item in page.context["items"]), [i.name for i in page.context["items"]]


def test_a_plain_problem_leads_to_the_right_class_and_nonsense_to_help(village):
    page = Client().get(f"/c/{HELIN}/search/", {"q": "水管漏水"})
    assert page.context["classes"][0]["title"] == "房屋维修"
    assert "反映这件事" in Client().get(f"/c/{HELIN}/search/", {"q": "啊啊啊啊"}).content.decode()


def test_one_s_own_number_leads_to_the_case(number, signed_in):
    assert signed_in("wang").get(f"/c/{HELIN}/search/", {"q": number})["Location"] == f"/cases/{number}/"
    assert Client().get(f"/c/{HELIN}/search/", {"q": number})["Location"].startswith("/query/?number=")
