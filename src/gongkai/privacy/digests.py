"""Equality lookup of encrypted data: a keyed digest that says nothing without the key.

The digest's key is a random secret of its own, made when the database is made and kept in it, sealed under the key ring
like any personal data. Rotating or dropping field keys seals the secret afresh and leaves it the same, so digests made
once stay comparable for ever; a copy of the database without the field keys tells nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from functools import lru_cache

from .models import Secret

TABLE = "privacy_secret"
_NAME = "blind-digest"
_SIZE = 32  # bytes


def blind(text: str) -> str:
    """HMAC-SHA256 of `text` as 64 hexadecimal digits, for a column that is compared by equality.

    Width, case and blanks do not count: `１３８ ...` typed with full-width digits finds `138...`. An empty text has the
    digest "": it equals nothing that was said.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hmac.new(_key(), plain.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest() if plain else ""


def make_key() -> None:
    """Make the secret if it is not there; called after every `migrate`."""
    Secret.objects.get_or_create(
        name=_NAME, defaults={"value": base64.b64encode(secrets.token_bytes(_SIZE)).decode("ascii")}
    )
    _key.cache_clear()


@lru_cache(maxsize=1)
def _key() -> bytes:
    try:
        return base64.b64decode(Secret.objects.get(name=_NAME).value)
    except Secret.DoesNotExist as error:
        raise RuntimeError("The secret of the blind digests is missing. Run: gongkai manage migrate") from error
