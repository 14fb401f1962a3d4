"""The act of this context: record; and the guard that lets rows only be added, for other tables that need it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from . import rules
from .models import Entry, Head
from .rules import Actor, Facts
from .triggers import install as guard
from .triggers import remove as unguard

__all__ = ["guard", "record", "unguard"]


def record(
    *,
    act: str,
    actor: Actor,
    organ: str = "",
    object_kind: str = "",
    object_id: object = "",
    purpose: str = "",
    facts: Facts | None = None,
    at: datetime | None = None,
) -> Entry:
    """Append one link in the caller's transaction: it stands or falls with the act it tells of.

    `act` is `context.verb` (`applications.register`, `accounts.signed_in`, `files.read`); `organ` an organ's code.
    `facts` never holds personal data: name people by primary key, and what must be compared later by a salted digest.
    """
    with transaction.atomic():
        head = _locked_head()
        link = rules.Link(
            chain=rules.MAIN,
            seq=head.seq + 1,
            at=at or timezone.now(),
            actor=actor,
            act=act,
            organ=organ,
            object_kind=object_kind,
            object_id=str(object_id),
            purpose=purpose,
            facts=rules.canonical(facts or {}),
            previous=head.digest,
        )
        entry = _write(link)
        head.seq, head.digest = entry.seq, entry.digest
        head.save(update_fields=["seq", "digest"])
    return entry


def _locked_head() -> Head:
    found = Head.objects.select_for_update().filter(chain=rules.MAIN).first()
    if found is None:
        Head.objects.get_or_create(chain=rules.MAIN)
        found = Head.objects.select_for_update().get(chain=rules.MAIN)
    return found


def _write(link: rules.Link) -> Entry:
    return Entry.objects.create(
        chain=link.chain,
        seq=link.seq,
        at=link.at,
        actor_kind=str(link.actor.kind),
        actor=link.actor.id,
        acting_for=link.actor.acting_for,
        act=link.act,
        organ=link.organ,
        object_kind=link.object_kind,
        object_id=link.object_id,
        purpose=link.purpose,
        facts=link.facts,
        previous=link.previous,
        digest=rules.seal(link),
    )
