"""The key ring of personal data: the first key writes, every key reads.

Keys come from GONGKAI_FIELD_KEYS, or in the demo from a file in the data folder that the program makes for itself. The
file is read again when it changes, so that a running program takes up a key added to it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

SIZE = 32  # bytes: AES-256
_ID_LENGTH = 8  # hexadecimal digits


class BadKeys(Exception):
    """A key ring that cannot be used; the message says what to write."""


class NoSuchKey(Exception):
    """Something was written with a key that is not in the ring."""


@dataclass(frozen=True)
class Key:
    """One key; `id` is told from the key itself and may be shown."""

    secret: bytes

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that stand in front of all that was written with this key."""
        return hashlib.sha256(b"gongkai field key" + self.secret).hexdigest()[:_ID_LENGTH]

    @property
    def text(self) -> str:
        """The key as it is written in the setting. Secret."""
        return base64.urlsafe_b64encode(self.secret).decode("ascii")


@dataclass(frozen=True)
class KeyRing:
    """Keys, the one that writes first."""

    keys: tuple[Key, ...]

    @property
    def writing(self) -> Key:
        """The key that new values are written with."""
        return self.keys[0]

    def key(self, key_id: str) -> Key:
        """The key of this id. Raises NoSuchKey."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise NoSuchKey(f"The key {key_id} is not in the ring. Add it to GONGKAI_FIELD_KEYS again.")


def parse(text: str) -> KeyRing:
    """The ring written as keys of 32 bytes in URL-safe base64, separated by commas or lines. Raises BadKeys."""
    words = [word.strip() for word in text.replace("\n", ",").split(",") if word.strip()]
    if not words:
        raise BadKeys("there is no key")
    keys = tuple(_key(word, place) for place, word in enumerate(words, start=1))
    if len(set(keys)) < len(keys):
        raise BadKeys("a key stands there twice")
    return KeyRing(keys)


def new_key() -> Key:
    """A fresh random key."""
    return Key(secrets.token_bytes(SIZE))


def ring() -> KeyRing:
    """The ring in use."""
    file: Path | None = settings.FIELD_KEYS_FILE
    if file is None:
        return _parsed(settings.FIELD_KEYS)
    status = file.stat()
    return _parsed_file(file, status.st_mtime_ns, status.st_ino)


def write_file(file: Path, keys: KeyRing) -> None:
    """Put the ring into the demo's file, whole or not at all, readable by its owner alone."""
    handle, name = tempfile.mkstemp(prefix="field-keys-", dir=file.parent)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.writelines(f"{key.text}\n" for key in keys.keys)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(file)


def _key(word: str, place: int) -> Key:
    try:
        secret = base64.b64decode(word.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadKeys(f"key {place} is not URL-safe base64") from error
    if len(secret) != SIZE:
        raise BadKeys(f"key {place} has {len(secret)} bytes instead of {SIZE}")
    return Key(secret)


@lru_cache(maxsize=4)
def _parsed(text: str) -> KeyRing:
    return parse(text)


@lru_cache(maxsize=4)
def _parsed_file(file: Path, changed: int, inode: int) -> KeyRing:
    return parse(file.read_text(encoding="ascii"))
