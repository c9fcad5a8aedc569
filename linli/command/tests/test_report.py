"""``linli report`` writes the form that its file's ending names, and changes nothing."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from linli.command import main
from linli.reports.models import Report
from linli.reports.tests.conftest import own_evaluation
from linli.rulebook.parsing import forget


@pytest.fixture
def own(published, village):
    yield own_evaluation(village)
    forget()


def test_the_report_is_written_by_the_ending_of_its_file(own, tmp_path, capsys):
    for form in ("docx", "pdf", "xlsx"):
        out = tmp_path / f"r.{form}"
        code = main(
            ["report", own.project, "--year", "2026", "--outline", "ministry", "--out", str(out), "--json"]
        )
        told = json.loads(capsys.readouterr().out)
        assert code == 0
        assert set(told) == {"file", "sha256", "figures", "gaps"}
        assert told["sha256"] == sha256(out.read_bytes()).hexdigest()
        assert told["figures"] > 5
        assert told["gaps"] > 3
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--year", "2019", "--out", "r.docx"], "2019年度的评价"),
        (["--year", "2026", "--out", "r.odt"], "不能生成“odt”"),
        (["--year", "2026", "--outline", "none", "--out", "r.docx"], "none"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(own, tmp_path, capsys, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    assert main(["report", own.project, *options]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not list(tmp_path.iterdir())
