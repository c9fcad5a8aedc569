"""All checks of a bundle, one after another. What cannot be read is a fault as well, never a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from linli.evaluation.verifier.checking import (
    MANIFEST,
    Fault,
    Files,
    Ledgers,
    check_frame,
    check_ledger,
    check_manifest,
    check_reading,
    check_score,
)


class Audit:
    """One bundle being checked, and what was found so far."""

    def __init__(self, files: Files, public_key: str) -> None:
        self.files = files
        self.public_key = public_key
        self.found: list[Fault] = []
        self.ledgers = Ledgers()

    def gather(self, about: str, faults: Iterator[Fault]) -> None:
        """Run a check; that it breaks is a fault too."""
        try:
            self.found.extend(faults)
        except Exception as fault:
            self.found.append(("unreadable", f"{about} ({type(fault).__name__})"))

    def load(self, name: str, kind: type) -> Any:
        """A JSON file of the bundle; an empty one of its kind where it cannot be read."""
        try:
            content = json.loads(self.files[name])
        except Exception:
            content = None
        if isinstance(content, kind):
            return content
        self.found.append(("unreadable", name))
        return kind()

    def ledger(self) -> None:
        """The manifest, then every region's entries under the site's key."""
        self.gather(MANIFEST, check_manifest(self.files, self.public_key))
        site_key = self.public_key or str(self.load(MANIFEST, dict).get("public_key", ""))
        for name in sorted(name for name in self.files if name.startswith("ledger/")):
            self.gather(name, check_ledger(self.files, name, self.ledgers, site_key.lower()))

    def figures(self) -> None:
        """Readings from their rows, frames from their editions, scores from all of these."""
        frames, scores = self.load("frame.json", dict), self.load("scores.json", list)
        rows = [row for row in self.load("readings.json", list) if isinstance(row, dict)]
        readings = {str(row.get("key")): row for row in rows}
        for key, reading in readings.items():
            self.gather(f"evidence/{key}.csv", check_reading(self.files, reading, readings, self.ledgers))
        for word in frames:
            self.gather(f"frame.json {word}", check_frame(word, frames[word], self.ledgers))
        for document in scores:
            self.gather("scores.json", check_score(document, frames, readings, self.ledgers))
        if not scores:
            self.found.append(("nothing", "scores.json"))


def check_bundle(files: Files, public_key: str = "") -> list[Fault]:
    """All faults of a bundle, each once. ``public_key``: the site's, as published; empty takes the one it names."""
    audit = Audit(files, public_key)
    audit.ledger()
    audit.figures()
    return list(dict.fromkeys(audit.found))
