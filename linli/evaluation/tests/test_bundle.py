"""The bundle verifies with a bare Python; whatever is changed in it is found and named."""

from __future__ import annotations

import ast
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from linli.evaluation.bundle import Paper, make_bundle
from linli.evaluation.tests.judging import AT, PROJECT, judged, know_test_measures, opened, publish_frame
from linli.evaluation.verifier import joining
from linli.evaluation.verifier.container import packed_files
from linli.evaluation.verifier.joining import verify_source
from linli.evaluation.verifier.telling import main, verdict
from linli.ground.canonical import canonical
from linli.ground.said import Said

REPORT = Paper("report.docx", b"the report, byte for byte" * 20)


@pytest.fixture
def bundle(work, monkeypatch, settings, tmp_path):
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path
    know_test_measures(monkeypatch)
    judged(work, publish_frame())
    by = work.village.actor("sun")
    return make_bundle(project=PROJECT, year=2026, by=by, at=AT, papers=[REPORT])


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def unpacked(content: bytes, folder: Path) -> Path:
    for name, data in files_of(content).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def run(script: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def words_of(content: bytes, tmp_path: Path) -> set[str]:
    """The kinds of faults found in a zip with this content."""
    place = tmp_path / "changed.zip"
    place.write_bytes(content)
    return {word for word, _ in verdict(place, "")}


def resealed(bundle, changes) -> bytes:
    """The bundle after someone changed files, then named the new hashes in the manifest and sealed it again."""
    import hashlib

    files = files_of(bundle.content)
    changes(files)
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"
    }
    files["manifest.json"] = canonical(manifest)
    return packed_files(files)


def changed_json(name: str, change) -> object:
    def changes(files):
        value = json.loads(files[name])
        change(value)
        files[name] = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"

    return changes


def test_the_bundle_stands_as_a_folder_and_as_a_zip_with_a_bare_python(bundle, tmp_path):
    folder = unpacked(bundle.content, tmp_path / "folder")
    place = tmp_path / "bundle.zip"
    place.write_bytes(bundle.content)
    for answer in (run(folder / "verify.py"), run(folder / "verify.py", place), run(place)):
        assert (answer.returncode, answer.stderr) == (0, "")
        assert answer.stdout.startswith("成立") and "STANDS" in answer.stdout
        assert len(answer.stdout.splitlines()) == 1


def test_a_named_key_must_be_the_sites_own(bundle, tmp_path):
    folder = unpacked(bundle.content, tmp_path / "folder")
    key = json.loads((folder / "manifest.json").read_bytes())["public_key"]
    assert run(folder / "verify.py", "--key", key).returncode == 0
    answer = run(folder / "verify.py", "--key", "00" * 32)
    assert answer.returncode == 1 and "another key" in answer.stdout


def test_the_bundle_holds_report_readings_scores_evidence_and_proofs(bundle):
    files = files_of(bundle.content)
    assert bundle.readings == 5 == len(json.loads(files["readings.json"]))
    assert files["report.docx"] == REPORT.content
    assert sum(name.startswith("evidence/") for name in files) == 5
    assert {name for name in files if name.startswith("ledger/")} == {
        "ledger/000000000000.json", "ledger/990101001001.json",
    }  # fmt: skip
    header = next(data for name, data in files.items() if name.startswith("evidence/")).splitlines()[0]
    assert header == b"measure,edition,row_key,day,region,part,value,ledger_sequence,row_digest"


def test_the_same_state_gives_the_same_bytes(bundle, work):
    again = make_bundle(project=PROJECT, year=2026, by=work.village.actor("sun"), at=AT, papers=[REPORT])
    assert again.content == bundle.content


def test_no_name_and_no_number_of_a_person_is_in_the_bundle(bundle, work):
    everything = b"".join(files_of(bundle.content).values()).decode()
    for person in work.village.persons.values():
        assert person.name not in everything
        assert person.key not in everything


@pytest.mark.slow
def test_every_one_of_many_random_byte_changes_to_the_zip_is_found(bundle, tmp_path):
    draw = random.Random(1)
    for _ in range(300):
        data = bytearray(bundle.content)
        at = draw.randrange(len(data))
        data[at] ^= draw.randrange(1, 256)
        assert words_of(bytes(data), tmp_path), f"byte {at} was changed unseen"


@pytest.mark.slow
def test_every_one_of_many_random_byte_changes_to_a_file_is_found_and_named(bundle, tmp_path):
    folder = unpacked(bundle.content, tmp_path / "folder")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    draw = random.Random(2)
    for number in range(300):
        path = files[number % len(files)]
        data = path.read_bytes()
        at = draw.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ draw.randrange(1, 256)]) + data[at + 1 :])
        named = [about for _, about in verdict(folder, "")]
        name = path.relative_to(folder).as_posix()
        assert any(name in about for about in named), f"{name} byte {at}: {named}"
        path.write_bytes(data)
    assert verdict(folder, "") == []


@pytest.mark.slow
def test_a_changed_verifier_does_not_vouch_for_itself(bundle, tmp_path):
    folder = unpacked(bundle.content, tmp_path / "folder")
    source = (folder / "verify.py").read_bytes()
    draw = random.Random(3)
    for _ in range(25):
        at = draw.randrange(len(source))
        (folder / "verify.py").write_bytes(source[:at] + bytes([source[at] ^ 1]) + source[at + 1 :])
        answer = run(folder / "verify.py")
        assert answer.returncode != 0
        assert answer.stdout or answer.stderr


