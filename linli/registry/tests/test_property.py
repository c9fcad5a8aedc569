"""Owners and property, meetings, stations and linkage at the desk: from the form to the page."""

import datetime as dt
import io
import re
import zipfile

import pytest

from linli.ground.packs import sheet_paths
from linli.ground.sheets import load_file, plain
from linli.meetings.models import Meeting
from linli.people.actors import SETUP
from linli.places.stationing import enter_estate
from linli.property import declared as checklists
from linli.property import scoring_sheets as scorings
from linli.property.models import Inspection
from linli.rulebook.publishing import publish
from tests.cast import BEGIN
from tests.counting import counted

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def estate(desk, village):
    for room in (checklists, scorings):
        for code, path in sheet_paths(room.KIND).items():
            body = plain(load_file(path, room.SCHEMA))
            publish(
                kind=room.KIND,
                code=code,
                body=body,
                title={"zh": code},
                valid_from=BEGIN.date(),
                by=SETUP,
                at=BEGIN,
            )
    return enter_estate(
        community=village.helin,
        code="HL-AHY",
        name="安和苑",
        kind="resettlement",
        by=village.actor("sun"),
        at=BEGIN,
    )


def _contract(**more):
    return {
        "kind": "property", "company": "helin-property", "estate": "HL-AHY", "client": "helin-owners", "subject": "安和苑物业合同",
        "area": "26400.00", "fee": "0.80", "signed_on": "2025-06-01", "from_on": "2025-07-01", "to_on": "2026-06-30",
        "terms": "每日保洁", "private_terms": "违约金", **more,
    }  # fmt: skip


def test_a_contract_is_entered_and_a_wrong_one_comes_back_filled(desk, estate):
    he = desk("he")
    wrong = he.post("/desk/property/contract/", _contract(to_on="2025-01-01"))
    assert wrong.status_code == 422
    assert "每日保洁" in wrong.content.decode()
    answer = he.post("/desk/property/contract/", _contract())
    page = he.get(answer["Location"]).content.decode()
    assert "26,400.00 ㎡" in page and "2026-04-01" in page and "违约金" in page
    assert desk("ma").get(answer["Location"]).status_code == 200, "the company reads its own contract"
    assert desk("wangdong").get(answer["Location"]).status_code == 404
    assert desk("limin").get("/desk/property/contract/").status_code == 404


def _inspected(desk):
    he = desk("he")
    began = he.post("/desk/property/inspection/", {"body": "helin-property", "estate": "HL-AHY"})
    assert began.status_code == 302
    url = began["Location"]
    names = re.findall(r'name="(result_\w+)"', he.get(url).content.decode())
    data = dict.fromkeys(names, "met") | {"result_fire_lanes": "fault", "note_fire_lanes": "三号楼前堆杂物"}
    assert he.post(url, data).status_code == 302
    return Inspection.objects.get().case.number


def test_an_inspection_goes_over_notice_and_answer_to_the_recheck(desk, estate):
    number = _inspected(desk)
    page, acts = f"/desk/property/inspections/{number}/", f"/desk/property/cases/{number}/"
    assert desk("ma").get(page).status_code == 404, "not before the notice"
    issued = desk("he").post(f"{acts}issue_property/", {"demand": "清走杂物"})
    assert issued.status_code == 302
    manager = desk("ma")
    assert "答复整改情况" in manager.get(page).content.decode()
    assert f"{acts}answer/" in manager.get(f"/desk/cases/{number}/").content.decode(), (
        "the case page leads there too"
    )
    assert manager.post(f"{acts}answer/", {"text": "已清走"}).status_code == 302
    assert manager.get(f"{acts}passed/").status_code == 404, "the company does not re-check itself"
    assert desk("he").post(f"{acts}passed/", {"note": "畅通"}).status_code == 302
    assert "整改完成" in desk("he").get(page).content.decode()


def test_the_notice_is_a_word_file_with_the_faults_and_the_day(desk, estate):
    number = _inspected(desk)
    desk("he").post(f"/desk/property/cases/{number}/issue_property/", {"demand": "清走杂物"})
    answer = desk("ma").get(f"/desk/property/inspections/{number}/notices/1/")
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "三号楼前堆杂物" in text and "清走杂物" in text and "禾邻社区居民委员会" in text
    assert desk("ye").get(f"/desk/property/inspections/{number}/notices/1/").status_code == 404


def test_a_meeting_is_called_held_and_its_task_returns_to_its_page(desk, village):
    secretary = desk("qian")
    today = secretary.get("/desk/meetings/new/")
    assert today.status_code == 200
    bodies = ["helin-party", "helin-committee", "helin-owners", "helin-property"]
    call = {
        "title": "充电棚", "on": "2026-01-08", "begins": "14:30", "venue": "议事厅", "members": bodies,
        "agenda_0_title": "选址", "agenda_0_text": "南门西侧",
    }  # fmt: skip
    called = secretary.post("/desk/meetings/new/", call)
    assert called.status_code == 302, called.content.decode()[:2000]
    one = Meeting.objects.get()
    url = f"/desk/meetings/{one.number}/"
    for login in ("sun", "ye", "ma", "jie"):
        assert desk(login).get(url).status_code == 200
    assert desk("wangdong").get(url).status_code == 404


def test_stations_list_says_which_communities_have_none_and_the_log_is_signed(desk, village):
    director = desk("sun")
    made = director.post(
        "/desk/stations/new/",
        {"code": "hl-1", "name": "禾邻社区服务站", "workdays": "09:00-12:00,14:00-17:30", "weekend": ""},
    )
    assert made.status_code == 302
    assert "没有服务站" in desk("jie").get("/desk/stations/").content.decode(), "柳湾村 has none"
    clerk = desk("limin")
    assert "签到" in clerk.get("/desk/stations/hl-1/").content.decode()
    clerk.post("/desk/stations/hl-1/signs/in/")
    page = clerk.get("/desk/stations/hl-1/").content.decode()
    assert "在岗" in page and "签退" in page
    log = re.search(r"/desk/stations/hl-1/log/[\d-]+/1/", page)
    assert log
    assert desk("xin").get(log.group()).status_code == 404, "only one's own line"
    wrong = director.post(
        "/desk/stations/hl-1/exception/",
        {"from_on": "2026-03-01", "to_on": "2026-03-01", "spans": "9点", "reason": "x"},
    )
    assert wrong.status_code == 422


def test_work_points_are_entered_and_an_item_without_basis_is_refused(desk, village):
    secretary = desk("qian")
    made = secretary.post(
        "/desk/linkage/point/",
        {"name": "社保工作点", "department": "区人社局", "staff": "2", "devices": "3", "items": "认证"},
    )
    url = made["Location"]
    item = {"title": "待遇认证", "basis": " ", "money": "12000", "from_on": "2026-01-05"}
    assert secretary.post(f"{url}item/", item).status_code == 422
    assert secretary.post(f"{url}item/", {**item, "basis": "区委办〔2025〕3号"}).status_code == 302
    assert "12,000.00" in secretary.get(url).content.decode()
    assert desk("ma").get("/desk/linkage/").status_code == 404


@pytest.mark.parametrize("url", ["/desk/property/", "/desk/meetings/", "/desk/stations/", "/desk/linkage/"])
def test_a_list_stays_within_its_statements(desk, estate, url):
    street = desk("jie")
    street.get(url)
    with counted() as queries:
        assert street.get(url).status_code == 200
    assert len(queries) <= 16, "\n".join(queries)
