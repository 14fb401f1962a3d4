"""国密：SM2 signatures over SM3 (GB/T 32918, GB/T 35275), with a key kept by this program.

gmssl is pure Python and not hardened against timing: good for trying and for checking, and for sealing only where the
rules allow a key in a file at all. Three of its habits are gone round here: it takes the random number of a signature
from a generator that can be guessed, it cuts leading figures off some public keys, and it wants the hash as text.
"""

from __future__ import annotations

import secrets
from functools import lru_cache

from asn1crypto import algos, core, keys
from cryptography.hazmat.primitives import hashes
from gmssl.sm2 import CryptSM2, default_ecc_table

from gongkai.seals.enums import AnswerKind
from gongkai.seals.rules.refusals import SignerFailed

from .file import NO_SECRET
from .port import Key

SM3, SM2_WITH_SM3, CURVE = "1.2.156.10197.1.401", "1.2.156.10197.1.501", "1.2.156.10197.1.301"
DIGEST, MECHANISM, CURVE_NAME = "sm3", "sm3_sm2", "sm2p256v1"
IDENTITY = b"1234567812345678"  # what the standard takes where the parties agreed on nothing else
_ORDER = int(default_ecc_table["n"], 16)
_LENGTH = 32  # bytes of a coordinate
_POINT = 1 + 2 * _LENGTH


class Pair(core.Sequence):
    """Both halves of a signature, as DER writes them."""

    _fields = [("r", core.Integer), ("s", core.Integer)]  # the library writes into its list


@lru_cache(maxsize=1)
def make_known() -> None:
    """Teach the ASN.1 library the names of SM2 and SM3; again changes nothing."""
    for kind, identifier, name in (
        (algos.DigestAlgorithmId, SM3, DIGEST),
        (algos.SignedDigestAlgorithmId, SM2_WITH_SM3, MECHANISM),
    ):
        kind._map[identifier] = name  # noqa: SLF001 - the library offers no other way
        if kind._reverse_map is not None:  # noqa: SLF001 - it is made at the first use of the kind
            kind._reverse_map[name] = identifier  # noqa: SLF001
    keys.NamedCurve.register(CURVE_NAME, CURVE, _LENGTH)


class Sm2Signer:
    """Signs in this process."""

    digest = DIGEST
    answers = AnswerKind.RAW

    def __init__(self) -> None:
        make_known()

    def sign(self, key: Key, data: bytes, *, reference: str) -> bytes:
        """DER of both halves. Raises SignerFailed when the key is not here."""
        if not key.secret:
            raise SignerFailed(NO_SECRET, code=key.organ)
        return sign(int(key.secret, 16), data)

    def cms(self, key: Key, digest: bytes, *, reference: str) -> bytes:
        """Never asked: this signer answers with raw signatures."""
        raise NotImplementedError


def new_secret() -> int:
    """A private key, evenly chosen from 1 to the order less two."""
    return secrets.randbelow(_ORDER - 2) + 1


def public_of(secret: int) -> bytes:
    """The public key as an uncompressed point."""
    return b"\x04" + bytes.fromhex(_crypt()._kg(secret, default_ecc_table["g"]))  # noqa: SLF001 - it has no other door


def digest_of(data: bytes) -> bytes:
    """SM3."""
    found = hashes.Hash(hashes.SM3())
    found.update(data)
    return found.finalize()


def sign(secret: int, data: bytes) -> bytes:
    """Sign `data` with the usual identity; DER."""
    crypt = _crypt(secret=secret)
    hashed = _hashed(public_of(secret), data)
    while True:
        found = crypt.sign(hashed, f"{secrets.randbelow(_ORDER - 1) + 1:064x}")
        if found is not None:  # one number in 2^256 will not do
            return bytes(Pair({"r": int(found[:64], 16), "s": int(found[64:], 16)}).dump())


def holds(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the signature was made over `data` with the key of this point."""
    try:
        pair = Pair.load(signature, strict=True)
        r, s = pair["r"].native, pair["s"].native
    except (ValueError, TypeError):
        return False
    if len(public) != _POINT or not (0 < r < _ORDER and 0 < s < _ORDER):
        return False
    return bool(_crypt(public=public).verify(f"{r:064x}{s:064x}", _hashed(public, data)))


def _hashed(public: bytes, data: bytes) -> bytes:
    """What is signed: SM3 of the signer's identity and key, then of the data behind it."""
    table = default_ecc_table
    known = "".join(table[name] for name in ("a", "b", "g"))
    bits = (len(IDENTITY) * 8).to_bytes(2, "big")
    return digest_of(digest_of(bits + IDENTITY + bytes.fromhex(known) + public[1:]) + data)


def _crypt(*, secret: int = 0, public: bytes = b"") -> CryptSM2:
    found = CryptSM2(private_key=f"{secret:064x}", public_key="")
    found.public_key = public[1:].hex()  # set afterwards: when it is made, it strips leading noughts and fours
    return found
