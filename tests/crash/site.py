"""The site for the crash proof: loaded once, then forked anew for every life, so that a hundred deaths take a minute.

Each line ``PORT`` on standard input begins a life: a process group of three processes that answer on the port; its
leader's number is printed. The test kills the whole group with SIGKILL. Nothing is shared between lives but the
database and the loaded code.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.db import connections

from linli.config.wsgi import application

ANSWERING = 3


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class Shared(WSGIServer):
    """Answers on a socket that its group shares; names are not looked up."""

    def server_bind(self) -> None:
        self.server_name, self.server_port = "127.0.0.1", 0
        self.setup_environ()


def _bind(listening: socket.socket, port: int) -> None:
    """The killed life before lets go of the port when the kernel has buried all of it."""
    until = time.monotonic() + 10
    while True:
        try:
            return listening.bind(("127.0.0.1", port))
        except OSError:
            if time.monotonic() > until:
                os._exit(1)
            time.sleep(0.005)


def live(port: int) -> None:
    """One life: never returns."""
    os.setsid()
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _bind(listening, port)
    listening.listen(64)
    print(os.getpid(), flush=True)
    for _ in range(ANSWERING - 1):
        if os.fork() == 0:
            break
    server = Shared(("127.0.0.1", port), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_bind()
    server.set_app(application)
    server.serve_forever()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    application(_first_request(), lambda status, headers, fault=None: None)
    for line in sys.stdin:
        connections.close_all()
        if os.fork() == 0:
            live(int(line))


def _first_request() -> dict[str, object]:
    """Load every view and template path once before the first fork."""
    from io import BytesIO

    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/sign-in/", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "1",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
        "HTTP_HOST": "127.0.0.1",
    }  # fmt: skip


if __name__ == "__main__":
    main()
