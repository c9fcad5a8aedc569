"""Publishing at the desk: seen before it is signed, never with a personal number, taken down on a ground, answered."""

import re

import pytest

from linli.disclosure.models import Answer, Publication, TakenDown
from linli.disclosure.objecting import object_to
from tests import cast

pytestmark = pytest.mark.django_db
URL = "/desk/disclosure/new/residents_affairs/"


def _told(**more):
    return {
        "title": "一季度居务公开",
        "fact_period": "2026年第一季度",
        "fact_content": "召开居民会议一次",
        "event_on": "2026-01-08",
        "until_on": "",
        "board": "公告栏",
        **more,
    }


@pytest.fixture
def published_one(desk):
    answer = desk("sun").post(URL, _told(sign="1", once="x"))
    return Publication.objects.get(number=re.findall(r"disclosure/([^/]+)/", answer["Location"])[0])


def test_it_is_looked_at_before_it_is_signed(desk):
    director = desk("sun")
    page = director.post(URL, _told()).content.decode()
    assert "贴出来就是这样" in page
    assert not Publication.objects.exists()
    assert director.post(URL, _told(sign="1")).status_code == 302
    assert Publication.objects.get().minimum_days >= 15


def test_a_personal_number_is_found_in_the_look(desk):
    answer = desk("sun").post(URL, _told(fact_content="请打13900000001"))
    assert answer.status_code == 422
    assert "贴出来就是这样" not in answer.content.decode()


def test_only_the_approver_of_the_catalogue_signs(desk):
    assert desk("limin").get(URL).status_code == 404
    assert desk("sun").get(URL).status_code == 200


def test_it_comes_down_early_only_on_a_ground_other_than_over(desk, published_one):
    director, url = desk("sun"), f"/desk/disclosure/{published_one.number}/removal/"
    assert director.post(url, {"ground": "over", "reason": "期满"}).status_code == 422
    assert director.post(url, {"ground": "mistake", "reason": "写错了"}).status_code == 302
    assert TakenDown.objects.get().is_early
    assert desk("wangdong").post(url, {"ground": "mistake", "reason": "写错了"}).status_code == 404


def test_an_objection_is_answered_and_the_publication_corrected(desk, published_one, village):
    objection = object_to(
        publication=published_one,
        text="会议不是一次",
        channel="portal",
        by=village.resident("wang"),
        at=cast.BEGIN.replace(day=8),
    )
    director = desk("sun")
    assert "要答复的异议" in director.get("/desk/disclosure/").content.decode()
    url = f"/desk/objections/{objection.key}/"
    assert "会议不是一次" in director.get(url).content.decode()
    assert director.post(url, {"outcome": "upheld", "text": "属实，已更正"}).status_code == 302
    assert Answer.objects.get().outcome == "upheld"
    correct = f"/desk/disclosure/{published_one.number}/correction/"
    answer = director.post(correct, _told(why="会议次数写错", fact_content="召开居民会议两次", sign="1"))
    assert answer.status_code == 302
    assert Publication.objects.get(previous=published_one).correction == "会议次数写错"
    assert desk("limin").get(url).status_code in (200, 404)
