"""The record and the news of what happens to the safety of an account."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.enums import Change
from gongkai.accounts.events import SecurityChanged
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.kernel import bus


@transaction.atomic
def record_change(*, user_id: int, change: Change, by: Actor) -> None:
    """Put a change on the record, and let the person hear of it."""
    entry = audit.record(act=f"accounts.{change.value}", actor=by, object_kind="accounts.user", object_id=user_id)
    bus.publish(SecurityChanged(user_id, change, entry.at, entry.seq))
