"""Leaving notices in the transaction and sending them after it."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from linli.ground.said import Said
from linli.notices import tasks
from linli.notices.clock import due_tasks, mark_done
from linli.notices.leaving import leave, mark_all_read, mark_read
from linli.notices.models import ClockMark, Delivery, Notice
from linli.notices.senders import Message, NotSent
from linli.notices.sending import clear_old, quiet_end, send_pending
from linli.people.actors import CLOCK, Actor
from linli.people.entering import enter_person
from linli.people.models import Account
from linli.trail.writing import writing

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
HERE = "990101001001"
CLERK = Actor("account:1", "clerk", HERE)
VALUES = {"number": "HL2026-1", "title": "临时救助"}

SENT: list[Message] = []


class Recorder:
    """Takes every message."""

    def send(self, message):
        SENT.append(message)


class Breaking:
    """Never gets through."""

    def send(self, message):
        raise NotSent("gateway")


class Refusing:
    """Never will get through."""

    def send(self, message):
        raise NotSent("blocked_number", is_final=True)


class Dying:
    """Hands the message over; then the worker is killed before it can note that."""

    def send(self, message):
        SENT.append(message)
        raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def recorded(settings):
    SENT.clear()
    _use(settings, Recorder)


def _use(settings, sender):
    path = f"{__name__}.{sender.__name__}"
    settings.LINLI_SENDERS = {"sms": path, "email": "", "wecom": path}


@pytest.fixture
def wang(db):
    return enter_person(name="王桂兰", community=None, phone="13900000001", by=CLOCK, at=AT)


def decided(person, at=AT, **how):
    return leave(
        **(
            {
                "template": "case.decided",
                "to_person": person,
                "values": VALUES,
                "link": "case:HL2026-1",
                "by": CLERK,
                "at": at,
            }
            | how
        )
    )


def test_a_notice_is_in_the_inbox_with_the_commit_and_waits_for_the_text_message(wang):
    notice = decided(wang)
    assert dict(notice.deliveries.values_list("channel", "state")) == {"sms": "pending"}
    assert notice.values == VALUES and "王桂兰" not in str(Notice.objects.values())


def test_nothing_is_left_or_sent_when_the_act_fails(wang):
    class Failed(Exception):
        pass

    with pytest.raises(Failed), transaction.atomic():
        decided(wang)
        raise Failed
    send_pending(by=CLOCK, at=AT)
    assert not Notice.objects.exists() and SENT == []


def test_a_person_may_be_given_by_number_and_costs_one_statement_in_app_only(wang, django_assert_num_queries):
    with writing(), django_assert_num_queries(1):
        decided(wang.pk, template="case.withdrawn")


def test_the_message_goes_out_once_with_short_text_and_key(wang):
    notice = decided(wang)
    assert send_pending(by=CLOCK, at=AT) == {"sent": 1, "pending": 0, "failed": 0}
    assert send_pending(by=CLOCK, at=AT + timedelta(days=1)) == {"sent": 0, "pending": 0, "failed": 0}
    delivery = notice.deliveries.get(channel="sms")
    [message] = SENT
    assert (message.key, message.address) == (delivery.key, "13900000001")
    assert message.text == "“临时救助”已经同意，请查看结果。" and delivery.sent_at == AT


def test_a_person_who_reads_english_gets_english(wang):
    wang.language = "en"
    wang.save()
    decided(wang)
    send_pending(by=CLOCK, at=AT)
    assert SENT[0].text.startswith("“临时救助” has been granted")


def test_an_e_mail_goes_to_the_account_with_its_link(wang, settings):
    settings.LINLI_SENDERS = {"sms": "", "email": f"{__name__}.Recorder"}
    settings.LINLI_ADDRESS = "https://linli.example"
    decided(wang)
    assert not Delivery.objects.filter(channel="email").exists()
    Account.objects.create(login="wang", email="wang@example.org", person=wang, opened_at=AT)
    decided(wang)
    send_pending(by=CLOCK, at=AT)
    assert SENT[0].address == "wang@example.org" and SENT[0].link == "https://linli.example/go/case:HL2026-1"


def test_quiet_hours_hold_text_messages_back_until_morning(wang):
    night = AT.replace(hour=23)
    decided(wang, at=night)
    send_pending(by=CLOCK, at=night)
    assert SENT == [] and Delivery.objects.get(channel="sms").attempts == 0
    send_pending(by=CLOCK, at=night + timedelta(hours=8, minutes=59))
    assert SENT == []
    send_pending(by=CLOCK, at=night + timedelta(hours=9))
    assert len(SENT) == 1


def test_quiet_hours_do_not_hold_other_channels(wang):
    night = AT.replace(hour=23)
    values = {**VALUES, "step": "受理", "due": AT.date()}
    leave(template="case.in_hand", to_post=("clerk", HERE), values=values, link="case:1", by=CLERK, at=night)
    send_pending(by=CLOCK, at=night)
    assert [(message.channel, message.address) for message in SENT] == [("wecom", f"clerk@{HERE}")]


@pytest.mark.parametrize(
    ("clock", "ends"),
    [((21, 59), None), ((22, 0), (3, 8)), ((0, 0), (2, 8)), ((7, 59), (2, 8)), ((8, 0), None)],
)
def test_quiet_hours_run_over_midnight(clock, ends):
    hour, minute = clock
    moment = datetime(2026, 3, 2, hour, minute, tzinfo=ZONE)
    expected = AT.replace(day=ends[0], hour=ends[1]) if ends else None
    assert quiet_end(moment, "22:00", "08:00") == expected


def test_quiet_hours_within_one_day_and_none_at_all():
    noon = AT.replace(hour=13)
    assert quiet_end(noon, "12:00", "14:00") == AT.replace(hour=14)
    assert quiet_end(noon, "00:00", "00:00") is None


def test_a_broken_gateway_is_tried_again_later_each_time_and_given_up_at_last(wang, settings):
    _use(settings, Breaking)
    decided(wang)
    at, waits = AT, []
    for _ in range(20):
        delivery = Delivery.objects.get(channel="sms")
        if delivery.state == "failed":
            break
        at = max(at, delivery.next_try_at)
        send_pending(by=CLOCK, at=at)
        waits.append(Delivery.objects.get(channel="sms").next_try_at - at)
    assert delivery.state == "failed" and delivery.last_fault == "gateway" and delivery.attempts == 7
    assert [wait.total_seconds() / 60 for wait in waits[:3]] == [1, 5, 15]


def test_a_final_refusal_and_a_vanished_address_are_not_tried_again(wang, settings):
    _use(settings, Refusing)
    decided(wang)
    assert send_pending(by=CLOCK, at=AT)["failed"] == 1
    _use(settings, Recorder)
    late = decided(wang)
    wang.phone_sealed = ""
    wang.save()
    assert send_pending(by=CLOCK, at=AT)["failed"] == 1
    assert late.deliveries.get(channel="sms").last_fault == "no_address" and SENT == []


def test_a_worker_that_dies_while_sending_loses_nothing_and_the_key_tells_the_repetition(wang, settings):
    decided(wang)
    _use(settings, Dying)
    with pytest.raises(KeyboardInterrupt):
        send_pending(by=CLOCK, at=AT)
    _use(settings, Recorder)
    send_pending(by=CLOCK, at=AT + timedelta(minutes=5))
    assert len(SENT) == 1, "the claim still stands"
    send_pending(by=CLOCK, at=AT + timedelta(minutes=11))
    assert len(SENT) == 2 and SENT[0].key == SENT[1].key


def test_only_one_of_two_workers_gets_a_delivery(wang):
    from linli.notices.sending import _claim

    decided(wang)
    mine, other = (Delivery.objects.get(channel="sms") for _ in range(2))
    assert _claim(mine, AT) and not _claim(other, AT)


def test_a_notice_needs_one_addressee(wang):
    with pytest.raises(Said, match="one_addressee"):
        decided(wang, to_post=("clerk", HERE))
    with pytest.raises(Said, match="one_addressee"):
        decided(None)
    notice = decided(wang)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(to_post="clerk", to_place=HERE)


def test_each_actor_sees_and_reads_only_their_own(wang):
    other = enter_person(name="甲", community=None, by=CLOCK, at=AT)
    mine, others = decided(wang), decided(other)
    post = leave(
        template="case.returned",
        to_post=("clerk", HERE),
        values={**VALUES, "step": "受理"},
        link="",
        by=CLOCK,
        at=AT,
    )
    resident = Actor("account:7", "resident", HERE, person_id=wang.pk)
    assert list(Notice.objects.for_actor(resident)) == [mine]
    assert list(Notice.objects.for_actor(CLERK)) == [post]
    assert not Notice.objects.for_actor(Actor("account:8", "clerk", "990101002001")).exists()
    with pytest.raises(Said, match="not_yours"):
        mark_read(notice=others, by=resident, at=AT)
    assert mark_read(notice=mine, by=resident, at=AT).read_at == AT
    assert mark_read(notice=mine, by=resident, at=AT + timedelta(days=1)).read_at == AT
    assert mark_all_read(by=CLERK, at=AT) == 1 and not Notice.objects.for_actor(CLERK).unread().exists()


def test_old_notices_are_cleared(wang):
    decided(wang, at=AT - timedelta(days=731))
    young = decided(wang, at=AT - timedelta(days=729))
    assert clear_old(by=CLOCK, at=AT) == 1 and list(Notice.objects.all()) == [young]


def test_tasks_call_the_acts_at_the_given_moment(wang):
    decided(wang)
    assert tasks.send_pending.call(at=AT.isoformat())["sent"] == 1
    assert tasks.clear_old.call(at=(AT + timedelta(days=800)).isoformat()) == 1


def test_the_trial_outbox_takes_what_the_worker_sends(wang, settings, tmp_path):
    settings.LINLI_SENDERS, settings.HOME = {}, tmp_path
    decided(wang)
    send_pending(by=CLOCK, at=AT)
    line = json.loads((tmp_path / "outbox" / "sms.jsonl").read_text("utf-8"))
    assert line["address"] == "…0001" and line["title"] == "您的申请已有结果"


def test_a_task_is_due_when_never_done_or_an_interval_ago_and_catches_up_once():
    table = {"a": timedelta(minutes=5), "b": timedelta(days=1), "c": timedelta(hours=1)}
    assert due_tasks(table, AT) == ["a", "b", "c"]
    mark_done("a", AT - timedelta(days=3))
    mark_done("b", AT - timedelta(hours=23))
    mark_done("c", AT - timedelta(hours=1))
    assert due_tasks(table, AT) == ["a", "c"]
    mark_done("a", AT, "ValueError")
    assert due_tasks(table, AT + timedelta(minutes=4)) == ["c"]
    assert ClockMark.objects.get(task="a").last_result == "ValueError"
