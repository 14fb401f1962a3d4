"""The applications of who could read a mail sent to the address they were made with."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.db.models import QuerySet

from gongkai.applications.models import Application, MailLink
from gongkai.privacy.digests import blind

LINK_LASTS = timedelta(hours=1)
VISIT_LASTS = timedelta(minutes=30)


def signer() -> TimestampSigner:
    """What signs the secret of a link, with the moment."""
    return TimestampSigner(salt="gongkai.applications.mail-link")


def open_link(token: str, now: datetime) -> MailLink | None:
    """The link that a token belongs to, if it is ours, not older than an hour, and has not been used."""
    try:
        secret = signer().unsign(token, max_age=LINK_LASTS)
    except BadSignature:
        return None
    return MailLink.objects.filter(
        secret_digest=blind(secret), used_at__isnull=True, made_at__gt=now - LINK_LASTS
    ).first()


def visit(secret: str, now: datetime) -> MailLink | None:
    """The visit that a browser's secret belongs to, while it lasts."""
    digest = blind(secret)
    if not digest:
        return None
    found = MailLink.objects.filter(visit_digest=digest, used_at__gt=now - VISIT_LASTS, left_at__isnull=True)
    return found.first()


def made_with(email_digest: str) -> QuerySet[Application]:
    """The applications made with an address, the newest first; none for no address."""
    found = Application.objects.filter(email_digest=email_digest).exclude(email_digest="")
    return found.select_related("organ__parent").order_by("-submitted_at", "-pk")
