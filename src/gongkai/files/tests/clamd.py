"""A virus scanner that speaks clamd's INSTREAM and finds what a test tells it to."""

from __future__ import annotations

import socketserver
import struct
import threading
from pathlib import Path
from types import TracebackType


class Daemon:
    """Runs on a Unix socket. `infected`: bytes that make a virus; `answer`: said instead of a verdict, b"" for none."""

    def __init__(self, path: Path) -> None:
        self.infected: set[bytes] = set()
        self.answer: bytes | None = None
        self.asked = 0
        daemon = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                daemon.asked += 1
                content = self._content()
                found = any(mark in content for mark in daemon.infected)
                verdict = b"stream: Test.Virus FOUND\0" if found else b"stream: OK\0"
                self.wfile.write(verdict if daemon.answer is None else daemon.answer)

            def _content(self) -> bytes:
                if self.rfile.read(10) != b"zINSTREAM\0":
                    return b""
                content = b""
                while length := struct.unpack(">I", self.rfile.read(4))[0]:
                    content += self.rfile.read(length)
                return content

        self.server = socketserver.ThreadingUnixStreamServer(str(path), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> Daemon:
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
