"""The papers of a mediation: the agreement in Word, and the whole file as one PDF whose index tells the truth."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from linli.ground.said import Said
from linli.mediation.agreeing import draft, sign
from linli.mediation.filing import Attached, CaseFile, FileChapter, compose
from linli.mediation.intake import NewParty
from linli.mediation.models import Agreement, Mediation
from linli.mediation.papers import OfficialPaper, Part, agreement_paper, record_paper, rights_paper
from linli.mediation.parties import add_paper, state
from linli.mediation.tests.table import AT, TERMS, accepted, feng, held, party, signed
from linli.records.keeping import keep
from linli.reports.mediation import word
from linli.reports.mediation_file import render
from tests.cast import HELIN, Village

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def photo(words: str, size: tuple[int, int] = (900, 1200)) -> bytes:
    picture = Image.new("RGB", size, "#ddeeff")
    ImageDraw.Draw(picture).text((60, 60), words, fill="black")
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def pdf(pages: int, *, turned: int = 0, size: tuple[float, float] = (842, 595)) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(*size)
        if turned:
            page.rotate(turned)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def long_case(village: Village) -> Mediation:
    """Three parties, ten sessions, photos and PDFs of others, an agreement in force."""
    parties = [
        NewParty(
            "applicant",
            person=village.person("wang"),
            sex="2",
            identity="990101195103071223",
            phone="13900000001",
        ),
        NewParty("respondent", person=village.person("zhao"), sex="1", phone="13900000002"),
        NewParty("third", organisation=village.bodies["helin-property"], phone="0990-0000009"),
    ]
    mediation = accepted(village, parties=parties)
    for number in range(10):
        one = party(mediation, 1 + number % 2)
        more: dict[str, Any] = {"kind": "separate", "party": one} if number in (3, 6) else {}
        held(village, mediation, at=AT + timedelta(days=number), **more)
    state(party=party(mediation, 1), text="底线是两千元", by=feng(village), at=AT)
    papers = (("现场照片一.jpg", photo("one")), ("现场照片二.jpg", photo("two", (1600, 900))), ("鉴定意见.pdf", pdf(3)),
              ("横向扫描件.pdf", pdf(2, turned=90)), ("聊天记录.txt", "楼上说会修".encode()))  # fmt: skip
    for name, content in papers:
        document = keep(
            content=content, name=name, title=name.rsplit(".", 1)[0], kind="evidence", region=HELIN, data_class="P3",
            retain_until=None, by=feng(village), at=AT,
        )  # fmt: skip
        add_paper(party=party(mediation, 1), document=document, chapter="evidence", by=feng(village), at=AT)
    agreement = draft(mediation=mediation, terms=TERMS, by=feng(village), at=AT)
    sign(agreement=agreement, signer="party:3", way="hand", by=feng(village), at=AT)
    signed(village, agreement)
    return Mediation.objects.get(pk=mediation.pk)


def text_of(content: bytes, tmp_path: Path) -> list[str]:
    """The pages' text as ``pdftotext`` reads it."""
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    tool = shutil.which("pdftotext")
    if tool is None:
        return [page.extract_text() for page in PdfReader(path).pages]
    out = subprocess.run([tool, "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return out.split("\f")[:-1]


def test_the_file_is_in_order_numbered_and_its_index_is_right(
    published: None, village: Village, tmp_path: Path
) -> None:
    mediation = long_case(village)
    file = compose(mediation=mediation, by=feng(village), at=AT)
    content = render(file)
    assert content == render(file), "the same file gives the same bytes"
    pages = text_of(content, tmp_path)
    order = [chapter.title for chapter in file.chapters]
    assert [chapter.code for chapter in file.chapters] == [
        "application", "acceptance", "rights", "evidence", "sessions", "agreement", "receipts", "remarks",
    ]  # fmt: skip
    cover, index, body = pages[0], pages[1], pages[2:-1]
    assert "人民调解卷宗" in cover.replace(" ", "") and "封底" in pages[-1]
    for number, words in enumerate(body, start=1):
        assert f"—{number}—" in words.replace(" ", ""), f"page {number} bears its number"
    assert "—1—" not in (cover + index).replace(" ", "")
    rows = re.findall(r"^\s*(\d+)\s+(\S+)\s+(\d+)\s+(\d+)\s*$", index, re.MULTILINE)
    assert [row[1] for row in rows] == order
    firsts = [int(row[2]) for row in rows]
    assert firsts[0] == 1 and sum(int(row[3]) for row in rows) == len(body)
    heads = {
        "application": "人民调解受理登记表", "acceptance": "受理通知和调解员确定记录", "rights": "人民调解权利义务告知书",
        "evidence": "证据材料", "sessions": "人民调解笔录（第1次）", "agreement": "人民调解协议书", "receipts": "协议履行情况",
        "remarks": "备考表",
    }  # fmt: skip
    for chapter, first in zip(file.chapters, firsts, strict=True):
        assert heads[chapter.code] in body[first - 1].replace(" ", ""), chapter.code
    assert "鉴定意见（3/3）" in "".join(body).replace(" ", "")
    hashes = "".join(body[firsts[-1] - 1 :]).replace(" ", "").replace("\n", "")
    for paper in mediation.papers.select_related("document"):
        assert paper.document.sha256 in hashes
    assert hashlib.sha256(content).hexdigest()


def test_pages_of_others_are_upright_whole_and_fitted(tmp_path: Path) -> None:
    attached = (
        Attached("横", "a" * 64, "pdf", pdf(1, turned=90)), Attached("大", "b" * 64, "pdf", pdf(1, size=(2000, 3000))),
        Attached("照片", "c" * 64, "photo", photo("x", (3000, 900))),
    )  # fmt: skip
    chapter = FileChapter("evidence", "证据材料", (), attached)
    file = CaseFile("HL-1", "人民调解卷宗", "调委会", (("案卷号", "HL-1"),), (chapter,), date(2026, 1, 5))
    pages = PdfReader(io.BytesIO(render(file))).pages
    assert len(pages) == 2 + 1 + 3 + 1
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {
        (595, 842)
    }
    assert all(not page.rotation for page in pages)


def test_a_locked_or_broken_paper_is_named(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    for content in (out.getvalue(), b"%PDF-1.4 broken"):
        chapter = FileChapter("evidence", "证据材料", (), (Attached("坏文件", "d" * 64, "pdf", content),))
        file = CaseFile("HL-1", "人民调解卷宗", "调委会", (), (chapter,), date(2026, 1, 5))
        with pytest.raises(Said) as refused:
            render(file)
        assert refused.value.code == "mediation.paper_unreadable"


def test_the_agreement_in_word_holds_what_the_law_asks(published: None, village: Village) -> None:
    mediation = long_case(village)
    agreement = Agreement.objects.select_related("mediation__case__region").get(pk=mediation.pk)
    paper = agreement_paper(agreement)
    content = word(paper, made_on=AT.date())
    assert content == word(paper, made_on=AT.date())
    file = docx.Document(io.BytesIO(content))
    words = "\n".join(one.text for one in file.paragraphs)
    assert words.startswith("人民调解协议书\n编号：（示例省禾邻社区）人民调解〔2026〕第001号")
    for piece in (
        "纠纷主要事实、争议事项和各方责任", "1. 楼上赔偿楼下维修费三千元", "2. 楼上十日内修好水管", "履行协议的方式、期限",
        "人民币叁仟元整（3,000.00元）", "本协议一式4份", "禾邻社区人民调解委员会（盖章）", "2026年1月5日",
    ):  # fmt: skip
        assert piece in words, piece
    parties, _fields, schedule, hands = file.tables
    assert [cell.text for cell in parties.rows[0].cells][:2] == ["当事人", "姓名或名称"]
    assert [row.cells[1].text for row in parties.rows][1:] == ["王桂兰", "赵德顺", "安和物业服务中心"]
    assert parties.rows[1].cells[4].text == "990101195103071223"
    assert [row.cells[4].text for row in schedule.rows][1:] == ["1,000.00", "2,000.00"]
    assert [row.cells[0].text for row in hands.rows] == [
        "申请人 王桂兰", "被申请人 赵德顺", "第三人 安和物业服务中心", "人民调解员 冯和",
    ]  # fmt: skip
    assert "底线" not in words and "王桂兰" not in file.core_properties.title
    for other in (record_paper(mediation.sessions.first()), rights_paper(mediation)):  # type: ignore[arg-type]
        assert docx.Document(io.BytesIO(word(other, made_on=AT.date()))).paragraphs[0].text == other.title


def test_a_paper_without_a_table_width_is_spread_evenly() -> None:
    paper = OfficialPaper("x", "试", "1", (Part("table", "", (("甲", "乙", "丙"),), ("一", "二", "三")),))
    file = docx.Document(io.BytesIO(word(paper, made_on=date(2026, 1, 5))))
    widths = [int(cell.width or 0) for cell in file.tables[0].rows[0].cells]
    assert len(widths) == 3 and max(widths) - min(widths) < 2000
