"""The official papers of a mediation as plain values; ``linli.reports`` makes Word files and pages of them.

The layouts follow the document forms of people's mediation (人民调解文书格式): intake form, notice of rights, records,
agreement (一式N份), record of an oral agreement, receipts, revisits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from linli.ground.money import capital, yuan
from linli.mediation.models import Agent, Agreement, Mediation, Party, Session, Signature
from linli.mediation.telling import sheet_of

SIDES = {"applicant": "申请人", "respondent": "被申请人", "third": "第三人"}
SEXES = {"1": "男", "2": "女"}
SESSION_KINDS = {"joint": "共同调解", "separate": "单独谈话（不向对方透露）", "inquiry": "调查"}
WAYS = {"hand": "签名", "thumb": "按指印", "seal": "盖章", "": ""}
TOLD = {"spoken": "当面口头告知", "paper": "书面告知", "page": "网页告知"}
FOUND = {"kept": "按协议履行", "partly": "部分履行", "broken": "没有履行"}
COURT = {
    "asked": "已共同申请",
    "confirmed": "裁定确认有效",
    "rejected": "驳回申请",
    "withdrawn": "撤回申请",
    "waived": "不申请",
}
ORIGINS = {
    "application": "当事人申请",
    "proactive": "主动调解",
    "court": "法院移送",
    "police": "公安移送",
    "grievance": "诉求转调解",
}
ROLES = {
    "party": "当事人",
    "agent": "代理人",
    "mediator": "人民调解员",
    "recorder": "记录人",
    "guest": "邀请参加人",
}

Kind = Literal["fields", "text", "terms", "table", "signatures", "note"]


@dataclass(frozen=True)
class Part:
    """A piece of a paper: ``fields`` and ``signatures`` are pairs, ``terms`` numbered texts, ``table`` rows under a head."""

    kind: Kind
    heading: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    head: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class OfficialPaper:
    """One paper: title, number, pieces; ``issuer`` and ``day`` close it where it bears a seal."""

    code: str
    title: str
    number: str
    parts: tuple[Part, ...]
    issuer: str = ""
    day: str = ""


def chinese_day(day: date | None) -> str:
    """A day as papers write it; blank to be filled in by hand where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "    年  月  日"


def moment(at: datetime) -> str:
    """A moment in local time as records write it."""
    local = timezone.localtime(at)
    return f"{chinese_day(local.date())}{local.hour}时{local.minute:02d}分"


def committee(mediation: Mediation) -> str:
    """The committee's name on papers."""
    return f"{mediation.case.region.name}人民调解委员会"


def text(words: str, heading: str = "") -> Part:
    """Running text under a heading, a row for each paragraph."""
    return Part(
        "text", heading, tuple((line,) for line in words.split("\n") if line.strip()) or (("（无）",),)
    )


def parties_part(mediation: Mediation) -> Part:
    """The table of parties with the columns of the form, agents below the party for whom they stand."""
    rows: list[tuple[str, ...]] = []
    for party in mediation.parties.select_related("person", "organisation", "guardian").order_by("number"):
        born = f"{party.birth_day.year}.{party.birth_day.month}" if party.birth_day else ""
        rows.append((
            SIDES[party.side], party.name, SEXES.get(party.sex, ""), born, party.identity, party.phone,
            "，".join(part for part in (party.address, party.work) if part),
        ))  # fmt: skip
        if party.guardian is not None:
            rows.append(
                ("监护人", party.guardian.name, "", "", "", party.guardian.phone, f"{party.name}的监护人")
            )
        rows += [("代理人", agent.name, "", "", "", "", agent.powers) for agent in _agents(party)]
    head = ("当事人", "姓名或名称", "性别", "出生", "身份证号或信用代码", "电话", "住址、单位")
    return Part("table", "当事人", tuple(rows), head, (11, 13, 6, 9, 27, 17, 17))


def _agents(party: Party) -> list[Agent]:
    return list(Agent.objects.filter(party=party, ended_on=None).order_by("pk"))


def agreement_paper(agreement: Agreement) -> OfficialPaper:
    """The written agreement (人民调解协议书) with the contents of 人民调解法 art. 29."""
    mediation = agreement.mediation
    kind = sheet_of(mediation).title_of("disputes", mediation.dispute).zh
    parts = [
        parties_part(mediation),
        Part("fields", "", (("纠纷类别", kind), ("调解方式", "人民调解委员会主持，双方自愿"))),
        text(agreement.facts, "纠纷主要事实、争议事项和各方责任"),
        Part("terms", "经调解，自愿达成如下协议", tuple((term,) for term in agreement.terms)),
        text(agreement.performance, "履行协议的方式、期限"),
    ]
    if agreement.amount_cents:
        parts.append(
            text(f"人民币{capital(agreement.amount_cents)}（{yuan(agreement.amount_cents)}元）", "协议金额")
        )
    parts += [*_instalments(agreement), _copies(agreement), _agreement_signatures(agreement)]
    return OfficialPaper(
        "agreement", "人民调解协议书", agreement.number, tuple(parts), f"{committee(mediation)}（盖章）",
        chinese_day(agreement.effective_on),
    )  # fmt: skip


