"""Taking up, consent, seats and withdrawal."""

from __future__ import annotations

from datetime import date

import pytest

from linli.cases.models import Case
from linli.finding.models import Indexed
from linli.ground.said import Said
from linli.mediation.intake import Dispute, NewParty, accept, record_consent, refuse, take_up
from linli.mediation.models import Mediation, Tie
from linli.mediation.parties import appoint_agent, end_mandate
from linli.mediation.seating import declare_tie, object_to, seat, withdraw
from linli.mediation.tests.table import AT, STORY, accepted, feng, party, staff, taken_up
from linli.notices.models import Notice
from linli.people.actors import SETUP
from linli.people.entering import enter_person, form_household
from linli.records.keeping import keep
from tests.cast import HELIN, WANGSHAN, Village

pytestmark = pytest.mark.django_db


def code_of(refused: pytest.ExceptionInfo[Said]) -> str:
    return refused.value.code


def test_an_application_asks_the_other_side_and_nobody_else(published: None, village: Village) -> None:
    mediation = taken_up(village)
    assert [(one.number, one.side, one.agrees) for one in mediation.parties.order_by("number")] == [
        (1, "applicant", True),
        (2, "respondent", None),
    ]
    told = Notice.objects.filter(template="mediation.asked")
    assert [one.to_person_id for one in told] == [village.person("zhao").pk]
    assert mediation.case.title == "邻里纠纷调解"
    assert "漏水" not in str(Notice.objects.values_list("values", flat=True))


def test_it_needs_two_sides_and_nobody_twice(published: None, village: Village) -> None:
    wang = NewParty("applicant", person=village.person("wang"))
    for parties, code in (
        ([wang], "mediation.two_sides"),
        ([wang, NewParty("third", name="某人")], "mediation.two_sides"),
        ([wang, NewParty("respondent", person=village.person("wang"))], "mediation.party_twice"),
        ([wang, NewParty("respondent")], "mediation.party_name"),
    ):
        with pytest.raises(Said) as refused:
            taken_up(village, parties=parties)
        assert code_of(refused) == code
    assert Case.objects.count() == 0


def test_only_a_mediator_of_the_place_enters_one_on_own_initiative(published: None, village: Village) -> None:
    dispute = Dispute(village.helin, "neighbours", "proactive", STORY)
    sides = [NewParty("applicant", name="甲"), NewParty("respondent", name="乙")]
    for login in ("limin", "wangli", "jie"):
        with pytest.raises(Said):
            take_up(dispute=dispute, parties=sides, by=village.actor(login), at=AT)
    mediation = take_up(dispute=dispute, parties=sides, by=feng(village), at=AT)
    assert mediation.case.person is None
    assert {one.agrees for one in mediation.parties.all()} == {None}


def test_acceptance_waits_for_a_lead_and_everybodys_consent(published: None, village: Village) -> None:
    mediation = taken_up(village)
    with pytest.raises(Said) as refused:
        accept(mediation=mediation, by=feng(village), at=AT)
    assert code_of(refused) == "mediation.consent_missing"
    record_consent(party=party(mediation, 2), agrees=True, by=village.resident("zhao"), at=AT)
    with pytest.raises(Said) as refused:
        accept(mediation=mediation, by=feng(village), at=AT)
    assert code_of(refused) == "mediation.no_lead"
    seat(mediation=mediation, person=village.person("feng"), way="chosen", by=feng(village), at=AT)
    mediation = accept(mediation=mediation, by=feng(village), at=AT)
    assert (mediation.case.step, mediation.accepted_on) == ("mediating", AT.date())
    assert mediation.case.due_on == date(2026, 2, 4)


def test_a_party_that_refuses_is_not_mediated(published: None, village: Village) -> None:
    mediation = taken_up(village)
    record_consent(party=party(mediation, 2), agrees=False, by=village.resident("zhao"), at=AT)
    seat(mediation=mediation, person=village.person("feng"), by=feng(village), at=AT)
    with pytest.raises(Said) as refused:
        accept(mediation=mediation, by=feng(village), at=AT)
    assert code_of(refused) == "mediation.party_refuses"
    mediation = refuse(mediation=mediation, reason="party_refuses", by=feng(village), at=AT)
    assert (mediation.result, mediation.case.outcome) == ("refused", "not_accepted")
    assert mediation.sealed_at is not None


@pytest.mark.parametrize(
    "reason", ["party_refuses", "other_body", "under_way", "crime", "elsewhere", "no_dispute"]
)
def test_every_listed_reason_refuses_and_no_other(published: None, village: Village, reason: str) -> None:
    mediation = taken_up(village)
    with pytest.raises(Said) as refused:
        refuse(mediation=mediation, reason="busy", by=feng(village), at=AT)
    assert code_of(refused) == "mediation.unknown_word"
    assert refuse(mediation=mediation, reason=reason, by=feng(village), at=AT).refusal == reason
    assert Notice.objects.filter(template="mediation.refused").count() == 2


def test_a_mediator_of_the_same_household_is_barred_by_the_platform(
    published: None, village: Village
) -> None:
    form_household(
        community=village.helin, number="HL-9", members=[(village.person("feng"), "02"), (village.person("zhao"), "20")],
        by=SETUP, at=AT,
    )  # fmt: skip
    mediation = taken_up(village)
    with pytest.raises(Said) as refused:
        seat(mediation=mediation, person=village.person("feng"), by=feng(village), at=AT)
    assert code_of(refused) == "mediation.barred"
    assert str(refused.value.values["relation"]).find("同户") > 0


