"""The Word file as an office program lays it out: margins, lines, characters and page numbers of GB/T 9704."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
import zipfile
from collections import Counter
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from linli.reports import pdf, word
from linli.reports.packing import same_bytes
from linli.reports.tests.hand import paper

MM = 72 / 25.4
FACES = {
    name: "Noto Serif CJK SC"
    for name in ("仿宋_GB2312", "楷体_GB2312", "宋体", "方正小标宋简体", "Times New Roman")
}
FACES["黑体"] = "Noto Sans CJK SC"


def laid_out(content: bytes, folder: Path) -> Path:
    """The file as LibreOffice lays it out, with open faces standing for the official ones."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        warnings.warn("LibreOffice or pdftotext is missing: the Word layout was NOT looked at", stacklevel=2)
        pytest.skip("needs soffice and pdftotext")
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{face}</family></prefer></alias>'
        for name, face in FACES.items()
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>"
    )
    (folder / "r.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "r.docx"),
    ]
    subprocess.run(
        command,
        check=True,
        timeout=120,
        capture_output=True,
        env={"FONTCONFIG_FILE": str(fonts), "HOME": str(folder), "PATH": "/usr/bin:/bin"},
    )
    return folder / "r.pdf"


def lines_of(file: Path, page: int) -> list[tuple[float, float, float, float, str]]:
    """Lines of a page as (left, top, right, bottom, text) in points, words joined that stand on one line."""
    shown = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-"], check=True, capture_output=True, text=True
    ).stdout  # fmt: skip
    words = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', shown
    )
    found: dict[int, list[tuple[float, float, float, float, str]]] = {}
    for left, top, right, bottom, text in words:
        found.setdefault(round((float(top) + float(bottom)) / 2 / 6), []).append(
            (float(left), float(top), float(right), float(bottom), text)
        )
    return [
        (
            min(w[0] for w in row),
            min(w[1] for w in row),
            max(w[2] for w in row),
            max(w[3] for w in row),
            "".join(w[4] for w in row),
        )
        for _, row in sorted(found.items())
    ]


def body_page(file: Path, pages: range) -> list[tuple[float, float, float, float, str]]:
    """The fullest page of running text."""
    return max(
        (lines_of(file, page) for page in pages), key=lambda rows: sum(1 for row in rows if len(row[4]) > 20)
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_type_area_holds_22_lines_of_28_characters(form, tmp_path):
    from linli.reports.tree import Document, Paragraph, Run

    plain = paper(1)
    text = Paragraph((Run("社区治理项目支出绩效评价" * 400),))
    document = Document(
        **{**{name: getattr(plain, name) for name in plain.__dataclass_fields__}, "blocks": (text,)}
    )
    if form == "docx":
        file = laid_out(word.render(document), tmp_path)
    else:
        file = tmp_path / "r.pdf"
        file.write_bytes(pdf.render(document))
    rows = lines_of(file, 4)
    text_rows, number = rows[:-1], rows[-1]
    assert number[4].replace(" ", "") in ("—3—", "—4—")
    assert len(text_rows) == 22
    assert Counter(len(row[4]) for row in text_rows).most_common(1)[0][0] == 28
    assert all(row[0] == pytest.approx(28 * MM, abs=1.5 * MM) for row in text_rows)
    assert max(row[2] for row in text_rows) == pytest.approx((210 - 26) * MM, abs=1.5 * MM)
    pitches = [later[1] - earlier[1] for earlier, later in pairwise(text_rows)]
    assert all(pitch == pytest.approx(28.95, abs=0.3) for pitch in pitches)
    middle = (text_rows[0][1] + text_rows[0][3]) / 2
    assert middle == pytest.approx(37 * MM + 28.95 / 2, abs=2 * MM)
    below = (number[1] + number[3]) / 2 - (297 - 35) * MM
    assert below == pytest.approx(7 * MM, abs=1.5 * MM)


@pytest.mark.slow
def test_page_numbers_stand_outside(tmp_path):
    file = laid_out(word.render(paper(6)), tmp_path)
    sides = {}
    for page in range(1, 12):
        for left, _, right, _, text in lines_of(file, page):
            found = re.fullmatch(r"—(\d+)—", text.replace(" ", ""))
            if found:
                sides[int(found[1])] = (left + right) / 2
    assert len(sides) > 5
    assert all((middle > 297) == (number % 2 == 1) for number, middle in sides.items())


def test_the_same_tree_gives_the_same_bytes_and_no_traces():
    first = word.render(paper(3))
    assert first == word.render(paper(3))
    assert first == same_bytes(first, paper(3).made_on)
    with zipfile.ZipFile(BytesIO(first)) as file:
        names = set(file.namelist())
        assert not any("thumbnail" in name or "customXml" in name for name in names)
        assert {"word/charts/chart1.xml", "word/embeddings/chart1.xlsx"} <= names
        core = file.read("docProps/core.xml").decode()
        styles = file.read("word/styles.xml").decode()
        body = file.read("word/document.xml").decode()
        embedded = file.read("word/embeddings/chart1.xlsx")
    assert "python-docx" not in core and "2027-01-15T00:00:00Z" in core
    assert 'w:eastAsia="仿宋_GB2312"' in styles and 'w:val="heading 1"' in styles and "w:outlineLvl" in styles
    assert "w:tblHeader" in body and 'TOC \\o "1-2"' in body and "r:id=" in body
    with zipfile.ZipFile(BytesIO(embedded)) as book:
        assert "2027-01-15T00:00:00Z" in book.read("docProps/core.xml").decode()


def test_a_font_that_is_missing_is_a_fault(monkeypatch):
    monkeypatch.setattr(pdf, "TEMPLATE", "tests/missing_font.typ")
    with pytest.raises(RuntimeError, match="font"):
        pdf.render(paper(1))
