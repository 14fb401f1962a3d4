"""Acts on sessions: open, note, close one, close all."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.accounts.models import OpenSession
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor

LONGEST_BROWSER = 200  # characters of what a browser calls itself


@transaction.atomic
def open_session(*, user_id: int, session_key: str, address: str, browser: str, by: Actor, now: datetime) -> None:
    """A person has signed in with this browser."""
    OpenSession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user_id": user_id,
            "seen_at": now,
            "address": address or None,
            "browser": browser[:LONGEST_BROWSER],
        },
    )
    audit.record(act="accounts.signed_in", actor=by, object_kind="accounts.user", object_id=user_id)


def note_session(*, session_key: str, now: datetime) -> None:
    """The person has just done something in this session."""
    OpenSession.objects.filter(session_key=session_key).update(seen_at=now)


def rename_session(*, old: str, new: str) -> None:
    """The session goes on under a new key."""
    OpenSession.objects.filter(session_key=old).update(session_key=new)


@transaction.atomic
def end_session(*, user_id: int, session_key: str, by: Actor) -> None:
    """A person has signed out of this session."""
    OpenSession.objects.filter(session_key=session_key).delete()
    audit.record(act="accounts.signed_out", actor=by, object_kind="accounts.user", object_id=user_id)


@transaction.atomic
def close_session(*, user_id: int, pk: int, by: Actor) -> bool:
    """End one session of a person from elsewhere; False when the person has no such session."""
    found = OpenSession.objects.select_for_update().filter(user_id=user_id, pk=pk).first()
    if found is None:
        return False
    _end(found)
    audit.record(act="accounts.session_closed", actor=by, object_kind="accounts.user", object_id=user_id)
    return True


@transaction.atomic
def close_all(*, user_id: int, but: str = "", by: Actor | None = None) -> int:
    """End every session of a person but the one with this key; returns how many. `by`: put it on the record."""
    found = list(OpenSession.objects.select_for_update().filter(user_id=user_id).exclude(session_key=but))
    for session in found:
        _end(session)
    if by is not None:
        facts = {"sessions": len(found)}
        audit.record(
            act="accounts.sessions_closed", actor=by, object_kind="accounts.user", object_id=user_id, facts=facts
        )
    return len(found)


def _end(session: OpenSession) -> None:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    store(session.session_key).delete()
    session.delete()
