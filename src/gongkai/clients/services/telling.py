"""Clients are told what happened to cases that concern them: at least once for each event, under one id.

The message is written in the transaction of the act. A worker takes it, sends it, and writes down what came of it; where
the worker died in between, another sends it again under the same id after a while.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.accounts.rules import Standing
from gongkai.applications.selectors import Application
from gongkai.audit import services as audit
from gongkai.audit.enums import ActorKind
from gongkai.audit.rules import Actor
from gongkai.clients import selectors
from gongkai.clients.enums import Delivery, News, Scope
from gongkai.clients.models import Brought, Client, Hook, Told
from gongkai.clients.rules import MOST_TRIES, Denied, wait_after
from gongkai.notifications.services import notify_administrators

from .sending import Answer, check_address, send_signed
from .uploading import program

OBJECT = "clients.hook"
LEASE = timedelta(minutes=2)  # longer than any try
BATCH = 100


@transaction.atomic
def set_hook(*, client: Client, url: str) -> tuple[Hook, str]:
    """Where a client wants to be told; returns the secret of its signatures, shown this once. Raises `Denied`."""
    check_address(url)
    secret = secrets.token_urlsafe(32)
    values = {"url": url, "secret": secret, "set_at": timezone.now(), "stopped_at": None}
    hook, _made = Hook.objects.update_or_create(client=client, defaults=values)
    _record(client, "set_hook", program(client), url=url.partition("?")[0])  # a token may stand behind it
    return hook, secret


@transaction.atomic
def drop_hook(*, client: Client) -> bool:
    """The client wants to be told no more; what waits is not sent. Whether there was an address."""
    gone, _of = Hook.objects.filter(client=client).delete()
    if gone:
        Told.objects.filter(client=client, state=Delivery.WAITING.value).update(
            state=Delivery.GIVEN_UP.value, settled_at=timezone.now(), answer="hook removed"
        )
        _record(client, "drop_hook", program(client))
    return bool(gone)


@transaction.atomic
def resume_hook(*, by: Standing, pk: int) -> int:
    """A hook that was stopped goes on, with what was given up since; how many messages wait. Raises `Denied`."""
    client = selectors.administered(by).filter(pk=pk, hook__stopped_at__isnull=False).first()
    if client is None:
        raise Denied("这个通知地址没有停止，或者不由您管理。")
    since = client.hook.set_at
    Hook.objects.filter(client=client).update(stopped_at=None)
    again = Told.objects.filter(client=client, state=Delivery.GIVEN_UP.value, created_at__gte=since)
    again.update(state=Delivery.WAITING.value, tries=0, due_at=timezone.now(), settled_at=None)
    _record(client, "resume_hook", by.actor_as(("administrator",), client.organ.code))
    return Told.objects.filter(client=client, state=Delivery.WAITING.value).count()


def tell(*, application: Application, news: News) -> int:
    """Write a message for each client that a case concerns; called inside the transaction of the act. How many."""
    brought = Brought.objects.filter(application=application).values("client_id")
    concerned = Client.objects.filter(ended_at__isnull=True, hook__isnull=False).filter(
        Q(pk__in=brought) | Q(organ=application.organ_id)
    )
    mine = set(brought.values_list("client_id", flat=True))
    rows = [
        _message(client, application, news)
        for client in concerned
        if Scope.WEBHOOKS.value in client.scopes and (client.pk in mine or Scope.ACT.value in client.scopes)
    ]
    Told.objects.bulk_create(rows)
    return len(rows)


def _message(client: Client, row: Application, news: News) -> Told:
    now = timezone.now()
    told = Told(client=client, news=news.value, number=row.number, due_at=now)
    days = {name: getattr(row, name) for name in ("received_on", "due_on", "supplement_by", "closed_on")}
    facts = {
        "number": row.number,
        "organ": row.organ.code,
        "state": row.state,
        "version": row.version,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "code": row.code if news is News.CLOSED else "",
    }
    body = {"id": str(told.pk), "event": news.value, "at": now.isoformat(), "application": facts}
    told.body = json.dumps(body, ensure_ascii=False)
    return told


def deliver_told(*, most: int = 1000) -> dict[str, int]:
    """Send what is due; how many by what came of them. Any number of workers may run; never inside a transaction."""
    done = {state.value: 0 for state in Delivery}
    for told in _claimed(most):
        done[_send(told).value] += 1
    return done


def _claimed(most: int) -> Iterator[Told]:
    """Messages that are ours: marked as being sent, and that committed, before anything is sent."""
    given = 0
    while given < most and (ids := list(_due()[: min(BATCH, most - given)])):
        for pk in ids:
            now = timezone.now()
            if _due().filter(pk=pk).update(state=Delivery.SENDING.value, claimed_at=now):
                given += 1
                yield Told.objects.select_related("client__hook").get(pk=pk)


def _due() -> QuerySet[Told, Any]:
    now = timezone.now()
    open_ = Q(state=Delivery.WAITING.value, due_at__lte=now)
    lost = Q(state=Delivery.SENDING.value, claimed_at__lt=now - LEASE)
    going = Told.objects.filter(open_ | lost, client__hook__stopped_at__isnull=True, client__hook__isnull=False)
    return going.filter(client__ended_at__isnull=True).order_by("due_at", "pk").values_list("pk", flat=True)


def _send(told: Told) -> Delivery:
    hook = told.client.hook
    answer = send_signed(url=hook.url, secret=hook.secret, event=told.news, key=str(told.pk), body=told.body.encode())
    return _settle(told, answer)


@transaction.atomic
def _settle(told: Told, answer: Answer) -> Delivery:
    now, tries = timezone.now(), told.tries + 1
    state = Delivery.SENT if answer.taken else Delivery.GIVEN_UP if tries >= MOST_TRIES else Delivery.WAITING
    Told.objects.filter(pk=told.pk, state=Delivery.SENDING.value, claimed_at=told.claimed_at).update(
        state=state.value,
        tries=tries,
        answer=answer.words,
        due_at=now + wait_after(tries),
        settled_at=None if state is Delivery.WAITING else now,
    )
    if state is Delivery.GIVEN_UP:
        _stop(told)
    return state


def _stop(told: Told) -> None:
    """The poison guard: an address that has failed so often is left alone, and the administrators are told."""
    now = timezone.now()
    if Hook.objects.filter(client=told.client, stopped_at__isnull=True).update(stopped_at=now):
        _record(told.client, "stop_hook", Actor(ActorKind.SYSTEM), event=str(told.pk))
        notify_administrators(
            event="clients.hook_stopped",
            key=f"hook:{told.client_id}:{told.pk}",
            context={"name": told.client.name, "tries": MOST_TRIES},
            url=f"/workbench/clients/{told.client_id}/",
        )


def _record(client: Client, verb: str, actor: Actor, **facts: object) -> None:
    audit.record(
        act=f"clients.{verb}",
        actor=actor,
        organ=client.organ.code,
        object_kind=OBJECT,
        object_id=client.pk,
        facts={"name": client.name, **facts},
    )
