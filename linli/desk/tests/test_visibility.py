"""Who finds which page of the desk: the allowed set is declared, everything else does not exist."""

import pytest

pytestmark = pytest.mark.django_db

EVERYBODY = {"limin", "he", "yang", "ma", "zha", "jie", "qu", "shen", "yunwei", "wangli"}


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


def test_the_desk_speaks_english(desk, filed):
    number = filed().case.number
    clerk = desk("limin")
    clerk.cookies["linli_reader"] = "language=en"
    assert "My inbox" in clerk.get("/desk/").content.decode()
    page = clerk.get(f"/desk/cases/{number}/").content.decode()
    assert "To the property company" in page
    assert "Who sees what" in clerk.get(f"/desk/cases/{number}/dispatch/").content.decode()
