"""The first cases, by acts: a village with seventy families, grievances and applications at every stage."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from PIL import Image

from linli.command import guards
from linli.command.publish import publish_all
from linli.grievances.answering import reply, revisit
from linli.grievances.intake import Filed, Told, dispatch, file_grievance
from linli.people.actors import SETUP, Actor
from linli.people.entering import enter_person
from linli.people.models import Account, Person
from linli.people.signing import open_account, resident_actor
from linli.services.cards import issue_card
from linli.services.decision import accept, grant
from linli.services.intake import Entry, Paper, file_application
from linli.services.models import Application
from linli.services.paying import pay
from linli.services.visiting import Seen, visit
from tests import cast

FAMILIES = 70
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("桂英", "建国", "秀兰", "志明", "小燕", "德福", "玉珍", "海波")
TEXTS = (
    "三号楼一单元漏水，楼道积水", "楼道灯不亮，晚上看不见台阶", "垃圾桶满了没有人清运",
    "电动车在楼道充电，担心起火", "夜里施工声音很大，睡不着", "健身器材坏了，孩子容易受伤",
)  # fmt: skip
CLASSES = ("G01", "G05")
RELIEF = {
    "household_size": "2", "phone": "13900000001", "address": "安和苑3号楼1单元402室", "reason": "sudden_event", "amount": "2000",
    "story": "厨房起火，灶具和电器都烧坏了。", "account": "6222021234567890123",
}  # fmt: skip
TOLD = {"hardship": True, "other_help": False}


def picture(colour: int = 0) -> bytes:
    """A small photo; each colour is another file."""
    kept = io.BytesIO()
    Image.new("RGB", (64, 48), (colour % 256, colour // 256 % 256, 90)).save(kept, "JPEG")
    return kept.getvalue()


@dataclass
class Seed:
    """Who lives here, and how cases come about one after another."""

    village: cast.Village
    residents: list[tuple[Person, Actor]]
    luck: Random
    made: int = 0
    applied: int = 0

    def cases(self, upto: int) -> None:
        """More cases until there are so many: three grievances to two applications."""
        while self.made < upto:
            story: Callable[[datetime], None] = self.grievance if self.made % 5 < 3 else self.application
            story(cast.BEGIN + timedelta(minutes=7 * self.made))
            self.made += 1

    def grievance(self, at: datetime) -> None:
        """Two of five wait at the clerk's, one is with the handler, one answered, one closed after the revisit."""
        person, by = self.luck.choice(self.residents)
        told = Told(
            class_code=self.luck.choice(CLASSES), nature="help", text=self.luck.choice(TEXTS), spot="1单元"
        )
        filed = Filed(region=self.village.helin, person=person, channel="portal")
        row = file_grievance(told=told, filed=filed, by=by, at=at)
        stage, clerk = self.luck.randrange(5), self.village.actor("limin")
        if stage >= 2:
            dispatch(grievance=row, by=clerk, at=at + timedelta(hours=1))
        if stage >= 3:
            login = {"property_manager": "ma", "committee_member": "he", "committee_director": "sun"}
            by = self.village.actor(login.get(row.case.hold_post, "ma"))
            reply(grievance=row, text="已派人处理好。", by=by, at=at + timedelta(days=1))
        if stage >= 4:
            answers = {"is_resolved": True, "is_satisfied": True}
            revisit(
                grievance=row,
                was_reached=True,
                channel="phone",
                by=clerk,
                at=at + timedelta(days=2),
                **answers,
            )

    def application(self, at: datetime) -> None:
        """Half are library cards, half relief at every stage up to payment."""
        person, by = self.residents[self.applied % len(self.residents)]
        is_card = (
            self.applied // len(self.residents) + self.applied % 2 == 1
        )  # each person asks once for each
        self.applied += 1
        if is_card:
            row = file_application(
                item="library_card", applicant=person, answers={}, papers=[], channel="portal", by=by, at=at
            )
            return self._issued(row, at)
        papers = [
            Paper(code, f"{code}.jpg", picture(2 * self.made + n))
            for n, code in enumerate(("application", "event_proof"))
        ]
        row = file_application(
            item="temporary_assistance", applicant=person, answers=RELIEF, papers=papers, channel="portal", by=by, at=at,
            entry=Entry(conditions=TOLD),
        )  # fmt: skip
        return self._helped(row, at)

    def _issued(self, row: Application, at: datetime) -> None:
        if self.luck.random() < 0.7:
            issue_card(application=row, by=self.village.actor("shu"), at=at + timedelta(hours=1))

    def _helped(self, row: Application, at: datetime) -> None:
        stage, street, day = self.luck.randrange(5), self.village.actor("zha"), timedelta(days=1)
        if stage >= 1:
            accept(application=row, by=self.village.actor("limin"), at=at + day)
        if stage >= 2:
            seen = Seen(visitors=["杨格", "何巧云"], found="情况属实", agrees=True, neighbours_asked=2)
            visit(application=row, seen=seen, by=self.village.actor("yang"), at=at + 2 * day)
        if stage >= 3:
            grant(
                application=row,
                cents=200_000,
                by=street,
                at=at + 3 * day,
                opinion="同意",
                reason_class="sudden_event",
            )
        if stage >= 4:
            paid = at + 20 * day
            pay(
                application=row,
                cents=200_000,
                paid_on=paid.date(),
                reference=f"PZ-{self.made}",
                by=street,
                at=paid,
            )


def prepare() -> Seed:
    """Tables, guards, sheets, the village and its families, by acts."""
    call_command("migrate", verbosity=0, interactive=False)
    guards.lay_all()
    publish_all(by=SETUP, at=cast.BEGIN)
    village, luck = cast.settle(), Random(2026)
    residents = [(village.person(login), village.resident(login)) for login in ("wang", "zhao", "chen", "mu")]
    for number in range(FAMILIES):
        name, phone = luck.choice(SURNAMES) + luck.choice(GIVEN), f"1380000{number:04d}"
        facts: dict[str, Any] = {
            "birth_year": 1950 + number % 50,
            "address": f"安和苑{number % 3 + 1}号楼{number % 4 + 1}单元",
        }
        person = enter_person(
            name=name, community=village.helin, phone=phone, by=SETUP, at=cast.BEGIN, **facts
        )
        account = open_account(
            person=person,
            login=f"r{number}",
            password=cast.PASSWORD,
            phone=phone,
            is_sample=True,
            by=SETUP,
            at=cast.BEGIN,
        )
        residents.append((person, resident_actor(account)))
    return Seed(village, residents, luck)


def signed_in(account: Account) -> str:
    """The key of a session in which the account is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)