def test_added_and_removed_files_are_named(bundle, tmp_path):
    folder = unpacked(bundle.content, tmp_path / "folder")
    (folder / "more.txt").write_text("x")
    assert ("added", "more.txt") in verdict(folder, "")
    (folder / "more.txt").unlink()
    (folder / "report.docx").unlink()
    assert ("missing", "report.docx") in verdict(folder, "")


def test_whoever_changes_a_figure_and_seals_again_is_found_by_signature_and_by_recount(bundle, tmp_path):
    def more(readings):
        next(row for row in readings if row["word"] == "test.on_time")["part"] = 5

    found = words_of(resealed(bundle, changed_json("readings.json", more)), tmp_path)
    assert {"signature", "value", "not_entered", "score"} <= found


def test_a_claimed_score_that_does_not_follow_is_found(bundle, tmp_path):
    def better(scores):
        scores[0]["score"]["proven"] = 10000

    found = words_of(resealed(bundle, changed_json("scores.json", better)), tmp_path)
    assert {"signature", "score", "not_entered"} <= found


def test_each_kind_of_forgery_is_named(bundle, tmp_path):
    def first_seed(scores):
        scores[0]["score"]["seed"] = 8

    def softer(frames):
        frames["frames/trial#1"]["sheet"]["parts"][0]["indicator"]["target"] = "10"

    def claim(scores):
        scores[0]["claims"][0]["points"] = 9000

    def entry(ledger):
        ledger["entries"][0]["row_key"] = "other"

    def later(ledger):
        ledger["checkpoint"]["sequence"] -= 1

    ledger = "ledger/990101001001.json"
    forged = (
        ("scores.json", first_seed, {"score"}), ("frame.json", softer, {"frame", "score"}),
        ("scores.json", claim, {"claim", "score"}), (ledger, entry, {"entry"}), (ledger, later, {"checkpoint"}),
    )  # fmt: skip
    for name, change, words in forged:
        assert words <= words_of(resealed(bundle, changed_json(name, change)), tmp_path), name


def test_a_row_smuggled_into_the_evidence_is_found(bundle, tmp_path):
    def smuggle(files):
        readings = json.loads(files["readings.json"])
        name = next(f"evidence/{row['key']}.csv" for row in readings if row["word"] == "test.on_time")
        line = files[name].splitlines()[1].split(b",")
        line[2], line[7] = b"ZZ-2026-00000", b"1"
        files[name] += b",".join(line) + b"\n"

    found = words_of(resealed(bundle, smuggle), tmp_path)
    assert {"row_digest", "list_digest", "value", "row_not_entered"} <= found


def test_a_row_outside_span_or_region_is_found(bundle, tmp_path):
    def elsewhere(files):
        readings = json.loads(files["readings.json"])
        name = next(f"evidence/{row['key']}.csv" for row in readings if row["word"] == "test.on_time")
        lines = files[name].split(b"\n")
        cells = lines[1].split(b",")
        cells[3], cells[4] = b"2025-01-01", b"990101002001"
        lines[1] = b",".join(cells)
        files[name] = b"\n".join(lines)

    found = words_of(resealed(bundle, elsewhere), tmp_path)
    assert {"row_day", "row_region", "row_digest"} <= found


def test_the_program_says_its_verdict_and_its_faults(bundle, tmp_path, capfdbinary):
    place = tmp_path / "bundle.zip"
    place.write_bytes(bundle.content)
    assert main([str(place)]) == 0
    place.write_bytes(bundle.content[:-1] + b"x")
    assert main([str(place), "--key", "00" * 32]) == 1
    said = capfdbinary.readouterr().out.decode().splitlines()
    assert said[0].startswith("成立") and said[1].startswith("不成立")
    assert any("a byte of the zip file was changed" in line for line in said[2:])
    assert any("another key" in line for line in said[2:])


def test_no_import_renames_and_no_two_parts_share_a_name():
    for text in ("import json as other\n", "from json import loads as other\n"):
        (node,) = ast.parse(text).body
        assert isinstance(node, ast.Import | ast.ImportFrom)
        with pytest.raises(ValueError, match="renames"):
            joining._gather(node, {})
    with pytest.raises(ValueError, match="share"):
        joining._require_new(ast.parse("A: int = 1\nB = 2\n"), {"B"})


def test_rubbish_is_refused_with_a_sentence(tmp_path):
    script = tmp_path / "verify.py"
    script.write_text(verify_source(), "utf-8")
    rubbish = tmp_path / "rubbish.zip"
    rubbish.write_bytes(b"PK\x03\x04 nothing")
    for place in (rubbish, tmp_path / "none.zip", tmp_path):
        answer = run(script, place)
        assert answer.returncode == 1
        assert answer.stderr == "" and "DOES NOT STAND" in answer.stdout


def test_nothing_handed_in_gives_no_bundle(work, monkeypatch):
    frame = publish_frame()
    opened(work, frame)
    with pytest.raises(Said, match="nothing_to_bundle"):
        make_bundle(project=PROJECT, year=2026, by=work.village.actor("sun"), at=AT + timedelta(days=1))
