"""Account numbers on the case page: masked for everybody, whole for a reason or for the post that pays, always noted."""

from __future__ import annotations

import re

import pytest

from linli.desk.tests.test_counter import _filled, _read_back
from linli.trail.models import AuditEntry

pytestmark = pytest.mark.django_db

ACCOUNT = "6222021234567890123"
MASKED = "***************0123"


@pytest.fixture
def relief(desk, village):
    """An application of Wang's with a bank account, filed at the counter; its number."""
    clerk, wang = desk("limin"), village.person("wang")
    _filled(clerk, wang, account=ACCOUNT)
    return re.findall(r"cases/([^/]+)/receipt", _read_back(clerk, wang)["Location"])[0]


def test_the_clerk_sees_the_last_four_digits_of_an_account(desk, relief):
    page = desk("limin").get(f"/desk/cases/{relief}/").content.decode()
    assert MASKED in page
    assert ACCOUNT not in page
    assert AuditEntry.objects.filter(verb="services.unmask").count() == 0


def test_the_whole_number_is_shown_once_with_a_reason_and_a_trace(desk, relief):
    clerk, url = desk("limin"), f"/desk/cases/{relief}/numbers/"
    without = clerk.post(url, {})
    assert without.status_code == 422
    assert ACCOUNT not in without.content.decode()
    shown = clerk.post(url, {"reason": "verify"})
    assert ACCOUNT in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get(verb="services.unmask")
    assert (entry.key, entry.data_class, entry.facts["reason"]) == (relief, "P3", "verify")
    assert ACCOUNT not in str(entry.facts)
    assert ACCOUNT not in clerk.get(f"/desk/cases/{relief}/").content.decode()


def test_who_has_no_sensitive_content_in_reach_cannot_ask(desk, relief):
    for login in ("sun", "yang", "shen", "wangli"):
        assert desk(login).post(f"/desk/cases/{relief}/numbers/", {"reason": "verify"}).status_code == 404, (
            login
        )
    assert "完整号码" not in desk("sun").get(f"/desk/cases/{relief}/").content.decode()


def test_a_case_without_numbers_offers_nothing(desk, filed):
    number = filed().case.number
    assert desk("limin").post(f"/desk/cases/{number}/numbers/", {"reason": "verify"}).status_code == 404


def test_whoever_registers_the_payment_reads_the_account_there_and_it_is_noted(desk, relief):
    url, street = f"/desk/cases/{relief}", desk("zha")
    visit = {
        "visitors": "杨格\n何巧云",
        "found": "家里确有住院单据",
        "agrees": "yes",
        "neighbours_asked": "2",
    }
    assert desk("limin").post(f"{url}/acceptance/", {}).status_code == 302
    assert desk("yang").post(f"{url}/visit/", visit).status_code == 302
    grant = {"amount": "2000", "reason_class": "heavy_expense", "opinion": "同意"}
    assert street.post(f"{url}/grant/", grant).status_code == 302
    assert ACCOUNT not in street.get(f"{url}/").content.decode()
    assert ACCOUNT in street.get(f"{url}/payment/").content.decode()
    entry = AuditEntry.objects.get(verb="services.unmask")
    assert (entry.post, entry.key) == ("street_assistance", relief)


def test_the_account_is_read_aloud_whole_before_it_is_filed(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    _filled(clerk, wang, account=ACCOUNT)
    assert ACCOUNT in clerk.get(f"/desk/counter/{wang.key}/temporary_assistance/read-back/").content.decode()
