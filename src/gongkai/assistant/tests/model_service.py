"""A language model that answers what a test tells it to, and keeps what it was sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gongkai.assistant.rules.model import LanguageModel

KEY = "sk-a-key-for-tests-only"
DRAFT = "随附《示例补贴标准》一份。"
GOOD = {
    "outcome": "G2",
    "kind": "provided",
    "reasons": "申请的是补贴标准，属于可以公开的范围。",
    "fields": {"ways": DRAFT},
    "basis": ["disclosure_regulation 36(2)"],
}


@dataclass
class Reply:
    """One answer: its status, its bytes, how it is sent."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0  # seconds between two bytes
    hang_up: bool = False


def saying(content: object, **usage: int) -> Reply:
    """An answer in the form of the interface; an object is sent as JSON text."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    plain: dict[str, Any] = {"choices": [{"message": {"role": "assistant", "content": text}}]}
    plain["usage"] = usage or {"prompt_tokens": 1200, "completion_tokens": 80}
    return Reply(body=json.dumps(plain, ensure_ascii=False).encode())


class Service:
    """What it was sent, and what it will answer: the next of `replies`, the last one for ever."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.replies: list[Reply] = [saying(GOOD)]
        self.url = ""
        self.open = threading.Event()  # while it is not set, nothing is answered
        self.open.set()

    def model(self, **changes: Any) -> LanguageModel:
        return LanguageModel(**{"url": self.url, "name": "sample-model", "key": KEY, "seconds": 5, **changes})

    @property
    def last(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.requests[-1][2])
        return found


@contextmanager
def running() -> Iterator[Service]:
    """The service on a port of this machine, in a thread."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            service.requests.append((self.path, dict(self.headers), self.rfile.read(size)))
            reply = service.replies.pop(0) if len(service.replies) > 1 else service.replies[0]
            service.open.wait(20)
            if reply.hang_up:
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            try:
                for start in range(0, len(reply.body), 1 if reply.drip else max(1, len(reply.body))):
                    self.wfile.write(reply.body[start : start + 1] if reply.drip else reply.body)
                    self.wfile.flush()
                    time.sleep(reply.drip)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
