"""``linli review``: JSON findings, exit codes, both languages, one sentence for what cannot be read."""

import json

import pytest

from linli.command import main
from linli.reports.tests.papers import CLEAN, POOR


def test_the_command_prints_findings_as_json_with_exit_1_and_none_with_exit_0(tmp_path, capsys):
    path = tmp_path / "poor.txt"
    path.write_text(POOR, "utf-8")
    assert main(["review", str(path), "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)
    assert all(list(finding) == ["rule", "severity", "place", "quote", "message"] for finding in findings)
    assert all(all(finding.values()) for finding in findings)
    assert any(finding["place"] == "项目概况 > 绩效目标 · 第6行" for finding in findings)
    for lang in ("zh", "en"):
        assert main(["review", str(path), "--lang", lang]) == 1
        assert "{" not in capsys.readouterr().out
    path.write_text(CLEAN, "utf-8")
    assert main(["review", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", b"no zip"), ("a.doc", b"x"), ("a.txt", b" "), ("a.pdf", None)]
)
def test_what_cannot_be_read_is_told_in_one_sentence_with_exit_2(tmp_path, capsys, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert main(["review", str(path), "--json"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert str(path) in output.err
