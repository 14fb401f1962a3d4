"""A stream sealed piece by piece with AES-256-GCM: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015).

Each piece is sealed under a nonce of a random prefix, its number, and whether it is the last: pieces cannot be changed,
left out, put in another order or cut off at the end without being found. The file's first line tells what it is.
"""

from __future__ import annotations

import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"gongkai backup 1\n"
KEY_SIZE = 32  # bytes
PIECE = 1 << 20  # bytes of plain text in a piece
TAG = 16
PREFIX = 7  # bytes; with 4 of the number and 1 of the end they make the 12 of a nonce


class Broken(Exception):
    """Not a backup, another key, or damaged; the text is for the person who restores."""


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\1" if last else b"\0")


class SealingWriter(io.RawIOBase):
    """What is written here comes out sealed in `target`; `finish` writes the last piece."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        super().__init__()
        self._target, self._cipher = target, AESGCM(key)
        self._prefix, self._number, self._waiting = secrets.token_bytes(PREFIX), 0, bytearray()
        target.write(MAGIC + self._prefix)

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take plain bytes."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        """Seal what is left as the last piece."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), piece, MAGIC))
        self._number += 1


class OpeningReader(io.RawIOBase):
    """Reads the plain bytes of a sealed stream; raises `Broken` at the first piece that does not hold."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        super().__init__()
        if source.read(len(MAGIC)) != MAGIC:
            raise Broken("这不是本系统的备份文件。请核对文件名。This is not a backup of this program.")
        self._source, self._cipher = source, AESGCM(key)
        self._prefix, self._number, self._plain, self._ended = source.read(PREFIX), 0, b"", False
        self._ahead = source.read(PIECE + TAG)

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill a buffer with plain bytes; nought at the end."""
        while not self._plain and not self._ended:
            self._open()
        count = min(len(buffer), len(self._plain))
        buffer[:count], self._plain = self._plain[:count], self._plain[count:]
        return count

    def _open(self) -> None:
        piece, self._ahead = self._ahead, self._source.read(PIECE + TAG)
        self._ended = not self._ahead
        try:
            nonce = _nonce(self._prefix, self._number, last=self._ended)
            self._plain = self._cipher.decrypt(nonce, piece, MAGIC)
        except InvalidTag as error:
            raise Broken(
                f"备份的第 {self._number + 1} 段打不开：密钥不对，或者文件有损坏、缺失。"
                f"Piece {self._number + 1} does not open: another key, or a damaged or cut file."
            ) from error
        self._number += 1
