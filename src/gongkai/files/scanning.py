"""The virus scanner: clamd's INSTREAM over TCP or a Unix socket. Optional; where it is set, nothing goes round it."""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .enums import Scan

CHUNK = 1 << 16
SECONDS = 30  # of silence until the daemon is taken for unreachable


@dataclass(frozen=True)
class Verdict:
    """What the scanner said; `signature` names what was found."""

    scan: Scan
    signature: str = ""


def scan(path: Path) -> Verdict:
    """Ask the scanner about a file: CLEAN, INFECTED, WAITING when it cannot be reached or has no answer, or OFF."""
    address: str = settings.CLAMD
    if not address:
        return Verdict(Scan.OFF)
    try:
        answer = _ask(address, path)
    except OSError:
        return Verdict(Scan.WAITING)
    if re.fullmatch(r"stream: OK", answer):
        return Verdict(Scan.CLEAN)
    if found := re.fullmatch(r"stream: (.+) FOUND", answer):
        return Verdict(Scan.INFECTED, found[1][:120])
    return Verdict(Scan.WAITING)


def _ask(address: str, path: Path) -> str:
    with _connected(address) as line, path.open("rb") as file:
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack(">I", len(chunk)) + chunk)
        line.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < 4096:
            piece = line.recv(4096)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(address)
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
