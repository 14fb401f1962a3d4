"""What was told to somebody outside is forgotten, when the thing it told of may not be known as theirs any more."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from gongkai.privacy.subjects import ERASED

from .enums import State
from .models import Outgoing


def forget(*, key: str) -> int:
    """Forget whom the notices about one thing went to, and their words; how many. What was not sent yet is not sent.

    `key` is that of the notices, or the part of it before a colon. That something was sent, when, and what came of it
    stays. Notices to people who sign in are theirs, and stay.
    """
    about = Outgoing.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:"), user__isnull=True)
    about = about.exclude(recipient__startswith="gone:")
    waiting = (State.WAITING.value, State.FAILED.value, State.UNKNOWN.value)
    about.filter(state__in=waiting).update(state=State.DROPPED.value, settled_at=timezone.now())
    rows = list(about)
    for row in rows:
        row.address, row.subject, row.body = ERASED, ERASED if row.subject else "", ERASED
        row.recipient = f"gone:{uuid4().hex}"  # one of its own, so that the row stays the only one of its kind
    Outgoing.objects.bulk_update(rows, ["address", "subject", "body", "recipient"], batch_size=200)
    return len(rows)
