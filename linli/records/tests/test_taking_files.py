"""Which files are taken, and what is done to them; no database."""

import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from linli.ground.said import Said
from linli.records import images, papers
from linli.records.limits import limits, require_size
from linli.records.naming import ENDINGS, clean_name
from linli.records.sniffing import sniff
from linli.records.tests.papers import archive, pdf, photo, word

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf(), "application/pdf"),
        (photo(), "image/jpeg"),
        (photo(form="PNG"), "image/png"),
        (photo(form="WEBP"), "image/webp"),
        (word(), OFFICE + "wordprocessingml.document"),
        (archive({"[Content_Types].xml": "x", "xl/workbook.xml": "x"}), OFFICE + "spreadsheetml.sheet"),
        (archive({"OFD.xml": "x"}), "application/ofd"),
        (archive({"卷宗/1.txt": "x"}), "application/zip"),
        ("姓名,金额\n甲,100\n乙,200\n".encode("gb18030"), "text/csv"),
        ("今天走访三户。\n".encode(), "text/plain"),
    ],
)
def test_a_type_is_read_from_the_content(content, media_type):
    assert sniff(content) == media_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x00\x00\x00\x18ftypheic" + b"\0" * 20, "records.heic"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\0" * 20, "records.video"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "records.old_office"),
        (b"Rar!\x1a\x07\x00", "records.other_archive"),
        (b"GIF89a" + b"\0" * 20, "records.other_picture"),
        (b"MZ\x90\x00\x03" + b"\0" * 99, "records.unknown_type"),
        (b"\x7fELF" + b"\0" * 99, "records.unknown_type"),
        (b"  <!DOCTYPE html><script>1</script>", "records.active_text"),
        (b"<svg xmlns='x' onload='1'/>", "records.active_text"),
        (b"PK\x03\x04 broken", "records.broken_archive"),
        (archive({"[Content_Types].xml": "x"}), "records.broken_archive"),
        (word(**{"word/vbaProject.bin": "x"}), "records.macros"),
        (archive({"../../etc/passwd": "x"}), "records.archive_paths"),
        (archive({f"{n}": "" for n in range(6000)}), "records.archive_bomb"),
        (archive({"zeros": b"\0" * 70_000_000}), "records.archive_bomb"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_own_sentence(content, code):
    with pytest.raises(Said) as refusal:
        sniff(content)
    assert refusal.value.code == code


def test_a_locked_archive_is_refused():
    content = bytearray(archive({"a.txt": "x"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Said) as refusal:
        sniff(bytes(content))
    assert refusal.value.code == "records.locked"


@given(st.binary(max_size=300))
def test_any_bytes_get_a_type_or_a_sentence(content):
    try:
        assert sniff(content) in ENDINGS
    except Said as refusal:
        assert refusal.code.startswith("records.")


def test_a_harmless_pdf_passes_even_if_its_pictures_hold_odd_bytes():
    assert papers.examine(pdf(hidden=b"5 0 <</Type/Page>>")) == []


@pytest.mark.parametrize(
    ("extra", "hidden", "code"),
    [
        (b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", b"x", "records.pdf_acts"),
        (b"/OpenAction<</S/#4aavaScr#69pt>>", b"x", "records.pdf_acts"),
        (b"/AA<</O<</S/Launch/F(calc.exe)>>>>", b"x", "records.pdf_acts"),
        (b"", b"5 0 <</S/JavaScript/JS 6 0 R>>", "records.pdf_acts"),
        (b"/Encrypt 9 0 R", b"x", "records.locked"),
    ],
)
def test_a_pdf_that_acts_or_is_locked_is_refused(extra, hidden, code):
    with pytest.raises(Said) as refusal:
        papers.examine(pdf(extra, hidden))
    assert refusal.value.code == code


def test_a_pdf_with_attachments_or_unreadable_parts_is_remarked():
    assert papers.examine(pdf(b"/Names<</EmbeddedFiles 7 0 R>>", b"x")) == ["embedded_files"]
    broken = pdf(hidden=b"abc" * 50).replace(b"stream\nx\x9c", b"stream\nxx", 1)
    assert papers.examine(broken) == ["not_fully_read"]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_position_and_maker_and_stands_upright(form):
    before = photo(form=form)
    assert b"SecretMaker" in before
    after = images.renewed(before, f"image/{form.lower()}")
    assert b"SecretMaker" not in after and b"Exif" not in after
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.size == (40, 60)
        assert not picture.getexif() and sniff(after) == f"image/{form.lower()}"


def test_a_large_photo_is_made_smaller():
    longest = limits().photo_longest_side
    after = images.renewed(photo(size=(longest + 900, 500), orientation=1), "image/jpeg")
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.width == longest


def test_clear_parts_of_a_picture_stay_clear():
    file = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
    with Image.open(io.BytesIO(images.renewed(file.getvalue(), "image/png"))) as picture:
        assert picture.mode == "RGBA" and picture.getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked():
    head = photo(size=(8, 8), form="PNG")
    for side in (9_000, 60_000):
        bomb = _with_size(head, side)
        with pytest.raises(Said) as refusal:
            images.renewed(bomb, "image/png")
        assert refusal.value.code == "records.too_many_pixels"


def _with_size(png, side):
    import struct
    import zlib

    chunk = b"IHDR" + struct.pack(">II", side, side) + png[24:29]
    return png[:12] + chunk + struct.pack(">I", zlib.crc32(chunk)) + png[33:]


def test_a_broken_picture_is_refused():
    with pytest.raises(Said) as refusal:
        images.renewed(photo()[:200], "image/jpeg")
    assert refusal.value.code == "records.broken_picture"


def test_sizes_are_held_and_said_in_megabytes():
    require_size(10, 10)
    with pytest.raises(Said) as refusal:
        require_size(10 * 1024 * 1024 + 1, 10 * 1024 * 1024)
    assert refusal.value.values == {"size": "10.1", "most": "10"}
    with pytest.raises(Said, match="empty"):
        require_size(0, 10)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\甲\\证明.doc", "证明.pdf"),
        ("发票\u202egpj.exe", "发票gpj.pdf"),
        ("a<b>:c.pdf", "a_b_c.pdf"),
        ("", "文件.pdf"),
        ("CON", "文件CON.pdf"),
        ("名" * 200, "名" * 80 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_the_content_demands(given_name, shown):
    assert clean_name(given_name, "application/pdf") == shown


@given(st.text(max_size=120))
def test_no_name_leaves_its_folder(name):
    shown = clean_name(name, "text/plain")
    assert shown.endswith(".txt") and not set(shown) & set('/\\:*?"<>|\n\r\0') and not shown.startswith(".")


def test_looking_at_files_needs_no_database():
    code = "import linli.records.sniffing, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
