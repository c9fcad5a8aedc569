"""Who finds which page of the staff doors: the allowed set is declared, everything else does not exist."""

import pytest

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
