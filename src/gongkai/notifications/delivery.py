"""Sending what waits. A person never gets a notice twice: a row is marked before it is sent, and a row whose sender
died in between is not sent again but left to a person (docs/adr/2026-11-24-a-notice-at-most-once.md)."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.privacy.masking import mask_text

from . import rules
from .enums import Channel, Outcome, State
from .models import Outgoing, Try
from .providers.choose import way_of
from .providers.port import Answer, Letter, Unreachable, Way
from .telling import notify_administrators

log = logging.getLogger(__name__)
BATCH = 200
LEASE = timedelta(minutes=10)  # longer than any try; a row sending for longer has lost its sender
_chance = random.SystemRandom().random


def deliver_due(*, most: int = 2_000) -> dict[str, int]:
    """Send what is due, on each channel until nothing waits or its provider is out of reach; how many by outcome.

    Any number of workers may run at once: a row goes to who claims it. Never called inside a transaction.
    """
    done = {outcome.value: 0 for outcome in Outcome}
    for channel in (Channel.MAIL, Channel.SMS):
        if not _due(channel, timezone.now()):
            continue
        try:
            with way_of(channel) as way:
                for notice in _claimed(channel, most):
                    done[_send(way, notice).value] += 1
        except Unreachable as error:
            log.warning("%s cannot go out now: %s", channel.value, error)
    return done


def _due(channel: Channel, now: datetime) -> list[UUID]:
    waiting = Outgoing.objects.filter(channel=channel.value, state=State.WAITING.value, due_at__lte=now)
    return list(waiting.order_by("-urgent", "due_at").values_list("pk", flat=True)[:BATCH])


def _claimed(channel: Channel, most: int) -> Iterator[Outgoing]:
    """Rows that are ours: marked as being sent, and that committed, before anything is sent."""
    given = 0
    while given < most and (ids := _due(channel, timezone.now())):
        for pk in ids:
            with transaction.atomic(durable=True):
                mine = Outgoing.objects.filter(pk=pk, state=State.WAITING.value).update(
                    state=State.SENDING.value, claimed_at=timezone.now()
                )
            if mine:
                given += 1
                yield Outgoing.objects.get(pk=pk)


def _send(way: Way, notice: Outgoing) -> Outcome:
    fits = rules.is_mail_address if notice.channel == Channel.MAIL.value else rules.is_phone
    if not fits(notice.address):
        answer = Answer(Outcome.REFUSED, "not an address")
    else:
        letter = Letter(str(notice.pk), notice.address, notice.subject, notice.body, notice.language)
        try:
            answer = way.send(letter)
        except Unreachable as error:
            # Nothing of it went out, so it may wait like any other; the way is closed for this run.
            _record(notice, Answer(Outcome.LATER, str(error)))
            raise
    _record(notice, answer)
    return answer.outcome


@transaction.atomic
def _record(notice: Outgoing, answer: Answer) -> None:
    now = timezone.now()
    Try.objects.create(notice=notice, outcome=answer.outcome.value, answer=mask_text(answer.words)[:200])
    tries = notice.tries + 1
    given_up = answer.outcome is Outcome.LATER and tries >= rules.MOST_TRIES
    if answer.outcome is Outcome.LATER and not given_up:
        due = now + rules.wait_before(tries, _chance())
        if notice.channel == Channel.SMS.value and not notice.urgent:
            due = rules.parse_quiet(settings.SMS_QUIET).after(due)
        _move(notice.pk, State.WAITING, tries=tries, due_at=due, claimed_at=None)
        return
    ends = {Outcome.SENT: State.SENT, Outcome.UNKNOWN: State.UNKNOWN}
    state = ends.get(answer.outcome, State.FAILED)
    _move(notice.pk, state, tries=tries, settled_at=now)
    if state is not State.SENT:
        _tell(notice, state, tries)


def _move(pk: UUID, state: State, **values: object) -> int:
    return Outgoing.objects.filter(pk=pk, state=State.SENDING.value).update(state=state.value, **values)


def look_after_lost() -> int:
    """Rows whose sender died while sending: nobody knows whether they went out, and a person decides. How many."""
    lost = Outgoing.objects.filter(state=State.SENDING.value, claimed_at__lt=timezone.now() - LEASE)
    count = 0
    for notice in lost.defer("address", "subject", "body"):
        with transaction.atomic():
            if _move(notice.pk, State.UNKNOWN, settled_at=timezone.now()):
                Try.objects.create(notice=notice, outcome=Outcome.UNKNOWN.value, answer="the sender died")
                _tell(notice, State.UNKNOWN, notice.tries)
                count += 1
    return count


def _tell(notice: Outgoing, state: State, tries: int) -> None:
    """An inbox message to those who look after the program; of its own failure nobody is told by mail."""
    notify_administrators(
        event="notifications.failed",
        key=f"notice:{notice.pk}:{tries}",
        context={"event": notice.event, "state": state.label, "channel": Channel(notice.channel).label},
    )