def _instalments(agreement: Agreement) -> list[Part]:
    rows = tuple(
        (str(one.number), one.what, one.debtor.name, one.creditor.name, yuan(one.cents) if one.cents else "—",
         chinese_day(one.due_on))
        for one in agreement.instalments.select_related("debtor", "creditor")
    )  # fmt: skip
    if not rows:
        return []
    return [
        Part(
            "table",
            "履行安排",
            rows,
            ("期", "内容", "履行人", "接受人", "金额（元）", "期限"),
            (5, 30, 13, 13, 15, 24),
        )
    ]


def _copies(agreement: Agreement) -> Part:
    words = f"本协议一式{agreement.copies}份，当事人、人民调解委员会各持一份，具有同等效力。"
    return Part("note", "", ((words,),))


def oral_paper(agreement: Agreement) -> OfficialPaper:
    """The record of an oral agreement (口头协议登记表, 人民调解法 art. 28)."""
    mediation = agreement.mediation
    parts = (
        parties_part(mediation), text(agreement.facts, "纠纷事实"),
        Part("terms", "口头协议内容", tuple((term,) for term in agreement.terms)),
        text(agreement.performance, "履行方式、时限"), *_instalments(agreement),
        Part("note", "", (("口头协议自各方当事人达成协议之日起生效。",),)),
        Part("signatures", "", _mediators_lines(mediation, {})),
    )  # fmt: skip
    return OfficialPaper(
        "oral",
        "口头协议登记表",
        agreement.number,
        parts,
        committee(mediation),
        chinese_day(agreement.effective_on),
    )


def _signatures(mediation: Mediation, about: str) -> dict[str, Signature]:
    return {one.signer: one for one in Signature.objects.filter(mediation=mediation, about=about)}


def signed(found: Mapping[str, Signature], signer: str, name: str) -> str:
    """A signature's line: name, way and day once it is there, else room for the hand."""
    one = found.get(signer)
    return f"{name}（{WAYS[one.way]}，{chinese_day(one.on)}）" if one else "（签名或者按指印）"


def _agreement_signatures(agreement: Agreement) -> Part:
    mediation, found = agreement.mediation, _signatures(agreement.mediation, "agreement")
    lines = []
    for party in mediation.parties.order_by("number"):
        lines.append(
            (f"{SIDES[party.side]} {party.name}", signed(found, f"party:{party.number}", party.name))
        )
        lines += [
            (f"代理人 {agent.name}", signed(found, f"agent:{agent.pk}", agent.name))
            for agent in _agents(party)
            if f"agent:{agent.pk}" in found or agent.may_settle
        ]
    return Part("signatures", "", (*lines, *_mediators_lines(mediation, found)))


def _mediators_lines(mediation: Mediation, found: Mapping[str, Signature]) -> tuple[tuple[str, str], ...]:
    seats = mediation.seats.filter(ended_at=None).select_related("person").order_by("pk")
    return tuple(
        (f"人民调解员 {one.person.name}", signed(found, f"seat:{one.pk}", one.person.name)) for one in seats
    )


def intake_paper(mediation: Mediation) -> OfficialPaper:
    """The application or intake form (受理登记表)."""
    kind = sheet_of(mediation).title_of("disputes", mediation.dispute).zh
    source = mediation.source_case.number if mediation.source_case else "—"
    facts = (
        ("纠纷来源", ORIGINS[mediation.origin]), ("纠纷类别", kind), ("转来的办件", source),
        ("登记日期", chinese_day(mediation.case.opened_on)),
        ("涉及金额", f"{yuan(mediation.amount_cents)}元" if mediation.amount_cents else "—"),
    )  # fmt: skip
    parts = (
        Part("fields", "", facts), parties_part(mediation), text(mediation.story, "纠纷简要情况"),
        text(mediation.wish or "—", "申请人的要求"), Part("table", "是否同意调解", tuple(_consents(mediation)), ("当事人", "意见", "时间")),
    )  # fmt: skip
    return OfficialPaper("application", "人民调解受理登记表", mediation.case.number, parts, committee(mediation),
                         chinese_day(mediation.case.opened_on))  # fmt: skip


def _consents(mediation: Mediation) -> Iterator[tuple[str, str, str]]:
    said = {True: "同意", False: "不同意", None: "未表示"}
    for party in mediation.parties.order_by("number"):
        yield party.name, said[party.agrees], moment(party.consent_at) if party.consent_at else "—"


