"""A mail server of a few lines on this machine, so that the real SMTP sender is tested."""

import socketserver
import threading
from contextlib import contextmanager


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, refusal: str) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[bytes] = []
        self.refusal = refusal


class _Session(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self):
        self._say("220 mailbox")
        lines: list[bytes] = []
        is_data = False
        for raw in self.rfile:
            line = raw.rstrip(b"\r\n")
            if is_data:
                if line == b".":
                    self.server.mails.append(b"\n".join(lines))
                    lines, is_data = [], False
                    self._say("250 kept")
                else:
                    lines.append(line)
                continue
            is_data = self._answer(line.decode())
            if line.upper() == b"QUIT":
                return

    def _answer(self, line):
        verb = line.split(":", maxsplit=1)[0].split(" ", maxsplit=1)[0].upper()
        if verb == "RCPT" and self.server.refusal:
            self._say(self.server.refusal)
            return False
        self._say({"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok"))
        return verb == "DATA"

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mailbox(refusal=""):
    """A server; ``mails`` fills with what arrived, ``refusal`` is its answer to every address."""
    with _Server(refusal) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()
