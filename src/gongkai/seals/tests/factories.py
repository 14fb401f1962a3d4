"""Papers, keys and authorities to seal with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from gongkai.audit.rules import SYSTEM
from gongkai.organisations.tests import factories as directory
from gongkai.papers import services as papers
from gongkai.papers.rules import Paper, Paragraph
from gongkai.seals import services
from gongkai.seals.enums import SignerKind
from gongkai.seals.services import Sealed
from gongkai.seals.signing import certificates
from gongkai.seals.signing.certificates import Made
from gongkai.seals.signing.port import Key

from .pool import apart

ORGAN, NAME = "district-office", "上海市虹口区人民政府办公室"
OTHER = "development-reform"
NUMBER = "虹府办信公开〔2026〕68号"
NOW = datetime.now(UTC)


def paper(*, number: str = NUMBER, paragraphs: int = 1) -> Paper:
    return Paper(
        organ=NAME,
        number=number,
        title="政府信息公开申请答复书",
        addressee="示例申请人甲",
        body=tuple(Paragraph("经查，该信息已经主动公开。") for _ in range(paragraphs)),
        signed_on=date(2026, 11, 25),
    )


@lru_cache
def plain_pdf() -> bytes:
    """One letter, made once: most tests are not about how it looks."""
    return papers.pdf(paper())


def authority(name: str = "示例签发机构") -> Made:
    return _authority(name)


@lru_cache
def _authority(name: str) -> Made:
    with apart():
        return certificates.new_authority(name=name, since=NOW - timedelta(days=9), until=NOW + timedelta(days=900))


def made(*, national: bool = False, by: str = "示例签发机构", since: int = -1, until: int = 700) -> Made:
    """A key of the organ, good from so many days from now on until so many; the same every time."""
    return _made(national, by, since, until)


@lru_cache
def _made(national: bool, by: str, since: int, until: int) -> Made:
    issuer = authority(by)
    with apart():
        return certificates.for_organ(
            code=ORGAN,
            name=NAME,
            since=NOW + timedelta(days=since),
            until=NOW + timedelta(days=until),
            authority=issuer,
            national=national,
        )


def key(*, national: bool = False, by: str = "示例签发机构", since: int = -1, until: int = 700) -> Key:
    found = made(national=national, by=by, since=since, until=until)
    return Key(ORGAN, found.certificate, (authority(by).certificate,), found.secret)


def organs() -> None:
    """The directory, as the demo has it."""
    directory.hongkou()


def ready(*codes: str, signer: SignerKind = SignerKind.FILE) -> None:
    """Organs with keys of their own."""
    organs()
    services.found_authority(name="示例签发机构", by=SYSTEM)
    for code in codes or (ORGAN,):
        services.make_key(organ_code=code, signer=signer, by=SYSTEM)


def sealed(object_id: object = 1, *, pdf: bytes = b"", corrects: str = "", organ: str = ORGAN) -> Sealed:
    return services.seal(
        pdf=pdf or plain_pdf(),
        organ_code=organ,
        reason="答复申请",
        object_kind="applications.application",
        object_id=object_id,
        number=NUMBER,
        by=SYSTEM,
        corrects=corrects,
    )
