"""Certificates: an authority of this installation, and one for each organ's key, signed by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import keys, pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from gongkai.seals.rules.keys import Named

from . import sm2

RSA_BITS = 3072
_EXPONENT = 65537


@dataclass(frozen=True)
class Made:
    """A certificate (DER) with its private key as it is kept: PEM for RSA, hexadecimal figures for SM2."""

    certificate: bytes
    secret: str


def new_authority(*, name: str, since: datetime, until: datetime) -> Made:
    """An authority that signs itself."""
    secret = _new_rsa()
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder(subject, subject, secret.public_key(), x509.random_serial_number(), since, until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(secret.public_key()), critical=False)
        .sign(secret, hashes.SHA256())
    )
    return Made(built.public_bytes(Encoding.DER), _text(secret))


def for_organ(
    *, code: str, name: str, since: datetime, until: datetime, authority: Made, national: bool = False
) -> Made:
    """A fresh key of an organ with its certificate; `national` makes the key one of SM2."""
    secret = _new_rsa()
    signer = load_pem_private_key(authority.secret.encode(), None)
    issuer = x509.load_der_x509_certificate(authority.certificate)
    public, private = secret.public_key(), signer
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("An authority of ours has an RSA key.")
    built = (
        x509.CertificateBuilder(issuer.subject, _subject(code, name), public, x509.random_serial_number(), since, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    made = Made(built.public_bytes(Encoding.DER), _text(secret))
    return _with_national_key(made, private) if national else made


def _with_national_key(made: Made, signer: rsa.RSAPrivateKey) -> Made:
    """The same certificate for a key of SM2, which the usual library cannot write."""
    sm2.make_known()
    number = sm2.new_secret()
    certificate = asn1.Certificate.load(made.certificate)
    body = certificate["tbs_certificate"]
    curve = keys.ECDomainParameters(name="named", value=sm2.CURVE_NAME)
    body["subject_public_key_info"] = keys.PublicKeyInfo(
        {
            "algorithm": keys.PublicKeyAlgorithm({"algorithm": "ec", "parameters": curve}),
            "public_key": keys.ECPointBitString(sm2.public_of(number)),
        }
    )
    certificate["signature_value"] = signer.sign(body.dump(force=True), padding.PKCS1v15(), hashes.SHA256())
    return Made(bytes(certificate.dump(force=True)), f"{number:064x}")


def named(certificate: bytes) -> Named:
    """Whom a certificate names."""
    subject = asn1.Certificate.load(certificate).subject.native
    names = [subject.get(part, ()) for part in ("common_name", "organization_name")]
    flat = [name for found in names for name in ((found,) if isinstance(found, str) else found)]
    return Named(str(subject.get("serial_number", "")), tuple(dict.fromkeys(flat)))


def validity(certificate: bytes) -> tuple[datetime, datetime]:
    """From when to when a certificate holds."""
    times = asn1.Certificate.load(certificate)["tbs_certificate"]["validity"]
    return times["not_before"].native, times["not_after"].native


def fingerprint(certificate: bytes) -> str:
    """SHA-256 of the certificate, in hexadecimal figures."""
    return bytes(asn1.Certificate.load(certificate).sha256).hex()


def public_point(certificate: bytes) -> bytes:
    """The public key of a certificate for SM2; b"" for any other."""
    sm2.make_known()
    info = asn1.Certificate.load(certificate).public_key
    if info.algorithm != "ec" or info["algorithm"]["parameters"].native != sm2.CURVE_NAME:
        return b""
    return bytes(info["public_key"].native)


def issued_by(certificate: bytes, authority: bytes) -> bool:
    """Whether an authority's key signed the certificate (RSA or elliptic curve of the usual ones)."""
    try:
        loaded, above = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(authority)
        loaded.verify_directly_issued_by(above)
    except Exception:  # noqa: BLE001 - the library raises many kinds for what does not hold, and tells none apart
        return False
    return True


def from_text(text: bytes) -> list[bytes]:
    """The certificates in a PEM text (or the one of DER), in their order. Raises ValueError."""
    if not pem.detect(text):
        asn1.Certificate.load(text, strict=True).subject.native  # noqa: B018 - it is read so that nonsense is told
        return [text]
    return [der for kind, _headers, der in pem.unarmor(text, multiple=True) if kind == "CERTIFICATE"]


def as_text(certificate: bytes) -> str:
    """PEM."""
    return str(pem.armor("CERTIFICATE", certificate).decode("ascii"))


def _new_rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(_EXPONENT, RSA_BITS)


def _text(secret: rsa.RSAPrivateKey) -> str:
    return secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def _subject(code: str, name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, code),
        ]
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
