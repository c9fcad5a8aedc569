"""Hardship relief as a resident lives it: pre-check, form, supplement, decision, publication, objection, rating."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.cases.models import Case, Rating
from linli.disclosure.models import Objection
from linli.disclosure.objecting import answer_objection
from linli.look.reader import site_day, site_moment
from linli.people.models import Consent
from linli.portal.tests.pictures import FAMILY, HARDSHIP, apply_for_relief, photo
from linli.services.decision import accept, grant
from linli.services.models import Application
from linli.services.paying import pay
from linli.services.supplementing import ask_supplement
from linli.services.visiting import Seen, visit
from tests.cast import HELIN

GUIDE = f"/c/{HELIN}/items/temporary_assistance/"


@pytest.fixture
def wang(signed_in):
    return signed_in("wang")


@pytest.fixture
def filed(wang):
    answer, _once = apply_for_relief(wang, HELIN)
    assert answer.status_code == 302, answer.content.decode()
    return Application.objects.get()


def test_the_precheck_says_what_to_do_first_where_a_condition_is_not_met(village):
    page = Client().get(f"{GUIDE}?check=1&c_hardship=no&c_other_help=no").content.decode()
    assert "先准备这些" in page and "最低生活保障" in page
    page = Client().get(f"{GUIDE}?check=1&c_hardship=yes&c_other_help=no").content.decode()
    assert "看起来能办" in page and "apply/?c_hardship=yes" in page


def test_a_form_comes_back_filled_with_its_errors(wang):
    page = wang.post(f"{GUIDE}apply/family/", {"household_size": "很多", "address": "安和苑3号楼"})
    text = page.content.decode()
    assert 'id="errors"' in text and "很多" in text and "安和苑3号楼" in text


def test_what_was_typed_is_still_there_later_and_known_facts_say_where_they_come_from(wang):
    page = wang.get(f"{GUIDE}apply/family/").content.decode()
    assert "安和苑3号楼1单元" in page and "登记" in page
    wang.post(f"{GUIDE}apply/hardship/", HARDSHIP)
    assert "厨房起火" in wang.get(f"{GUIDE}apply/hardship/").content.decode()


def test_sending_needs_consent_and_leaves_the_very_text_that_was_shown(wang, village):
    wang.post(f"{GUIDE}apply/family/", FAMILY)
    wang.post(f"{GUIDE}apply/hardship/", HARDSHIP)
    refused = wang.post(f"{GUIDE}apply/send/", {"once": "x"})
    assert refused.status_code == 200 and Application.objects.count() == 0
    told = refused.context["told"]
    apply_for_relief(wang, HELIN)
    consent = Consent.objects.get()
    assert consent.told == told and consent.is_separate and consent.person == village.person("wang")
    wang.post(f"/my/consents/{consent.purpose}/withdrawal/")
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


def test_sending_twice_is_one_application(wang):
    first, once = apply_for_relief(wang, HELIN)
    again = wang.post(f"{GUIDE}apply/send/", {"once": once, "consent": "on"})
    assert again["Location"] == first["Location"] and Application.objects.count() == 1


def test_nobody_else_opens_the_case_or_its_papers(filed, signed_in):
    number = filed.case.number
    key = filed.case.papers.first().document.key
    others = signed_in("chen")
    for address in (f"/cases/{number}/", f"/cases/{number}/papers/{key}/", f"/cases/{number}/withdrawal/"):
        assert others.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert others.post(f"/cases/{number}/rating/", {"stars": "1"}).status_code == 404


def test_a_paper_handed_in_can_be_seen_again(filed, wang):
    number = filed.case.number
    papers = wang.get(f"/cases/{number}/").context["papers"]
    answer = wang.get(papers[0]["url"])
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]


def test_no_page_carries_a_phone_identity_or_bank_number(filed, wang):
    number = filed.case.number
    pages = ["/my/", f"/cases/{number}/", f"{GUIDE}apply/family/", "/privacy/", f"/cases/{number}/received/"]
    wang.post(f"{GUIDE}apply/family/", {**FAMILY, "phone": "13912345678"})
    wang.post(f"{GUIDE}apply/hardship/", HARDSHIP)
    text = "".join(
        wang.get(page, follow=True).content.decode()
        for page in [*pages, f"{GUIDE}apply/hardship/", f"{GUIDE}apply/send/"]
    )
    for secret in ("13900000001", "13912345678", "6222021234567890123"):
        assert secret not in text
    assert "139****0001" in text and "***0123" in text


def test_from_filing_to_rating(filed, wang, village):
    case = filed.case
    clerk, street = village.actor("limin"), village.actor("zha")
    ask_supplement(
        application=filed, missing=["event_proof"], by=clerk, at=site_moment(), opinion="照片看不清"
    )
    front = wang.get(f"/c/{HELIN}/").content.decode()
    assert "补材料" in front and f"/cases/{case.number}/supplement/" in front
    page = wang.get(f"/cases/{case.number}/").content.decode()
    assert "现在请您做" in page and "照片看不清" in page and page.count("btn go") == 1
    empty = wang.post(f"/cases/{case.number}/supplement/", {"once": "s0"})
    assert "请选一张照片" in empty.content.decode()
    wang.post(
        f"/cases/{case.number}/supplement/", {"once": "s1", "paper_event_proof": photo("clear.jpg", "red")}
    )
    filed.refresh_from_db()
    accept(application=filed, by=clerk, at=site_moment())
    page = wang.get(f"/cases/{case.number}/").content.decode()
    assert "这个日期怎么算的" in page and "最晚" in page
    filed.refresh_from_db()
    visit(
        application=filed,
        seen=Seen(visitors=["杨格", "何巧云"], found="属实", agrees=True),
        by=village.actor("yang"),
        at=site_moment(),
    )
    page = wang.get(f"/cases/{case.number}/").content.decode()
    assert "属实" not in page, "what was seen at home is for those who decide"
    grant(application=filed, cents=150000, by=street, at=site_moment(), reason_class="sudden_event")
    page = wang.get(f"/cases/{case.number}/")
    [shown] = page.context["publications"]
    public = Client().get(shown["url"]).content.decode()
    assert "王**" in public and "王桂兰" not in public and "1500" in public.replace(",", "")
    _object_and_answer(wang, shown["url"], village)
    filed.refresh_from_db()
    pay(application=filed, cents=150000, paid_on=site_day(), reference="F-1", by=street, at=site_moment())
    _rate(wang, Case.objects.get(pk=case.pk))


def _object_and_answer(wang, address, village):
    assert wang.post(address, {"once": "o0", "text": ""}).status_code == 422
    wang.post(address, {"once": "o1", "text": "金额好像不对"})
    wang.post(address, {"once": "o1", "text": "金额好像不对"})
    objection = Objection.objects.get()
    assert "金额好像不对" in wang.get(address).content.decode()
    assert "金额好像不对" not in Client().get(address).content.decode()
    answer_objection(
        objection=objection,
        outcome="dismissed",
        text="按标准核定。",
        by=village.actor("zha"),
        at=site_moment(),
    )
    assert "按标准核定" in Client().get(address).content.decode()


def _rate(wang, case):
    assert "现在请您做" in wang.get(f"/cases/{case.number}/").content.decode()
    assert wang.post(f"/cases/{case.number}/rating/", {}).status_code == 422
    wang.post(f"/cases/{case.number}/rating/", {"stars": "5", "words": "很快"})
    assert Rating.objects.get().stars == 5
    assert "您评了5星" in wang.get(f"/cases/{case.number}/").content.decode()


def test_an_application_is_taken_back_after_a_page_that_asks(filed, wang):
    number = filed.case.number
    assert "确定撤回" in wang.get(f"/cases/{number}/withdrawal/").content.decode()
    wang.post(f"/cases/{number}/withdrawal/", {"reason": ""})
    assert Case.objects.get(number=number).outcome == "withdrawn"
    assert wang.get(f"/cases/{number}/withdrawal/").status_code == 302


def test_a_guardian_applies_for_a_ward(signed_in, village):
    child, mother = village.person("chen"), village.person("wang")
    child.guardian = mother
    child.save()
    browser = signed_in("wang")
    assert "给谁申请" in browser.get(f"{GUIDE}apply/").content.decode()
    browser.post(f"{GUIDE}apply/", {"applicant": child.key})
    answer, _once = apply_for_relief(browser, HELIN, start="?")
    assert answer.status_code == 302
    assert Application.objects.get().case.person == child
    assert Application.objects.get().case.number in browser.get("/my/").content.decode()
