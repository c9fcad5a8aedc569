"""Composing a report, rendering it as Word, making its bundle and verifying that with a bare Python."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from linli.evaluation.bundle import Bundle, make_bundle
from linli.reports.composing import composed, rendered
from linli.reports.declared import outline_of
from linli.reports.facts import facts_of
from linli.reports.tests.conftest import LATER, own_evaluation
from linli.reports.tree import Document
from linli.rulebook.publishing import edition
from tests.bench.line import Line, repeated
from tests.cast import Village

PAGES, AIM = 40, 1000


def measure(village: Village, repeats: int) -> Iterator[Line]:
    """One evaluated project of the village. Work inside this process is judged by its processor time."""
    evaluation = own_evaluation(village)
    outline = outline_of(edition("outlines", "source", LATER.date()))
    with CaptureQueriesContext(connection) as asked:
        facts = facts_of(evaluation)

    def compose() -> Document:
        return composed(facts, outline, on=LATER.date(), number="BENCH-1")

    document = compose()
    long = _lengthened(document)
    pages = _pages(long)
    values = {
        "fetch_queries": len(asked),
        "fetch_ms": round(repeated(lambda: facts_of(evaluation), repeats).median, 1),
        "compose_ms": _cpu(compose, repeats),
        "word_ms": _cpu(lambda: rendered(long, "docx"), repeats),
        "pages": pages,
    }
    whole = round(values["compose_ms"] * pages / max(_pages(document), 1) + values["word_ms"], 1)
    yield Line(
        "reports",
        "composing and Word",
        {**values, "both_ms": whole},
        {"both_ms": AIM},
        note="processor time; composing scaled to the pages",
    )
    yield _bundle(evaluation.project, village, repeats)


def _cpu(do: Callable[[], object], times: int) -> float:
    """Median milliseconds of processor time."""
    do()
    found = []
    for _ in range(times):
        begin = process_time()
        do()
        found.append((process_time() - begin) * 1000)
    return round(median(found), 1)


def _pages(document: Document) -> int:
    return len(PdfReader(io.BytesIO(rendered(document, "pdf"))).pages)


def _lengthened(document: Document) -> Document:
    """The report with its own body repeated until it has enough pages."""
    times = 1
    while True:
        long = replace(document, blocks=document.blocks * times)
        have = _pages(long)
        if have >= PAGES:
            return long
        times = max(times + 1, times * PAGES // have)


def _bundle(project: str, village: Village, repeats: int) -> Line:
    made: list[Bundle] = []

    def make() -> None:
        made.append(make_bundle(project=project, year=2026, by=village.actor("qu"), at=LATER))

    making = repeated(make, max(3, repeats // 3))
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(made[-1].content)).extractall(folder)
        checking = repeated(lambda: _verified(Path(folder)), 3)
    values = {
        "readings": made[-1].readings,
        "kilobytes": round(len(made[-1].content) / 1024),
        **making.named("making"),
        **checking.named("verifying"),
    }
    return Line("reports", "bundle", values)


def _verified(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"], cwd=folder, capture_output=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(done.stdout.decode()[-800:])
