"""Telling what is wrong, and one's own answer whether it was put right."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.grievances.answering import release, reply
from linli.grievances.intake import dispatch
from linli.grievances.models import Grievance
from linli.look.reader import site_moment
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


def test_a_neighbour_sees_only_how_many_there_are(filed, signed_in):
    page = signed_in("chen").get(NEW, {"text": TOLD["text"]})
    assert page.context["similar"] == 1
    assert filed.text not in page.content.decode().replace(TOLD["text"], "", 1)


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
    release(grievance=filed, text="3号楼水管已修好。", by=village.actor("ma"), at=site_moment())
    page = Client().get(f"/c/{HELIN}/news/").content.decode()
    assert "3号楼水管已修好" in page and "王" not in page.split("<main", 1)[1].split("</main>")[0]


def test_four_photos_are_too_many(wang):
    page = wang.post(NEW, {**TOLD, "photos": [photo(f"{n}.jpg") for n in range(4)]}).content.decode()
    assert "最多选3张照片" in page
