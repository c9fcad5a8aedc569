"""Sending what waits: after the commit, at least once, repeatable.

A delivery is first claimed (its next attempt is moved ahead), then sent outside of any transaction, then noted. A
worker that dies in between leaves a claim that runs out; the message then goes out again under the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from linli.ground import packs, sheets
from linli.notices import senders
from linli.notices.models import Delivery, Notice
from linli.notices.texts import Channel, text
from linli.people.actors import Actor
from linli.trail.writing import act


@dataclass(frozen=True)
class Sending:
    """Sheet: quiet hours per channel (local time), minutes between attempts, life of a claim, days notices are kept."""

    quiet_channels: tuple[Channel, ...]
    quiet_from: str
    quiet_until: str
    retry_minutes: tuple[int, ...]
    claim_minutes: int
    keep_days: int


@lru_cache(maxsize=1)
def rules() -> Sending:
    """The sheet in force."""
    return sheets.load_file(packs.sheet_paths("sending")["sending"], Sending)


def quiet_end(at: datetime, quiet_from: str, quiet_until: str) -> datetime | None:
    """When the quiet hours around a moment end; ``None`` outside of them. They may run over midnight."""
    local = timezone.localtime(at)
    start, end, now = time.fromisoformat(quiet_from), time.fromisoformat(quiet_until), local.time()
    is_quiet = start <= now < end if start <= end else now >= start or now < end
    if not is_quiet:
        return None
    day = local.date() if now < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, tzinfo=local.tzinfo)


def send_pending(*, by: Actor, at: datetime, most: int = 200) -> dict[str, int]:
    """Send what waits, oldest first; returns how many were sent, will be tried again, and have failed.

    Not one transaction on purpose: no lock is held while a mail server thinks.
    """
    _hold_back(at)
    counts = {"sent": 0, "pending": 0, "failed": 0}
    waiting = Delivery.objects.due(at).select_related("notice__to_person").order_by("next_try_at", "id")
    for delivery in waiting[:most]:
        if _claim(delivery, at):
            counts[_send(delivery, at)] += 1
    return counts


def _hold_back(at: datetime) -> None:
    quiet = rules()
    end = quiet_end(at, quiet.quiet_from, quiet.quiet_until)
    if end is not None:
        Delivery.objects.due(at).filter(channel__in=quiet.quiet_channels).update(next_try_at=end)


def _claim(delivery: Delivery, at: datetime) -> bool:
    """One statement, so that of two workers only one gets it."""
    mine = Delivery.objects.filter(pk=delivery.pk, state="pending", attempts=delivery.attempts)
    ahead = at + timedelta(minutes=rules().claim_minutes)
    return mine.update(attempts=F("attempts") + 1, next_try_at=ahead) == 1


def _send(delivery: Delivery, at: datetime) -> str:
    try:
        senders.sender(delivery.channel).send(_message(delivery))
    except senders.NotSent as fault:
        return _note_failure(delivery, fault, at)
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=at, last_fault="")
    return "sent"


def _message(delivery: Delivery) -> senders.Message:
    notice = delivery.notice
    person = notice.to_person
    address = senders.address(delivery.channel, person, notice.to_post, notice.to_place)
    if not address:
        raise senders.NotSent("no_address", is_final=True)
    said = text(notice.template, notice.values, "en" if person and person.language.startswith("en") else "zh")
    site = getattr(settings, "LINLI_ADDRESS", "")
    link = f"{site}/go/{notice.link}" if site and notice.link else ""
    body = said.body if delivery.channel == "email" else said.plain
    return senders.Message(delivery.key, delivery.channel, address, said.title, body, link)


def _note_failure(delivery: Delivery, fault: senders.NotSent, at: datetime) -> str:
    waits = rules().retry_minutes
    mine = Delivery.objects.filter(pk=delivery.pk, state="pending")
    if fault.is_final or delivery.attempts >= len(waits):
        mine.update(state="failed", last_fault=fault.fault)
        return "failed"
    mine.update(last_fault=fault.fault, next_try_at=at + timedelta(minutes=waits[delivery.attempts]))
    return "pending"


@act
def clear_old(*, by: Actor, at: datetime, most: int = 1000) -> int:
    """Delete notices older than the sheet's ``keep_days``, ``most`` at a time; returns how many."""
    old = Notice.objects.filter(left_at__lt=at - timedelta(days=rules().keep_days)).order_by("left_at")
    numbers = list(old.values_list("pk", flat=True)[:most])
    Notice.objects.filter(pk__in=numbers).delete()
    return len(numbers)