def acceptance_paper(mediation: Mediation) -> OfficialPaper:
    """Acceptance and how the mediators were found; withdrawals with their reasons."""
    ways = {"chosen": "当事人选择", "assigned": "调解委员会指定"}
    roles = {"lead": "主调解员", "co": "共同调解"}
    seats = mediation.seats.select_related("person").order_by("pk")
    rows = tuple(
        (one.person.name, roles[one.role], ways[one.way], moment(one.from_at),
         f"{moment(one.ended_at)}退出：{one.ended_for}" if one.ended_at else "")
        for one in seats
    )  # fmt: skip
    head = ("调解员", "分工", "产生方式", "时间", "回避、更换")
    parts = (
        Part("fields", "", (("受理日期", chinese_day(mediation.accepted_on)), ("调解期限", chinese_day(mediation.case.due_on)))),
        Part("table", "人民调解员", rows, head, (14, 14, 18, 26, 28)),
    )  # fmt: skip
    return OfficialPaper("acceptance", "受理通知和调解员确定记录", mediation.case.number, parts, committee(mediation),
                         chinese_day(mediation.accepted_on))  # fmt: skip


def rights_paper(mediation: Mediation) -> OfficialPaper:
    """The notice of rights and duties (人民调解法 art. 23 and 24), with whom it was given to and when."""
    sheet = sheet_of(mediation)
    rows = tuple(
        (
            SIDES[one.side],
            one.name,
            TOLD.get(one.told_way, "—"),
            moment(one.told_at) if one.told_at else "未告知",
        )
        for one in mediation.parties.order_by("number")
    )
    parts = (
        Part("terms", "当事人在调解中的权利", tuple((one.zh,) for one in sheet.rights)),
        Part("terms", "当事人在调解中的义务", tuple((one.zh,) for one in sheet.duties)),
        Part("table", "告知记录", rows, ("当事人", "姓名或名称", "方式", "时间"), (16, 26, 24, 34)),
    )
    return OfficialPaper("rights", "人民调解权利义务告知书", mediation.case.number, parts)


def record_paper(session: Session) -> OfficialPaper:
    """The record of a session (调解笔录) or of an inquiry (调查记录)."""
    mediation, found = session.mediation, _signatures(session.mediation, f"session:{session.number}")
    facts = (
        ("时间", moment(session.starts_at)), ("地点", session.place), ("方式", SESSION_KINDS[session.kind]),
        ("是否公开", "公开" if session.is_open else "不公开"), ("记录人", session.recorder or "调解员兼记"),
    )  # fmt: skip
    present = tuple((ROLES[one["role"]], one["name"], one["capacity"] or "—") for one in session.present)
    lines = tuple(
        (f"{ROLES[one['role']]} {one['name']}", signed(found, one["signer"], one["name"]))
        for one in session.present
    )
    parts = (
        Part("fields", "", facts), Part("table", "参加人", present, ("身份", "姓名", "说明"), (28, 36, 36)),
        text(session.record, "记录"), Part("signatures", "", lines),
    )  # fmt: skip
    title = "人民调解调查记录" if session.kind == "inquiry" else f"人民调解笔录（第{session.number}次）"
    return OfficialPaper("record", title, mediation.case.number, parts)


def receipts_paper(agreement: Agreement) -> OfficialPaper:
    """What was performed, when, and what proves it."""
    rows = tuple(
        (str(one.number), one.what, chinese_day(one.due_on), chinese_day(one.done_on) if one.done_on else "未履行",
         "附凭证" if one.proof_id else one.remark or "—")
        for one in agreement.instalments.all()
    )  # fmt: skip
    head = ("期", "内容", "期限", "履行日期", "凭证或说明")
    table = Part(
        "table",
        "",
        rows or (("—", "即时履行", "—", chinese_day(agreement.performed_on), "—"),),
        head,
        (6, 34, 20, 20, 20),
    )
    return OfficialPaper("receipts", "协议履行情况", agreement.number, (table,))


def revisits_paper(mediation: Mediation) -> OfficialPaper:
    """The revisits made (回访记录)."""
    made = mediation.revisits.exclude(made_on=None)
    ways = {"visit": "上门", "phone": "电话"}
    rows = tuple(
        (
            str(one.number),
            chinese_day(one.made_on),
            ways.get(one.way, one.way or "—"),
            FOUND[one.found],
            one.text,
        )
        for one in made
    )
    table = Part("table", "", rows, ("次", "日期", "方式", "情况", "记录"), (6, 20, 10, 16, 48))
    return OfficialPaper("revisits", "人民调解回访记录", mediation.case.number, (table,))


def court_paper(agreement: Agreement) -> OfficialPaper:
    """Judicial confirmation: the last day, what was asked and decided."""
    facts = (
        ("协议生效日期", chinese_day(agreement.effective_on)), ("最晚共同申请日期", chinese_day(agreement.confirm_by)),
        ("状态", COURT.get(agreement.court_state, "未申请")), ("法院", agreement.court or "—"),
        ("申请日期", chinese_day(agreement.court_asked_on) if agreement.court_asked_on else "—"),
        ("决定日期", chinese_day(agreement.court_decided_on) if agreement.court_decided_on else "—"),
        ("文书号", agreement.court_number or "—"),
    )  # fmt: skip
    return OfficialPaper("court", "司法确认情况", agreement.number, (Part("fields", "", facts),))
