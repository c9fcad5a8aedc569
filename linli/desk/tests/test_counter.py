"""The counter: somebody is found or entered, their form filled in and read back, and the street decides."""

import io
import re

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.people.models import Consent, Person
from linli.services.models import Application, Grant, ProofRefusal
from tests.counting import counted

pytestmark = pytest.mark.django_db
IDENTITY = "11010519491231002X"


def _photo(name="单据.jpg"):
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def _told(**more):
    return {
        "condition_hardship": "yes", "condition_other_help": "no", "household_size": "3", "phone": "13900000001",
        "address": "安和苑3号楼1单元", "reason": "heavy_expense", "story": "老伴住院，花了一大笔钱", "amount": "2000", **more,
    }  # fmt: skip


def _filled(client, person, **more):
    return client.post(f"/desk/counter/{person.key}/temporary_assistance/", _told(**more))


def _read_back(client, person, **more):
    url = f"/desk/counter/{person.key}/temporary_assistance/read-back/"
    ticks = {"channel": "counter", "consent": "on", "read_back": "on", **more}
    return client.post(
        url, {**ticks, "paper_application": _photo("申请书.jpg"), "paper_event_proof": _photo()}
    )


@pytest.fixture
def filed_relief(desk, village):
    """An application of Wang's, filed at the counter; its number."""
    clerk, wang = desk("limin"), village.person("wang")
    _filled(clerk, wang)
    return re.findall(r"cases/([^/]+)/receipt", _read_back(clerk, wang)["Location"])[0]


def test_somebody_is_found_by_phone_without_a_trace_in_the_address(desk):
    answer = desk("limin").post("/desk/counter/", {"q": "139 0000 0001"})
    assert answer.status_code == 200
    assert "王桂兰" in answer.content.decode()
    assert "139****0001" in answer.content.decode()
    assert answer.wsgi_request.get_full_path() == "/desk/counter/"


def test_a_newcomer_is_entered_once_and_found_by_the_number_afterwards(desk):
    clerk = desk("limin")
    asked = clerk.post("/desk/counter/", {"q": IDENTITY}).content.decode()
    assert IDENTITY in asked  # only in the form of the newcomer, on a page that is never kept
    for _ in range(2):
        given = {"name": "新来", "identity": IDENTITY, "phone": "", "address": "安和苑1号楼"}
        assert clerk.post("/desk/counter/persons/", given).status_code == 302
    assert Person.objects.with_identity(IDENTITY).count() == 1
    page = clerk.post("/desk/counter/", {"q": IDENTITY}).content.decode()
    assert "新来" in page


def test_a_wrong_identity_number_comes_back_at_its_field(desk):
    answer = desk("limin").post("/desk/counter/persons/", {"name": "新来", "identity": "110105194912310021"})
    assert answer.status_code == 422
    assert 'href="#id_identity"' in answer.content.decode()


