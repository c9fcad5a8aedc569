"""An officer drafts a new edition of an item on screen, sees what differs and what it would have done, publishes."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.rulebook.models import Draft, Edition
from linli.services.models import Application
from linli.services.tests import walking
from linli.services.tests.test_every_item import SHEETS
from tests import cast
from tests.counting import counted

pytestmark = pytest.mark.django_db
HERE = "/desk/drafts/items/job_seeking/"


@pytest.fixture
def enter(published, village, settings):
    settings.LINLI_FROZEN_DAY = "2026-01-05"

    def sign_in(login):
        browser = Client()
        browser.post("/sign-in/", {"login": login, "password": cast.PASSWORD, "next": "/desk/"})
        return browser

    return sign_in


def test_a_draft_is_written_compared_tried_and_published(enter, village):
    walking.file(village, SHEETS["job_seeking"])
    browser = enter("qu")
    assert "job_seeking" in browser.get("/desk/drafts/").content.decode()
    page = browser.get(HERE)
    text = page.context["form"]["text"].value()
    seen = page.context["number"]
    changed = text.replace("days: 1\n", "days: 2\n", 1)
    assert changed != text
    answer = browser.post(HERE, {"text": changed, "act": "save", "seen": seen})
    assert answer.status_code == 302 and Draft.objects.open().get().text == changed
    with counted() as found:
        shown = browser.get(HERE)
    assert len(found) <= 15, "\n".join(found)
    words = shown.content.decode()
    number = Application.objects.get().case.number
    assert "1个工作日" not in shown.context["changes"][0][0] and number in words
    assert shown.context["run"]["found"].looked_at == 1 and shown.context["run"]["found"].other_day == 1
    sent = browser.post(HERE, {"text": changed, "act": "publish", "seen": seen})
    assert sent.status_code == 302
    assert Edition.objects.filter(kind="items", code="job_seeking").count() == 2
    file = browser.get("/desk/sheets/items/job_seeking/file/")
    assert "attachment" in file.headers["Content-Disposition"] and "days: 2" in file.content.decode()


def test_a_faulty_text_is_kept_and_its_line_named(enter):
    browser = enter("qu")
    browser.post(HERE, {"text": "code: job_seeking\nname: [", "act": "save", "seen": 1})
    shown = browser.get(HERE)
    assert shown.context["faults"] and "第" in shown.content.decode()
    refused = browser.post(HERE, {"text": "code: job_seeking", "act": "publish", "seen": 1})
    assert refused.status_code == 422 and not Edition.objects.filter(code="job_seeking", number=2).exists()
    browser.post(HERE, {"text": "x", "act": "drop", "seen": 1})
    assert not Draft.objects.open().exists()


def test_who_may_not_draft_does_not_find_the_screen(enter):
    browser = enter("limin")
    for address in ("/desk/drafts/", HERE, "/desk/drafts/nothing/x/"):
        assert browser.get(address).status_code == 404
    assert enter("qu").get("/desk/drafts/items/unheard/").status_code == 404
    assert enter("qu").get("/desk/drafts/rules/x/").status_code == 404
