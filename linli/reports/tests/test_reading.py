"""Reading papers: encodings, kinds of files, places, and refusals of what cannot be read."""

import zipfile

import pytest

from linli.ground.said import Said
from linli.ground.wording import say
from linli.reports.paper import Line, Paper, Place
from linli.reports.reading import read
from linli.reports.reviewing import review_file
from linli.reports.reviewrules.quantities import amounts, capital_fen, measured, plain_number, quantities
from linli.reports.tests.papers import MINISTRY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_offices_use(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("一、项目概况\n第二行。\n".encode(encoding))
    assert [line.text for line in read(path).lines] == ["一、项目概况", "第二行。"]
    assert [line.place.number for line in read(path).lines] == [1, 2]


def scan(path):
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(path)


def locked(path):
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)


def other_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("a.txt", None, "reading.no_file"),
        ("a.txt", lambda path: path.mkdir(), "reading.not_a_file"),
        ("a.doc", lambda path: path.write_bytes(b"x"), "reading.unknown_kind"),
        ("a.txt", lambda path: path.write_bytes(b" \n"), "reading.no_text"),
        ("a.txt", lambda path: path.write_bytes(b"\x00\x01\xff\xfe\x80"), "reading.not_text"),
        ("a.docx", lambda path: path.write_bytes(b"no zip"), "reading.damaged"),
        ("a.docx", other_zip, "reading.damaged"),
        ("a.docx", lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0rest"), "reading.protected"),
        ("a.xlsx", other_zip, "reading.damaged"),
        ("a.pdf", lambda path: path.write_bytes(b"%PDF-1.4 broken"), "reading.damaged"),
        ("a.pdf", scan, "reading.no_text"),
        ("a.pdf", locked, "reading.protected"),
    ],
)
def test_what_cannot_be_read_is_refused_by_a_sentence_that_names_the_file(tmp_path, name, make, code):
    path = tmp_path / name
    if make is not None:
        make(path)
    with pytest.raises(Said) as refusal:
        read(path)
    assert refusal.value.code == code
    assert str(path) in say(refusal.value)


def test_a_clean_report_in_the_ministrys_outline_gives_no_finding(tmp_path):
    path = tmp_path / "ministry.txt"
    path.write_text(MINISTRY, "utf-8")
    assert review_file(path) == ()


def test_headings_of_a_word_file_are_known_by_their_style(tmp_path):
    import docx

    document = docx.Document()
    document.add_heading("绩效目标", 1)
    document.add_heading("年度目标", 2)
    document.add_paragraph("提升治理能力。")
    path = tmp_path / "styled.docx"
    document.save(str(path))
    goal = next(finding for finding in review_file(path) if finding.rule == "goal.unquantified")
    assert goal.place.path == ("绩效目标", "年度目标")
    assert (goal.place.kind, goal.place.number, goal.quote) == ("paragraph", 3, "提升治理能力")


def test_numbering_of_any_kind_makes_the_path():
    texts = [
        "第一部分 概况",
        "一、背景",
        "（一）目的",
        "1.范围。正文在此。",
        "（2）方法",
        "① 问卷",
        "二、结论：好",
    ]
    paper = Paper("x", tuple(Line(text, Place("line", n)) for n, text in enumerate(texts, 1)))
    assert [part.path[-1] for part in paper.parts] == ["概况", "背景", "目的", "范围", "方法", "问卷", "结论"]
    assert paper.parts[5].path == ("概况", "背景", "目的", "范围", "方法", "问卷")
    assert paper.parts[6].path == ("概况", "结论")


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("陆万元整", 6_000_000),
        ("壹拾捌万元整", 18_000_000),
        ("叁仟零伍元贰角壹分", 300_521),
        ("壹亿贰仟万元", 12_000_000_000),
        ("拾元", 1_000),
    ],
)
def test_capital_amounts_are_read_to_the_fen(text, fen):
    assert capital_fen(text) == fen


def test_amounts_in_any_form_are_the_same_money():
    for text in ("6万元整", "60000元", "60,000.00元", "0.0006亿元", "¥60000", "陆万元整"):
        assert [amount.fen for amount in amounts(text)] == [6_000_000]


def test_years_numbers_of_papers_and_list_numbers_are_no_quantities():
    assert quantities("2020年第1批，〔2020〕10号，1.做好工作") == []
    assert measured("投入6万元，满意度95%，活动十二场") == ["95%", "十二场"]
    assert plain_number("≥42项") == 42
    assert plain_number("较好") is None


@pytest.mark.parametrize("text", ["1" * 50_000, "1,000" * 10_000, "[bookmark:" * 5_000, " " * 50_000 + "x"])
def test_a_line_made_to_stop_the_reviewer_does_not(tmp_path, text):
    import time

    path = tmp_path / "long.txt"
    path.write_text(text, "utf-8")
    begun = time.perf_counter()
    assert review_file(path)
    assert time.perf_counter() - begun < 5
