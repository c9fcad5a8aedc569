"""``linli restore FILE``: put an archive of ``linli backup`` back, after every hash in it has been checked."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from linli.command import archives, copying, guards, home, prepare
from linli.command.answer import Answer
from linli.command.backup import key_file
from linli.ground.said import Said, Saying
from linli.ground.wording import say
from linli.people.models import Account, Person
from linli.trail.verifying import verify

HELP = "从备份恢复：先核对哈希，再恢复，再核验存证链 / restore a backup, then verify the ledger"
NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which archive, and whether data already here may be replaced."""
    parser.add_argument("file", metavar="FILE", type=Path, help="归档文件 / the archive")
    parser.add_argument("--force", action="store_true", help="覆盖已有数据 / replace the data that are here")


def run(options: argparse.Namespace) -> Answer:
    """Code 1 where the ledger of the restored database has a fault."""
    folder = home.ready()
    with home.held(folder), archives.opened(options.file) as (archive, manifest):
        archives.check(archive, manifest)
        refuse(manifest, force=options.force)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".linli-restore-") as work:
            copy = Path(work) / copying.PARTS[manifest.engine]
            archives.take_out(archive, copy.name, copy)
            copying.put(copy)
        for name in manifest.parts:
            if name.startswith("files/"):
                archives.take_out(archive, name, folder / name)
        if "keys.json" in manifest.parts and not key_file().exists():
            archives.take_out(archive, "keys.json", key_file())
        counts = copying.counts()
    return _finish(options, manifest, counts)


def _finish(options: argparse.Namespace, manifest: archives.Manifest, counts: dict[str, int]) -> Answer:
    """Compare the rows, bring the tables to this edition, guard them again, verify the ledger."""
    different = [
        table
        for table in sorted({*counts, *manifest.counts})
        if counts.get(table) != manifest.counts.get(table)
    ]
    if different:
        raise Said("restore.counts-differ", table=different[0])
    prepare.migrate(str(options.lang))
    guards.lay_all()
    verdict = verify()
    hashes = {name: digest for name, (digest, _) in manifest.parts.items()}
    data = {
        "file": str(options.file),
        "counts": counts,
        "hashes": hashes,
        "ledger": {"entries": verdict.entries, "ok": verdict.ok, "first_fault": verdict.first_fault},
    }
    done = Saying(
        "restore.done", {"rows": sum(counts.values()), "parts": len(hashes), "made_at": manifest.made_at}
    )
    ledger = Saying(
        "ledger.whole" if verdict.ok else "ledger.broken",
        {"entries": verdict.entries, "fault": verdict.first_fault},
    )
    lines = [done, ledger]
    if "keys.json" not in manifest.parts:
        lines.append(Saying("restore.keys-elsewhere", {"file": str(key_file())}))
    return Answer(data, tuple(say(line, options.lang) for line in lines), 0 if verdict.ok else 1)


def refuse(manifest: archives.Manifest, *, force: bool) -> None:
    """Not onto another engine, and not over people's data unless told to."""
    if manifest.engine != connection.vendor:
        raise Said("restore.other-engine", backup=manifest.engine, here=connection.vendor)
    if force:
        return
    tables = set(connection.introspection.table_names())
    if any(model._meta.db_table in tables and model._default_manager.exists() for model in (Person, Account)):
        raise Said("restore.not-empty", folder=str(settings.HOME))
