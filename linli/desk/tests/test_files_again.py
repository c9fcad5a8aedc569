"""A file is not kept when a form comes back: its field says so, and only where a file was chosen."""

import pytest

from linli.desk.tests.test_counter import _filled, _photo

pytestmark = pytest.mark.django_db

AGAIN = "选过的文件没有留下来，请重新选一次"


def test_the_field_of_a_chosen_file_asks_for_it_again(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    _filled(clerk, wang)
    url = f"/desk/counter/{wang.key}/temporary_assistance/read-back/"
    answer = clerk.post(
        url, {"channel": "counter", "consent": "on", "paper_application": _photo("申请书.jpg")}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('href="#id_paper_application"') == 1
    assert AGAIN in page.split('id="id_paper_application_error"')[1].split("</p>")[0]


def test_a_form_without_a_file_is_not_asked_for_one(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    _filled(clerk, wang)
    url = f"/desk/counter/{wang.key}/temporary_assistance/read-back/"
    answer = clerk.post(url, {"channel": "counter", "consent": "on"})
    assert answer.status_code == 422
    assert AGAIN not in answer.content.decode()
