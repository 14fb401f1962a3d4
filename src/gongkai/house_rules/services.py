"""Acts of this context: decide, withdraw, and keep this process up with what has been decided."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.statutes import Override, law
from gongkai.statutes import decide as go_by
from gongkai.statutes.law import plain

from . import rules, selectors
from .models import HouseRule

_known: dict[str, Any] = {"stamp": (0, 0), "asked": 0.0}


@transaction.atomic
def decide(
    *, name: str, value: Any, since: date, reason: str, serial: int, by: Actor, today: date | None = None
) -> HouseRule:
    """Decide a number that the law leaves open, from a day on.

    `serial` is the number of decisions that the person saw. ValidationError when somebody has decided since, when the
    day has gone by, or when it says what holds already; `NotASetting` for what the law settles.
    """
    parameter, today = law().parameter(name), today or timezone.localdate()
    before = law().in_force(name, max(since, parameter.values[0].since))
    own = Override(name, value, reason.strip(), since)
    law().decided([own])
    if since < (first := rules.earliest(parameter, today)):
        raise ValidationError(
            _("最早自 %(day)s 起：已经过去的日子按当日的数计算，不再改动。") % {"day": first}, code="past"
        )
    if serial != selectors.serial_of(name):
        raise ValidationError(_("您查看之后，他人已对此作出新的设定。请看过再决定。"), code="stale")
    if rules.same(value, before):
        raise ValidationError(_("这一天起的值本来就是这样，不必再设。"), code="same")
    try:
        with transaction.atomic():
            row = HouseRule.objects.create(
                name=name,
                serial=serial + 1,
                value=rules.stored(value),
                since=since,
                reason=own.reason,
                decided_at=timezone.now(),
                decided_by=by.id or str(by.kind),
            )
    except IntegrityError as error:
        raise ValidationError(_("您查看之后，他人已对此作出新的设定。请看过再决定。"), code="stale") from error
    _record("decided", row, by, value=row.value, before=rules.stored(plain(before)), reason=row.reason)
    transaction.on_commit(lambda: keep_up(now=True))
    return row


@transaction.atomic
def withdraw(*, pk: int, by: Actor, today: date | None = None) -> HouseRule:
    """Take a decision back before its first day; afterwards only another decision ends it."""
    row = HouseRule.objects.select_for_update().filter(pk=pk).first()
    if row is None or row.withdrawn_at is not None:
        raise ValidationError(_("没有这一设定，或者它已经撤回。"), code="missing")
    if row.since <= (today or timezone.localdate()):
        raise ValidationError(_("这一设定已经生效，不能撤回；要改，请作新的设定。"), code="past")
    row.withdrawn_at, row.withdrawn_by = timezone.now(), by.id or str(by.kind)
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record("withdrawn", row, by)
    transaction.on_commit(lambda: keep_up(now=True))
    return row


def keep_up(*, now: bool = False) -> bool:
    """Let this process go by what has been decided, wherever it was; True when something had changed.

    It asks the database at most every `HOUSE_RULES_EVERY` seconds (0: only when told to, with `now`).
    """
    moment = time.monotonic()
    every = settings.HOUSE_RULES_EVERY
    if not now and (not every or moment - _known["asked"] < every):
        return False
    _known["asked"] = moment
    stamp = selectors.stamp()
    if stamp == _known["stamp"]:
        return False
    go_by(selectors.decisions())
    _known["stamp"] = stamp
    return True


def forget() -> None:
    """Ask the database anew the next time, whatever was known: after it was restored, and between tests."""
    _known.update(stamp=(0, 0), asked=0.0)


def _record(act: str, row: HouseRule, by: Actor, **facts: object) -> None:
    audit.record(
        act=f"house_rules.{act}",
        actor=by,
        object_kind="house_rules.rule",
        object_id=row.pk,
        facts={"name": row.name, "since": row.since.isoformat(), **facts},
    )
