"""A server of somebody else that takes webhooks, for tests."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

RECEIVER = """
import http.server, json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
class Takes(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with (folder / "got").open("a") as file:
            file.write(json.dumps({"path": self.path, "body": body, "headers": dict(self.headers)}) + "\\n")
        status = int((folder / "status").read_text())
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(b"taken")
    def log_message(self, *words):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Takes)
(folder / "port").write_text(str(server.server_port))
server.serve_forever()
"""


class Receiver:
    """A server of somebody else, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers(200)
        self.process = subprocess.Popen([sys.executable, "-c", RECEIVER, str(folder)])
        for _each in range(200):
            if (folder / "port").exists() and (folder / "port").read_text():
                break
            time.sleep(0.05)
        self.url = f"http://127.0.0.1:{(folder / 'port').read_text()}/hook?a=1"

    def answers(self, status: int) -> None:
        (self.folder / "status").write_text(str(status))

    @property
    def got(self) -> list[dict[str, Any]]:
        file = self.folder / "got"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
