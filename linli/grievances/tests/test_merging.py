"""The same matter told by several: suggested, joined, merged with a trace, parted again, found as a group."""

from __future__ import annotations

from typing import Any

import pytest

from linli.cases.models import Case, Opinion, Passage
from linli.cases.moving import advance
from linli.grievances.answering import reply, revisit
from linli.grievances.duplicates import candidates, similar
from linli.grievances.following import follow_all
from linli.grievances.groups import detect, raise_groups
from linli.grievances.intake import class_list, dispatch
from linli.grievances.merging import join, merge, part
from linli.grievances.models import Grievance, GroupDemand, Joining
from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.places.models import Building
from linli.trail.verifying import verify
from tests.cast import BEGIN, HELIN, WANGSHAN

from .conftest import DAY, HOUR, refused

ASKED = "三号楼楼顶又漏水了，天花板往下滴"


def look(village, text=ASKED, building="安和苑3号楼", at=BEGIN, **facts):
    _, listed = class_list(at.date())
    place = Building.objects.get(name=building) if building else None
    return similar(
        **{
            "text": text,
            "class_code": "G01",
            "region": village.helin,
            "building": place,
            "listed": listed,
            "at": at,
            **facts,
        }
    )


def test_what_a_neighbour_told_is_suggested_without_anything_personal(tell, village):
    told = tell(spot="1单元301")
    [found] = look(village)
    assert (found.number, found.building, found.is_open, found.others) == (
        told.case.number, "安和苑3号楼", True, 0,
    )  # fmt: skip
    assert "301" not in repr(found) and "王桂兰" not in repr(found)


def test_similar_words_are_found_without_a_building_and_others_are_not(tell, village):
    tell()
    assert look(village, building="")
    assert look(village, building="安和苑1号楼") == [], (
        "the same trouble in another building is another trouble"
    )
    assert look(village, text="电梯门关不上夹到人", building="") == []
    assert look(village, class_code="G05") == []


def test_sensitive_matters_and_other_communities_are_never_suggested(tell, village):
    tell(class_code="G12", text="医保报销被拖了半年")
    assert look(village, text="医保报销拖了", class_code="G12") == []
    tell()
    assert look(village, building="", region=village.regions[WANGSHAN]) == []


def test_what_was_closed_long_ago_is_no_longer_suggested(tell, village):
    told = tell()
    dispatch(grievance=told, by=village.actor("limin"), at=BEGIN)
    reply(grievance=told, text="修好了", by=village.actor("ma"), at=BEGIN)
    revisit(grievance=told, was_reached=True, channel="phone", is_resolved=True, is_satisfied=True,
            by=village.actor("limin"), at=BEGIN)  # fmt: skip
    [closed] = look(village, at=BEGIN + 29 * DAY)
    assert not closed.is_open
    assert look(village, at=BEGIN + 31 * DAY) == []


def test_joining_counts_a_person_and_brings_every_answer(tell, village):
    told = tell()
    facts: dict[str, Any] = {
        "person": village.person("chen"),
        "channel": "portal",
        "by": village.resident("chen"),
        "at": BEGIN,
    }
    row = join(grievance=told, **facts)
    assert join(grievance=told, **facts) == row and Case.objects.count() == 1
    refused(
        "grievances.join_own",
        lambda: join(
            grievance=told, **{**facts, "person": village.person("wang"), "by": village.resident("wang")}
        ),
    )
    dispatch(grievance=told, by=village.actor("limin"), at=BEGIN)
    reply(grievance=told, text="给王桂兰家和楼上都补好了。", by=village.actor("ma"), at=BEGIN)
    [notice] = Notice.objects.filter(to_person=village.person("chen"))
    assert notice.template == "grievance.joined_answered"
    assert verify().ok


@pytest.fixture
def merged(tell, village):
    kept, other = tell(), tell("chen", text=ASKED, at=BEGIN + HOUR)
    merge(
        grievance=other,
        kept=kept,
        reason="同一处屋顶漏水，一起修。",
        by=village.actor("limin"),
        at=BEGIN + 2 * HOUR,
    )
    return kept, other


def test_a_merged_case_rests_and_its_person_gets_every_answer_without_the_others_name(merged, village):
    kept, other = merged
    assert (other.case.step, other.case.is_paused, other.kept) == ("merged", True, kept)
    assert not Case.objects.in_hands_of(village.actor("limin")).filter(pk=other.pk).exists()
    dispatch(grievance=kept, by=village.actor("limin"), at=BEGIN + DAY)
    reply(
        grievance=kept,
        text="王桂兰家屋顶已补好，电话13900001111问我。",
        by=village.actor("ma"),
        at=BEGIN + DAY,
    )
    words = Opinion.objects.get(passage__case=other.case, passage__move="pass_on").text
    assert "屋顶已补好" in words and "王桂兰" not in words and "13900001111" not in words
    templates = list(
        Notice.objects.filter(to_person=village.person("chen"))
        .order_by("id")
        .values_list("template", flat=True)
    )
    assert templates == ["grievance.received", "grievance.merged", "grievance.replied"]
    revisit(grievance=kept, was_reached=True, channel="phone", is_resolved=True, is_satisfied=True,
            by=village.actor("limin"), at=BEGIN + 2 * DAY)  # fmt: skip
    other.case.refresh_from_db()
    assert other.case.outcome == "merged" and verify().ok


