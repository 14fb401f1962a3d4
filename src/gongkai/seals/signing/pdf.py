"""A PDF signed as PAdES, with the seal's picture where the organ signs."""

from __future__ import annotations

import io
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from asn1crypto import algos, cms, x509
from pyhanko.pdf_utils import layout
from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gongkai.papers import services as papers
from gongkai.seals import picture
from gongkai.seals.enums import AnswerKind
from gongkai.seals.rules import places
from gongkai.seals.rules.refusals import Refused, SignerFailed, marked

from . import certificates, file, sm2
from .port import Key, Signer

_ = marked
FIELD = "Seal"
RESERVED = 24_576  # hexadecimal figures for the signature, with room for a timestamp
NOT_A_PDF = _("这份文件不是可以盖章的 PDF（%(why)s），没有盖章。请重新生成文书，再盖一次。")
SEALED_BEFORE = _("这份 PDF 已经盖过章，没有再盖。要更正内容的，请重新生成文书，作为新的版本盖章。")
WRONG_SIGNATURE = _(
    "签章服务返回的签名与%(organ)s的证书对不上，没有盖章。请管理员核对签章服务里登记的密钥，或者用 gongkai seals register 重新登记证书。"
)


@dataclass(frozen=True)
class Order:
    """What is to be signed: for which organ, why, and by which name the signer knows it."""

    organ_name: str
    reason: str
    reference: str
    sample: bool


def sign(pdf: bytes, *, order: Order, key: Key, signer: Signer, timestamper: TimeStamper | None = None) -> bytes:
    """The PDF with the organ's signature and seal. Raises Refused."""
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=signer.digest,
        subfilter=SigSeedSubFilter.PADES,
        reason=order.reason or None,
        name=order.organ_name,
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        spec = _field(pdf, writer)
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise Refused(NOT_A_PDF, why=str(error)[:80] or type(error).__name__) from error
    style = StaticStampStyle(
        border_width=0,
        background=_Seal(picture.page(order.organ_name, sample=order.sample)),
        background_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MID,
            y_align=layout.AxisAlignment.ALIGN_MID,
            margins=layout.Margins.uniform(0),
        ),
    )
    bridge = _Bridge(key, signer, order)
    signing = signers.PdfSigner(meta, signer=bridge, timestamper=timestamper, stamp_style=style, new_field_spec=spec)
    out = io.BytesIO()
    # The library starts a loop of its own, which a thread that runs one already may not do.
    with ThreadPoolExecutor(max_workers=1) as apart:
        apart.submit(signing.sign_pdf, writer, bytes_reserved=RESERVED, output=out).result()
    return out.getvalue()


def _field(pdf: bytes, writer: IncrementalPdfFileWriter) -> SigFieldSpec:
    """The field over the signature of the paper, else at the lower right of the last page."""
    if writer.prev.embedded_signatures:
        raise Refused(SEALED_BEFORE)
    spot = papers.signature_spot(pdf)
    page = spot.page if spot else int(writer.root["/Pages"]["/Count"]) - 1
    found = writer.find_page_for_modification(page)[0].get_object()
    while "/MediaBox" not in found:
        found = found["/Parent"].get_object()
    left, bottom, right, top = (float(edge) for edge in found["/MediaBox"])
    box = places.box_of(spot, width=right - left, height=top - bottom)
    return SigFieldSpec(sig_field_name=FIELD, on_page=page, box=box)


class _Seal(PdfContent):
    """The picture, laid over the words so that they show through, as ink does."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.page = page

    def render(self) -> bytes:
        """Take the page in as a drawing of its own."""
        writer = self._ensure_writer
        drawing = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.page)))
        name = pdf_name(f"/Seal{uuid.uuid4().hex}")
        self.set_resource(ResourceType.XOBJECT, name, drawing)
        ink = DictionaryObject({pdf_name("/Type"): pdf_name("/ExtGState"), pdf_name("/BM"): pdf_name("/Multiply")})
        self.set_resource(ResourceType.EXT_G_STATE, pdf_name("/Ink"), ink)
        left, bottom, right, top = drawing.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Ink gs %s Do" % name.encode("ascii")


class _Bridge(signers.Signer):
    """Our port as the PDF library wants a signer. What comes back is checked before it is put into the file."""

    def __init__(self, key: Key, signer: Signer, order: Order) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([x509.Certificate.load(der) for der in key.chain])
        self.key, self.port, self.order = key, signer, order
        national = signer.digest == sm2.DIGEST
        mechanism = algos.SignedDigestAlgorithm({"algorithm": sm2.MECHANISM}) if national else None
        super().__init__(
            signing_cert=x509.Certificate.load(key.certificate),
            cert_registry=store,
            embed_roots=True,
            signature_mechanism=mechanism,
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The port's raw signature over the signed attributes."""
        signature = self.port.sign(self.key, data, reference=self.order.reference)
        if not self._holds(data, signature):
            raise SignerFailed(WRONG_SIGNATURE, organ=self.order.organ_name)
        return signature

    async def async_sign(self, data_digest: bytes, digest_algorithm: str, *words: Any, **named: Any) -> cms.ContentInfo:
        """The port's whole CMS structure, where it answers with one."""
        if self.port.answers is not AnswerKind.CMS:
            return await super().async_sign(data_digest, digest_algorithm, *words, **named)
        answer = self.port.cms(self.key, data_digest, reference=self.order.reference)
        try:
            found = cms.ContentInfo.load(answer, strict=True)
            info = found["content"]["signer_infos"][0]
            digest = next(one for one in info["signed_attrs"] if one["type"].native == "message_digest")
            fits = digest["values"][0].native == data_digest
            data = info["signed_attrs"].untag().dump()
            fits = fits and self._holds(data, info["signature"].native)
        except (ValueError, TypeError, KeyError, IndexError, StopIteration) as error:
            raise SignerFailed(WRONG_SIGNATURE, organ=self.order.organ_name) from error
        if not fits:
            raise SignerFailed(WRONG_SIGNATURE, organ=self.order.organ_name)
        return found

    def _holds(self, data: bytes, signature: bytes) -> bool:
        if self.port.digest == sm2.DIGEST:
            return sm2.holds(certificates.public_point(self.key.certificate), data, signature)
        return file.holds(self.key.certificate, data, signature)
