"""Pages ask the database little, and no more for fifty rows than for two."""

from __future__ import annotations

from secrets import token_hex

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.disclosure.publishing import publish
from linli.disclosure.showing import Showing
from linli.look.reader import site_moment
from linli.portal.tests.pictures import FAMILY, HARDSHIP, apply_for_relief, photo
from linli.services.models import Application
from tests.cast import HELIN
from tests.counting import counted

LIST, DETAIL, SUBMIT = 10, 15, 20


def asked(browser, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return len(found)


@pytest.fixture
def wang(signed_in, village):
    browser = signed_in("wang")
    apply_for_relief(browser, HELIN)
    for month in range(1, 13):
        facts = {"period": f"2025-{month}", "income": 100, "spending": 50, "balance": 50}
        publish(
            item="finance_report",
            region=village.helin,
            showing=Showing(f"{month}月收支", facts),
            source=f"case:{month}",
            by=village.actor("sun"),
            at=site_moment(),
        )
    return browser


@pytest.mark.parametrize(
    "address", ["/my/notices/", f"/c/{HELIN}/disclosure/", f"/c/{HELIN}/items/", f"/c/{HELIN}/venues/"]
)
def test_lists(wang, address):
    asked(wang, address)
    assert asked(wang, address) <= LIST


def test_my_cases_with_what_waits(wang):
    asked(wang, "/my/")
    assert asked(wang, "/my/") <= LIST


@pytest.mark.parametrize(
    "address",
    [
        f"/c/{HELIN}/",
        f"/c/{HELIN}/items/temporary_assistance/",
        f"/c/{HELIN}/about/",
        f"/c/{HELIN}/grievances/new/",
    ],
)
def test_pages(wang, address):
    asked(wang, address)
    assert asked(wang, address) <= DETAIL


def test_a_publication(wang):
    address = wang.get(f"/c/{HELIN}/disclosure/").context["publications"][0]["url"]
    assert asked(wang, address) <= DETAIL


def test_sending_an_application_with_two_photos(signed_in, village):
    for login in ("mu", "wang"):  # the first reads the rulebook, makes the region's ledger
        browser, here = signed_in(login), f"/c/{HELIN}/items/temporary_assistance/apply/"
        browser.get(f"{here}?c_hardship=yes&c_other_help=no")
        browser.post(f"{here}family/", FAMILY)
        browser.post(f"{here}hardship/", HARDSHIP)
        sent = {
            "once": token_hex(8),
            "consent": "on",
            "paper_application": photo("form.jpg", "grey"),
            "paper_event_proof": photo(),
        }
        with counted() as found:
            answer = browser.post(f"{here}send/", sent)
        assert answer.status_code == 302
    assert len(found) <= SUBMIT, "\n".join(found)


def test_filing_a_grievance(signed_in, village):
    told = {"text": "楼道灯不亮，晚上看不见台阶", "class_code": "G01", "nature": "help", "spot": "3号楼"}
    for login in ("mu", "wang"):
        browser = signed_in(login)
        with counted() as found:
            answer = browser.post(f"/c/{HELIN}/grievances/new/", {"once": token_hex(8), **told})
        assert answer.status_code == 302
    assert len(found) <= SUBMIT, "\n".join(found)


def test_a_case(wang):
    address = f"/cases/{Application.objects.get().case.number}/"
    asked(wang, address)
    assert asked(wang, address) <= DETAIL
