"""The registers: numbers opened with a reason, the trail verified, vacancies said, sheets drawn, figures opened."""

import re

import pytest

from linli.people.actors import SETUP
from linli.people.models import Organisation
from linli.trail.checkpoints import make_checkpoint
from linli.trail.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db


def test_numbers_are_opened_with_a_reason_and_a_trace(desk, village):
    clerk, wang = desk("limin"), village.person("wang")
    url = f"/desk/people/{wang.key}/"
    assert "13900000001" not in clerk.get(url).content.decode()
    assert clerk.post(f"{url}unmasking/", {}).status_code == 422
    shown = clerk.post(f"{url}unmasking/", {"reason": "contact"})
    assert "13900000001" in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get(verb="people.unmask")
    assert entry.key == wang.key
    assert entry.facts == {"reason": "contact", "identity": False}


def test_the_operator_sees_acts_without_whose_they_were(desk, filed, village):
    filed()
    desk("limin").post(f"/desk/people/{village.person('wang').key}/unmasking/", {"reason": "legal"})
    page = desk("yunwei").get("/desk/audit/").content.decode()
    assert "people.unmask" in page
    assert village.person("wang").key not in page


def test_the_auditor_verifies_the_chain_of_the_district(desk, filed):
    filed()
    make_checkpoint(region=cast.HELIN, by=SETUP, at=cast.BEGIN)
    auditor = desk("shen")
    assert cast.HELIN in auditor.get("/desk/audit/").content.decode()
    answer = auditor.post("/desk/audit/verification/", {"region": cast.HELIN}, follow=True)
    assert "全部核对无误" in answer.content.decode()
    assert auditor.post("/desk/audit/verification/", {"region": "110000000000"}).status_code == 404


def test_vacancies_and_cross_appointments_are_said(desk, village):
    Organisation.objects.filter(key="helin-station").update(staffing=5)
    page = desk("limin").get("/desk/organisations/").content.decode()
    assert "缺 1 人（应配 5）" in page
    assert "编制没有设定" in page


def test_a_procedure_is_drawn_from_its_sheet_and_other_sheets_are_read(desk):
    clerk = desk("limin")
    page = clerk.get("/desk/sheets/procedures/grievance/").content.decode()
    assert "<svg" in page
    assert "派给物业" in page
    assert "审批额度" in clerk.get("/desk/sheets/items/temporary_assistance/").content.decode()
    assert clerk.get("/desk/sheets/items/nothing/").status_code == 404
    assert "公开至少几天" in clerk.get("/desk/rules/").content.decode()
    assert "还没有公布" in clerk.get("/desk/calendar/2090/").content.decode()


def test_figures_open_the_rows_behind_them(desk, filed):
    filed()
    page = desk("limin").get("/desk/figures/").content.decode()
    assert "tab=all&amp;due=late" in page
    assert "tab=all" not in desk("qu").get("/desk/figures/").content.decode()


def test_a_sheet_says_in_words_what_its_keys_hold(desk):
    clerk = desk("limin")
    page = clerk.get("/desk/sheets/items/temporary_assistance/").content.decode()
    for word in ("救助和补贴", "已核对", "原件", "工作日", "窗口"):
        assert word in page
    cells = set(re.findall(r'<td class="written">([^<]*)</td>', page))
    assert cells & {"benefit", "V", "original", "working", "portal", "True", "False", "person"} == set()
    clerk.cookies["linli_reader"] = "language=en"
    assert "assistance and benefits" in clerk.get("/desk/sheets/items/temporary_assistance/").content.decode()
