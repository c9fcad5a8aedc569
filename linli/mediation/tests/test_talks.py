"""Rights before the first session; records and signatures; what is said in confidence stays with the mediators."""

from __future__ import annotations

from typing import Any

import pytest

from linli.ground.said import Said
from linli.mediation.models import Mediation, Paper, Signature, Statement
from linli.mediation.parties import add_paper, ask_to_stop, state, tell_rights
from linli.mediation.sessions import Plan, hold, plan, sign, signers_of
from linli.mediation.tests.table import AT, accepted, feng, held, party, staff, taken_up, told
from linli.notices.models import Notice
from linli.records.keeping import keep
from tests.cast import HELIN, Village

pytestmark = pytest.mark.django_db


def test_no_session_is_held_before_the_parties_were_told_their_rights(
    published: None, village: Village
) -> None:
    mediation = accepted(village)
    session = plan(mediation=mediation, plan=Plan(AT, "调解室"), by=feng(village), at=AT)
    given: dict[str, Any] = {
        "present": signers_of(mediation),
        "record": "双方到场",
        "by": feng(village),
        "at": AT,
    }
    with pytest.raises(Said) as refused:
        hold(session=session, **given)
    assert refused.value.code == "mediation.rights_first"
    tell_rights(party=party(mediation, 1), way="spoken", by=feng(village), at=AT)
    with pytest.raises(Said):
        hold(session=session, **given)
    with pytest.raises(Said) as refused:
        tell_rights(party=party(mediation, 1), way="paper", by=feng(village), at=AT)
    assert refused.value.code == "mediation.told_already"
    tell_rights(party=party(mediation, 2), way="paper", by=feng(village), at=AT)
    assert hold(session=session, **given).state == "held"


def test_sessions_wait_for_acceptance_and_separate_ones_name_their_party(
    published: None, village: Village
) -> None:
    mediation = taken_up(village)
    for mediation_, sitting, code in (
        (mediation, Plan(AT, "调解室"), "mediation.not_yours"),
        (accepted(village), Plan(AT, "调解室", kind="separate"), "mediation.separate_party"),
        (accepted(village), Plan(AT, " "), "mediation.place_missing"),
        (accepted(village), Plan(AT, "调解室", kind="chat"), "mediation.unknown_word"),
    ):
        with pytest.raises(Said) as refused:
            plan(mediation=mediation_, plan=sitting, by=feng(village), at=AT)
        assert refused.value.code == code


def test_a_separate_session_invites_that_party_alone(published: None, village: Village) -> None:
    mediation = accepted(village)
    told(village, mediation)
    sitting = Plan(AT, "调解室", kind="separate", party=party(mediation, 1))
    plan(mediation=mediation, plan=sitting, by=feng(village), at=AT)
    invited = Notice.objects.filter(template="mediation.session").values_list("to_person_id", flat=True)
    assert list(invited) == [village.person("wang").pk]


def test_who_was_present_signs_once_and_a_mediator_only_for_itself(published: None, village: Village) -> None:
    mediation = accepted(village)
    session = held(village, mediation)
    own = f"seat:{mediation.seats.get().pk}"
    _person, head = staff(village, "head", "侯主任", "mediation_head")
    sign(session=session, signer="party:1", way="thumb", by=feng(village), at=AT)
    for signer, by, code in (
        ("party:1", feng(village), "mediation.signed_already"),
        ("party:9", feng(village), "mediation.not_present"),
        (own, head, "mediation.sign_yourself"),
        ("party:2", village.resident("wang"), "mediation.not_yours"),
    ):
        with pytest.raises(Said) as refused:
            sign(session=session, signer=signer, way="hand", by=by, at=AT)
        assert refused.value.code == code, signer
    sign(session=session, signer=own, way="hand", by=feng(village), at=AT)
    sign(session=session, signer="party:2", way="hand", by=village.resident("zhao"), at=AT)
    assert {one.role for one in Signature.objects.all()} == {"party", "mediator"}
    with pytest.raises(Exception, match="append-only"):
        Signature.objects.all().delete()


def test_what_a_party_says_in_confidence_reaches_the_mediators_and_nobody_else(
    published: None, village: Village
) -> None:
    mediation = accepted(village)
    state(party=party(mediation, 1), text="底线是两千元", by=village.resident("wang"), at=AT)
    state(party=party(mediation, 2), text="最多出一千五", by=feng(village), at=AT)
    _p, head = staff(village, "head", "侯主任", "mediation_head")
    _q, other = staff(village, "med2", "米调", "mediator")

    def seen(by: object) -> set[str]:
        return set(Statement.objects.visible_to(by).values_list("text", flat=True))  # type: ignore[arg-type]

    assert seen(feng(village)) == {"底线是两千元", "最多出一千五"}
    assert seen(village.resident("wang")) == {"底线是两千元"}
    assert seen(village.resident("zhao")) == set()
    for by in (
        head,
        other,
        village.actor("sun"),
        village.actor("limin"),
        village.actor("jie"),
        village.resident("chen"),
    ):
        assert seen(by) == set()
    with pytest.raises(Said):
        state(party=party(mediation, 1), text="冒名", by=village.resident("zhao"), at=AT)
    with pytest.raises(Said):
        state(party=party(mediation, 1), text="主任代写", by=head, at=AT) if not head.person_id else state(
            party=party(mediation, 1), text="旁人代写", by=other, at=AT
        )


def test_private_papers_are_for_the_seated_mediators_only(published: None, village: Village) -> None:
    mediation = accepted(village)
    _p, head = staff(village, "head", "侯主任", "mediation_head")
    for number, is_private in ((1, True), (2, False)):
        document = keep(
            content=f"证据{number}".encode(), name="evidence.txt", kind="evidence", region=HELIN, data_class="P3",
            retain_until=None, by=feng(village), at=AT,
        )  # fmt: skip
        add_paper(
            party=party(mediation, number), document=document, chapter="evidence", is_private=is_private,
            by=feng(village), at=AT,
        )  # fmt: skip
    assert Paper.objects.visible_to(feng(village)).count() == 2
    assert [one.is_private for one in Paper.objects.visible_to(head)] == [False]
    for by in (village.resident("wang"), village.resident("zhao"), village.actor("limin")):
        assert not Paper.objects.visible_to(by).exists()


def test_a_party_sees_that_it_is_a_party_and_may_ask_for_an_end(published: None, village: Village) -> None:
    mediation = accepted(village)
    assert Mediation.objects.of_party(village.resident("zhao")).get() == mediation
    assert not Mediation.objects.of_party(village.resident("chen")).exists()
    ask_to_stop(party=party(mediation, 2), by=village.resident("zhao"), at=AT)
    assert party(mediation, 2).stop_asked_at == AT
    assert Notice.objects.filter(template="mediation.wish", to_person=village.person("feng")).count() == 1
