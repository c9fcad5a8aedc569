"""The acts of the service flows have their screens: help at a department from the counter to the result."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from linli.services.models import Record
from linli.services.tests import walking
from linli.services.tests.test_every_item import SHEETS
from tests import cast

pytestmark = pytest.mark.django_db
DAY = "2026-01-05"


@pytest.fixture
def clerk(published, village, settings):
    settings.LINLI_FROZEN_DAY = DAY
    browser = Client()
    browser.post("/sign-in/", {"login": "limin", "password": cast.PASSWORD, "next": "/desk/"})
    return browser


def make(browser, case, code, **given):
    """Open the act's screen and carry it out."""
    address = f"/desk/cases/{case}/services/{code}/"
    assert browser.get(address).status_code == 200, code
    answer = browser.post(address, given)
    assert answer.status_code == 302, (code, answer.context["form"].errors)


def test_a_clerk_carries_a_matter_through_a_department(clerk, village):
    application = walking.file(village, SHEETS["residence_permit"], at=cast.BEGIN - timedelta(days=1))
    case = application.case
    assert clerk.post(f"/desk/cases/{case.number}/acceptance/", {"opinion": ""}).status_code == 302
    page = clerk.get(f"/desk/cases/{case.number}/").content.decode()
    assert f"/desk/cases/{case.number}/services/send_off/" in page
    sending = clerk.get(f"/desk/cases/{case.number}/services/send_off/").content.decode()
    assert "只交这些内容" in sending and "公安派出所" in sending
    refusal = clerk.post(f"/desk/cases/{case.number}/services/send_off/", {"to": "派出所"})
    assert refusal.status_code == 422 and "单独同意" in str(refusal.context["form"].errors)
    make(clerk, case.number, "send_off", to="明河派出所", number="P-7", consent_told="念给本人听，本人同意")
    make(clerk, case.number, "bring_back", number="证-1", opinion="")
    make(clerk, case.number, "deliver", opinion="当面交给本人")
    case.refresh_from_db()
    assert case.outcome == "granted"
    assert list(Record.objects.filter(case=case).order_by("pk").values_list("kind", flat=True)) == [
        "sent",
        "answered",
    ]


def test_a_screen_that_is_not_open_now_is_not_there(clerk, village):
    case = walking.file(village, SHEETS["residence_permit"]).case
    for code in ("send_off", "deliver", "nothing"):
        assert clerk.get(f"/desk/cases/{case.number}/services/{code}/").status_code == 404
