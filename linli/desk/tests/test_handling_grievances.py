"""Grievances at the desk beside their plain acts: merging, texts for everybody, referrals, screening, hotline."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.grievances.groups import raise_groups
from linli.grievances.intake import Filed, Told, answer_at_once, file_grievance
from linli.grievances.models import Conflict, Grievance, HotlineOrder, Referral
from linli.look.reader import site_moment
from linli.people.actors import CLOCK
from linli.places.models import Building
from tests.cast import HELIN
from tests.counting import counted

HEAD = "工单编号,来电时间,答复期限,诉求内容,楼栋"


@pytest.fixture
def tell(published, village):
    def file(login="wang", class_code="G01", text="楼顶漏水，厨房天花板湿了", **facts):
        told = Told(class_code, "help", text, building=Building.objects.get(name="安和苑3号楼"), **facts)
        filed = Filed(village.helin, village.person(login), "portal")
        return file_grievance(told=told, filed=filed, by=village.resident(login), at=site_moment())

    return file


def url(name, row):
    return reverse(f"desk:{name}", args=[row.case.number])


def again(row):
    return Grievance.objects.get_queryset().get(pk=row.pk)


def test_a_case_is_merged_and_parted_on_screen(tell, desk):
    kept, other, clerk = tell(), tell("chen"), desk("limin")
    page = clerk.get(url("merge", other)).content.decode()
    assert kept.case.number in page
    assert clerk.post(url("merge", other), {"opinion": "同一处"}).status_code == 422
    clerk.post(url("merge", other), {"kept": kept.case.number, "opinion": "同一处屋顶"})
    assert again(other).kept == kept
    shown = clerk.get(url("case", kept)).content.decode()
    assert "并入1件" in shown
    clerk.post(url("part", other), {"opinion": "不是同一处"})
    assert again(other).kept is None


def test_a_stale_form_overwrites_nothing(tell, desk):
    kept, other, clerk = tell(), tell("chen"), desk("limin")
    answer = clerk.post(url("merge", other), {"kept": kept.case.number, "opinion": "同一处", "seen": "0"})
    assert answer.status_code == 422 and again(other).kept is None


def test_groups_link_their_cases_for_who_may_see_them(tell, desk, village):
    told = [tell(login) for login in ("wang", "chen", "zhao")]
    raise_groups(region=HELIN, by=CLOCK, at=site_moment())
    for login, sees in (("limin", True), ("jie", True), ("wangli", False)):
        page = desk(login).get(reverse("desk:groups")).content.decode()
        assert (told[0].case.number in page) is sees
    assert desk("ma").get(reverse("desk:groups")).status_code == 200, "it lists what is in its hands: nothing"


@pytest.fixture
def answered(tell, village):
    row = tell()
    answer_at_once(grievance=row, reply="修好了", by=village.actor("limin"), at=site_moment())
    return row


def test_a_text_for_everybody_goes_through_two_posts(answered, desk):
    clerk, director = desk("limin"), desk("sun")
    given = {"text": "3号楼修好了，打13900000001", "checked": "on"}
    assert clerk.post(url("release", answered), given).status_code == 422
    clerk.post(url("release", answered), {**given, "text": "3号楼屋顶修好了，住院的老人也安顿了。"})
    assert clerk.get(url("release-decision", answered)).status_code == 404
    assert "住院" in director.get(reverse("desk:releases")).content.decode()
    page = director.get(url("release-decision", answered)).content.decode()
    assert "病情" in page
    assert director.post(url("release-decision", answered), {"decision": "release"}).status_code == 422
    director.post(url("release-decision", answered), {"decision": "release", "has_looked": "on"})
    assert again(answered).public_reply.startswith("3号楼屋顶修好了")


def test_a_referral_is_made_with_consent_and_followed_up(tell, desk):
    row, clerk = tell(class_code="G11", text="工地欠我三个月工资"), desk("limin")
    given = {"kind": "legal_aid", "purpose": "讨薪", "channel": "phone"}
    assert "法律援助" in clerk.get(url("refer", row)).content.decode()
    assert clerk.post(url("refer", row), given).status_code == 422
    clerk.post(url("refer", row), {**given, "has_consented": "on"})
    assert row.case.number in clerk.get(reverse("desk:referrals")).content.decode()
    clerk.post(url("referral", row), {"outcome": "helped", "words": "已指派律师"})
    assert Referral.objects.get().closed_on is not None


def test_redirecting_and_closing_unasked_have_their_screens(tell, desk, answered, village):
    row, clerk = tell(class_code="G16", text="有人挪用公款"), desk("limin")
    clerk.post(url("redirect", row), {"channel": "discipline"})
    assert again(row).text == ""
    assert desk("he").get(url("silence", answered)).status_code == 200
    answer = desk("he").post(url("silence", answered), {"opinion": "没接"})
    assert answer.status_code == 422 and again(answered).case.closed_on is None


def test_a_round_is_screened_from_begin_to_end(desk):
    member = desk("he")
    assert member.get(reverse("desk:screening")).status_code == 200
    member.post(reverse("desk:round-new"), {"occasion": "节前"})
    bad = member.post(reverse("desk:conflict-new"), {"kind": "neighbours", "text": "吵架", "parties": "1"})
    assert bad.status_code == 422 and "吵架" in bad.content.decode()
    member.post(reverse("desk:conflict-new"), {
        "kind": "neighbours", "text": "为漏水吵架", "parties": "2", "criteria": ["repeated"], "owner_post": "mediator",
        "measures": "劝过",
    })  # fmt: skip
    row = Conflict.objects.get()
    mediator = desk("feng")
    mediator.post(reverse("desk:conflict-look", args=[row.key]), {"measures": "调解过", "seen": "0"})
    stale = member.post(reverse("desk:conflict-look", args=[row.key]), {"measures": "也调解过", "seen": "0"})
    assert stale.status_code == 422
    mediator.post(reverse("desk:conflict-close", args=[row.key]), {"closing": "和好了", "seen": "1"})
    member.post(reverse("desk:round-end"), {"summary": "走完两个网格"})
    row.refresh_from_db()
    assert row.closed_on is not None and row.round.summary == "走完两个网格"
    for login, status in (("jie", 200), ("wangdong", 404), ("ma", 404), ("limin", 404)):
        assert desk(login).get(reverse("desk:conflict", args=[row.key])).status_code == status


def batch(text, **more):
    file = SimpleUploadedFile("批次.csv", "\n".join([HEAD, *text]).encode("gb18030"), "text/csv")
    return {"file": file, "choice": "all", **more}


def test_a_batch_is_imported_with_exact_faults_and_an_order_returned_or_answered(desk):
    clerk = desk("limin")
    good, bad = "YC0001,2026-01-05 08:00,2026-01-08,楼顶漏水,安和苑3号楼", "YC0002,昨天,2026-01-08,楼顶漏水,"
    refused = clerk.post(reverse("desk:hotline-batch"), batch([good, bad]))
    assert refused.status_code == 422 and not HotlineOrder.objects.exists()
    assert refused.context["faults"][0][:3] == ("CSV", 3, "来电时间")
    clerk.post(reverse("desk:hotline-batch"), batch([good, bad], choice="good"))
    row = HotlineOrder.objects.get()
    assert "YC0001" in clerk.get(reverse("desk:hotline")).content.decode()
    case = clerk.get(url("case", row.grievance)).content.decode()
    assert "YC0001" in case and "退回热线" in case
    clerk.post(url("order-return", row.grievance), {"opinion": "归供水公司办"})
    row.refresh_from_db()
    assert row.returned_at is not None
    for form in ("csv", "xlsx"):
        answer = clerk.get(reverse("desk:hotline-template", args=[form]))
        assert answer.status_code == 200 and len(answer.content) > 100
    assert clerk.get(reverse("desk:hotline-template", args=["exe"])).status_code == 404
    assert desk("ma").get(reverse("desk:hotline")).status_code == 404


def test_an_order_is_typed_in_and_answered_back(desk, village):
    clerk = desk("limin")
    given = {
        "number": "YC0009", "called_at": "2026-01-05T08:00", "due_at": "2026-01-09T18:00", "text": "楼顶漏水", "class_code": "G01",
        "nature": "help", "grade": "ordinary",
    }  # fmt: skip
    clerk.post(reverse("desk:hotline-order"), given)
    row = HotlineOrder.objects.get()
    answer_at_once(grievance=row.grievance, reply="修好了", by=village.actor("limin"), at=site_moment())
    clerk.post(url("order-answer", row.grievance), {"text": "已修好"})
    row.refresh_from_db()
    assert row.answered_back_in_time


def test_lists_and_submits_stay_within_their_budgets(tell, desk):
    kept, other, clerk = tell(), tell("chen"), desk("limin")
    tell("zhao")
    raise_groups(region=HELIN, by=CLOCK, at=site_moment())
    for name in ("groups", "releases", "referrals", "hotline"):
        clerk.get(reverse(f"desk:{name}"))
        with counted() as asked:
            clerk.get(reverse(f"desk:{name}"))
        assert len(asked) <= 10, (name, asked)
    with counted() as asked:
        clerk.post(url("merge", other), {"kept": kept.case.number, "opinion": "同一处屋顶"})
    assert len(asked) <= 20, asked
