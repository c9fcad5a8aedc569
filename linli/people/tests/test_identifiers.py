"""Identifiers at rest, accounts, actors and reach."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.utils import timezone

from linli.finding.searching import matching_keys
from linli.ground.said import Said
from linli.people.actors import SETUP
from linli.people.entering import appoint, dismiss, enter_person, erase_person
from linli.people.models import Account, Person, SignIn
from linli.people.sealing import lookup, seal, unseal
from linli.people.signing import actors_of, remember_browser
from linli.people.unmasking import unmask
from linli.trail.models import AuditEntry
from tests.cast import BEGIN, HELIN, MINGHE, PASSWORD, SINCE

pytestmark = pytest.mark.django_db
SPECIMEN = "11010519491231002X"


def test_sealing_hides_and_opens_again():
    sealed = seal(SPECIMEN)
    assert SPECIMEN not in sealed and unseal(sealed) == SPECIMEN
    assert seal(SPECIMEN) != sealed, "the same number seals differently each time"
    with pytest.raises(Said):
        unseal(sealed[:-6] + "AAAAA=")


def test_an_old_key_still_opens(settings):
    sealed = seal("13900001234")
    keys = settings.KEYS
    settings.KEYS = type(keys)(
        keys.session, {"k2": "44" * 32, **keys.fields}, keys.index, keys.signing, keys.origin
    )
    assert unseal(sealed) == "13900001234" and seal("x").startswith("k2:")


def test_a_person_is_found_by_number_and_never_stored_in_clear(village):
    person = enter_person(name="丁一", community=village.helin, identity=SPECIMEN.lower(), by=SETUP, at=BEGIN)
    assert Person.objects.with_identity(SPECIMEN).get() == person
    assert (person.sex, person.birth_year) == ("2", 1949)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_person")
        assert SPECIMEN not in repr(cursor.fetchall())
    assert enter_person(name="别名", community=village.helin, identity=SPECIMEN, by=SETUP, at=BEGIN) == person


def test_a_wrong_number_is_refused(village):
    with pytest.raises(Said) as refusal:
        enter_person(name="丁一", community=village.helin, identity="110105194912310021", by=SETUP, at=BEGIN)
    assert refusal.value.code == "people.identity_wrong"


def test_kinds_of_identifiers_do_not_meet():
    assert lookup("phone", "13900001234") == lookup("phone", "139 0000-1234")
    assert lookup("phone", "13900001234") != lookup("identity", "13900001234")
    assert lookup("phone", " ") == ""


def test_erasing_leaves_a_row_without_a_person(village):
    person = village.person("wang")
    erase_person(person=person, by=SETUP, at=BEGIN, reason="request")
    person.refresh_from_db()
    assert person.phone == "" and person.birth_year is None and person.erased_at == BEGIN


def test_signing_in_by_name_or_phone_and_lock_out(village):
    assert authenticate(username="limin", password=PASSWORD) == village.accounts["limin"]
    phone = village.person("limin").phone
    assert authenticate(username=phone, password=PASSWORD) == village.accounts["limin"]
    for _ in range(5):
        assert authenticate(username="limin", password="wrong") is None
    assert authenticate(username="limin", password=PASSWORD) is None, "locked after five failures"
    Account.objects.filter(login="limin").update(locked_until=timezone.now() - timedelta(minutes=1))
    assert authenticate(username="limin", password=PASSWORD) is not None


def test_only_the_newest_browsers_stay_signed_in(village):
    account = village.accounts["wang"]
    for number in range(7):
        remember_browser(
            account=account,
            session_key=f"s{number}",
            by=village.resident("wang"),
            at=BEGIN + timedelta(minutes=number),
        )
    assert set(SignIn.objects.values_list("session_key", flat=True)) == {"s2", "s3", "s4", "s5", "s6"}


def test_one_person_acts_in_each_post_held_or_as_a_resident(village):
    appointment = appoint(
        person=village.person("sun"),
        organisation=village.bodies["helin-party"],
        post="party_secretary",
        place=village.helin,
        valid_from=SINCE,
        by=SETUP,
        at=BEGIN,
    )
    account = village.accounts["sun"]
    assert [actor.post for actor in actors_of(account, BEGIN)] == [
        "committee_director",
        "party_secretary",
        "resident",
    ]
    dismiss(appointment=appointment, on=SINCE, by=SETUP, at=BEGIN)
    assert [actor.post for actor in actors_of(account, BEGIN)] == ["committee_director", "resident"]


def test_a_post_belongs_to_its_level(village):
    with pytest.raises(Said) as refusal:
        appoint(
            person=village.person("he"),
            organisation=village.bodies["minghe-office"],
            post="street_officer",
            place=village.helin,
            valid_from=SINCE,
            by=SETUP,
            at=BEGIN,
        )
    assert refusal.value.code == "people.post_level"


def test_reach_over_persons(village):
    def seen(actor):
        return set(Person.objects.visible_to(actor).values_list("name", flat=True))

    assert "王桂兰" in seen(village.actor("limin")) and "高望山" not in seen(village.actor("limin"))
    assert seen(village.resident("wang")) == {"王桂兰"}
    assert seen(village.actor("ma")) <= {"马维修"}
    assert seen(village.actor("qu")) <= {"区正民"}


def test_rights_need_post_and_place(village):
    village.actor("limin").require("services.file", HELIN)
    with pytest.raises(Said):
        village.actor("limin").require("services.decide", HELIN)
    with pytest.raises(Said):
        village.actor("limin").require("services.file", "990101002001")
    assert village.actor("jie").place == MINGHE and village.actor("jie").holds(HELIN)


def test_whole_numbers_are_read_with_a_reason_and_leave_a_trace(village):
    wang, clerk = village.person("wang"), village.actor("limin")
    with pytest.raises(Said) as refusal:
        unmask(person=wang, reason=" ", in_hand=False, by=clerk, at=BEGIN)
    assert refusal.value.code == "people.unmask_reason"
    whole = unmask(person=wang, reason="核对领款人", in_hand=False, by=clerk, at=BEGIN)
    assert whole.phone == wang.phone and whole.identity is None, "not in the clerk's hands"
    assert (
        unmask(person=wang, reason="核对领款人", in_hand=True, by=clerk, at=BEGIN).identity == wang.identity
    )
    traces = AuditEntry.objects.filter(verb="people.unmask").order_by("id")
    assert [entry.data_class for entry in traces] == ["P2", "P3"]
    assert wang.phone not in repr(list(traces.values()))


def test_a_person_is_found_by_name_and_pinyin_until_erased(village):
    def found(text):
        return set(Person.objects.filter(pk__in=matching_keys("people.person", text, inside=HELIN)))

    wang = village.person("wang")
    assert wang in found("桂兰") and wang in found("wangguilan") and wang in found("wgl")
    erase_person(person=wang, by=SETUP, at=BEGIN, reason="request")
    assert wang not in found("桂兰")