def test_a_merge_is_undone_with_a_reason_and_both_ways_stay_in_the_trace(merged, village):
    kept, other = merged
    clerk = village.actor("limin")
    refused("cases.opinion_missing", lambda: part(grievance=other, reason=" ", by=clerk, at=BEGIN + DAY))
    part(grievance=other, reason="是另一处屋顶。", by=clerk, at=BEGIN + DAY)
    assert (other.case.step, other.kept, other.case.is_paused) == ("registered", None, False)
    assert list(Passage.objects.filter(case=other.case).order_by("number").values_list("move", flat=True)) == [
        "file", "merge", "part_again",
    ]  # fmt: skip
    refused("grievances.not_merged", lambda: part(grievance=other, reason="再来", by=clerk, at=BEGIN + DAY))


def test_what_cannot_be_merged_is_refused(tell, merged, village):
    kept, other = merged
    clerk, third = village.actor("limin"), tell("zhao", text=ASKED)

    def to(grievance, target, by=clerk):
        return lambda: merge(grievance=grievance, kept=target, reason="同一件", by=by, at=BEGIN + DAY)

    refused("grievances.merge_itself", to(third, third))
    refused("grievances.merge_into_merged", to(third, other))
    refused("people.no_right", to(third, kept, by=village.actor("shu")))
    refused("people.other_place", to(third, kept, by=village.actor("wangli")))
    secret = tell("zhao", class_code="G12")
    refused("grievances.merge_class", to(secret, kept))
    assert candidates(third, clerk) == [kept]


def test_merging_again_takes_along_what_was_merged_and_joined(tell, merged, village):
    kept, other = merged
    join(
        grievance=other,
        person=village.person("mu"),
        channel="portal",
        by=village.resident("mu"),
        at=BEGIN + DAY,
    )
    assert Joining.objects.get().grievance == kept
    first = tell("zhao", text=ASKED)
    merge(grievance=kept, kept=first, reason="同一处", by=village.actor("limin"), at=BEGIN + DAY)
    other.refresh_from_db()
    assert other.kept == first and Joining.objects.get().grievance == first


def test_when_the_kept_one_is_withdrawn_the_merged_one_is_handled_on_its_own(merged, village):
    kept, other = merged
    advance(kept.case, "withdraw", by=village.resident("wang"), at=BEGIN + DAY)
    assert follow_all(by=CLOCK, at=BEGIN + DAY) == 1 and follow_all(by=CLOCK, at=BEGIN + DAY) == 0
    other.refresh_from_db()
    other.case.refresh_from_db()
    assert (other.case.step, other.kept) == ("registered", None)


def test_three_cases_in_one_building_within_a_week_are_a_group(tell, village):
    tell()
    tell("chen", at=BEGIN + DAY)
    assert detect(place=HELIN, on=BEGIN.date()) == []
    tell("zhao", at=BEGIN + 2 * DAY)
    tell("mu", building="安和苑1号楼", at=BEGIN + 2 * DAY)
    [row] = raise_groups(region=HELIN, by=CLOCK, at=BEGIN + 3 * DAY)
    assert (row.cases, row.persons, row.grievances.count()) == (3, 3, 3)
    assert raise_groups(region=HELIN, by=CLOCK, at=BEGIN + 3 * DAY) == [], "again: nothing new"
    assert Notice.objects.filter(to_post="street_officer", template="grievance.group").count() == 1
    assert GroupDemand.objects.visible_to(village.actor("limin")).get() == row
    assert not GroupDemand.objects.visible_to(village.actor("wangli")).exists()
    assert detect(place=HELIN, on=(BEGIN + 9 * DAY).date()) == [], "the week is over"


def test_five_persons_on_one_matter_are_a_group_by_joining(tell, village, django_assert_num_queries):
    told = tell()
    for login in ("chen", "zhao", "mu", "liu"):
        join(
            grievance=told,
            person=village.person(login),
            channel="portal",
            by=village.resident(login),
            at=BEGIN,
        )
    detect(place=HELIN, on=BEGIN.date())
    with django_assert_num_queries(5):  # four rules and one query over the grievances
        [found] = detect(place=HELIN, on=BEGIN.date())
    assert (found.persons, found.cases) == (5, 1)
    raise_groups(region=HELIN, by=CLOCK, at=BEGIN)
    assert Grievance.objects.get_queryset().get().group is not None
