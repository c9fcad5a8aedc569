"""Backup and restore by the real commands, each in a process of its own, on the engine of this test run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).parents[3]


class Place:
    """An installation of its own: home folder and empty database."""

    def __init__(self, folder: Path) -> None:
        self.home = folder
        self.told = {**os.environ, "LINLI_HOME": str(folder), "LINLI_MODE": "sample"}
        self.told.pop("LINLI_DATABASE_URL", None)
        about = settings.DATABASES["default"]
        if about["ENGINE"].endswith("postgresql"):
            name = f"t{uuid.uuid4().hex[:12]}"
            with psycopg.connect(
                host=about["HOST"], user=about["USER"], dbname="postgres", autocommit=True
            ) as line:
                line.execute(f"CREATE DATABASE {name}")
            self.told["LINLI_DATABASE_URL"] = f"postgresql://{about['USER']}@/{name}?host={about['HOST']}"

    def linli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "linli", *arguments, "--lang", "en"],
            cwd=ROOT,
            env=self.told,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A prepared installation with a file and an entry in its ledger, backed up."""
    place = Place(tmp_path_factory.mktemp("site"))
    done = place.linli("prepare")
    assert done.returncode == 0, done.stderr
    kept = place.home / "files" / "ab" / "abcd"
    kept.parent.mkdir(parents=True)
    kept.write_bytes("一份材料".encode())
    out = place.home / "site.tar"
    done = place.linli("backup", "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    return out, json.loads(done.stdout)


@pytest.mark.slow
def test_a_backup_comes_back_whole(archive, tmp_path):
    out, taken = archive
    place = Place(tmp_path)
    done = place.linli("restore", str(out), "--json")
    assert done.returncode == 0, done.stderr
    brought = json.loads(done.stdout)
    assert brought["counts"] == taken["counts"]
    assert sum(brought["counts"].values()) > 100
    assert brought["ledger"]["ok"]
    assert (tmp_path / "files/ab/abcd").read_text("utf-8") == "一份材料"
    assert out.stat().st_mode & 0o077 == 0
    # The guards stand again: a start would not be refused for want of them.
    assert "append-only" not in place.linli("check", "--deploy").stdout


@pytest.mark.slow
def test_one_changed_byte_is_refused_before_anything_is_touched(archive, tmp_path):
    content = archive[0].read_bytes()
    spot = content.rindex("一份材料".encode())
    bad = tmp_path / "bad.tar"
    bad.write_bytes(content[:spot] + b"X" + content[spot + 1 :])
    done = Place(tmp_path / "home").linli("restore", str(bad))
    assert (done.returncode, done.stdout) == (2, "")
    assert "files/ab/abcd does not agree" in done.stderr
    assert not (tmp_path / "home" / "files").exists()


@pytest.mark.slow
def test_the_keys_stay_at_home_unless_asked_for(archive, tmp_path):
    assert b"keys.json" not in archive[0].read_bytes()
    place = Place(tmp_path)
    assert "put the original key file" in place.linli("restore", str(archive[0])).stdout
    with_keys = tmp_path / "with.tar"
    done = place.linli("backup", "--out", str(with_keys), "--with-keys")
    assert done.returncode == 0, done.stderr
    assert b"keys.json" in with_keys.read_bytes()


def test_what_is_no_backup_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("a letter")
    done = Place(tmp_path / "home").linli("restore", str(tmp_path / "letter.txt"))
    assert done.returncode == 2
    assert "is not an archive made by linli backup" in done.stderr
