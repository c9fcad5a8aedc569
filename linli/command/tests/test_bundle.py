"""``linli bundle``: a project's evaluation in one file, and its check by a bare Python."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from linli.command import bundle
from linli.evaluation.evaluating import Terms, claim, open_evaluation, take_readings
from linli.evaluation.scores import score, submit
from linli.evaluation.taking import year_of
from linli.ground.said import Said
from linli.projects.tests import story as telling
from linli.projects.tests.story import moment
from linli.reports.composing import compose
from linli.rulebook.publishing import edition
from tests.cast import HELIN


@pytest.fixture
def project(published, village, settings, tmp_path):
    """A project of Helin with money received and spent, evaluated by its own committee and handed in."""
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path / "files"
    settings.LINLI_FROZEN_DAY = "2026-03-02"
    story = telling.begin(village)
    story.received()
    story.spent(paper=telling.document(village, "voucher"))
    who = {"by": village.actor("sun"), "at": moment(2, 20)}
    terms = Terms(
        project=story.project.case.number, region=HELIN, frame=edition("frames", "self", date(2026, 2, 20)),
        span=year_of(2026), kind="self", evaluator="禾邻社区居民委员会", due_on=date(2026, 3, 1),
    )  # fmt: skip
    evaluation = open_evaluation(terms=terms, **who)
    take_readings(evaluation=evaluation, **who)
    claim(evaluation=evaluation, points=10000, source="自评报告", **who)
    score(evaluation=evaluation, **who)
    submit(evaluation=evaluation, **who)
    compose(evaluation=evaluation, outline=edition("outlines", "ministry", date(2026, 2, 20)), **who)
    return story.project


def options(project: str, out: Path, **more: object) -> argparse.Namespace:
    return argparse.Namespace(
        **{"project": project, "year": 2026, "out": out, "account": "", "lang": "zh", **more}
    )


def test_the_file_is_written_and_verifies_with_the_report_in_it(project, tmp_path):
    out = tmp_path / "proof.zip"
    answer = bundle.run(options(project.case.number, out))
    assert answer.code == 0
    assert json.loads(json.dumps(answer.data)).keys() == {"file", "sha256", "readings"}
    with zipfile.ZipFile(out) as archive:
        assert archive.read("report.docx").startswith(b"PK")
        archive.extractall(tmp_path / "folder")
    script = tmp_path / "folder" / "verify.py"
    command = [sys.executable, "-I", "-S", str(script)]
    checked = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    assert "STANDS" in checked.stdout


def test_what_cannot_be_bundled_gets_a_sentence(project, tmp_path):
    out = tmp_path / "proof.zip"
    number = project.case.number
    for wrong, code in (
        (options("HL-2026-00000", out), "bundle.unknown_project"),
        (options(number, out, year=2019), "evaluation.nothing_to_bundle"),
        (options(number, tmp_path / "none" / "proof.zip"), "fault.no-file"),
        (options(number, out, account="nobody"), "command.account-unknown"),
        (options(number, out, account="wangdong"), "evaluation.nothing_to_bundle"),
    ):
        with pytest.raises(Said) as refusal:
            bundle.run(wrong)
        assert refusal.value.code == code
    assert not out.exists()
