"""Acts on keys: an authority of our own, an organ's key, another in its place, one from elsewhere, one revoked."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.audit.rules import Actor
from gongkai.audit.services import record
from gongkai.kernel.bus import publish
from gongkai.seals import selectors
from gongkai.seals.enums import SignerKind
from gongkai.seals.events import KeyRevoked
from gongkai.seals.models import Authority, SealKey
from gongkai.seals.rules import keys
from gongkai.seals.rules.refusals import Refused, marked
from gongkai.seals.signing import certificates
from gongkai.seals.signing.certificates import Made

from .organs import SealingOrgan, organ_of

_ = marked
DAYS = 3 * 365  # of an organ's certificate
AUTHORITY_DAYS = 20 * 365
EARLIER = timedelta(minutes=5)  # other machines' clocks may be behind
NOT_A_CERTIFICATE = _("文件里没有可用的证书（%(why)s）。请给出 PEM 或者 DER 格式的证书文件。")
UNTRUSTED = _("这张证书不是已登记的机构签发的。请先用 gongkai seals trust 登记签发机构的证书。")
NOT_REMOTE = _("签名方式不是签章服务，密钥由本系统保管，不必登记证书。请运行 gongkai seals init 或者 renew。")


class NoSuchKey(Refused):
    """No key of this organ or fingerprint."""


class Unusable(Refused):
    """A certificate that cannot be taken in."""


@transaction.atomic
def found_authority(*, name: str, by: Actor) -> tuple[Authority, bool]:
    """This installation's own authority, made at first use; whether it was."""
    found = selectors.own_authority()
    if found is not None:
        return found, False
    now = timezone.now()
    made = certificates.new_authority(name=name, since=now - EARLIER, until=now + timedelta(days=AUTHORITY_DAYS))
    return _kept_authority(name, made, by), True


@transaction.atomic
def trust(*, content: bytes, by: Actor) -> Authority:
    """Take in an authority of somebody else's, whose certificates are to be trusted; again changes nothing."""
    certificate = _certificate(content)
    found = Authority.objects.filter(fingerprint=certificates.fingerprint(certificate)).first()
    name = "、".join(certificates.named(certificate).names) or "?"
    return found or _kept_authority(name, Made(certificate, ""), by)


def make_key(*, organ_code: str, signer: SignerKind, by: Actor, days: int = DAYS) -> tuple[SealKey, bool]:
    """An organ's key, made and certified here, unless it has one; whether it was made."""
    found = selectors.key_in_use(organ_code, signer)
    return (found, False) if found else (renew(organ_code=organ_code, signer=signer, by=by, days=days), True)


def renew(*, organ_code: str, signer: SignerKind, by: Actor, days: int = DAYS) -> SealKey:
    """A fresh key in place of the organ's present one, which stays for checking what it sealed."""
    if signer is SignerKind.REMOTE:
        raise Refused(_("签名方式是签章服务：请在签章服务里换发密钥，再用 gongkai seals register 登记新证书。"))
    organ = organ_of(organ_code)
    authority = selectors.own_authority()
    if authority is None:
        raise Refused(_("还没有本系统的签发机构。请先运行 gongkai seals init。"))
    now = timezone.now()
    own = Made(certificates.from_text(authority.certificate.encode())[0], str(authority.secret))
    made = certificates.for_organ(
        code=organ.code,
        name=organ.name,
        since=now - EARLIER,
        until=now + timedelta(days=days),
        authority=own,
        national=signer is SignerKind.SM2,
    )
    return _kept(organ, signer, made, authority, by)


def register(*, organ_code: str, content: bytes, handle: str, signer: SignerKind, by: Actor) -> SealKey:
    """Take in the certificate of a key that a signing service keeps. Raises Unusable, Refused."""
    if signer is not SignerKind.REMOTE:
        raise Refused(NOT_REMOTE)
    organ = organ_of(organ_code)
    certificate = _certificate(content)
    keys.refuse_other_organ(certificates.named(certificate), organ=organ.name, code=organ.code, names=organ.names)
    for authority in Authority.objects.all():
        if certificates.issued_by(certificate, certificates.from_text(authority.certificate.encode())[0]):
            return _kept(organ, signer, Made(certificate, ""), authority, by, handle=handle)
    raise Unusable(UNTRUSTED)


@transaction.atomic
def revoke(*, fingerprint: str, because: str, by: Actor) -> SealKey:
    """Stop a key for good, named by its fingerprint or the beginning of it. What it sealed before stays genuine."""
    found = list(SealKey.objects.select_for_update().filter(fingerprint__startswith=fingerprint.lower())[:2])
    if len(found) != 1 or not fingerprint:
        raise NoSuchKey(
            _("没有，或者不止一个指纹以“%(digits)s”开头的印章密钥。请运行 gongkai seals list 查看。"),
            digits=fingerprint,
        )
    key = found[0]
    if key.revoked_at is None:
        key.revoked_at, key.revoked_because = timezone.now(), because
        key.save(update_fields=["revoked_at", "revoked_because"])
        organ = key.organ.code
        facts = {"fingerprint": key.fingerprint, "because": because}
        record(act="seals.revoke", actor=by, organ=organ, object_kind="seals.key", object_id=key.pk, facts=facts)
        publish(KeyRevoked(organ, key.fingerprint, because))
    return key


def _certificate(content: bytes) -> bytes:
    try:
        return certificates.from_text(content)[0]
    except (ValueError, TypeError, IndexError) as error:
        raise Unusable(NOT_A_CERTIFICATE, why=str(error)[:80]) from error


@transaction.atomic
def _kept(
    organ: SealingOrgan, signer: SignerKind, made: Made, authority: Authority, by: Actor, *, handle: str = ""
) -> SealKey:
    now = timezone.now()
    SealKey.objects.filter(organ_id=organ.pk, signer=signer.value, retired_at__isnull=True).update(retired_at=now)
    since, until = certificates.validity(made.certificate)
    key = SealKey.objects.create(
        organ_id=organ.pk,
        signer=signer.value,
        certificate=certificates.as_text(made.certificate),
        authority=authority,
        secret=made.secret,
        handle=handle,
        fingerprint=certificates.fingerprint(made.certificate),
        valid_since=since,
        valid_until=until,
    )
    facts = {"fingerprint": key.fingerprint, "signer": key.signer, "until": until.date().isoformat()}
    record(act="seals.key", actor=by, organ=organ.code, object_kind="seals.key", object_id=key.pk, facts=facts)
    return key


def _kept_authority(name: str, made: Made, by: Actor) -> Authority:
    authority = Authority.objects.create(
        name=name,
        certificate=certificates.as_text(made.certificate),
        own=bool(made.secret),
        secret=made.secret,
        fingerprint=certificates.fingerprint(made.certificate),
    )
    facts = {"fingerprint": authority.fingerprint, "own": bool(made.secret)}
    record(act="seals.trust", actor=by, object_kind="seals.authority", object_id=authority.pk, facts=facts)
    return authority