def test_a_party_cannot_mediate_its_own_dispute_nor_even_see_it_as_mediator(
    published: None, village: Village
) -> None:
    person, other = staff(village, "med2", "米调", "mediator")
    sides = [NewParty("applicant", person=village.person("wang")), NewParty("respondent", person=person)]
    mediation = taken_up(village, parties=sides)
    assert not Mediation.objects.visible_to(other).exists()
    with pytest.raises(Said) as refused:
        seat(mediation=mediation, person=person, by=feng(village), at=AT)
    assert code_of(refused) == "mediation.barred"


def test_a_declared_tie_ends_the_seat_for_good(published: None, village: Village) -> None:
    mediation = accepted(village)
    declare_tie(
        mediation=mediation, person=village.person("feng"), party=party(mediation, 2), relation="interest",
        found_by="mediator", by=feng(village), at=AT,
    )  # fmt: skip
    ended = mediation.seats.get()
    assert ended.ended_for == "有利害关系"
    assert not Mediation.objects.visible_to(feng(village)).exists()
    _person, head = staff(village, "head", "侯主任", "mediation_head")
    with pytest.raises(Said) as refused:
        seat(mediation=mediation, person=village.person("feng"), by=head, at=AT)
    assert code_of(refused) == "mediation.barred"
    with pytest.raises(Exception, match="append-only"):
        Tie.objects.update(relation="other")


def test_a_party_objects_and_the_head_replaces_the_mediator(published: None, village: Village) -> None:
    mediation = accepted(village)
    _, head = staff(village, "head", "侯主任", "mediation_head")
    second, _actor = staff(village, "med2", "米调", "mediator")
    object_to(party=party(mediation, 2), reason="他和王家是牌友", by=village.resident("zhao"), at=AT)
    withdraw(mediation=mediation, person=village.person("feng"), reason="当事人申请回避", by=head, at=AT)
    assert party(mediation, 2).objection == ""
    seat(mediation=mediation, person=second, way="chosen", by=head, at=AT)
    assert [one.person_id for one in mediation.seats.filter(ended_at=None)] == [second.pk]


def test_seats_are_for_mediators_of_the_place_one_leads_and_few_join(
    published: None, village: Village
) -> None:
    mediation = taken_up(village)
    for login in ("limin", "wang"):
        with pytest.raises(Said) as refused:
            seat(mediation=mediation, person=village.person(login), by=feng(village), at=AT)
        assert code_of(refused) == "mediation.no_mediator"
    seat(mediation=mediation, person=village.person("feng"), by=feng(village), at=AT)
    others = [staff(village, f"med{n}", f"调{n}", "mediator")[0] for n in range(3)]
    with pytest.raises(Said) as refused:
        seat(mediation=mediation, person=others[0], role="lead", by=feng(village), at=AT)
    assert code_of(refused) == "mediation.lead_there"
    seat(mediation=mediation, person=others[0], role="co", by=feng(village), at=AT)
    seat(mediation=mediation, person=others[1], role="co", by=feng(village), at=AT)
    with pytest.raises(Said) as refused:
        seat(mediation=mediation, person=others[2], role="co", by=feng(village), at=AT)
    assert code_of(refused) == "mediation.too_many_mediators"


def test_a_minor_sits_with_a_guardian_who_is_told(published: None, village: Village) -> None:
    child = enter_person(
        name="小明",
        community=village.helin,
        birth_year=2015,
        by=SETUP,
        at=AT,
        guardian=village.person("chen"),
    )
    orphan = NewParty("respondent", name="小红", birth_day=date(2014, 3, 1))
    wang = NewParty("applicant", person=village.person("wang"))
    with pytest.raises(Said) as refused:
        taken_up(village, parties=[wang, orphan])
    assert code_of(refused) == "mediation.guardian_missing"
    mediation = taken_up(village, parties=[wang, NewParty("respondent", person=child)])
    assert party(mediation, 2).guardian_id == village.person("chen").pk
    asked = Notice.objects.get(template="mediation.asked")
    assert asked.to_person_id == village.person("chen").pk
    record_consent(party=party(mediation, 2), agrees=True, by=village.resident("chen"), at=AT)
    assert party(mediation, 2).agrees is True


def test_an_agent_needs_its_mandate_and_sees_only_while_it_holds(published: None, village: Village) -> None:
    mediation = accepted(village)
    with pytest.raises(Said) as refused:
        appoint_agent(party=party(mediation, 2), name="陈小雨", powers="代为调解", by=feng(village), at=AT)
    assert code_of(refused) == "mediation.mandate_missing"
    paper = keep(
        content="授权委托书：代为调解".encode(), name="mandate.txt", kind="mandate", region=HELIN, data_class="P3",
        retain_until=None, by=feng(village), at=AT,
    )  # fmt: skip
    agent = appoint_agent(
        party=party(mediation, 2), name="", person=village.person("chen"), powers="代为调解", mandate=paper,
        by=feng(village), at=AT,
    )  # fmt: skip
    assert Mediation.objects.of_party(village.resident("chen")).count() == 1

    end_mandate(agent=agent, by=village.resident("zhao"), at=AT)
    assert not Mediation.objects.of_party(village.resident("chen")).exists()


def test_other_communities_and_other_posts_see_no_file(published: None, village: Village) -> None:
    mediation = accepted(village)
    for login in ("limin", "sun", "he", "wangli", "wangjie", "jie", "qu", "shen"):
        assert not Mediation.objects.visible_to(village.actor(login)).exists(), login
    assert Mediation.objects.visible_to(feng(village)).get() == mediation
    assert WANGSHAN not in mediation.case.region_id


def test_the_index_knows_the_number_and_no_word(published: None, village: Village) -> None:
    mediation = taken_up(village)
    assert Indexed.objects.matching(mediation.case.number).count() == 1
    for word in ("漏水", "天花板", "王桂兰", "赵德顺", "邻里纠纷"):
        assert not Indexed.objects.matching(word, kind="cases.case").exists(), word
