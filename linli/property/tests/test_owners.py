"""Owners' committees: elected by the rules, filed in time, changed with a trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from linli.cases.moving import MoveWords, advance
from linli.ground.said import Said
from linli.notices.models import Notice
from linli.people.actors import CLOCK
from linli.property.filing import accept_filing, file
from linli.property.models import OwnersCommittee
from linli.property.owning import Elected, change_members, elect
from linli.property.reminding import remind
from linli.trail.models import LedgerEntry
from linli.trail.verifying import verify
from tests.cast import BEGIN

pytestmark = pytest.mark.usefixtures("published")
DAY = timedelta(days=1)


def refused(code, call):
    with pytest.raises(Said) as refusal:
        call()
    assert refusal.value.code == code


def test_an_election_gives_the_last_day_of_its_filing_by_the_rule(committee, village):
    assert committee.filing_due_on == date(2026, 1, 19), "30 days after 20 December"
    assert "物业管理条例" in committee.filing_rule
    assert committee.members.get(duty="director").appointment.post == "owners_director"
    assert LedgerEntry.objects.filter(kind="property.committee", row_key=committee.key).exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"elected_on": date(2026, 1, 6)}, "property.election_to_come"),
        ({"term_to": date(2031, 12, 21)}, "property.term_too_long"),
        ({"term_from": date(2025, 12, 1)}, "property.term_order"),
    ],
)
def test_an_election_outside_the_rules_is_refused(assembly, election, village, change, code):
    call = {
        "assembly": assembly,
        "organisation": village.bodies["helin-owners"],
        "by": village.actor("he"),
        "at": BEGIN,
    }
    refused(code, lambda: elect(election=replace(election, **change), **call))


def test_size_is_odd_and_within_the_rule_and_one_director_leads(assembly, election, village):
    call = {
        "assembly": assembly,
        "organisation": village.bodies["helin-owners"],
        "by": village.actor("he"),
        "at": BEGIN,
    }
    refused(
        "property.committee_size",
        lambda: elect(election=replace(election, members=election.members[:4]), **call),
    )
    followers = [Elected(one.person, "member") for one in election.members]
    refused("property.one_director", lambda: elect(election=replace(election, members=followers), **call))
    refused("people.no_right", lambda: elect(election=election, **{**call, "by": village.actor("ye")}))


def test_a_filing_in_time_is_checked_by_the_street_within_five_working_days(committee, village):
    filing = file(
        committee=committee, what="election", event_on=committee.elected_on, by=village.actor("ye"), at=BEGIN
    )
    assert filing.case.step_due_on == date(2026, 1, 12)
    assert filing.case.hold_place == "990101001000"
    assert not OwnersCommittee.objects.unfiled().exists()
    refused("property.filed_already", lambda: file(
        committee=committee, what="election", event_on=committee.elected_on, by=village.actor("ye"), at=BEGIN))  # fmt: skip
    accept_filing(filing=filing, by=village.actor("jie"), at=BEGIN + DAY)
    assert filing.case.outcome == "filed"
    assert verify().ok


def test_the_street_returns_papers_and_gets_them_again(committee, village):
    filing = file(
        committee=committee, what="election", event_on=committee.elected_on, by=village.actor("he"), at=BEGIN
    )
    advance(
        filing.case, "return_papers", by=village.actor("jie"), at=BEGIN + DAY, words=MoveWords("缺会议记录")
    )
    assert filing.case.hold_post == "committee_member"
    advance(filing.case, "resubmit", by=village.actor("he"), at=BEGIN + 2 * DAY)
    refused(
        "people.no_right", lambda: accept_filing(filing=filing, by=village.actor("sun"), at=BEGIN + 3 * DAY)
    )


def test_what_is_not_filed_in_time_is_listed_and_told_once(committee, village):
    late = BEGIN + 20 * DAY
    assert list(OwnersCommittee.objects.filing_overdue(on=late.date())) == [committee]
    assert not OwnersCommittee.objects.filing_overdue(on=committee.filing_due_on).exists()
    assert remind(by=CLOCK, at=late) == 1
    assert remind(by=CLOCK, at=late + DAY) == 0
    assert Notice.objects.get(template="property.filing_due").to_post == "committee_director"


def test_a_change_is_dated_and_has_a_filing_of_its_own(committee, people, village):
    leaver = committee.members.get(person=people[0])
    joined = Elected(village.person("mu"), "member")
    on = BEGIN.date()
    change_members(
        committee=committee, leaving=[leaver], joining=[joined], on=on, by=village.actor("he"), at=BEGIN
    )
    assert committee.members.filter(to_on=None).count() == 5
    filing = file(committee=committee, what="change", event_on=on, by=village.actor("he"), at=BEGIN)
    assert filing.due_on == date(2026, 2, 4)
    refused("property.not_a_member", lambda: change_members(
        committee=committee, leaving=[leaver], joining=[], on=on, by=village.actor("he"), at=BEGIN))  # fmt: skip


def test_registers_are_read_by_who_may_and_by_the_body_itself(committee, village):
    seen = {
        login: OwnersCommittee.objects.visible_to(village.actor(login)).exists()
        for login in ("he", "jie", "ye", "ma", "wangdong", "wangjie", "wang")
    }
    assert seen == {
        "he": True,
        "jie": True,
        "ye": True,
        "ma": False,
        "wangdong": False,
        "wangjie": False,
        "wang": False,
    }
