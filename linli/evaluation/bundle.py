"""The proof bundle: everything an auditor needs to work a report out again, offline, with one file of Python.

It holds the evaluations of a project and year that the actor may see and that are handed in. It writes nothing but
signed checkpoints, so that two bundles of the same state differ in nothing but their moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils import timezone

import linli
from linli.evaluation.evidencing import rows_of, table_of
from linli.evaluation.goals import goals_content
from linli.evaluation.models import Evaluation, Reading
from linli.evaluation.proving import missing_hashes
from linli.evaluation.readings import KIND, content, local_moment
from linli.evaluation.recounting import readings_in
from linli.evaluation.scores import content_of, edition_word, evaluation_content, inputs_of
from linli.evaluation.verifier.container import packed_files
from linli.evaluation.verifier.joining import STARTER, verify_source
from linli.ground.canonical import canonical
from linli.ground.said import Said
from linli.people.actors import Actor
from linli.trail.checkpoints import leaves, make_checkpoint
from linli.trail.models import Checkpoint, LedgerEntry
from linli.trail.writing import act, note

BATCH = 500
NATION = "0" * 12
Place = tuple[str, int]


@dataclass(frozen=True)
class Bundle:
    """The archive, its SHA-256, and how many readings it holds."""

    content: bytes
    sha256: str
    readings: int


@dataclass(frozen=True)
class Paper:
    """The report (or another paper) that the bundle proves, by its file name."""

    name: str
    content: bytes


@act
def make_bundle(*, project: str, year: int, by: Actor, at: datetime, papers: Sequence[Paper] = ()) -> Bundle:
    """Bundle a project's evaluations of a year with readings, evidence lists, ledger proofs and ``verify.py``.

    ``project`` is its public number. Raises ``Said`` where nothing handed in may be seen.
    """
    seen = Evaluation.objects.visible_to(by, timezone.localdate(at)).of(project, year)
    evaluations = list(
        seen.filter(submission__isnull=False).select_related("frame", "goals__frame", "submission__score")
    )
    if not evaluations:
        raise Said("evaluation.nothing_to_bundle", project=project, year=year)
    readings = _readings(evaluations)
    files = {
        "readings.json": _json([content(reading) for reading in readings]),
        "frame.json": _json(_frames(evaluations)),
        "scores.json": _json([_score_document(evaluation) for evaluation in evaluations]),
        "verify.py": verify_source().encode(),
        "__main__.py": STARTER.encode(),
        **{f"evidence/{reading.key}.csv": table_of(reading.evidence).encode() for reading in readings},
        **_ledgers(evaluations, readings, by, at),
        **{paper.name: paper.content for paper in papers},
    }
    files["manifest.json"] = _manifest(project, year, files, at)
    packed = packed_files(files)
    facts: dict[str, object] = {"year": year, "readings": len(readings), "evaluations": len(evaluations)}
    note(
        verb="evaluation.make_bundle", kind="evaluation.bundle", key=project, region=evaluations[0].region, by=by, at=at,
        facts=facts,
    )  # fmt: skip
    return Bundle(packed, hashlib.sha256(packed).hexdigest(), len(readings))


def _readings(evaluations: Iterable[Evaluation]) -> list[Reading]:
    """Every reading that stands for an indicator, with those that derived ones are worked out from, by key."""
    found: dict[str, Reading] = {}
    pending = {key for evaluation in evaluations for key in _used(evaluation).values()}
    while pending:
        rows = Reading.objects.filter(key__in=pending).select_related("evidence")
        found |= {row.key: row for row in rows}
        pending = {key for row in rows for key in readings_in(row.formula)} - found.keys()
    return [found[key] for key in sorted(found)]


def _used(evaluation: Evaluation) -> dict[str, str]:
    return {code: reading["key"] for code, reading in inputs_of(evaluation).actuals.items()}


def _frames(evaluations: Iterable[Evaluation]) -> dict[str, Any]:
    return {
        edition_word(evaluation.frame): {
            "sheet": evaluation.frame.body,
            "valid_from": evaluation.frame.valid_from.isoformat(),
        }
        for evaluation in evaluations
    }


def _score_document(evaluation: Evaluation) -> dict[str, Any]:
    goals = evaluation.goals
    newest = {row.part: row for row in evaluation.claims.order_by("id")}
    return {
        "evaluation": evaluation_content(evaluation),
        "score": content_of(evaluation.submission.score),
        "actuals": _used(evaluation),
        "left_out": dict(inputs_of(evaluation).left_out),
        "claims": [
            {"key": str(row.pk), "part": row.part, "points": row.points, "source": row.source}
            for row in newest.values()
        ],
        "goals": {"key": goals.key, "content": goals_content(goals)} if goals else None,
    }


def _official_rows(evaluations: Iterable[Evaluation], readings: Iterable[Reading]) -> set[tuple[str, str]]:
    """Kind and key of every row of evaluation whose entry the bundle proves."""
    rows = {(KIND, reading.key) for reading in readings}
    for evaluation in evaluations:
        rows |= {
            ("evaluation.evaluation", evaluation.key),
            ("evaluation.score", evaluation.submission.score.key),
            ("evaluation.submission", evaluation.key),
            ("rulebook.edition", edition_word(evaluation.frame)),
        }
        rows |= {("evaluation.claim", str(claim.pk)) for claim in evaluation.claims.all()}
        if evaluation.goals is not None:
            rows.add(("evaluation.goals", evaluation.goals.key))
    return rows


def _ledgers(
    evaluations: Sequence[Evaluation], readings: Sequence[Reading], by: Actor, at: datetime
) -> dict[str, bytes]:
    """One file for each region's chain: its signed root, the entries shown, and the hashes that lead to the root."""
    wanted: dict[str, set[int]] = {}
    for kind, key in _official_rows(evaluations, readings):
        for entry in LedgerEntry.objects.filter(kind=kind, row_key=key):
            wanted.setdefault(entry.region, set()).add(entry.sequence)
    for reading in readings:
        for row in rows_of(reading.evidence):
            if row.sequence is not None:
                wanted.setdefault(row.region, set()).add(row.sequence)
    return {f"ledger/{region}.json": _ledger(region, wanted[region], by, at) for region in sorted(wanted)}


