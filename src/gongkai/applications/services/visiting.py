"""我的申请：a link to the address somebody gave, used once, opens what was applied for with it; every look is recorded."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.applications import selectors
from gongkai.applications.flow import binding
from gongkai.applications.models import Application, MailLink
from gongkai.audit import services as audit
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.notifications import services as notices
from gongkai.notifications.rules import Recipient
from gongkai.privacy.digests import blind

EVENT = "applications.mail_link"
KEPT = timedelta(days=1)  # how long it is known that a link was asked for


@transaction.atomic
def ask_for_link(*, email: str, address: Callable[[str], str], now: datetime, language: str = "") -> None:
    """Have a link sent to an address with which somebody applied; nothing is sent to any other.

    The same is written down and nothing is returned either way, so that nobody learns by asking who has applied.
    `address` makes the whole address of a page from the token.
    """
    secret, digest = secrets.token_hex(32), blind(email)
    link = MailLink.objects.create(email_digest=digest, secret_digest=blind(secret), made_at=now)
    if not selectors.made_with(digest).exists():
        return
    notices.notify(
        event=EVENT,
        key=f"mail-link:{link.pk}",
        to=Recipient(mail=email.strip()),
        context={
            "link": address(selectors.signer().sign(secret)),
            "hours": selectors.LINK_LASTS // timedelta(hours=1),
            "minutes": selectors.VISIT_LASTS // timedelta(minutes=1),
        },
        language=language,
    )


@transaction.atomic
def begin_visit(*, token: str, now: datetime) -> str:
    """Use a link up, and begin the visit; the secret that the browser keeps, or nothing for a link that is no good."""
    link = selectors.open_link(token, now)
    secret = secrets.token_hex(32)
    mine = MailLink.objects.filter(pk=link.pk, used_at__isnull=True) if link else MailLink.objects.none()
    if link is None or not mine.update(used_at=now, visit_digest=blind(secret)):  # of two at once the second is late
        return ""
    audit.record(act="applications.begin_visit", actor=visitor(link), object_kind=_KIND, object_id=link.pk)
    return secret


def end_visit(*, secret: str, now: datetime) -> None:
    """Whoever has the browser after this sees nothing any more."""
    if found := selectors.visit(secret, now):
        MailLink.objects.filter(pk=found.pk).update(left_at=now)


def note_listed(*, visit: MailLink, count: int) -> None:
    """Record that the list was read."""
    audit.record(
        act="applications.list_own",
        actor=visitor(visit),
        object_kind=_KIND,
        object_id=visit.pk,
        facts={"applications": count},
    )


def note_read(*, visit: MailLink, application: Application) -> None:
    """Record that one application was read without its query code."""
    audit.record(
        act="applications.read_own",
        actor=visitor(visit),
        organ=application.organ.code,
        object_kind=binding().kind,
        object_id=application.pk,
    )


def drop_links(*, now: datetime) -> int:
    """Swept nightly: links and visits of yesterday are forgotten, with the mails that carried them; how many."""
    old = list(MailLink.objects.filter(made_at__lt=now - KEPT).values_list("pk", flat=True))
    for pk in old:
        notices.forget(key=f"mail-link:{pk}")
    MailLink.objects.filter(pk__in=old).delete()
    return len(old)


def visitor(visit: MailLink) -> Actor:
    """As the chain names who came by a link: by the visit, never by the address."""
    return Actor(ActorKind.APPLICANT, f"visit:{visit.pk}")


_KIND = "applications.visit"
