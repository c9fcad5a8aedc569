"""Pages ask the database little, and no more for fifty rows than for two."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.disclosure.publishing import publish
from linli.disclosure.showing import Showing
from linli.look.reader import site_moment
from linli.portal.tests.pictures import apply_for_relief
from linli.services.models import Application
from tests.cast import HELIN

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


def test_a_case(wang):
    address = f"/cases/{Application.objects.get().case.number}/"
    asked(wang, address)
    assert asked(wang, address) <= DETAIL
