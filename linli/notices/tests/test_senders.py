"""The contract of a sender: the same tests for text message, WeCom and e-mail."""

import json
import stat
from dataclasses import dataclass
from email import message_from_bytes, policy

import pytest

from linli.notices import senders
from linli.notices.senders import EmailSender, FileSender, Message, NotSent
from linli.notices.tests.mailbox import mailbox


@dataclass
class Way:
    """A channel under test: its address, how to break it, and what arrived as (key, title, text, link)."""

    channel: str
    address: str
    sender: object
    arrived: object
    broken: object


@pytest.fixture(params=["sms", "wecom", "email"])
def way(request, settings, tmp_path):
    if request.param == "email":
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        with mailbox() as server:
            settings.EMAIL_PORT = server.server_address[1]

            def unplug():
                settings.EMAIL_PORT = 1

            yield Way(
                "email",
                "wang@example.org",
                EmailSender(),
                lambda: [_mail(text) for text in server.mails],
                unplug,
            )
        return
    settings.HOME = tmp_path
    outbox = tmp_path / "outbox" / f"{request.param}.jsonl"

    def block():
        (tmp_path / "outbox").write_text("a file where the folder should be")

    def lines():
        return [_line(text) for text in outbox.read_text("utf-8").splitlines()] if outbox.exists() else []

    address = "13900000001" if request.param == "sms" else "clerk@990101001001"
    yield Way(request.param, address, FileSender(), lines, block)


def _mail(text):
    mail = message_from_bytes(text, policy=policy.default)
    body, _, link = mail.get_content().rstrip("\n").rpartition("\n\n")
    return mail["Message-ID"].strip("<>").removesuffix("@linli"), mail["Subject"], body, link


def _line(text):
    line = json.loads(text)
    return line["key"], line["title"], line["text"], line["link"]


def message(way, **how):
    facts = {
        "key": "k1", "channel": way.channel, "address": way.address, "title": "请补充材料",
        "text": "“临时救助”还缺 2 项材料。", "link": "http://127.0.0.1:8000/go/case:HL2026-1",
    }  # fmt: skip
    return Message(**(facts | how))


def test_a_message_arrives_whole(way):
    way.sender.send(message(way))
    assert way.arrived() == [
        ("k1", "请补充材料", "“临时救助”还缺 2 项材料。", "http://127.0.0.1:8000/go/case:HL2026-1")
    ]


def test_a_repeated_message_carries_the_same_key(way):
    way.sender.send(message(way))
    way.sender.send(message(way))
    assert {key for key, *_ in way.arrived()} == {"k1"}


def test_a_line_break_cannot_make_a_second_message_or_header(way):
    way.sender.send(message(way, title="甲\r\nBcc: all@example.org"))
    [(_, title, _, _)] = way.arrived()
    assert title.split() == ["甲", "Bcc:", "all@example.org"]
    with pytest.raises(NotSent) as fault:
        way.sender.send(message(way, address="a@example.org\r\nBcc: b@example.org"))
    assert fault.value.is_final


def test_a_broken_way_out_is_worth_another_attempt(way):
    way.broken()
    with pytest.raises(NotSent) as fault:
        way.sender.send(message(way))
    assert not fault.value.is_final and way.address not in str(fault.value)


@pytest.mark.parametrize(("answer", "is_final"), [("550 no such mailbox", True), ("450 busy", False)])
def test_a_refused_address_is_final_only_when_the_server_says_so(settings, answer, is_final):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with mailbox(answer) as server:
        settings.EMAIL_PORT = server.server_address[1]
        with pytest.raises(NotSent) as fault:
            EmailSender().send(Message("k", "email", "x@example.org", "t", "b", ""))
    assert (fault.value.fault, fault.value.is_final) == ("refused_address", is_final)


def test_the_trial_outbox_hides_the_address_and_is_private(settings, tmp_path):
    settings.HOME = tmp_path
    FileSender().send(Message("k", "sms", "13900000001", "t", "b", ""))
    path = tmp_path / "outbox" / "sms.jsonl"
    assert "1390000" not in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_site_names_its_senders(settings):
    settings.EMAIL_HOST = ""
    assert not senders.is_open("email") and senders.is_open("sms")
    settings.MODE = "production"
    assert not senders.is_open("sms")
    settings.LINLI_SENDERS = {"sms": "linli.notices.senders.FileSender", "email": ""}
    assert isinstance(senders.sender("sms"), FileSender)
    with pytest.raises(NotSent, match="channel_closed"):
        senders.sender("email")
