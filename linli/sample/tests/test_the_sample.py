"""The sample: written by acts, the same each time, alive on its day, well proven but not perfect."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q

from linli.cases.models import Case, Passage
from linli.disclosure.models import Answer, Objection, Publication, TakenDown
from linli.evaluation.models import Claim, Evaluation, GoalDeclaration
from linli.grievances.models import Grievance, Revisit
from linli.people.models import Account, Appointment, Person
from linli.places.models import Region
from linli.projects.accounts import money_of
from linli.projects.models import Expenditure, Project
from linli.sample import about, cast, loading
from linli.sample.day import DAY
from linli.sample.tests.conftest import portrait
from linli.services.models import Application, Certificate, Payment, ProofRefusal, Supplement
from linli.trail.models import AuditEntry, LedgerEntry
from linli.trail.verifying import verify

pytestmark = pytest.mark.slow


def test_the_same_seed_gives_the_same_numbers_counts_and_values(sample):
    assert portrait() == sample.first


def test_every_chain_of_the_ledger_holds_and_every_move_stands_in_it(sample):
    assert verify().ok
    assert LedgerEntry.objects.filter(kind="cases.passage").count() == Passage.objects.count()


def test_nothing_happens_before_the_first_or_after_the_last_day(sample):
    assert Passage.objects.filter(Q(on__gte=DAY) | Q(on__lt=loading.SETTLED_ON)).count() == 0
    assert AuditEntry.objects.filter(at__date__gte=DAY).count() == 0


def test_moves_of_a_case_follow_each_other_in_time(sample):
    for case in Case.objects.prefetch_related("passages"):
        moments = [passage.at for passage in sorted(case.passages.all(), key=lambda passage: passage.number)]
        assert moments == sorted(moments), case.number


def test_everything_invented_is_marked_and_the_real_place_is_not(sample):
    assert not Account.objects.filter(is_sample=False).exists()
    invented = Region.objects.filter(code__startswith="99")
    assert invented.count() == len(cast.REGIONS)
    assert not invented.exclude(is_sample=True, stands="reserved").exists()
    assert not Region.objects.filter(code__startswith="53", is_sample=True).exists()


def test_the_shown_accounts_are_there_and_share_the_password(sample):
    accounts = {account.login: account for account in Account.objects.select_related("person")}
    for login, _, _ in cast.SHOWN:
        assert accounts[login].check_password(cast.PASSWORD), login
    assert accounts["wang"].person.age(DAY) == 72
    assert not accounts["liudan"].has_usable_password()


def test_one_person_holds_two_posts_and_one_post_is_vacant(sample):
    sun = Person.objects.get(name="孙立春")
    assert {held.post for held in Appointment.objects.in_force(DAY).filter(person=sun)} == {
        "committee_director",
        "clerk",
    }
    committee = Appointment.objects.in_force(DAY).filter(organisation__key="helin-committee")
    assert committee.values("person").distinct().count() < 7


def test_services_come_to_every_end(sample):
    ends = set(Case.objects.filter(kind="services.application").values_list("outcome", flat=True))
    assert {"granted", "served"} <= ends
    assert Supplement.objects.exists()
    assert Payment.objects.exists()
    assert Certificate.objects.exists()
    assert ProofRefusal.objects.exists()
    assert Application.objects.filter(is_assisted=True).exists()
    assert Case.objects.filter(channel="portal").exists()


def test_grievances_are_dispatched_answered_and_revisited(sample):
    assert Revisit.objects.filter(was_reached=True).exists()
    assert Passage.objects.filter(move="request_reopening").exists()
    assert Grievance.objects.filter(responded_in_time=False).exists()


def test_the_clerks_inbox_is_alive(sample):
    held = Case.objects.open().filter(hold_post="clerk", hold_place=cast.HELIN)
    assert held.count() >= 3
    soon = Case.objects.open().filter(next_due_on__lte=DAY + timedelta(days=7))
    assert soon.exists()


def test_whoever_signs_in_as_wang_finds_something_to_do(sample):
    hers = Case.objects.open().filter(person__name="王桂兰")
    assert {"supplementing", "answered"} <= set(hers.values_list("step", flat=True))


def test_the_project_of_2025_went_through_five_levels_and_its_money_adds_up(sample):
    project = Project.objects.select_related("case").get(name=about.NAME)
    moves = list(project.case.passages.order_by("number").values_list("move", flat=True))
    chain = [
        "apply",
        "street_opine",
        "district_return",
        "district_resubmit",
        "district_opine",
        "city_opine",
        "approve",
    ]
    assert [move for move in moves if move in chain] == chain
    table = money_of(project)
    assert table.stands
    assert table.total.balance == 0
    assert (table.total.received, table.total.spent) == (9_600_000, 9_492_000)
    entries = Expenditure.objects.filter(project=project)
    assert (entries.count(), entries.standing().count()) == (42, 40)
    assert project.case.step == "archived"
    assert project.gates.filter(published_on=None).count() == 0


def test_wishes_were_refused_by_the_linter_and_numbers_were_not(sample):
    vague, exact = GoalDeclaration.objects.filter(last_on__year=2025).order_by("id")
    assert {"vague_verb", "no_number"} <= {found["rule"] for found in vague.findings}
    assert exact.findings == []


def test_the_report_is_well_proven_but_not_perfect(sample):
    scores = {one.kind: one.submission.score for one in Evaluation.objects.filter(project__startswith="HL")}
    own = scores["self"]
    assert 8000 <= own.proven < 9000
    assert own.claimed > own.proven
    gaps = {mark.indicator: mark.gap for mark in own.marks.all()}
    assert gaps["satisfaction"] == "missing"
    lasting = own.marks.get(indicator="benefit-lasting")
    assert 0 < lasting.points < lasting.weight
    assert scores["finance"].marks.get(indicator="budget-argued").gap == "unproven"
    assert scores["third_party"].marks.get(indicator="satisfaction").points > 0


def test_the_real_report_of_2020_claims_everything_and_proves_nothing(sample):
    one = Evaluation.objects.get(project__startswith="TY")
    assert (one.submission.score.proven, one.submission.score.claimed) == (0, 10_000)
    assert set(Claim.objects.filter(evaluation=one).values_list("part", "points")) == {
        ("", 10_000),
        ("performance", 6_000),
    }
    project = Project.objects.get(case__number=one.project)
    assert (project.entered, project.case.passages.count()) == ("stated", 2)


def test_disclosure_has_one_taken_down_too_early_one_corrected_and_doubts(sample):
    assert TakenDown.objects.filter(is_early=True).count() == 1
    assert Publication.objects.exclude(previous=None).count() == 1
    assert Objection.objects.count() > Answer.objects.count() >= 1


def test_the_foreign_clerk_sees_nothing_of_helin(sample):
    from linli.people.signing import actors_of
    from linli.sample.hours import moment

    actor = actors_of(Account.objects.select_related("person").get(login="wangli"), moment(DAY))[0]
    seen = Case.objects.visible_to(actor)
    assert seen.exists()
    assert not seen.exclude(region=cast.WANGSHAN).exists()
