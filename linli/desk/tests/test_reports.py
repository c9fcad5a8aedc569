"""Reports at the desk: composed, read with every figure a link, issued, bundled and verified, released; papers reviewed."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.desk.tests.fiscal import built_once, sent, world_of_today  # noqa: F401  (fixtures)
from linli.reports.models import IssuedPaper, Report

pytestmark = pytest.mark.django_db


def _text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def report(world) -> Report:
    answer = sent(
        world.browser("qu"), f"/desk/evaluations/{world.evaluation.key}/report/", outline="ministry"
    )
    return Report.objects.get(number=answer["Location"].rstrip("/").split("/")[-1])


def test_every_figure_of_the_page_leads_to_what_it_stands_on(world, report):
    page = _text(world.browser("qu").get(f"/desk/reports/{report.number}/"))
    assert "/desk/readings/" in page
    assert world.url(world.carried, "money/") in page
    assert "缺" in page
    assert "python3 verify.py" in page


def test_a_form_is_issued_once_and_given_again_with_the_same_bytes(world, report):
    qu, address = world.browser("qu"), f"/desk/reports/{report.number}/"
    first = qu.post(f"{address}papers/", {"form": "docx"})
    again = qu.post(f"{address}papers/", {"form": "docx"})
    assert first["Location"] == again["Location"]
    file = qu.get(first["Location"])
    assert file.content[:2] == b"PK"
    assert "attachment" in file["Content-Disposition"]
    assert IssuedPaper.objects.filter(report=report).count() == 1
    assert IssuedPaper.objects.get(report=report).sha256 in _text(qu.get(address))
    assert qu.post(f"{address}papers/", {"form": "exe"})["Location"] == address


def test_the_annex_pack_says_what_is_missing(world, report):
    answer = world.browser("qu").get(f"/desk/reports/{report.number}/annexes/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert "missing" in pack.read("index.csv").decode("utf-8-sig")


@pytest.mark.slow
def test_the_bundle_stands_and_one_changed_byte_makes_it_say_so(world, report, tmp_path):
    qu = world.browser("qu")
    qu.post(f"/desk/reports/{report.number}/papers/", {"form": "xlsx"})
    address = f"/desk/evaluations/{world.evaluation.key}/bundle/"
    assert "verify.py" in _text(qu.get(address))
    answer = qu.post(address)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
        assert f"{report.number}.xlsx" in bundle.namelist()
        bundle.extractall(tmp_path)
    run = [sys.executable, "-I", "-S", "verify.py"]
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    paper = tmp_path / f"{report.number}.xlsx"
    content = bytearray(paper.read_bytes())
    content[len(content) // 2] ^= 1
    paper.write_bytes(bytes(content))
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_a_report_is_released_under_a_publication_of_its_project(world, report):
    sun, address = world.browser("sun"), f"/desk/reports/{report.number}/release/"
    assert "先在项目的" in _text(sun.get(address))
    sent(sun, world.url(world.carried, "gates/approval/1/publication/"))
    number = world.carried.project.gates.get(kind="approval").publication
    assert sent(sun, address, publication=number).status_code == 302
    assert Report.objects.released().get() == report


def test_others_find_no_report_and_readers_issue_nothing(world, report):
    address = f"/desk/reports/{report.number}/"
    for login in ("limin", "tao", "wangjie", "wangdong"):
        assert world.browser(login).get(address).status_code == 404, login
    wu = world.browser("wu")
    assert wu.get(address).status_code == 200
    assert wu.post(f"{address}papers/", {"form": "docx"}).status_code == 404
    assert (
        wu.post(f"/desk/evaluations/{world.evaluation.key}/report/", {"outline": "ministry"}).status_code
        == 404
    )


def test_the_list_shows_it(world, report):
    assert report.number in _text(world.browser("wu").get("/desk/reports/"))
    assert report.number not in _text(world.browser("wangjie").get("/desk/reports/"))


REPORT = (
    "绩效自评报告\n一、绩效目标\n提升社区治理水平，完善服务体系。\n二、自评结论\n自评得分100分，等级为优。\n"
)


def test_a_paper_of_others_is_judged_with_place_and_words_and_forgotten(world, tmp_path):
    file = SimpleUploadedFile("自评报告.txt", REPORT.encode(), "text/plain")
    page = _text(world.browser("cai").post("/desk/reports/review/", {"file": file}))
    assert "goal.unquantified" in page
    assert "提升社区治理水平" in page
    assert "第3行" in page
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("表.exe", b"MZ"), ("空.txt", b" "), ("坏.docx", b"PK\x03\x04nothing")]
)
def test_a_paper_that_cannot_be_read_is_said_at_its_field_by_its_own_name(world, name, content):
    file = SimpleUploadedFile(name, content)
    answer = world.browser("cai").post("/desk/reports/review/", {"file": file})
    assert answer.status_code == 422
    assert name in str(answer.context["form"].errors["file"])
    assert "/tmp" not in answer.content.decode()
