"""The site is killed with SIGKILL a hundred times while four people file grievances, on both engines."""

from __future__ import annotations

import http.client
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cast import HELIN
from tests.engines import Cluster

DEATHS = int(os.environ.get("LINLI_CRASH_DEATHS", "100"))
PLACE = f"/c/{HELIN}/grievances/new/"


class Resident(threading.Thread):
    """Files one grievance after another; what was accepted is what the site answered with a case's address."""

    def __init__(self, port: int, session: str, accepted: list[str], stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.session, self.accepted, self.stop = port, session, accepted, stop
        self.broken = 0
        self.refused: list[str] = []

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.file()
            except (OSError, http.client.HTTPException):
                self.broken += 1
                time.sleep(0.01)

    def file(self) -> None:
        token = secrets.token_hex(16)
        fields = {
            "csrfmiddlewaretoken": token, "once": secrets.token_hex(8), "text": "楼道灯不亮，晚上看不见台阶",
            "class_code": "G01", "nature": "help", "spot": "3号楼",
        }  # fmt: skip
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={token}",
        }
        link.request("POST", PLACE, urlencode(fields), headers)
        answer = link.getresponse()
        body = answer.read()
        link.close()
        if answer.getheader("X-Frame-Options") is None or answer.getheader("Content-Length") is None:
            # Every answer of ours carries both: this one's head was cut off by the kill, the client was told nothing.
            raise http.client.IncompleteRead(body)
        address = answer.getheader("Location") or ""
        if answer.status == 302 and address.startswith("/cases/"):
            self.accepted.append(address.split("/")[2])
        else:
            self.refused.append(f"{answer.status} {address} {body[:200]!r}")
            time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=["sqlite", "postgres"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    chosen = {
        **kept,
        "LINLI_MODE": "test",
        "LINLI_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
    }
    if request.param == "sqlite":
        yield chosen
        return
    cluster = Cluster(durable=True).start()
    try:
        yield {**chosen, "LINLI_DATABASE_URL": cluster.url()}
    finally:
        cluster.stop()


def told(module: str, environment: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", module],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


def kill(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def lives(site: subprocess.Popen[str], port: int, accepted: list[str]) -> int:
    """Begin and end the site again and again; each life lasts until something was accepted and a moment more."""
    assert site.stdin is not None and site.stdout is not None
    chance, deaths = random.Random(2026), 0
    for _ in range(DEATHS):
        site.stdin.write(f"{port}\n")
        site.stdin.flush()
        leader, before, patience = int(site.stdout.readline()), len(accepted), time.monotonic() + 30
        enough = before + chance.randint(1, 5)
        while len(accepted) < enough and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.03)
        kill(leader)
        deaths += 1
        assert len(accepted) > before, "a life in which nothing was accepted proves nothing"
    return deaths


@pytest.mark.crash
def test_no_accepted_act_is_lost_and_no_half_act_stays(environment: dict[str, str]) -> None:
    sessions = told("tests.crash.settling", environment)
    port, accepted, stop = free_port(), [], threading.Event()
    command = [sys.executable, "-m", "tests.crash.site"]
    site = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    people = [Resident(port, str(session), accepted, stop) for session in sessions.values()]
    try:
        for person in people:
            person.start()
        deaths = lives(site, port, accepted)
    finally:
        stop.set()
        site.kill()
        refused = [line for person in people for line in person.refused][:3]
    for person in people:
        person.join(timeout=30)
    found = told("tests.crash.counting", environment)
    numbers = set(found["numbers"])  # type: ignore[call-overload]
    print(
        f"{deaths} deaths, {len(accepted)} accepted, {len(numbers)} kept, {found['entries']} ledger entries"
    )
    assert not refused
    assert deaths == DEATHS and sum(person.broken for person in people) >= DEATHS / 2
    assert set(accepted) <= numbers, "an accepted act was lost"
    assert found["half"] == {}
    assert found["ledger"] is True, found["fault"]
