"""The stand-alone check as a program: one line that says whether the report stands, then what is wrong.

This part is not imported by the house; it runs inside ``verify.py`` only, and so speaks for itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from linli.evaluation.verifier.auditing import check_bundle
from linli.evaluation.verifier.checking import MANIFEST, Fault
from linli.evaluation.verifier.container import opened

SENTENCES = {
    "seal": ("压缩包有字节被改动", "a byte of the zip file was changed"),
    "name_twice": ("压缩包里有同名文件", "the zip file holds two files of one name"),
    "zip_broken": ("压缩包打不开", "the zip file cannot be opened"),
    "missing": ("文件缺失", "a file is missing"),
    "added": ("多出文件", "a file was added"),
    "changed": ("文件被改动", "a file was changed"),
    "signature": ("签名不对", "the signature is wrong"),
    "other_key": ("不是指定的公钥", "signed by another key than the one given"),
    "unreadable": ("读不出来", "cannot be read"),
    "checkpoint": ("存证链检查点的签名不对", "a ledger checkpoint's signature is wrong"),
    "entry": ("存证条目被改动", "a ledger entry was changed"),
    "root": ("存证条目推不出已签名的根", "ledger entries do not lead to the signed root"),
    "not_entered": ("与存证不符", "not as entered in the ledger"),
    "row_digest": ("佐证行的摘要不符", "an evidence row does not give its digest"),
    "list_digest": ("佐证清单的摘要不符", "the evidence list does not give the reading's digest"),
    "list_order": ("佐证清单有重复或乱序", "the evidence list is out of order or has a row twice"),
    "value": ("按佐证重新计数，读数不符", "counting the evidence again gives another reading"),
    "row_day": ("佐证行不在期间内", "an evidence row lies outside the period"),
    "row_region": ("佐证行不在该区划内", "an evidence row lies outside the region"),
    "row_not_entered": ("佐证行没有存证", "an evidence row has no ledger entry"),
    "frame": ("指标体系与发布的版次不符", "the frame is not the published edition"),
    "claim": ("自称分与存证不符", "a claim is not as entered in the ledger"),
    "goals": ("绩效目标与存证不符", "the goals are not as entered in the ledger"),
    "score": ("按规则重算，得分不符", "working the score out again gives another figure"),
    "nothing": ("没有可核验的内容", "there is nothing to verify"),
}


def told(fault: Fault) -> str:
    """A fault in both languages with what it is about."""
    chinese, english = SENTENCES[fault[0]]
    return f"{chinese} / {english}: {fault[1]}"


def verdict(place: Path, public_key: str) -> list[Fault]:
    """Every fault of the bundle at a place."""
    try:
        files, container = opened(place)
    except OSError:
        return [("unreadable", str(place))]
    return [(word, place.name) for word in container] + check_bundle(files, public_key)


def main(arguments: list[str] | None = None) -> int:
    """``verify.py [ZIP or folder] [--key HEX]``; without a place, the bundle that this file lies in. 0: it stands."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    public_key = ""
    if "--key" in words[:-1]:
        at = words.index("--key")
        public_key = words[at + 1]
        del words[at : at + 2]
    place = Path(words[0]) if words else Path(__file__).resolve().parent
    faults = verdict(place, public_key)
    lines = [_first_line(faults, place)] + [f"  {told(fault)}" for fault in faults]
    out = "\n".join(lines) + "\n"
    sys.stdout.buffer.write(out.encode("utf-8"))
    sys.stdout.flush()
    return 1 if faults else 0


def _first_line(faults: list[Fault], place: Path) -> str:
    if faults:
        return f"不成立：报告与证据不符，{len(faults)} 处 / DOES NOT STAND: {len(faults)} fault(s)"
    files, _ = opened(place)
    key = _named_key(files[MANIFEST])
    return (
        f"成立：每个数、每分、每条存证都已重算相符；请把公钥 {key} 与公开栏核对 / "
        f"STANDS: every figure, score and ledger proof was worked out again; compare the key {key} with the board"
    )


def _named_key(manifest: bytes) -> str:
    return manifest.decode().partition('"public_key":"')[2][:64]
