"""``linli backup --out FILE``: database and files in one archive that names the hash of every part."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from linli import __version__
from linli.command import archives, copying
from linli.command.answer import Answer
from linli.ground.said import Said, Saying
from linli.ground.wording import say

HELP = "备份数据库和文件到一个归档，可在运行中进行 / back up database and files, also while the site runs"
NEEDS_DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether the keys go with it."""
    parser.add_argument("--out", required=True, metavar="FILE", type=Path, help="归档文件 / the archive")
    parser.add_argument(
        "--with-keys", action="store_true", help="连同密钥（请另行妥善保管）/ include the keys"
    )


def run(options: argparse.Namespace) -> Answer:
    """Copy, count, hash, write. Without the keys nobody can read identifiers in the archive, nor can its owner."""
    out: Path = options.out
    if not out.parent.is_dir():
        raise Said("fault.no-file", file=str(out.parent))
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".linli-backup-") as folder:
        part = copying.PARTS[connection.vendor]
        copy = Path(folder) / part
        counts = copying.take(copy)
        sources = {part: copy, **files(Path(settings.HOME) / "files"), **keys(wanted=options.with_keys)}
        parts = archives.parts_of(sources)
        manifest = archives.Manifest(
            connection.vendor, timezone.now().isoformat(), __version__, counts, parts
        )
        archives.write(out, manifest, sources)
    with out.open("rb") as stream:
        digest, size = archives.digest_of(stream)
    data = {"file": str(out), "sha256": digest, "bytes": size, "counts": counts, "parts": len(parts)}
    rows = sum(counts.values())
    lines = [
        say(
            Saying("backup.done", {"file": str(out), "rows": rows, "parts": len(parts), "sha256": digest}),
            options.lang,
        )
    ]
    if not options.with_keys:
        lines.append(say(Saying("backup.keys-left-out"), options.lang))
    return Answer(data, tuple(lines))


def files(folder: Path) -> dict[str, Path]:
    """Every kept file by its name in the archive. They are only ever added, so none changes meanwhile."""
    return {
        f"files/{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def keys(*, wanted: bool) -> dict[str, Path]:
    """The key file where it is asked for and there is one."""
    path = key_file()
    if wanted and not path.exists():
        raise Said("fault.no-file", file=str(path))
    return {"keys.json": path} if wanted else {}


def key_file() -> Path:
    """Where this site's keys lie."""
    return Path(os.environ.get("LINLI_KEYS") or Path(settings.HOME) / "keys.json")
