"""The inbox: what waits, for whom, in which order; bulk acts; budgets."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.grievances.intake import dispatch
from linli.grievances.models import Grievance
from tests import cast

pytestmark = pytest.mark.django_db


def _numbers(answer):
    return re.findall(r'href="/desk/cases/([^/"]+)/"', answer.content.decode())


def test_nobody_sees_the_desk_without_signing_in(client, village):
    answer = client.get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_a_resident_without_a_post_finds_no_desk(desk):
    assert desk("wang").get("/desk/").status_code == 404


def test_what_waits_is_listed_by_due_day_and_never_cached(desk, filed):
    later, sooner = filed(days=1), filed(days=0)
    answer = desk("limin").get("/desk/")
    assert _numbers(answer) == [sooner.case.number, later.case.number]
    assert answer["Cache-Control"] == "private, no-store"
    assert "超期" in answer.content.decode()


def test_the_applicant_is_masked_in_the_list(desk, filed):
    filed()
    page = desk("limin").get("/desk/").content.decode()
    assert "王**" in page
    assert "王桂兰" not in page


def test_who_asked_to_stay_unnamed_is_not_named_at_all(desk, filed):
    filed(is_anonymous=True)
    page = desk("limin").get("/desk/").content.decode()
    assert "王**" not in page
    assert "（保密）" in page


def test_the_foreign_clerk_sees_nothing_of_it(desk, filed):
    found = filed()
    foreign = desk("wangli")
    for tab in ("mine", "done", "all", "closed"):
        assert _numbers(foreign.get("/desk/", {"tab": tab})) == []
    assert foreign.get(f"/desk/cases/{found.case.number}/").status_code == 404


def test_filters_narrow_by_due_state_building_and_subject(desk, filed, village):
    from linli.places.models import Building

    third = Building.objects.get(community=village.helin, name="安和苑3号楼")
    there, elsewhere = filed(building=third), filed(class_code="G05")
    client = desk("limin")
    assert _numbers(client.get("/desk/", {"building": "安和苑3号楼"})) == [there.case.number]
    assert _numbers(client.get("/desk/", {"subject": "G05"})) == [elsewhere.case.number]
    assert len(_numbers(client.get("/desk/", {"due": "late"}))) == 2
    assert _numbers(client.get("/desk/", {"due": "waiting"})) == []


def test_a_saved_filter_is_offered_again_and_can_be_dropped(desk, filed):
    filed()
    client = desk("limin")
    client.post("/desk/filters/", {"name": "漏水", "query": "kind=grievances.grievance&subject=G01"})
    assert "漏水" in client.get("/desk/").content.decode()
    client.post("/desk/filters/0/removal/")
    assert "filters/0/removal" not in client.get("/desk/").content.decode()


def test_ticked_grievances_are_dispatched_each_on_its_own(desk, filed):
    numbers = [filed().case.number, filed(class_code="G05").case.number]
    client = desk("limin")
    answer = client.post("/desk/dispatches/", {"number": numbers, "once": "a"}, follow=True)
    assert "派办了2件" in answer.content.decode()
    steps = set(Grievance.objects.get_queryset().values_list("case__step", flat=True))
    assert steps == {"with_property", "with_committee"}


def test_what_was_dispatched_lies_in_done_and_with_the_handler(desk, filed, village):
    found = filed()
    dispatch(grievance=found, by=village.actor("limin"), at=cast.BEGIN)
    assert _numbers(desk("limin").get("/desk/")) == []
    assert _numbers(desk("limin").get("/desk/", {"tab": "done"})) == [found.case.number]
    assert _numbers(desk("ma").get("/desk/")) == [found.case.number]


def test_pages_follow_one_another_by_key(desk, filed, monkeypatch):
    from linli.desk import inbox

    monkeypatch.setattr(inbox, "PAGE", 2)
    numbers = [filed(days=day).case.number for day in (0, 0, 1, 1, 2)]
    client = desk("limin")
    seen, url = [], "/desk/"
    while url:
        answer = client.get(url)
        seen += _numbers(answer)
        found = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
        url = found.group(1).replace("&amp;", "&") if found else ""
    assert seen == numbers
    back = re.findall(r'rel="prev" href="([^"]+)"', answer.content.decode())[0]
    assert _numbers(client.get(back.replace("&amp;", "&"))) == numbers[2:4]


def test_a_list_of_fifty_takes_at_most_ten_queries(desk, filed):
    for _ in range(51):
        filed()
    client = desk("limin")
    client.get("/desk/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get("/desk/", {"kind": "grievances.grievance"})
    assert len(_numbers(answer)) == 50
    assert len(asked) <= 10


def test_one_takes_up_another_post_and_acts_in_it(desk, village):
    from linli.people.actors import SETUP
    from linli.people.entering import appoint

    appoint(person=village.person("limin"), organisation=village.bodies["helin-committee"], post="committee_member",
            place=village.helin, valid_from=cast.SINCE, by=SETUP, at=cast.BEGIN)  # fmt: skip
    client = desk("limin")
    assert "禾邻社区服务站" in client.get("/desk/role/").content.decode()
    answer = client.post("/desk/role/", {"post": "2"}, follow=True)
    assert "禾邻社区居民委员会 · 居委会委员" in answer.content.decode()
    assert client.post("/desk/role/", {"post": "9"}).status_code == 404
