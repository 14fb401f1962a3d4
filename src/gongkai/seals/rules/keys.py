"""Which key may seal for which organ, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongkai.seals.enums import KeyState

from .refusals import Refused, marked

_ = marked
RENEW_WITHIN = timedelta(days=60)  # before it ends, an organ's certificate is told to be renewed
NO_KEY = _("%(organ)s还没有可用的印章密钥，没有盖章。请管理员运行 gongkai seals init %(code)s，再盖一次。")
EXPIRED = _(
    "%(organ)s的印章证书已于 %(day)s 到期，没有盖章。请管理员运行 gongkai seals renew %(code)s 换发证书，再盖一次。"
)
NOT_YET = _("%(organ)s的印章证书自 %(day)s 起才有效，没有盖章。请核对服务器的时间，或者等到那一天。")
REVOKED = _(
    "%(organ)s的印章密钥已于 %(day)s 吊销（%(because)s），没有盖章。请管理员运行 gongkai seals renew %(code)s 换发，再盖一次。"
)
OTHER_ORGAN = _(
    "印章证书写的是“%(named)s”，不是%(organ)s，没有盖章。请管理员用 gongkai seals register 登记%(organ)s自己的证书。"
)


@dataclass(frozen=True)
class Named:
    """Whom a certificate names: the code in its serial number of the subject, if any, and its names."""

    code: str
    names: tuple[str, ...]

    def belongs_to(self, code: str, names: frozenset[str]) -> bool:
        """Whether it is this organ's: by the code where it names one, else by a name the organ has or had."""
        return self.code == code if self.code else not names.isdisjoint(self.names)


@dataclass(frozen=True)
class Validity:
    """From when to when a key may seal, and when it was stopped."""

    since: datetime
    until: datetime
    revoked_at: datetime | None = None
    because: str = ""
    retired_at: datetime | None = None


def state(key: Validity, *, now: datetime) -> KeyState:
    """How a key stands; what is revoked stays revoked, whatever else ended."""
    if key.revoked_at is not None:
        return KeyState.REVOKED
    if key.retired_at is not None:
        return KeyState.RETIRED
    return KeyState.EXPIRED if now > key.until else KeyState.IN_USE


def refuse_unusable(key: Validity, *, organ: str, code: str, now: datetime) -> None:
    """Raise Refused, with what to do, unless the key may seal at this moment."""
    words = {"organ": organ, "code": code}
    if key.revoked_at is not None:
        raise Refused(REVOKED, day=_day(key.revoked_at), because=key.because, **words)
    if now > key.until:
        raise Refused(EXPIRED, day=_day(key.until), **words)
    if now < key.since:
        raise Refused(NOT_YET, day=_day(key.since), **words)


def refuse_other_organ(named: Named, *, organ: str, code: str, names: frozenset[str]) -> None:
    """Raise Refused unless the certificate is this organ's."""
    if not named.belongs_to(code, names):
        raise Refused(OTHER_ORGAN, named="、".join(named.names) or named.code, organ=organ)


def should_renew(key: Validity, *, now: datetime) -> bool:
    """Whether a key in use ends soon or has ended."""
    return state(key, now=now) in {KeyState.IN_USE, KeyState.EXPIRED} and key.until - now < RENEW_WITHIN


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
