"""Cold start: the console, the framework with its first page, and the site from nothing to its first answer."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from tests.bench.line import Line, repeated, timed
from tests.bench.load import free_port

CONSOLE = (sys.executable, "-m", "linli")
FIRST_PAGE = (
    "import django; django.setup()\n"
    "from django.test import Client\n"
    "assert Client().get('/sign-in/').status_code == 200\n"
)
COMMANDS = {
    "linli --version": (*CONSOLE, "--version"),
    "linli deadline": (*CONSOLE, "deadline", "--from", "2026-01-05", "--days", "10", "--unit", "working"),
    "python, nothing else": (sys.executable, "-c", "pass"),
    "framework and first page": (sys.executable, "-c", FIRST_PAGE),
}


def measure(environment: Mapping[str, str], repeats: int) -> Iterator[Line]:
    """Each command several times; ``environment`` names a home of its own."""
    _run((*CONSOLE, "prepare"), environment)
    for name, command in COMMANDS.items():
        times = repeated(partial(_run, command, environment), max(3, repeats // 3))
        yield Line("cold start", name, times.named("took"))
    serving = [_served(environment) for _ in range(3)]
    yield Line("cold start", "linli serve to first answer", {"took_ms": round(sorted(serving)[1], 1)})


def _run(command: tuple[str, ...], environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=dict(environment), capture_output=True, check=False, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stdout.decode()[-400:]} {done.stderr.decode()[-800:]}")


def _served(environment: Mapping[str, str]) -> float:
    """Milliseconds from the command to the first page; the site is stopped afterwards."""
    port = free_port()
    log = Path(environment["LINLI_HOME"]) / "serve.txt"
    with log.open("wb") as told:
        site = subprocess.Popen(
            (*CONSOLE, "serve", "--port", str(port)),
            env=dict(environment),
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
    try:
        return timed(lambda: _first_answer(port, site))
    finally:
        os.killpg(site.pid, signal.SIGINT)
        site.wait(timeout=60)


def _first_answer(port: int, site: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and site.poll() is None:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            link.request("GET", "/sign-in/")
            if link.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the site did not answer")
