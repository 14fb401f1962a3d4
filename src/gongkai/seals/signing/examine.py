"""A sealed PDF looked at without a network and without a database: unchanged, by whom, when, trusted or not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import check_ess_certid
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from . import certificates, sm2


@dataclass(frozen=True)
class Examined:
    """What was found. `signed_at` is what the file itself says; `fault` is empty where nothing is wrong."""

    sealed: bool = False
    intact: bool = False
    trusted: bool = False
    organ: str = ""
    organ_code: str = ""
    signed_at: datetime | None = None
    fingerprint: str = ""
    fault: str = ""

    @property
    def good(self) -> bool:
        """Unchanged, and by an organ whose authority is trusted."""
        return self.intact and self.trusted


def examine(pdf: bytes, *, roots: Sequence[bytes]) -> Examined:
    """Look at the seal of a PDF; `roots` are the authorities that are trusted, in DER."""
    sm2.make_known()
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
        if not found:
            return Examined(fault="没有印章 no seal")
        if len(found) > 1:
            return Examined(sealed=True, fault="盖章后又被签过名 signed again after it was sealed")
        return _examined(found[0], roots)
    except Exception as error:  # noqa: BLE001 - a broken file makes the libraries raise anything
        return Examined(fault=f"文件损坏，或者不是 PDF：broken, or no PDF: {str(error)[:120]}")


def _examined(signature: EmbeddedPdfSignature, roots: Sequence[bytes]) -> Examined:
    certificate = signature.signer_cert.dump()
    named = certificates.named(certificate)
    moment = signature.self_reported_timestamp or datetime.now(UTC)
    signature.compute_integrity_info()
    whole = signature.coverage is SignatureCoverageLevel.ENTIRE_FILE
    national = signature.md_algorithm == sm2.DIGEST
    intact, trusted = (_national if national else _usual)(signature, roots, moment)
    fault = ""
    if not (intact and whole):
        fault = "盖章后内容被改动过 changed after it was sealed"
    elif not trusted:
        fault = "印章证书不是受信任的机构签发的，或者盖章时已经失效 not by an authority that is trusted, or not in force then"
    return Examined(
        sealed=True,
        intact=intact and whole,
        trusted=trusted,
        organ=named.names[0] if named.names else "",
        organ_code=named.code,
        signed_at=moment,
        fingerprint=certificates.fingerprint(certificate),
        fault=fault,
    )


def _usual(signature: EmbeddedPdfSignature, roots: Sequence[bytes], moment: datetime) -> tuple[bool, bool]:
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots], allow_fetching=False, moment=moment
    )
    status = validate_pdf_signature(signature, signer_validation_context=context)
    return status.intact and status.valid, status.trusted


def _national(signature: EmbeddedPdfSignature, roots: Sequence[bytes], moment: datetime) -> tuple[bool, bool]:
    """SM2 over SM3, which the library knows nothing of; the certificate itself is signed in the usual way."""
    certificate = signature.signer_cert
    info = signature.signer_info
    attributes = {one["type"].native: one["values"][0] for one in info["signed_attrs"]}
    digest = attributes["message_digest"].native == signature.compute_digest()
    reference = attributes["signing_certificate_v2"]["certs"][0]
    data = info["signed_attrs"].untag().dump()
    signed = sm2.holds(certificates.public_point(certificate.dump()), data, info["signature"].native)
    since, until = certificates.validity(certificate.dump())
    issued = any(certificates.issued_by(certificate.dump(), root) for root in roots)
    in_force = since <= moment <= until
    return digest and signed and check_ess_certid(certificate, reference), issued and in_force
