"""Filing over HTTP: several residents at once against gunicorn with two workers, at a bounded rate, on this machine only."""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.bench.line import Line

CLIENTS, RATE = 8, 4.0


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Crowd:
    """Who files, how often, and what came of it."""

    port: int
    place: str
    sessions: Sequence[str]
    seconds: float
    rate: float = RATE
    begin: float = field(default_factory=time.perf_counter)
    taken: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    turn: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def due(self) -> float | None:
        """When the next filing is due; nothing once the time is over. A late one keeps its due moment."""
        with self.lock:
            due = self.begin + self.turn / self.rate
            if due > self.begin + self.seconds:
                return None
            self.turn += 1
            return due

    def work(self, session: str) -> None:
        """One client: waits for its turn, files, notes how long after the due moment the answer came."""
        while (due := self.due()) is not None:
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                self._file(session)
                self.taken.append((time.perf_counter() - due) * 1000)
            except (OSError, http.client.HTTPException, RuntimeError) as fault:
                self.refused.append(repr(fault))

    def _file(self, session: str) -> None:
        token = secrets.token_hex(16)
        told = {
            "csrfmiddlewaretoken": token, "once": secrets.token_hex(8), "text": "楼道灯不亮，晚上看不见台阶",
            "class_code": "G01", "nature": "help", "spot": "3号楼",
        }  # fmt: skip
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={session}; csrftoken={token}",
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            link.request("POST", self.place, urlencode(told), headers)
            answer = link.getresponse()
            answer.read()
        finally:
            link.close()
        if answer.status != 302:
            raise RuntimeError(f"answered {answer.status}")

    def run(self) -> None:
        """All clients until the time is over."""
        people = [
            threading.Thread(target=self.work, args=(session,), daemon=True) for session in self.sessions
        ]
        for person in people:
            person.start()
        for person in people:
            person.join()


def measure(
    environment: Mapping[str, str], place: str, sessions: Sequence[str], seconds: float
) -> Iterator[Line]:
    """A short warm-up, then the measured span. ``place`` is the address of the form."""
    port = free_port()
    command = (
        sys.executable, "-m", "gunicorn", "linli.config.wsgi:application", "-w", "2", "-b", f"127.0.0.1:{port}",
        "--preload", "--log-level", "error", "--no-control-socket",
    )  # fmt: skip
    site = subprocess.Popen(command, env=dict(environment), start_new_session=True)
    try:
        _wait(port, site)
        Crowd(port, place, sessions[:CLIENTS], 3).run()
        crowd = Crowd(port, place, sessions[:CLIENTS], seconds)
        crowd.run()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(site.pid, signal.SIGTERM)
        site.wait(timeout=60)
    yield _line(crowd)


def _wait(port: int, site: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and site.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        time.sleep(0.05)
    raise RuntimeError("gunicorn did not start")


def _line(crowd: Crowd) -> Line:
    if len(crowd.taken) < 2:
        raise RuntimeError(f"nothing was filed: {crowd.refused[:3]}")
    cuts = statistics.quantiles(crowd.taken, n=100, method="inclusive")
    values = {
        "clients": len(crowd.sessions),
        "rate_per_s": crowd.rate,
        "filed": len(crowd.taken),
        "refused": len(crowd.refused),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
    }
    note = "; ".join(sorted(set(crowd.refused))[:2])
    return Line("burst", "grievances filed at once", values, {"refused": 0}, note=note)
