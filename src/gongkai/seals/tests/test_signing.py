"""A sealed PDF is unchanged, of the organ, and trusted: by our own look, by pdfsig and by openssl; or it is told."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from gongkai.papers import services as papers
from gongkai.seals import picture
from gongkai.seals.rules import Refused, SignerFailed
from gongkai.seals.signing import certificates, examine, pdf, sm2
from gongkai.seals.signing.file import FileSigner
from gongkai.seals.signing.port import Key, Signer

from . import factories

ORDER = pdf.Order(factories.NAME, "答复申请", "reference", sample=True)
ROOT = factories.authority().certificate
FLIPS = 60


def signed(*, national: bool = False, key: Key | None = None, content: bytes = b"") -> bytes:
    signer: Signer = sm2.Sm2Signer() if national else FileSigner()
    return pdf.sign(
        content or factories.plain_pdf(), order=ORDER, key=key or factories.key(national=national), signer=signer
    )


def certutil(*words: str) -> None:
    program = shutil.which("certutil")
    assert program, "certutil is missing: install libnss3-tools (as root: make system)"
    subprocess.run([program, *words], check=True, capture_output=True)


@pytest.mark.parametrize("national", [False, True])
def test_what_was_sealed_is_whole_trusted_and_the_organs(national: bool) -> None:
    found = examine.examine(signed(national=national), roots=[ROOT])
    assert (found.intact, found.trusted, found.fault) == (True, True, "")
    assert (found.organ, found.organ_code) == (factories.NAME, factories.ORGAN)
    assert found.fingerprint == certificates.fingerprint(factories.made(national=national).certificate)
    assert found.signed_at is not None


@pytest.mark.parametrize("national", [False, True])
def test_one_flipped_byte_anywhere_is_found(national: bool) -> None:
    whole = signed(national=national)
    chance = random.Random(20261125)
    begin = whole.index(b"/ByteRange")
    first, length, second, rest = (int(word) for word in whole[whole.index(b"[", begin) + 1 :].split(b"]")[0].split())
    covered = [chance.randrange(first, length) for _ in range(FLIPS // 2)]
    covered += [chance.randrange(second, second + rest) for _ in range(FLIPS // 2)]
    for place in covered[: 20 if national else FLIPS]:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        assert not examine.examine(bytes(changed), roots=[ROOT]).good, place


@pytest.mark.parametrize("national", [False, True])
def test_what_is_added_behind_is_found(national: bool) -> None:
    whole = signed(national=national)
    assert "改动" in examine.examine(whole + b"\n% more", roots=[ROOT]).fault


@pytest.mark.parametrize("national", [False, True])
def test_a_seal_of_an_authority_that_nobody_trusts_is_told(national: bool) -> None:
    stranger = factories.authority("别的签发机构").certificate
    found = examine.examine(signed(national=national), roots=[stranger])
    assert (found.intact, found.trusted, found.good) == (True, False, False)
    assert "受信任" in found.fault


@pytest.mark.parametrize("national", [False, True])
def test_a_certificate_that_had_ended_is_not_trusted(national: bool) -> None:
    key = factories.key(national=national, since=-8, until=-2)
    found = examine.examine(signed(national=national, key=key), roots=[ROOT])
    assert (found.intact, found.trusted) == (True, False)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"hello", b"%PDF-1.7\n%%EOF", b"\x00" * 4000])
def test_what_is_no_pdf_is_neither_sealed_nor_found_good(content: bytes) -> None:
    with pytest.raises(Refused, match="没有盖章"):
        pdf.sign(content, order=ORDER, key=factories.key(), signer=FileSigner())
    assert not examine.examine(content, roots=[ROOT]).good


def test_an_unsealed_letter_is_told_to_have_no_seal_and_a_sealed_one_is_not_sealed_again() -> None:
    assert "没有印章" in examine.examine(factories.plain_pdf(), roots=[ROOT]).fault
    with pytest.raises(Refused, match="已经盖过章"):
        signed(content=signed())


def test_a_signature_by_another_key_is_refused_before_it_is_put_into_the_file() -> None:
    class Wrong(FileSigner):
        def sign(self, key: Key, data: bytes, *, reference: str) -> bytes:
            return super().sign(factories.key(until=701), data, reference=reference)

    with pytest.raises(SignerFailed, match="对不上"):
        pdf.sign(factories.plain_pdf(), order=ORDER, key=factories.key(), signer=Wrong())


def test_the_reader_of_poppler_finds_it_valid_and_trusted(tmp_path: Path) -> None:
    folder = f"sql:{tmp_path / 'nss'}"
    (tmp_path / "nss").mkdir()
    (tmp_path / "ca.pem").write_text(certificates.as_text(ROOT), encoding="ascii")
    (tmp_path / "letter.pdf").write_bytes(signed())
    certutil("-N", "-d", folder, "--empty-password")
    pdfsig = ["pdfsig", "-nssdir", str(tmp_path / "nss"), str(tmp_path / "letter.pdf")]
    before = subprocess.run(pdfsig, check=False, capture_output=True, text=True).stdout
    certutil("-A", "-d", folder, "-n", "sample", "-t", "C,C,C", "-i", str(tmp_path / "ca.pem"))
    after = subprocess.run(pdfsig, check=True, capture_output=True, text=True).stdout
    assert "Certificate is Trusted" not in before
    wanted = ("Signature is Valid", "Certificate is Trusted", "ETSI.CAdES.detached", "SHA-256", "Total document signed")
    assert [word for word in wanted if word not in after] == []


@pytest.mark.parametrize("paragraphs", [1, 12, 14])
def test_the_seal_lies_on_the_page_where_the_organ_signs(paragraphs: int) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    content = papers.pdf(factories.paper(paragraphs=paragraphs))
    spot = papers.signature_spot(content)
    assert spot is not None
    pages = PdfReader(BytesIO(signed(content=content))).pages
    with_seal = [number for number, page in enumerate(pages) if page.annotations]
    assert with_seal == [spot.page]
    annotations = pages[spot.page].annotations
    assert annotations is not None
    left, bottom, right, top = (float(edge) for edge in annotations[0].get_object()["/Rect"])
    assert left < spot.centre[0] < right
    assert bottom < spot.bottom < spot.top - 10 < top


@pytest.mark.parametrize("sample", [True, False])
def test_the_picture_says_that_it_is_a_sample_only_where_it_is(sample: bool) -> None:
    assert ("示例" in picture.svg("某某机关", sample=sample)) is sample
    assert "<text" not in picture.svg("<b>&", sample=False).replace("<text transform", "")
    assert picture.svg("<b>", sample=False).count("&lt;") == 1


def test_sm2_and_openssl_agree_both_ways(tmp_path: Path) -> None:
    """Our signature by openssl, openssl's by us, each refused when one bit of the data is another."""
    secret, data = sm2.new_secret(), b"signed attributes"
    point = sm2.public_of(secret)
    private = tmp_path / "key.pem"
    head = bytes.fromhex("30770201010420")
    tail = bytes.fromhex("a00a06082a811ccf5501822da144034200")
    from asn1crypto import pem

    private.write_bytes(pem.armor("EC PRIVATE KEY", head + secret.to_bytes(32, "big") + tail + point))
    (tmp_path / "data").write_bytes(data)
    common = ["-rawin", "-digest", "sm3", "-in", str(tmp_path / "data"), "-pkeyopt", "distid:1234567812345678"]
    (tmp_path / "ours").write_bytes(sm2.sign(secret, data))
    check = ["openssl", "pkeyutl", "-verify", "-inkey", str(private), "-sigfile", str(tmp_path / "ours"), *common]
    assert "Verified Successfully" in subprocess.run(check, check=True, capture_output=True, text=True).stdout
    make = ["openssl", "pkeyutl", "-sign", "-inkey", str(private), "-out", str(tmp_path / "theirs"), *common]
    subprocess.run(make, check=True, capture_output=True)
    theirs = (tmp_path / "theirs").read_bytes()
    assert sm2.holds(point, data, theirs)
    assert not sm2.holds(point, b"signed attributez", theirs)
    (tmp_path / "data").write_bytes(b"signed attributez")
    assert subprocess.run(check, check=False, capture_output=True).returncode != 0


@pytest.mark.parametrize(("secret", "begin"), [(11, "04"), (65, "40"), (138, "44"), (327, "00")])
def test_a_public_key_that_begins_with_noughts_and_fours_is_taken_whole(secret: int, begin: str) -> None:
    point = sm2.public_of(secret)
    assert point[1:].hex().startswith(begin)
    assert sm2.holds(point, b"data", sm2.sign(secret, b"data"))


@pytest.mark.parametrize("signature", [b"", b"\x30\x00", bytes(70), sm2.Pair({"r": 0, "s": 1}).dump()])
def test_what_is_no_sm2_signature_does_not_hold(signature: bytes) -> None:
    assert not sm2.holds(sm2.public_of(7), b"data", signature)
    assert not sm2.holds(b"", b"data", sm2.sign(7, b"data"))


def test_signatures_of_sm2_never_repeat_their_random_number() -> None:
    found = {sm2.Pair.load(sm2.sign(7, b"data"))["r"].native for _ in range(10)}
    assert len(found) == 10
