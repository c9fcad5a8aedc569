"""Ways out of the house: e-mail by SMTP, and text message and WeCom by whatever the site connects.

A sender takes a ``Message`` and either returns (handed over) or raises ``NotSent``. Every sender passes the same
contract tests. For trials, ``FileSender`` writes what would have gone out into ``HOME/outbox``.
A site names its senders in the setting ``LINLI_SENDERS`` (channel: dotted path of a class without arguments, or an
empty text to close the channel).
"""

from __future__ import annotations

import json
import os
import smtplib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from linli.people.models import Account, Person

SMTP_PATIENCE = 20


@dataclass(frozen=True)
class Message:
    """What goes out. ``key`` is the same for every attempt; ``address`` is never logged."""

    key: str
    channel: str
    address: str
    title: str
    text: str
    link: str


class NotSent(Exception):
    """The message was not handed over. ``fault`` is a word; with ``is_final`` another attempt would be useless."""

    def __init__(self, fault: str, *, is_final: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.is_final = is_final


class Sender(Protocol):
    """One way out."""

    def send(self, message: Message) -> None: ...


class EmailSender:
    """E-mail by SMTP; the message's key is its Message-ID, so that mail boxes drop a repeated one."""

    def send(self, message: Message) -> None:
        mail = EmailMessage(
            subject=" ".join(message.title.split()),
            body=f"{message.text}\n\n{message.link}".strip(),
            to=[message.address],
            headers={"Message-ID": f"<{message.key}@linli>", "Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=SMTP_PATIENCE),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _ in fault.recipients.values()]
            raise NotSent("refused_address", is_final=all(code >= 500 for code in codes)) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise NotSent("mail_server") from fault
        except ValueError as fault:
            raise NotSent("bad_address", is_final=True) from fault


class FileSender:
    """For trials: one line of JSON per message in ``HOME/outbox/<channel>.jsonl``, the address shown by its end only."""

    def send(self, message: Message) -> None:
        if not message.address.strip() or any(letter in message.address for letter in "\r\n"):
            raise NotSent("bad_address", is_final=True)
        line = asdict(message) | {"address": f"…{message.address[-4:]}"}
        folder = Path(settings.HOME) / "outbox"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(
                folder / f"{message.channel}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
            )
            with os.fdopen(handle, "a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as fault:
            raise NotSent("outbox") from fault


def _path(channel: str) -> str:
    named: dict[str, str] = getattr(settings, "LINLI_SENDERS", {})
    if channel in named:
        return named[channel]
    if channel == "email":
        return "linli.notices.senders.EmailSender" if settings.EMAIL_HOST else ""
    return "" if settings.MODE == "production" else "linli.notices.senders.FileSender"


def is_open(channel: str) -> bool:
    """Whether this site sends by a channel at all."""
    return bool(_path(channel))


def sender(channel: str) -> Sender:
    """The site's sender for a channel. Raises ``NotSent`` when the channel has been closed meanwhile."""
    path = _path(channel)
    if not path:
        raise NotSent("channel_closed", is_final=True)
    made: Sender = import_string(path)()
    return made


def may_reach(channel: str, person: Person | None) -> bool:
    """Whether an address is known now; the address itself is read only when the message goes out."""
    if person is None:
        return channel == "wecom"
    if channel == "email":
        return _emails(person).exists()
    return bool(person.phone_sealed) if channel == "sms" else False


def _emails(person: Person) -> QuerySet[Account, str]:
    return (
        Account.objects.filter(person=person, is_active=True)
        .exclude(email="")
        .values_list("email", flat=True)
    )


def address(channel: str, person: Person | None, post: str, place: str) -> str:
    """Where a message goes now, or an empty text. WeCom groups are named by post and place."""
    if person is None:
        return f"{post}@{place}" if channel == "wecom" else ""
    if channel == "email":
        return _emails(person).order_by("pk").first() or ""
    return person.phone if channel == "sms" else ""
