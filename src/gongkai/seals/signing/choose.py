"""The signer that the settings name."""

from __future__ import annotations

from django.conf import settings

from gongkai.seals.enums import AnswerKind, SignerKind

from .file import FileSigner
from .port import Signer
from .remote import RemoteSigner
from .sm2 import Sm2Signer


def kind() -> SignerKind:
    """Which signer is in use."""
    return SignerKind(settings.SEALS.signer)


def signer() -> Signer:
    """The signer in use."""
    if kind() is SignerKind.REMOTE:
        words = settings.SEALS
        return RemoteSigner(url=words.url, token=words.token, answers=AnswerKind(words.answer), digest=words.digest)
    return Sm2Signer() if kind() is SignerKind.SM2 else FileSigner()
