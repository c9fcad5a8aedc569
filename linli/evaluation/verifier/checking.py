"""The checks of a proof bundle. Each gives faults as (word, what it is about); words are put to sentences in ``telling``.

Nothing that the bundle says of itself is believed: values are counted from evidence rows, digests and scores are worked
out anew, and every official row must lie in a ledger whose signed root is reached from its hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from linli.evaluation.proving import root_from
from linli.evaluation.reckoning import Inputs, score_facts
from linli.evaluation.recounting import (
    EvidenceRow,
    decimal_text,
    derived_value,
    exact_value,
    in_key_order,
    read_evidence,
    readings_in,
    recount,
    row_digests,
)
from linli.evaluation.verifier.edwards import is_signed
from linli.evaluation.verifier.hashing import digest
from linli.ground.canonical import canonical
from linli.trail.checkpoints import signed_words
from linli.trail.writing import entry_hash

MANIFEST = "manifest.json"
NATION_CODE = "0" * 12
Fault = tuple[str, str]
Files = Mapping[str, bytes]


class Ledgers:
    """Entries that were shown to lie under a signed root, by place in their chain and by row."""

    def __init__(self) -> None:
        self.by_place: dict[tuple[str, int], Mapping[str, Any]] = {}
        self.by_row: dict[tuple[str, str], Mapping[str, Any]] = {}

    def covers(self, kind: str, row_key: str, content: object) -> bool:
        """Whether the row with this content was entered."""
        entry = self.by_row.get((kind, row_key))
        return entry is not None and entry["digest"] == digest(canonical(content), entry["algorithm"])


def check_manifest(files: Files, public_key: str) -> Iterator[Fault]:
    """Every file is there as signed, and no other. ``public_key``: the key to expect; empty takes the named one."""
    raw = files.get(MANIFEST)
    if raw is None:
        yield "missing", MANIFEST
        return
    manifest = json.loads(raw)
    signature = manifest.pop("signature")
    if canonical(manifest | {"signature": signature}) != raw:
        yield "changed", MANIFEST
    if not is_signed(bytes.fromhex(manifest["public_key"]), canonical(manifest), bytes.fromhex(signature)):
        yield "signature", MANIFEST
    if public_key and public_key.lower() != manifest["public_key"]:
        yield "other_key", manifest["public_key"]
    yield from _check_names(files, manifest["files"])


def _check_names(files: Files, named: Mapping[str, str]) -> Iterator[Fault]:
    for name in sorted(named.keys() | files.keys() - {MANIFEST}):
        if name not in named:
            yield "added", name
        elif name not in files:
            yield "missing", name
        elif hashlib.sha256(files[name]).hexdigest() != named[name]:
            yield "changed", name


def check_ledger(files: Files, name: str, ledgers: Ledgers, public_key: str) -> Iterator[Fault]:
    """One region's entries lie under its signed root; those that do are entered in ``ledgers``."""
    document = json.loads(files[name])
    point: Any = SimpleNamespace(**document["checkpoint"])
    is_by_site = point.public_key == public_key
    if not is_by_site or not is_signed(
        bytes.fromhex(point.public_key),
        signed_words(point),
        bytes.fromhex(point.signature),
    ):
        yield "checkpoint", name
    wanted = {}
    for entry in document["entries"]:
        if _own_hash(entry) != entry["hash"] or entry["region"] != point.region:
            yield "entry", f"{name} {entry['region']}#{entry['sequence']}"
        wanted[entry["sequence"] - 1] = bytes.fromhex(entry["hash"])
    if root_from(point.sequence, wanted, document["hashes"], point.algorithm).hex() != point.root:
        yield "root", name
        return
    for entry in document["entries"]:
        ledgers.by_place[entry["region"], entry["sequence"]] = entry
        ledgers.by_row[entry["kind"], entry["row_key"]] = entry


def _own_hash(entry: Mapping[str, Any]) -> str:
    return entry_hash(
        entry["region"],
        entry["sequence"],
        entry["at"],
        entry["kind"],
        entry["row_key"],
        entry["digest"],
        entry["previous"],
        entry["algorithm"],
    )


def check_reading(
    files: Files, reading: Mapping[str, Any], readings: Mapping[str, Mapping[str, Any]], ledgers: Ledgers
) -> Iterator[Fault]:
    """A reading's rows give its digest, count and value, lie in its span and place, and it was entered as it stands."""
    name = f"{reading['key']} {reading['word']}"
    entry = ledgers.by_row.get(("evaluation.reading", reading["key"]))
    if (
        not ledgers.covers("evaluation.reading", reading["key"], reading)
        or entry is not None
        and entry["region"] != reading["region"]
    ):
        yield "not_entered", name
    rows, written = read_evidence(files[f"evidence/{reading['key']}.csv"].decode())
    yield from _check_list(name, reading, rows, written)
    if _counted_again(reading, rows, readings) != _as_stated(reading):
        yield "value", name
    if reading["kind"] in ("measured", "derived"):
        for row in rows:
            yield from _check_row(name, reading, row, ledgers)


def _check_list(
    name: str, reading: Mapping[str, Any], rows: Sequence[EvidenceRow], written: Sequence[str]
) -> Iterator[Fault]:
    algorithm = reading["algorithm"]
    own = row_digests(
        reading["word"], reading["edition"], rows, lambda value: digest(canonical(value), algorithm)
    )
    for row, right, stated in zip(rows, own, written, strict=True):
        if right != stated:
            yield "row_digest", f"{name} {row.key}"
    if digest(canonical(own), algorithm) != reading["evidence_digest"]:
        yield "list_digest", name
    if in_key_order(rows) != list(rows) or len({row.key for row in rows}) < len(rows):
        yield "list_order", name


