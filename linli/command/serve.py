"""``linli serve``: the site and its background work, on one machine, until Ctrl-C.

gunicorn runs in this process with two workers of one thread each; ``linli worker`` runs beside it as a child and
is started again should it die. Whatever ends this process ends both.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from linli.command import home, refusing
from linli.command.answer import Answer
from linli.command.progress import tell
from linli.ground.said import Said, Saying
from linli.ground.wording import say
from linli.people.models import Account
from linli.sample.cast import PASSWORD, SHOWN

HELP = "启动网站和后台任务，按 Ctrl-C 停止 / serve the site and its background work until Ctrl-C"
NEEDS_DATABASE = True
RESTART_AFTER_SECONDS = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and how many processes answer."""
    parser.add_argument("--port", type=_port, default=8000, help="端口，默认 8000 / port")
    parser.add_argument(
        "--host", default="127.0.0.1", help="地址，默认只限本机 / address, this machine only by default"
    )
    parser.add_argument("--processes", type=int, default=2, help="并行进程数，默认 2 / processes that answer")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Said("serve.port", port=text)
    return int(text)


def run(options: argparse.Namespace) -> Answer:
    """Refuse what is unsafe, then serve. Raises ``Said`` for everything that a start can fail at."""
    folder = home.ready()
    refuse(options.host)
    claim(options.host, options.port)
    with home.held(folder):
        announce(options)
        connections.close_all()
        helper = Helper(options.lang)
        try:
            Site(options, helper).run()
        except SystemExit as left:
            if os.getpid() != helper.owner:
                os._exit(
                    left.code if isinstance(left.code, int) else 0
                )  # a process that answered, not the site
            if left.code:
                raise Said("serve.failed", port=options.port) from None
        finally:
            helper.stop()
    return Answer({"stopped": True}, (say(Saying("serve.stopped"), options.lang),))


def refuse(host: str) -> None:
    """Raise the first reason not to start, and say how many more ``check --deploy`` lists."""
    reasons = refusing.always(host)
    if settings.MODE == "production":
        reasons += refusing.in_production()
    if reasons:
        raise refusing.refusal(reasons)


def claim(host: str, port: int) -> None:
    """Ask for the address once before the server does, so that a busy port gets a sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except socket.gaierror:
            raise Said("serve.no-such-host", host=host) from None
        except OSError as fault:
            code = {errno.EADDRINUSE: "serve.port-busy", errno.EACCES: "serve.port-forbidden"}.get(
                fault.errno or 0, "serve.no-such-host"
            )
            raise Said(code, host=host, port=port, other=port + 1 if port < 65535 else 8000) from None


def announce(options: argparse.Namespace) -> None:
    """Address, sample accounts where there are any, how to stop."""
    shown = "127.0.0.1" if refusing.is_loopback(options.host) else options.host
    tell(options.lang, "serve.address", address=f"http://{shown}:{options.port}/")
    there = set(Account.objects.filter(is_sample=True, is_active=True).values_list("login", flat=True))
    shown_logins = [
        f"{login}（{zh}）" if options.lang == "zh" else f"{login} ({en})"
        for login, zh, en in SHOWN
        if login in there
    ]
    if shown_logins:
        tell(options.lang, "serve.sample-accounts", logins=shown_logins, password=PASSWORD)
    tell(options.lang, "serve.how-to-stop")


class Helper:
    """The worker child: begun with the site, begun again when it dies, ended with the site."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.owner = os.getpid()
        self.child: subprocess.Popen[bytes] | None = None
        self._begun = 0.0

    def keep(self) -> None:
        """Begin the child unless it runs or began a moment ago."""
        if self.child is not None and self.child.poll() is None:
            return
        if time.monotonic() - self._begun < RESTART_AFTER_SECONDS and self._begun:
            return
        self._begun = time.monotonic()
        command = [sys.executable, "-m", "linli", "worker", "--lang", self.lang, "--parent", str(os.getpid())]
        # Its own session, so that Ctrl-C reaches it once, through stop(), and it finishes its task first.
        self.child = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603

    def stop(self) -> None:
        """Ask it to finish; after 20 seconds insist. Only the site itself may: not a process forked from it."""
        if os.getpid() != self.owner or self.child is None or self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(timeout=5)


class _Arbiter(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's master; its round of every second also looks after the worker child."""

    def murder_workers(self) -> None:
        super().murder_workers()
        self.app.helper.keep()


def _end_with_parent(arbiter: object, worker: object) -> None:
    """Ask the kernel (Linux) to end this process when the site's own is gone, so that the port is free at once."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG


class Site(BaseApplication):  # type: ignore[misc]
    """gunicorn under our own code: no configuration file, no control socket, nothing of requests in the log."""

    def __init__(self, options: argparse.Namespace, helper: Helper) -> None:
        self.options = options
        self.helper = helper
        super().__init__()

    def load_config(self) -> None:
        host = f"[{self.options.host}]" if ":" in self.options.host else self.options.host
        chosen: dict[str, Any] = {
            "bind": f"{host}:{self.options.port}",
            "workers": self.options.processes,
            "worker_class": "sync",
            "timeout": 60,
            "graceful_timeout": 15,
            "max_requests": 5000,
            "max_requests_jitter": 500,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "error",
            "forwarded_allow_ips": "127.0.0.1,::1",
            "proc_name": "linli",
            "post_fork": _end_with_parent,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application, loaded once before the processes divide."""
        application = import_string(settings.WSGI_APPLICATION)
        connections.close_all()
        return application

    def run(self) -> None:
        """Serve until a signal."""
        self.helper.keep()
        _Arbiter(self).run()
