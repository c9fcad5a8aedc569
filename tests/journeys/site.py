"""A real site of its own for each journey: ``linli serve`` on a copy of the village's database."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A Monday. The village was settled in the morning of this day.
FIRST_DAY = date(2026, 1, 5)


def settings(home: Path, day: date = FIRST_DAY) -> dict[str, str]:
    """The environment of a site: its folder and its day."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    return kept | {
        "LINLI_HOME": str(home), "LINLI_MODE": "test", "LINLI_FROZEN_DAY": day.isoformat(),
        "DJANGO_SETTINGS_MODULE": "linli.config.settings",
    }  # fmt: skip


def settle(home: Path) -> Path:
    """Build the village in a folder; about five seconds."""
    home.mkdir(parents=True, exist_ok=True)
    run(home, "-m", "tests.journeys.settle")
    return home


def run(home: Path, *command: str) -> str:
    """Run Python on the site's folder; what it printed. A failure shows what it said."""
    done = subprocess.run(
        [sys.executable, *command],
        env=settings(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Site:
    """One installation: its folder, its address, its day, and the server that runs."""

    def __init__(self, template: Path, home: Path) -> None:
        self.home, self.day = home, FIRST_DAY
        home.mkdir(parents=True)
        shutil.copy(template / "linli.sqlite3", home / "linli.sqlite3")
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._server: subprocess.Popen[bytes] | None = None
        self._said = home / "server.log"

    def start(self, *command: str) -> Site:
        """Serve as a town does (``linli serve``: the site and its worker), or by another command."""
        serve = command or ("linli", "serve", "--port", str(self.port), "--processes", "1")
        with self._said.open("ab") as said:
            self._server = subprocess.Popen(
                [sys.executable, "-m", *serve],
                env=settings(self.home, self.day),
                cwd=ROOT,
                stdout=said,
                stderr=said,
            )
        self._await()
        return self

    def _await(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self._server is not None and self._server.poll() is None, self.said()
            try:
                urllib.request.urlopen(f"{self.url}/sign-in/", timeout=30).close()
            except urllib.error.HTTPError as fault:
                raise AssertionError(f"the site answers {fault.code}: {self.said()[-4000:]}") from fault
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"the site did not answer: {self.said()[-4000:]}")

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=40)
            self._server = None

    def day_comes(self, day: date) -> None:
        """Go on to a later day: the site starts again on it, with everything it has kept, and without its worker."""
        assert day > self.day, "days only pass"
        self.stop()
        self.day = day
        self.start(
            "gunicorn",
            "--no-control-socket",
            "--log-level=error",
            f"--bind=127.0.0.1:{self.port}",
            "linli.config.wsgi",
        )

    def goes_on(self, module: str, *words: str) -> None:
        """Let a module of this folder act on the site's database while it runs."""
        run(self.home, "-m", f"tests.journeys.{module}", *words)

    def numbers(self) -> dict[str, str]:
        """Public numbers of what waits and hangs, as ``winter`` made it."""
        found: dict[str, str] = json.loads(run(self.home, "-m", "tests.journeys.winter", "numbers"))
        return found

    def said(self) -> str:
        """What the server wrote: nothing, unless something went wrong."""
        return self._said.read_text("utf-8", "replace") if self._said.exists() else ""

    def faults(self) -> list[str]:
        """Lines of the server's log that tell of an unhandled error."""
        return [line for line in self.said().splitlines() if "Traceback" in line or " ERROR " in line]

    def ledger_is_whole(self) -> bool:
        """Whether ``linli ledger verify`` finds the chain unbroken."""
        run(self.home, "-m", "linli", "ledger", "verify")
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
