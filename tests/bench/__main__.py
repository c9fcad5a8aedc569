"""``make bench``: every benchmark on both engines, as a table and as JSON. Leaves with 1 when a budget fails.

python -m tests.bench [--engine sqlite|postgres|both] [--only PART] [--quick] [--json FILE|-]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from tests.bench import load, start
from tests.bench.line import Line, line_of, table
from tests.engines import Cluster

PARTS = ("pages", "measures", "reports", "start", "ledger", "burst")
DAY = "2026-02-13"


def main() -> int:
    """Run what is asked for and print it."""
    options = _options()
    signal.signal(signal.SIGTERM, _end_like_interrupt)
    lines: list[Line] = []
    for engine in ("sqlite", "postgres") if options.engine == "both" else (options.engine,):
        lines += _engine(engine, options)
    results = {"day": DAY, "quick": options.quick, "lines": [line.plain() for line in lines]}
    if options.json == "-":
        print(json.dumps(results, ensure_ascii=False, indent=1))
        print(table(lines), file=sys.stderr)
    else:
        print(table(lines))
        Path(options.json).parent.mkdir(parents=True, exist_ok=True)
        Path(options.json).write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    return 1 if any(line.over for line in lines) else 0


def _end_like_interrupt(number: int, frame: FrameType | None) -> None:
    """Let the cluster stop and the folders go, whoever ends the run."""
    raise KeyboardInterrupt


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Benchmarks with budgets.")
    parser.add_argument("--engine", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="few repeats, short load")
    parser.add_argument(
        "--json", default="out/bench.json", metavar="FILE", help="where results go; - prints them"
    )
    return parser.parse_args()


def _engine(engine: str, options: argparse.Namespace) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        environment = {
            **kept, "LINLI_HOME": home, "LINLI_MODE": "test", "LINLI_FROZEN_DAY": DAY,
            "DJANGO_SETTINGS_MODULE": "linli.config.settings",
        }  # fmt: skip
        if engine == "sqlite":
            yield from _named(_parts(environment, options), engine)
            return
        cluster = Cluster(durable=True).start()
        try:
            yield from _named(
                _parts({**environment, "LINLI_DATABASE_URL": cluster.url()}, options, cluster), engine
            )
        finally:
            cluster.stop()


def _named(lines: Iterator[Line], engine: str) -> Iterator[Line]:
    for line in lines:
        yield Line(line.part, line.name, line.values, line.most, engine, line.note)


def _parts(
    environment: Mapping[str, str], options: argparse.Namespace, cluster: Cluster | None = None
) -> Iterator[Line]:
    parts, repeats = list(options.only or PARTS), 5 if options.quick else 21
    if "start" in parts:
        yield from _start(environment, cluster, repeats)
    inside = [part for part in parts if part != "start"]
    if not inside:
        return
    told = _inside(environment, inside, repeats)
    yield from map(line_of, told["lines"])
    if "burst" in inside:
        sessions = [key for login, key in told["sessions"].items() if login != "limin"]
        place = {**environment, "LINLI_DATABASE_URL": told["url"]}
        yield from load.measure(place, told["form"], sessions, 6 if options.quick else 30)


def _start(environment: Mapping[str, str], cluster: Cluster | None, repeats: int) -> Iterator[Line]:
    """Cold starts happen in the ordinary mode, in a home and database of their own."""
    with tempfile.TemporaryDirectory(prefix="linli-cold-") as home:
        place = {**environment, "LINLI_HOME": home, "LINLI_MODE": "sample"}
        if cluster:
            place["LINLI_DATABASE_URL"] = cluster.new_database("cold")
        yield from start.measure(place, repeats)


def _inside(environment: Mapping[str, str], parts: list[str], repeats: int) -> dict[str, Any]:
    out = Path(environment["LINLI_HOME"]) / "bench.json"
    command = [sys.executable, "-m", "tests.bench.inside", str(out), str(repeats), *parts]
    subprocess.run(command, env=dict(environment), check=True)
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return told


if __name__ == "__main__":
    sys.exit(main())
