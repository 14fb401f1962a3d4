"""A receiver is set up by the administrator of an organ, paused, gone on with, ended. Its secret is shown once."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.audit import services as audit
from gongkai.channels import selectors
from gongkai.channels.enums import OPEN, State
from gongkai.channels.models import Receiver, Sending, Stock
from gongkai.channels.rules import declared
from gongkai.clients.rules import Denied
from gongkai.clients.services import check_address
from gongkai.organisations import selectors as organisations

OBJECT = "channels.receiver"
_ADMINISTRATOR = (Role.ADMINISTRATOR.value,)


@transaction.atomic
def add_receiver(*, by: Standing, channel: str, name: str, organ: str, url: str) -> tuple[Receiver, str]:
    """Set a receiver up; returns it with the secret of its signatures, shown this once. Raises `Denied`."""
    found = organisations.by_code(organ) if organ in by.organs_where(Role.ADMINISTRATOR) else None
    if found is None:
        raise Denied(_("该机关不在您的管理范围内。"))
    if channel not in declared.pushed():
        raise Denied(_("这个渠道不向接收单位推送。请选择推送的渠道。"))
    check_address(url)
    if Receiver.objects.filter(organ=found, channel=channel, url=url, ended_at__isnull=True).exists():
        raise Denied(_("这个地址已经设置过。请打开那个接收单位办理。"))
    secret = secrets.token_urlsafe(32)
    made = Receiver.objects.create(
        channel=channel, name=name.strip(), organ=found, url=url, secret=secret, secret_at=timezone.now()
    )
    record(made, by, "add_receiver", channel=channel, url=url)
    return made, secret


@transaction.atomic
def renew_secret(*, by: Standing, pk: int) -> tuple[Receiver, str]:
    """A new secret; what is sent from now on is signed with it."""
    receiver = administered(by, pk)
    secret = secrets.token_urlsafe(32)
    receiver.secret, receiver.secret_at = secret, timezone.now()
    receiver.save(update_fields=["secret", "secret_at"])
    record(receiver, by, "renew_secret")
    return receiver, secret


@transaction.atomic
def pause(*, by: Standing, pk: int) -> Receiver:
    """Nothing is sent for a while; what happens meanwhile waits."""
    receiver = administered(by, pk)
    receiver.paused_at = receiver.paused_at or timezone.now()
    receiver.save(update_fields=["paused_at"])
    record(receiver, by, "pause")
    return receiver


@transaction.atomic
def resume(*, by: Standing, pk: int) -> Receiver:
    """It is sent to again."""
    receiver = administered(by, pk)
    receiver.paused_at = None
    receiver.save(update_fields=["paused_at"])
    record(receiver, by, "resume")
    return receiver


@transaction.atomic
def retry(*, by: Standing, pk: int) -> int:
    """What stood aside is tried again, unless something newer was told of the same item since; how many."""
    receiver = administered(by, pk)
    aside = Sending.objects.filter(receiver=receiver, state=State.GIVEN_UP.value)
    last = selectors.last_tellings(receiver)
    count = aside.filter(telling__in=last).update(
        state=State.WAITING.value, tries=0, due_at=timezone.now(), settled_at=None
    )
    aside.exclude(telling__in=last).update(state=State.REPLACED.value)
    record(receiver, by, "retry", count=count)
    return count


@transaction.atomic
def end_receiver(*, by: Standing, pk: int) -> Receiver:
    """It gets nothing more; what was sent stays on record."""
    receiver = administered(by, pk)
    now = timezone.now()
    receiver.ended_at = now
    receiver.save(update_fields=["ended_at"])
    waiting = Sending.objects.filter(receiver=receiver, state__in=OPEN)
    waiting.update(state=State.GIVEN_UP.value, settled_at=now, answer="receiver ended")
    Stock.objects.filter(receiver=receiver, finished_at__isnull=True).update(finished_at=now)
    record(receiver, by, "end_receiver")
    return receiver


def administered(by: Standing, pk: int) -> Receiver:
    """The receiver, locked, if it is going and somebody administers its organ. Raises `Denied`."""
    rows = selectors.administered(by).select_for_update(of=("self",))
    receiver = rows.filter(pk=pk, ended_at__isnull=True).first()
    if receiver is None:
        raise Denied(_("没有这个接收单位，或者它已经撤销，或者不由您管理。"))
    return receiver


def record(receiver: Receiver, by: Standing, act: str, **facts: object) -> None:
    """The act of somebody on a receiver is kept."""
    audit.record(
        act=f"channels.{act}",
        actor=by.actor_as(_ADMINISTRATOR, receiver.organ.code),
        organ=receiver.organ.code,
        object_kind=OBJECT,
        object_id=receiver.pk,
        facts={"name": receiver.name, **facts},
    )