def _as_stated(reading: Mapping[str, Any]) -> list[Any]:
    names = ("value", "whole", "part", "total", "base", "evidence_count")
    return [reading[name] for name in names]


def _counted_again(
    reading: Mapping[str, Any], rows: Sequence[EvidenceRow], readings: Mapping[str, Mapping[str, Any]]
) -> list[Any]:
    """What a reading must state, from its rows: measured ones are counted, derived ones worked out from their sources;
    what was typed stays as typed, only its papers are counted.
    """
    achieved = sum(1 for row in rows if row.part)
    if reading["kind"] == "measured":
        again = recount(reading["counting"], rows, base=reading["base"], per=reading["per"])
        return [decimal_text(again.value), again.whole, again.part, again.total, again.base, len(rows)]
    if reading["kind"] == "derived":
        sources = {key: readings[key] for key in readings_in(reading["formula"])}
        stands = {key: source["evidence_count"] > 0 for key, source in sources.items()}
        if stands != {row.key: row.part for row in rows}:
            return []
        value = derived_value(reading["formula"], {key: exact_value(row) for key, row in sources.items()})
        return [decimal_text(value), None, None, None, None, len(rows) if all(stands.values()) else 0]
    return [reading["value"], None, None, None, None, achieved]


def _check_row(name: str, reading: Mapping[str, Any], row: EvidenceRow, ledgers: Ledgers) -> Iterator[Fault]:
    is_measured = reading["kind"] == "measured"
    if is_measured and not reading["first_on"] <= row.day <= reading["last_on"]:
        yield "row_day", f"{name} {row.key}"
    if is_measured and not region_holds(reading["region"], row.region):
        yield "row_region", f"{name} {row.key}"
    kind = reading["about"]["row_kind"]
    if not kind:
        return
    entry = ledgers.by_place.get((row.region, row.sequence or 0))
    if entry is None or entry["kind"] != kind or row.key not in (
        entry["row_key"], entry["row_key"].rpartition("#")[0], entry["row_key"].partition("#")[0]
    ):  # fmt: skip
        yield "row_not_entered", f"{name} {row.key}"


def region_holds(outer: str, inner: str) -> bool:
    """Whether a 12-digit region code lies in the subtree of another (parts end after 2, 4, 6, 9 and 12 digits)."""
    if outer == NATION_CODE:
        return True
    kept = next(end for end in (2, 4, 6, 9, 12) if not outer[end:].strip("0"))
    return inner[:kept] == outer[:kept]


def check_frame(word: str, frame: Mapping[str, Any], ledgers: Ledgers) -> Iterator[Fault]:
    """The frame is the edition that was published."""
    content = {"digest": digest(canonical(frame["sheet"])), "valid_from": frame["valid_from"]}
    if not ledgers.covers("rulebook.edition", word, content):
        yield "frame", word


def check_score(
    document: Mapping[str, Any],
    frames: Mapping[str, Any],
    readings: Mapping[str, Mapping[str, Any]],
    ledgers: Ledgers,
) -> Iterator[Fault]:
    """The score follows from frame, goals, readings and claims, and was entered and handed in as it stands."""
    stated, evaluation = document["score"], document["evaluation"]
    name = f"{evaluation['kind']} {evaluation['key']}"
    sheet = frames[stated["frame"]]["sheet"]
    yield from _check_terms(name, document, sheet)
    yield from _check_said(name, document, ledgers)
    goals = document["goals"]
    inputs = Inputs(
        sheet=sheet,
        goals=goals["content"]["goals"] if goals else [],
        actuals={code: readings[key] for code, key in document["actuals"].items()},
        left_out=document["left_out"],
        claims={claim["part"]: claim["points"] for claim in document["claims"]},
        first=evaluation["first_on"],
        last=evaluation["last_on"],
        seed=evaluation["seed"],
    )
    for fact, value in score_facts(inputs).items():
        if stated[fact] != value:
            yield "score", f"{name} {fact}"
    handed = {"evaluation": evaluation["key"], "score": stated["key"]}
    official = (
        ("evaluation.score", stated["key"], stated),
        ("evaluation.submission", evaluation["key"], handed),
        ("evaluation.evaluation", evaluation["key"], evaluation),
    )
    for kind, key, content in official:
        if not ledgers.covers(kind, key, content):
            yield "not_entered", f"{name} {kind}"


def _check_said(name: str, document: Mapping[str, Any], ledgers: Ledgers) -> Iterator[Fault]:
    """Claims and goals were entered as they stand."""
    evaluation = document["evaluation"]
    for claim in document["claims"]:
        if not ledgers.covers("evaluation.claim", claim["key"], _claim_content(evaluation, claim)):
            yield "claim", f"{name} {claim['part']}"
    goals = document["goals"]
    if goals and not ledgers.covers("evaluation.goals", goals["key"], goals["content"]):
        yield "goals", name


def _check_terms(name: str, document: Mapping[str, Any], sheet: Mapping[str, Any]) -> Iterator[Fault]:
    """The score, the evaluation and its goals are of one another."""
    stated, evaluation, goals = document["score"], document["evaluation"], document["goals"]
    if digest(canonical(sheet)) != stated["frame_digest"] or stated["frame"] != evaluation["frame"]:
        yield "frame", stated["frame"]
    if (stated["evaluation"], stated["seed"]) != (evaluation["key"], evaluation["seed"]):
        yield "score", f"{name} seed"
    if (goals["key"] if goals else "") != evaluation["goals"]:
        yield "goals", name


def _claim_content(evaluation: Mapping[str, Any], claim: Mapping[str, Any]) -> dict[str, Any]:
    return {"evaluation": evaluation["key"], **{name: claim[name] for name in ("part", "points", "source")}}
