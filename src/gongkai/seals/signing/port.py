"""What a signer is: it has an organ's key somewhere, and signs bytes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gongkai.seals.enums import AnswerKind


@dataclass(frozen=True)
class Key:
    """An organ's key as a signer is handed it. `secret` is empty where the key lies elsewhere."""

    organ: str  # code
    certificate: bytes  # DER
    chain: tuple[bytes, ...] = ()  # DER, of the authorities above
    secret: str = ""
    handle: str = ""  # what the signing service calls the key


class Signer(Protocol):
    """Signs for an organ. `digest` is the algorithm by its name in CMS; `answers` what comes back.

    Both acts raise SignerFailed, and nothing is sealed then. `reference` names what is signed: the same reference asks
    for the same signature again, never for a second one.
    """

    digest: str
    answers: AnswerKind

    def sign(self, key: Key, data: bytes, *, reference: str) -> bytes:
        """The raw signature over `data` (the signed attributes)."""

    def cms(self, key: Key, digest: bytes, *, reference: str) -> bytes:
        """A detached CMS structure (DER) over a document with this digest; only where `answers` is CMS."""
