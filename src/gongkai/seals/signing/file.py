"""A key kept by this program, encrypted with the ring of personal data; RSA with SHA-256."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_der_x509_certificate

from gongkai.seals.enums import AnswerKind
from gongkai.seals.rules.refusals import SignerFailed, marked

from .port import Key

_ = marked
NO_SECRET = _(
    "机关 %(code)s 的印章密钥不在本系统。请管理员运行 gongkai seals list 查看，或者改正 GONGKAI_SEALS_SIGNER。"
)


class FileSigner:
    """Signs in this process."""

    digest = "sha256"
    answers = AnswerKind.RAW

    def sign(self, key: Key, data: bytes, *, reference: str) -> bytes:
        """PKCS #1 over SHA-256. Raises SignerFailed when the key is not here."""
        if not key.secret:
            raise SignerFailed(NO_SECRET, code=key.organ)
        # It was made here, and opened under a seal that tells every change: RSA's own slow checks tell nothing more.
        secret = load_pem_private_key(key.secret.encode(), None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(secret, rsa.RSAPrivateKey):
            raise SignerFailed(NO_SECRET, code=key.organ)
        return secret.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def cms(self, key: Key, digest: bytes, *, reference: str) -> bytes:
        """Never asked: this signer answers with raw signatures."""
        raise NotImplementedError


def holds(certificate: bytes, data: bytes, signature: bytes) -> bool:
    """Whether a SHA-256 signature over `data` was made with the key of this certificate (RSA or elliptic curve)."""
    public = load_der_x509_certificate(certificate).public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        else:
            return False
    except InvalidSignature:
        return False
    return True
