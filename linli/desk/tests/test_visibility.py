"""Who finds which page of the desk: the allowed set is declared, everything else does not exist."""

import pytest

from linli.people.actors import SETUP
from linli.people.models import Organisation
from linli.trail.checkpoints import make_checkpoint
from linli.trail.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db

EVERYBODY = {"limin", "he", "yang", "ma", "zha", "jie", "qu", "shen", "yunwei", "wangli"}
ROOMS = {
    "/desk/": EVERYBODY,
    "/desk/role/": EVERYBODY,
    "/desk/notices/": EVERYBODY,
    "/desk/search/": EVERYBODY,
    "/desk/sheets/": EVERYBODY,
    "/desk/rules/": EVERYBODY,
    "/desk/calendar/2026/": EVERYBODY,
    "/desk/organisations/": EVERYBODY,
    "/desk/disclosure/": EVERYBODY,
    "/desk/disclosure/new/": {"limin", "he", "zha", "jie", "qu", "wangli"},
    "/desk/counter/": {"limin", "wangli"},
    "/desk/counter/grievance/": {"limin", "yang", "wangli"},
    "/desk/people/": {"limin", "he", "zha", "wangli"},
    "/desk/figures/": {"limin", "he", "zha", "jie", "qu", "shen", "wangli"},
    "/desk/audit/": {"shen", "yunwei"},
}


@pytest.mark.parametrize("url", ROOMS)
def test_a_room_answers_its_posts_only(desk, url):
    allowed = set()
    for login in EVERYBODY:
        answer = desk(login).get(url)
        assert answer.status_code in (200, 404), (login, answer.status_code)
        if answer.status_code == 200:
            allowed.add(login)
            assert answer["Cache-Control"] == "private, no-store"
    assert allowed == ROOMS[url]


def test_the_foreign_clerk_finds_no_person_of_another_place(desk, village):
    wang = village.person("wang")
    for url in (
        f"/desk/people/{wang.key}/",
        f"/desk/counter/{wang.key}/",
        f"/desk/counter/{wang.key}/library_card/",
    ):
        assert desk("wangli").get(url).status_code == 404
        assert desk("limin").get(url).status_code == 200
    assert (
        "王桂兰"
        not in desk("wangli")
        .post("/desk/search/", {"q": "王桂兰"}, follow=True)
        .content.decode()
        .split("<main")[1]
        .split("</h1>")[1]
    )


def test_a_case_opens_to_the_posts_that_reach_its_class(desk, filed):
    number = filed().case.number
    seen = {login for login in EVERYBODY if desk(login).get(f"/desk/cases/{number}/").status_code == 200}
    assert seen == {"limin", "he", "jie"}


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


def test_what_is_searched_never_stands_in_an_address(desk, village, filed):
    number = filed().case.number
    clerk = desk("limin")
    answer = clerk.post("/desk/search/", {"q": "13900000001"})
    assert answer["Location"] == "/desk/search/"
    page = clerk.get("/desk/search/").content.decode()
    assert "王桂兰" in page
    assert number in page
    assert clerk.post("/desk/search/", {"q": number.lower()})["Location"] == f"/desk/cases/{number}/"
    assert "13900000001" not in str(clerk.session["desk_search"])


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
    assert "disclosure.minimum_days" in clerk.get("/desk/rules/").content.decode()
    assert "还没有公布" in clerk.get("/desk/calendar/2090/").content.decode()


def test_figures_open_the_rows_behind_them(desk, filed):
    filed()
    page = desk("limin").get("/desk/figures/").content.decode()
    assert "tab=all&amp;due=late" in page
    assert "tab=all" not in desk("qu").get("/desk/figures/").content.decode()


def test_the_desk_speaks_english(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    clerk.cookies["linli_reader"] = "language=en"
    assert "My inbox" in clerk.get("/desk/").content.decode()
    page = clerk.get(f"/desk/cases/{number}/").content.decode()
    assert "To the property company" in page
    assert "Who sees what" in clerk.get(f"/desk/cases/{number}/dispatch/").content.decode()
