"""What this context holds of a person, for the person's rights in their data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.privacy.subjects import ERASED, Hold, Person, register
from gongkai.statutes import in_force

from .enums import State
from .models import Message, Outgoing, Preference

_OPEN = (State.WAITING.value, State.SENDING.value)


def _notices(who: Person) -> QuerySet[Outgoing]:
    named = Q(recipient__in=who.digests)
    if who.user_id is not None:
        named |= Q(user_id=who.user_id)
    return Outgoing.objects.filter(named)


def export(who: Person) -> Sequence[dict[str, Any]]:
    """Every notice and message, and what was chosen."""
    rows: list[dict[str, Any]] = [
        {
            "kind": "notice",
            "event": notice.event,
            "channel": notice.channel,
            "address": notice.address,
            "subject": notice.subject,
            "body": notice.body,
            "state": notice.state,
            "created_at": notice.created_at,
        }
        for notice in _notices(who)
    ]
    if who.user_id is None:
        return rows
    messages = Message.objects.filter(user_id=who.user_id)
    rows += [{"kind": "message", "event": row.event, "body": row.body, "at": row.created_at} for row in messages]
    wants = Preference.objects.filter(user_id=who.user_id)
    rows += [{"kind": "preference", "event": row.event, "channel": row.channel, "wanted": row.wanted} for row in wants]
    return rows


def erase(who: Person) -> int:
    """Addresses and words are gone; that something was sent, when, and what came of it stays."""
    done = _notices(who).update(address=ERASED, subject=ERASED, body=ERASED)
    if who.user_id is not None:
        done += Message.objects.filter(user_id=who.user_id).delete()[0]
        done += Preference.objects.filter(user_id=who.user_id).delete()[0]
    return done


def hold(who: Person) -> Sequence[Hold]:
    """A notice on its way is still needed for what it is for."""
    waiting = _notices(who).filter(state__in=_OPEN).count()
    cite = in_force("personal_data_kept_by_law", timezone.localdate()).cite.text
    return [Hold(f"有 {waiting} 条通知正在发送，处理目的尚未实现", cite)] if waiting else []


def registered() -> None:
    """Answer for notices; called once when the program starts."""
    register("notices", export=export, erase=erase, hold=hold)