def _ledger(region: str, sequences: set[int], by: Actor, at: datetime) -> bytes:
    point = make_checkpoint(region=region, by=by, at=at)
    if point is None:
        raise Said("evaluation.no_ledger", region=region)
    ordered = sorted(sequences)
    entries: list[dict[str, Any]] = []
    for first in range(0, len(ordered), BATCH):
        rows = LedgerEntry.objects.filter(region=region, sequence__in=ordered[first : first + BATCH])
        entries += list(rows.order_by("sequence").values(*_ENTRY_FIELDS))
    hashes = missing_hashes(
        leaves(region, point.sequence), {sequence - 1 for sequence in ordered}, point.algorithm
    )
    return _json({"checkpoint": _point(point), "entries": entries, "hashes": hashes})


_ENTRY_FIELDS = ("region", "sequence", "at", "kind", "row_key", "digest", "previous", "hash", "algorithm")
_POINT_FIELDS = ("region", "sequence", "root", "algorithm", "signature", "public_key", "made_at")


def _point(point: Checkpoint) -> dict[str, Any]:
    return {name: getattr(point, name) for name in _POINT_FIELDS}


def _manifest(project: str, year: int, files: Mapping[str, bytes], at: datetime) -> bytes:
    """Name and SHA-256 of every file, signed by the site's key; written canonically, so that no byte is loose."""
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.KEYS.signing))
    manifest: dict[str, object] = {
        "project": project,
        "year": year,
        "made_at": local_moment(at),
        "made_by": f"linli {linli.__version__}",
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "public_key": key.public_key().public_bytes_raw().hex(),
    }
    return canonical(manifest | {"signature": key.sign(canonical(manifest)).hex()})


def _json(value: object) -> bytes:
    """A file that a person can read too: one line a member, in a fixed order."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