def test_the_form_knows_what_the_register_knows_and_names_every_fault(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    page = clerk.get(f"/desk/counter/{wang.key}/temporary_assistance/").content.decode()
    assert 'value="安和苑3号楼1单元"' in page
    answer = _filled(clerk, wang, story="", amount="很多", condition_hardship="no")
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("story", "amount", "condition_hardship"):
        assert f'href="#id_{field}"' in page, field


def test_read_back_consent_and_receipt_belong_to_an_assisted_entry(desk, village, filed_relief):
    application = Application.objects.get(case__number=filed_relief)
    assert application.is_assisted
    assert application.read_back_at is not None
    consent = Consent.objects.get(person=village.person("wang"))
    assert "临时救助" in consent.told
    assert consent.is_separate
    assert application.case.papers.count() == 2
    assert "受理回执" in desk("limin").get(f"/desk/cases/{filed_relief}/receipt/").content.decode()


def test_nothing_is_filed_before_the_person_has_heard_it(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    _filled(clerk, wang)
    page = clerk.get(f"/desk/counter/{wang.key}/temporary_assistance/read-back/").content.decode()
    assert "老伴住院" in page
    url = f"/desk/counter/{wang.key}/temporary_assistance/read-back/"
    assert clerk.post(url, {"channel": "counter", "consent": "on"}).status_code == 422
    assert not Application.objects.exists()


def test_what_was_typed_lies_sealed_in_the_session(desk, village):
    clerk = desk("limin")
    _filled(clerk, village.person("wang"))
    kept = Session.objects.get(session_key=clerk.session.session_key)
    assert "老伴住院" not in str(kept.get_decoded())


def test_the_street_grants_within_its_ceiling_and_pays(desk, filed_relief, village):
    number = filed_relief
    clerk, grid, street = desk("limin"), desk("yang"), desk("zha")
    assert clerk.post(f"/desk/cases/{number}/acceptance/", {}).status_code == 302
    visit = {
        "visitors": "杨格\n何巧云",
        "found": "家里确有住院单据",
        "agrees": "yes",
        "neighbours_asked": "2",
    }
    assert grid.get(f"/desk/cases/{number}/").status_code == 200
    assert grid.post(f"/desk/cases/{number}/visit/", visit).status_code == 302
    screen = street.get(f"/desk/cases/{number}/grant/").content.decode()
    assert "审批额度" in screen
    assert "所有人看得到" in screen
    above = street.post(
        f"/desk/cases/{number}/grant/",
        {"amount": "999999", "reason_class": "heavy_expense", "opinion": "同意"},
    )
    assert above.status_code == 422
    assert 'href="#id_amount"' in above.content.decode()
    with counted() as asked:  # a decision with its publication
        given = street.post(
            f"/desk/cases/{number}/grant/",
            {"amount": "2000", "reason_class": "heavy_expense", "opinion": "同意"},
        )
    assert given.status_code == 302
    assert len(asked) <= 23, "\n".join(asked)
    assert Grant.objects.get(case__number=number).cents == 200_000
    page = street.get(f"/desk/cases/{number}/").content.decode()
    assert "登记发放" in page
    paid = {"amount": "2000", "paid_on": "2026-01-08", "reference": "PZ-1"}
    assert street.post(f"/desk/cases/{number}/payment/", paid).status_code == 302
    assert Application.objects.get(case__number=number).case.closed_on is not None


def test_sensitive_answers_are_shown_in_hand_only(desk, filed_relief):
    number = filed_relief
    assert "老伴住院" in desk("limin").get(f"/desk/cases/{number}/").content.decode()
    director = desk("sun").get(f"/desk/cases/{number}/").content.decode()
    assert "老伴住院" not in director
    assert "敏感资料" in director
    for login in ("yang", "ma", "qu", "shen", "yunwei", "wangli"):
        assert desk(login).get(f"/desk/cases/{number}/").status_code == 404, login


def test_missing_papers_are_told_once_and_taken_in_at_the_counter(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    _filled(clerk, wang)
    url = f"/desk/counter/{wang.key}/temporary_assistance/read-back/"
    answer = clerk.post(
        url, {"channel": "counter", "consent": "on", "read_back": "on", "paper_application": _photo()}
    )
    number = re.findall(r"cases/([^/]+)/receipt", answer["Location"])[0]
    assert "还缺" in clerk.get(f"/desk/cases/{number}/acceptance/").content.decode()
    assert clerk.post(f"/desk/cases/{number}/acceptance/", {}).status_code == 422
    assert (
        clerk.post(
            f"/desk/cases/{number}/supplement/", {"missing": "event_proof", "opinion": "带单据来"}
        ).status_code
        == 302
    )
    assert "时钟停着" in clerk.get(f"/desk/cases/{number}/").content.decode()
    assert clerk.post(f"/desk/cases/{number}/supply/", {"paper_event_proof": _photo()}).status_code == 302
    assert clerk.post(f"/desk/cases/{number}/acceptance/", {}).status_code == 302


def test_a_refusal_carries_its_reason_and_the_way_of_review(desk, filed_relief):
    clerk = desk("limin")
    assert clerk.post(f"/desk/cases/{filed_relief}/refusal/", {"opinion": ""}).status_code == 422
    assert "行政复议" in clerk.get(f"/desk/cases/{filed_relief}/refusal/").content.decode()
    assert (
        clerk.post(f"/desk/cases/{filed_relief}/refusal/", {"opinion": "不在本社区居住"}).status_code == 302
    )


def test_a_proof_on_the_block_list_is_not_begun_and_its_burden_counted(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    url = f"/desk/counter/{wang.key}/community_proof/"
    answer = clerk.post(url, {"proof_kind": "kinship", "used_for": "银行"})
    assert answer.status_code == 422
    assert "公安派出所" in answer.content.decode()
    clerk.post("/desk/counter/proof-refusals/community_proof/", {"kind": "kinship"})
    assert ProofRefusal.objects.get().kind == "kinship"


def test_a_proof_is_signed_by_the_director(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    clerk.post(
        f"/desk/counter/{wang.key}/community_proof/", {"proof_kind": "residence_fact", "used_for": "学校"}
    )
    url = f"/desk/counter/{wang.key}/community_proof/read-back/"
    answer = clerk.post(url, {"channel": "counter", "consent": "on", "read_back": "on"})
    number = re.findall(r"cases/([^/]+)/receipt", answer["Location"])[0]
    clerk.post(f"/desk/cases/{number}/acceptance/", {})
    director = desk("sun")
    assert "兹证明" in director.get(f"/desk/cases/{number}/proof/").content.decode()
    assert director.post(f"/desk/cases/{number}/proof/", {"opinion": "上门看过"}).status_code == 302
    assert "校验码" in director.get(f"/desk/cases/{number}/").content.decode()


def test_a_room_is_booked_at_the_counter_and_not_twice(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    url = f"/desk/counter/{wang.key}/venue_booking/"
    wish = {
        "facility": "hall",
        "on": "2026-01-12",
        "from_time": "14:00",
        "until_time": "16:00",
        "purpose": "合唱",
        "people": "12",
        "read_back": "on",
    }
    answer = clerk.post(url, wish)
    assert answer.status_code == 302, answer.content.decode()
    again = clerk.post(url, {**wish, "from_time": "15:00", "until_time": "17:00"})
    assert again.status_code == 422
    assert 'href="#id_from_time"' in again.content.decode()


def test_a_grievance_by_phone_gets_a_class_suggested_and_a_receipt(desk, village):
    clerk = desk("limin")
    told = {
        "channel": "phone",
        "nature": "help",
        "text": "楼道漏水三天了没人管",
        "class_code": "",
        "grade": "ordinary",
        "building": "安和苑3号楼",
        "spot": "2单元",
    }
    first = clerk.post("/desk/counter/grievance/", told)
    assert first.status_code == 422
    assert "系统建议：房屋维修" in first.content.decode()
    assert '<option value="G01" selected>' in first.content.decode()
    answer = clerk.post(
        f"/desk/counter/{village.person('wang').key}/grievance/", {**told, "class_code": "G01"}
    )
    assert answer["Location"].endswith("/receipt/")


def test_only_posts_of_the_counter_find_it(desk, village):
    for login in ("he", "yang", "ma", "zha", "shen"):
        assert desk(login).get("/desk/counter/").status_code == 404, login
    assert desk("wangli").get(f"/desk/counter/{village.person('wang').key}/").status_code == 404
