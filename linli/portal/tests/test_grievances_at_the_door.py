"""Telling what is wrong, and one's own answer whether it was put right."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.grievances.answering import reply
from linli.grievances.intake import dispatch
from linli.grievances.models import Grievance, Joining
from linli.grievances.releasing import propose, release
from linli.look.reader import site_moment
from linli.notices.models import Notice
from linli.portal.tests.pictures import photo
from tests.cast import HELIN

NEW = f"/c/{HELIN}/grievances/new/"
TOLD = {
    "text": "三号楼一单元水管漏水，地上全是水",
    "class_code": "G01",
    "nature": "help",
    "building": "3",
    "spot": "一单元楼道",
    "once": "g1",
}


@pytest.fixture
def wang(signed_in):
    return signed_in("wang")


@pytest.fixture
def filed(wang):
    answer = wang.post(NEW, {**TOLD, "photos": [photo()], "is_anonymous": "on"})
    assert answer.status_code == 302, answer.content.decode()
    return Grievance.objects.get_queryset().get()


def test_the_words_suggest_the_class(wang):
    page = wang.get(NEW, {"text": TOLD["text"]})
    assert page.context["likely"] >= 1
    assert page.context["form"]["class_code"].value() == "G01"
    assert "房屋维修" in page.content.decode()


def test_a_dangerous_matter_shows_the_emergency_numbers(wang):
    page = wang.get(NEW, {"text": "楼道里有燃气泄漏的味道，怕起火"}).content.decode()
    assert "tel:119" in page


def test_everything_typed_comes_back_when_the_class_is_missing(wang):
    page = wang.post(NEW, {**TOLD, "class_code": "", "once": "g9"}).content.decode()
    assert TOLD["text"] in page and "一单元楼道" in page and 'id="errors"' in page
    assert Grievance.objects.get_queryset().count() == 0


def test_choosing_again_files_nothing(wang):
    assert wang.post(NEW, {**TOLD, "look": "1"}).status_code == 200
    assert Grievance.objects.get_queryset().count() == 0


def test_it_is_filed_once_with_place_and_photo(filed, wang):
    assert (filed.building.name, filed.is_anonymous) == ("安和苑3号楼", True)
    assert filed.case.papers.get().kind == "photo"
    again = wang.post(NEW, TOLD)
    assert again.status_code == 302 and Grievance.objects.get_queryset().count() == 1


def test_a_neighbour_sees_that_it_was_told_but_neither_the_words_nor_who(filed, signed_in):
    page = signed_in("chen").get(NEW, {"text": "三号楼水管漏水了"})
    [near] = page.context["near"]
    assert (near.number, near.is_open) == (filed.case.number, True)
    shown = page.content.decode()
    assert filed.text not in shown and filed.spot not in repr(near) and "已经有人反映过" in shown


def test_a_neighbour_joins_instead_of_telling_anew_and_reads_the_answer_without_names(
    filed, signed_in, village
):
    chen = signed_in("chen")
    answer = chen.post(f"/c/{HELIN}/grievances/joining/", {"number": filed.case.number}, follow=True)
    assert "我也遇到的事" in answer.content.decode()
    assert (Joining.objects.count(), Grievance.objects.get_queryset().count()) == (1, 1)
    dispatch(grievance=filed, by=village.actor("limin"), at=site_moment())
    reply(
        grievance=filed, text="王桂兰家的水管换好了，13900000001。", by=village.actor("ma"), at=site_moment()
    )
    page = chen.get(f"/c/{HELIN}/grievances/joined/").content.decode()
    assert "水管换好了" in page and "王桂兰" not in page and "13900000001" not in page
    notice = Notice.objects.get(to_person=village.person("chen"), template="grievance.joined_answered")
    assert chen.get(f"/go/{notice.link}/", follow=True).status_code == 200


def test_what_is_like_another_is_shown_once_before_it_is_filed(filed, signed_in):
    chen = signed_in("chen")
    told = {**TOLD, "text": "水管又漏水，楼道全是水", "once": "g2"}
    first = chen.post(NEW, told)
    assert first.status_code == 200 and first.context["near"]
    again = chen.post(NEW, {**told, "looked_for": first.context["looked_for"]})
    assert again.status_code == 302 and Grievance.objects.get_queryset().count() == 2


def test_joining_what_is_sensitive_or_elsewhere_does_not_exist(filed, signed_in):
    chen = signed_in("chen")
    assert chen.post("/c/990101002001/grievances/joining/", {"number": filed.case.number}).status_code == 404
    assert chen.post(f"/c/{HELIN}/grievances/joining/", {"number": "nothing"}).status_code == 404
    assert Client().post(f"/c/{HELIN}/grievances/joining/", {"number": filed.case.number}).status_code == 302
    assert not Joining.objects.exists()


def unnamed(browser, **more):
    return browser.post(f"/c/{HELIN}/grievances/unnamed/", {**TOLD, "photos": [photo()], **more})


def test_without_a_name_one_gets_a_code_once_and_asks_with_it(village):
    browser = Client()
    answer = unnamed(browser)
    code, told = answer.context["word"], Grievance.objects.get_queryset().get()
    assert (
        answer.status_code == 200
        and code in answer.content.decode()
        and "no-store" in answer["Cache-Control"]
    )
    assert told.case.person is None and told.case.papers.count() == 1
    assert unnamed(browser).status_code == 302 and Grievance.objects.get_queryset().count() == 1
    dispatch(grievance=told, by=village.actor("limin"), at=site_moment())
    reply(grievance=told, text="换了阀门。", by=village.actor("ma"), at=site_moment())
    asking = f"/c/{HELIN}/grievances/asking/"
    assert "换了阀门" in Client().post(asking, {"code": code.lower()}).content.decode()
    assert "没有查到" in Client().post(asking, {"code": "1111-1111-1111"}).content.decode()
    assert "没有查到" in Client().post("/c/990101002001/grievances/asking/", {"code": code}).content.decode()


def test_guessing_codes_and_flooding_end_soon(village):
    browser, asking = Client(), f"/c/{HELIN}/grievances/asking/"
    pages = [browser.post(asking, {"code": f"{n:012}"}).content.decode() for n in range(21)]
    assert "查得太多次" in pages[-1] and "查得太多次" not in pages[-2]
    for n in range(5):
        assert unnamed(browser, once=f"u{n}", looked_for="G01:3").status_code == 200
    assert "提交得太多" in unnamed(browser, once="u9", looked_for="G01:3").content.decode()
    assert Grievance.objects.get_queryset().count() == 5


def test_another_channel_is_named_before_anything_is_filed(wang):
    assert "12388" in wang.get(NEW, {"text": "有干部贪污低保款"}).content.decode()


def test_a_complaint_about_the_street_says_nothing_to_the_community(wang, village, signed_in):
    wang.post(
        NEW,
        {**TOLD, "text": "街道的人态度很差", "class_code": "G17", "concerns": "street_officer", "once": "g7"},
    )
    told = Grievance.objects.get_queryset().get()
    assert told.case.hold_post == "district_civil"
    assert told.case.number in wang.get("/my/").content.decode()
    assert wang.get(f"/cases/{told.case.number}/").status_code == 200
    for login in ("limin", "sun", "jie", "ma"):
        client = signed_in(login)
        assert client.get(f"/desk/cases/{told.case.number}/").status_code == 404
        for address in ("/desk/", "/desk/search/?q=态度很差", "/desk/notices/"):
            assert told.case.number not in client.get(address).content.decode()
    assert signed_in("qu").get(f"/desk/cases/{told.case.number}/").status_code == 200


def test_the_answer_is_read_and_sent_back_then_settled(filed, wang, village):
    number = filed.case.number
    dispatch(grievance=filed, by=village.actor("limin"), at=site_moment())
    reply(grievance=filed, text="换了阀门，已不漏。", by=village.actor("ma"), at=site_moment())
    page = wang.get(f"/cases/{number}/").content.decode()
    assert "换了阀门" in page and "解决了吗" in page and page.count("btn go") == 1
    assert "说说满意吗" in wang.get("/my/").content.decode()
    assert wang.post(f"/cases/{number}/revisit/", {"resolved": "no"}).status_code == 422
    wang.post(f"/cases/{number}/revisit/", {"resolved": "no", "satisfied": "no"})
    filed.case.refresh_from_db()
    assert filed.case.step == "reopening"


def test_a_released_answer_is_public_and_names_nobody(filed, village):
    dispatch(grievance=filed, by=village.actor("limin"), at=site_moment())
    filed.refresh_from_db()
    reply(grievance=filed, text="已修好。", by=village.actor("ma"), at=site_moment())
    propose(grievance=filed, text="3号楼水管已修好。", by=village.actor("ma"), at=site_moment())
    release(grievance=filed, by=village.actor("sun"), at=site_moment())
    assert "3号楼水管已修好" in Client().get(f"/c/{HELIN}/grievances/answered/?class=G01").content.decode()
    assert (
        "3号楼水管已修好" not in Client().get(f"/c/{HELIN}/grievances/answered/?class=G02").content.decode()
    )
    page = Client().get(f"/c/{HELIN}/news/").content.decode()
    assert "3号楼水管已修好" in page and "王" not in page.split("<main", 1)[1].split("</main>")[0]


def test_four_photos_are_too_many(wang):
    page = wang.post(NEW, {**TOLD, "photos": [photo(f"{n}.jpg") for n in range(4)]}).content.decode()
    assert "最多选3张照片" in page
