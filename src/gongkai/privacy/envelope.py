"""How one value is sealed: AES-256-GCM in a text that names its version and its key.

`gk1:<key id>:<base64url of nonce, ciphertext and tag>`. The place (`table.column`) is authenticated but not written, so
a sealed value moved to another column does not open.
"""

from __future__ import annotations

import base64
import binascii
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import Key, KeyRing

VERSION = "gk1"
_NONCE = 12  # bytes, as GCM wants them


class Undecipherable(Exception):
    """A stored value that does not open: damaged, moved from another column, or written with a lost key."""


def seal(text: str, *, key: Key, place: str) -> str:
    """Seal `text` for `place`; two seals of one text differ."""
    nonce = os.urandom(_NONCE)
    sealed = _cipher(key.secret).encrypt(nonce, text.encode("utf-8", "surrogatepass"), place.encode())
    return f"{prefix(key)}{base64.urlsafe_b64encode(nonce + sealed).decode('ascii')}"


def unseal(stored: str, *, ring: KeyRing, place: str) -> str:
    """The text sealed for `place`. Raises Undecipherable, NoSuchKey."""
    version, _, rest = stored.partition(":")
    key_id, _, body = rest.partition(":")
    if version != VERSION or not body:
        raise Undecipherable(f"{place} holds something that was not sealed by this program.")
    key = ring.key(key_id)
    try:
        data = base64.b64decode(body.encode("ascii"), altchars=b"-_", validate=True)
        opened = _cipher(key.secret).decrypt(data[:_NONCE], data[_NONCE:], place.encode())
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise Undecipherable(f"A value of {place} is damaged or was moved there from another column.") from error
    return opened.decode("utf-8", "surrogatepass")


def prefix(key: Key) -> str:
    """How every value sealed with `key` begins."""
    return f"{VERSION}:{key.id}:"


@lru_cache(maxsize=32)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)
