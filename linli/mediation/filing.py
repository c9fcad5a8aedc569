"""The case file (卷宗) in the standard order, as plain values: what each chapter says and which papers lie behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from linli.ground.digest import digest_of
from linli.ground.said import Said
from linli.mediation.declared import Chapter
from linli.mediation.models import Agreement, Mediation, Statement
from linli.mediation.papers import (
    OfficialPaper,
    Part,
    acceptance_paper,
    agreement_paper,
    committee,
    court_paper,
    intake_paper,
    moment,
    oral_paper,
    receipts_paper,
    record_paper,
    revisits_paper,
    rights_paper,
)
from linli.mediation.sealing import reader_kind
from linli.mediation.seating import noted, require_seat
from linli.mediation.telling import sheet_of
from linli.people.actors import Actor
from linli.records.keeping import open_file
from linli.records.models import Document
from linli.trail.writing import act

PAGES_OF = {"application/pdf": "pdf", "image/png": "photo", "image/jpeg": "photo", "image/webp": "photo"}


@dataclass(frozen=True)
class Attached:
    """A paper or photo behind a chapter. ``form`` is pdf, photo or other (kept beside the file, named with its hash)."""

    title: str
    sha256: str
    form: str
    content: bytes


@dataclass(frozen=True)
class FileChapter:
    """One chapter with the papers we make and those that were handed in."""

    code: str
    title: str
    papers: tuple[OfficialPaper, ...]
    attached: tuple[Attached, ...]

    @property
    def digest(self) -> str:
        """The digest of what we made for it."""
        return digest_of([_plain(paper) for paper in self.papers])


@dataclass(frozen=True)
class CaseFile:
    """The whole file of one mediation."""

    number: str
    title: str
    issuer: str
    facts: tuple[tuple[str, str], ...]
    chapters: tuple[FileChapter, ...]
    made_on: date


def _plain(paper: OfficialPaper) -> list[object]:
    parts = [[part.kind, part.heading, [list(row) for row in part.rows]] for part in paper.parts]
    return [paper.code, paper.title, paper.number, parts]


@act
def compose(*, mediation: Mediation, by: Actor, at: datetime) -> CaseFile:
    """Put the case file together, for its mediators; once sealed, for whoever opened it. Opening each paper is noted."""
    if mediation.sealed_at is None:
        require_seat(mediation, by)
    elif not reader_kind(mediation, by):
        raise Said("mediation.not_yours")
    agreement = Agreement.objects.filter(mediation=mediation).first()
    if agreement is not None:
        agreement.mediation = mediation
    chapters = tuple(_chapters(mediation, agreement, by, at))
    noted("mediation.compose", mediation, by, at, {"chapters": len(chapters)})
    return CaseFile(
        number=mediation.case.number,
        title="人民调解卷宗",
        issuer=committee(mediation),
        facts=tuple(_cover(mediation, agreement)),
        chapters=chapters,
        made_on=timezone.localdate(at),
    )


def _cover(mediation: Mediation, agreement: Agreement | None) -> Iterator[tuple[str, str]]:
    sheet = sheet_of(mediation)
    yield "卷宗类别", sheet.title_of("disputes", mediation.dispute).zh
    yield "案卷号", mediation.case.number
    yield "协议编号", agreement.number if agreement else "—"
    yield "当事人", "、".join(mediation.parties.order_by("number").values_list("name", flat=True))
    seats = mediation.seats.filter(ended_at=None).select_related("person")
    yield "人民调解员", "、".join(one.person.name for one in seats) or "—"
    yield "调解日期", _span(mediation)
    yield "调解结果", sheet.title_of("results", mediation.result).zh if mediation.result else "调解中"
    yield "立卷单位", committee(mediation)


def _span(mediation: Mediation) -> str:
    from_on, to_on = mediation.accepted_on or mediation.case.opened_on, mediation.ended_on
    return f"{from_on:%Y-%m-%d} 至 {to_on:%Y-%m-%d}" if to_on else f"{from_on:%Y-%m-%d} 起"


def _chapters(
    mediation: Mediation, agreement: Agreement | None, by: Actor, at: datetime
) -> Iterator[FileChapter]:
    handed: dict[str, list[Document]] = {}
    for paper in mediation.papers.select_related("document__file").order_by("pk"):
        handed.setdefault(paper.chapter, []).append(paper.document)
    made = _made(mediation, agreement)
    known = {chapter.code for chapter in sheet_of(mediation).chapters}
    handed["evidence"] = [
        *handed.get("evidence", []),
        *(d for c, ds in handed.items() if c not in known for d in ds),
    ]
    for chapter in sheet_of(mediation).chapters:
        papers = tuple(made.get(chapter.code, ()))
        documents = handed.get(chapter.code, [])
        if chapter.always or papers or documents:
            attached = tuple(_attached(one, mediation, by, at) for one in documents if not one.is_erased)
            yield _chapter(chapter, papers, attached)


def _chapter(
    chapter: Chapter, papers: tuple[OfficialPaper, ...], attached: tuple[Attached, ...]
) -> FileChapter:
    return FileChapter(chapter.code, chapter.title.zh, papers, attached)


def _attached(document: Document, mediation: Mediation, by: Actor, at: datetime) -> Attached:
    content = open_file(document=document, by=by, at=at, through=f"mediation:{mediation.case.number}")
    media = document.file.media_type if document.file is not None else ""
    return Attached(document.title, document.sha256, PAGES_OF.get(media, "other"), content)


def _made(mediation: Mediation, agreement: Agreement | None) -> dict[str, list[OfficialPaper]]:
    sessions = list(mediation.sessions.filter(state="held").order_by("number"))
    for session in sessions:
        session.mediation = mediation
    made = {
        "application": [intake_paper(mediation)],
        "acceptance": [acceptance_paper(mediation)],
        "rights": [rights_paper(mediation)],
        "inquiry": [record_paper(one) for one in sessions if one.kind == "inquiry"],
        "sessions": [record_paper(one) for one in sessions if one.kind != "inquiry"] + _statements(mediation),
        "remarks": [_remarks(mediation)],
    }
    if agreement is not None:
        written = agreement.form == "written"
        made["agreement"] = [agreement_paper(agreement) if written else oral_paper(agreement)]
        made["receipts"] = [receipts_paper(agreement)]
        made["court"] = [court_paper(agreement)] if agreement.court_state else []
    if mediation.revisits.exclude(made_on=None).exists():
        made["revisits"] = [revisits_paper(mediation)]
    return made


def _statements(mediation: Mediation) -> list[OfficialPaper]:
    """What was said to the mediators alone, as an inner part of the file: never given to a party."""
    rows = tuple(
        (one.party.name, moment(one.at), "本人书写" if one.wrote_id else "调解员记录", one.text)
        for one in Statement.objects.filter(mediation=mediation).select_related("party").order_by("pk")
    )
    if not rows:
        return []
    head = ("当事人", "时间", "来历", "内容")
    table = Part("table", "仅供调解员，不向任何当事人提供", rows, head, (14, 24, 16, 46))
    return [OfficialPaper("statements", "单独陈述记录", mediation.case.number, (table,))]


def _remarks(mediation: Mediation) -> OfficialPaper:
    words = mediation.ending or "本卷情况正常。"
    return OfficialPaper(
        "remarks", "备考表", mediation.case.number, (Part("text", "本卷情况说明", ((words,),)),)
    )
