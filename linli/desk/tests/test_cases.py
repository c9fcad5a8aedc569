"""The case page: a grievance from dispatch to revisit; who may do what; nothing typed is lost; budgets."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from linli.cases.models import Passage
from linli.grievances.models import Grievance

pytestmark = pytest.mark.django_db


def _page(client, number):
    return client.get(f"/desk/cases/{number}/").content.decode()


def _press(client, number, screen, **given):
    return client.post(f"/desk/cases/{number}/{screen}/", given)


def test_a_grievance_goes_from_dispatch_to_a_closed_case(desk, filed):
    number = filed().case.number
    clerk, property_company = desk("limin"), desk("ma")
    assert "派给物业" in _page(clerk, number)
    assert _press(clerk, number, "dispatch", opinion="请尽快").status_code == 302
    assert "派给物业" not in _page(clerk, number).split('id="due"')[0].split("<nav")[2]
    assert _press(property_company, number, "reply", opinion="已经换了水管，不漏了。").status_code == 302
    seen = clerk.get(f"/desk/cases/{number}/revisit/").content.decode()
    assert "已经换了水管" in seen
    _press(
        clerk, number, "revisit", was_reached="yes", channel="phone", is_resolved="yes", is_satisfied="yes"
    )
    found = Grievance.objects.get_queryset().get(case__number=number)
    assert found.case.outcome == "resolved"
    assert found.is_satisfied is True


def test_a_missing_answer_comes_back_at_its_field_with_the_rest_kept(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    _press(clerk, number, "answer", opinion="当场说清了")
    answer = _press(
        clerk, number, "revisit", was_reached="yes", channel="home", is_resolved="", is_satisfied=""
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="errors"' in page
    assert re.search(r'value="home"[^>]*checked', page)


def test_sending_the_same_form_twice_moves_once(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    first = _press(clerk, number, "answer", opinion="说清了", once="k1")
    again = _press(clerk, number, "answer", opinion="说清了", once="k1")
    assert first.status_code == 302
    assert again.status_code in (302, 404)
    assert Passage.objects.filter(case__number=number, move="answer_at_once").count() == 1


def test_a_case_that_was_moved_meanwhile_is_not_moved_from_an_old_page(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    answer = _press(clerk, number, "answer", opinion="我写的答复", seen="7")
    assert answer.status_code == 422
    assert "刚刚被别人办理过" in answer.content.decode()
    assert "我写的答复" in answer.content.decode()


def test_a_plain_move_needs_its_opinion(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    assert _press(clerk, number, "moves/redirect").status_code == 422
    assert _press(clerk, number, "moves/redirect", opinion="请打12345").status_code == 302


def test_screens_of_acts_that_are_not_open_do_not_exist(desk, filed):
    number = filed().case.number
    property_company = desk("ma")
    assert property_company.get(f"/desk/cases/{number}/").status_code == 404
    clerk = desk("limin")
    for screen in (
        "reply",
        "revisit",
        "reopening",
        "release",
        "grant",
        "acceptance",
        "moves/reply",
        "moves/nothing",
    ):
        assert clerk.get(f"/desk/cases/{number}/{screen}/").status_code == 404, screen


def test_a_handler_does_not_learn_who_asked_to_stay_unnamed(desk, filed):
    number = filed(is_anonymous=True).case.number
    clerk, property_company = desk("limin"), desk("ma")
    _press(clerk, number, "dispatch")
    assert "王桂兰" in _page(clerk, number)
    assert "王桂兰" not in _page(property_company, number)
    assert "1390000" not in _page(property_company, number)


def test_an_answer_is_released_only_without_personal_numbers(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    _press(clerk, number, "answer", opinion="修好了")
    wrong = _press(clerk, number, "release", text="请打13900000001问老王", checked="on")
    assert wrong.status_code == 422
    assert _press(clerk, number, "release", text="漏水已经修好。", checked="on").status_code == 302
    assert Grievance.objects.get_queryset().get(case__number=number).public_reply == "漏水已经修好。"


def test_a_photo_is_added_and_opened_again_through_its_case(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(photo, "JPEG")
    file = SimpleUploadedFile("现场.jpg", photo.getvalue(), "image/jpeg")
    assert clerk.post(f"/desk/cases/{number}/papers/", {"kind": "photo", "file": file}).status_code == 302
    url = re.findall(rf'href="(/desk/cases/{number}/papers/[^"]+/)"', _page(clerk, number))[0]
    opened = clerk.get(url)
    assert opened["Content-Type"] == "image/jpeg"
    assert opened["Cache-Control"] == "private, no-store"
    assert desk("wangli").get(url).status_code == 404


def test_the_page_explains_the_day_and_the_trail_names_every_passage(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    _press(clerk, number, "dispatch")
    page = _page(clerk, number)
    assert "承诺办结" in page
    assert "逐日说明" in page
    audit = clerk.get(f"/desk/cases/{number}/audit/").content.decode()
    assert f"{number}#2" in audit


def test_the_receipt_prints_number_and_a_drawn_code(desk, filed):
    number = filed().case.number
    page = desk("limin").get(f"/desk/cases/{number}/receipt/").content.decode()
    assert "受理回执" in page
    assert "<svg" in page
    assert number in page
    assert "王桂兰" not in page


def test_a_case_page_takes_at_most_fifteen_queries_and_an_act_at_most_twenty(desk, filed):
    filed_case = filed().case
    clerk = desk("limin")
    _page(clerk, filed_case.number)
    with CaptureQueriesContext(connection) as asked:
        _page(clerk, filed_case.number)
    assert len(asked) <= 15
    second = filed().case.number
    with CaptureQueriesContext(connection) as asked:
        _press(clerk, second, "moves/redirect", opinion="请打12345")
    counted = [one for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(counted) <= 20, [one["sql"][:90] for one in counted]
