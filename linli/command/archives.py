"""The archive of ``backup`` and ``restore``: a tar file with a manifest that names every part and its hash.

Parts: the database (``database.sqlite3``, or ``database.dump`` of pg_dump), the files by their names, and the keys
only where asked for. The manifest comes first and holds counts of rows per table, so that a restore can show that
it brought back what was taken.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from linli.ground.said import Said

FORMAT = "linli-backup-1"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What the archive holds: engine, counts per table, and ``parts`` as name to (SHA-256, bytes)."""

    engine: str
    made_at: str
    edition: str
    counts: Mapping[str, int]
    parts: Mapping[str, tuple[str, int]]

    def to_json(self) -> bytes:
        """The manifest as written into the archive."""
        content = {
            "format": FORMAT,
            "engine": self.engine,
            "made_at": self.made_at,
            "edition": self.edition,
            "counts": dict(self.counts),
            "parts": {name: {"sha256": digest, "bytes": size} for name, (digest, size) in self.parts.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def digest_of(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 in hex and length of a stream, read in pieces."""
    found, size = hashlib.sha256(), 0
    while piece := stream.read(1 << 20):
        found.update(piece)
        size += len(piece)
    return found.hexdigest(), size


def parts_of(sources: Mapping[str, Path]) -> dict[str, tuple[str, int]]:
    """Hash and length of every source by its name in the archive."""
    found = {}
    for name, path in sources.items():
        with path.open("rb") as stream:
            found[name] = digest_of(stream)
    return found


def write(out: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write the archive readable by its owner only; a half-written one is removed."""
    unfinished = out.with_name(out.name + ".part")
    try:
        with unfinished.open("wb") as raw:
            unfinished.chmod(0o600)
            with tarfile.open(fileobj=raw, mode="w") as archive:
                _add(archive, MANIFEST, manifest.to_json())
                for name, path in sources.items():
                    archive.add(path, arcname=name, recursive=False)
        unfinished.replace(out)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size = len(content)
    about.mode = 0o600
    archive.addfile(about, io.BytesIO(content))


@contextmanager
def opened(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """The archive and its manifest; anything else than an archive of ours is refused."""
    try:
        with tarfile.open(path, mode="r:") as archive:
            yield archive, _manifest(archive, path)
    except (tarfile.TarError, EOFError):
        raise Said("restore.not-a-backup", file=str(path)) from None


def _manifest(archive: tarfile.TarFile, path: Path) -> Manifest:
    try:
        stream = archive.extractfile(MANIFEST)
        content: dict[str, Any] = json.load(stream) if stream else {}
        if content.get("format") != FORMAT:
            raise KeyError(FORMAT)
        return Manifest(
            engine=content["engine"],
            made_at=content["made_at"],
            edition=content["edition"],
            counts=content["counts"],
            parts={name: (part["sha256"], part["bytes"]) for name, part in content["parts"].items()},
        )
    except (KeyError, ValueError, TypeError):
        raise Said("restore.not-a-backup", file=str(path)) from None


def check(archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Refuse unless the archive holds exactly the parts named, each with its hash."""
    held = {member.name: member for member in archive.getmembers() if member.name != MANIFEST}
    strange = sorted(set(held) ^ set(manifest.parts))
    if strange:
        raise Said("restore.part-differs", part=strange[0])
    for name, member in held.items():
        stream = archive.extractfile(member) if member.isreg() and _stays_inside(name) else None
        if stream is None or digest_of(stream) != manifest.parts[name]:
            raise Said("restore.part-differs", part=name)


def _stays_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in Path(name).parts


def take_out(archive: tarfile.TarFile, name: str, target: Path) -> None:
    """Write one part to a path, readable by its owner only."""
    stream = archive.extractfile(name)
    assert stream is not None
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with target.open("wb") as written:
        target.chmod(0o600)
        while piece := stream.read(1 << 20):
            written.write(piece)
