"""Acts on duties: give, end. Whether the doer may is asked before, by `administration`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty, User
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.organisations import selectors as organisations


@transaction.atomic
def give_duty(
    *,
    user_id: int,
    role: Role,
    organ: str,
    by: Actor,
    valid_from: date,
    valid_until: date | None = None,
    subtree: bool = False,
) -> Duty:
    """Give a person a role for an organ (its code) from a day to a day; ValidationError when it will not do."""
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active:
        raise ValidationError(_("%(name)s已离岗或者停用，不能给予职责。") % {"name": user.name})
    if valid_until is not None and valid_until < valid_from:
        raise ValidationError(_("截止日期早于起始日期。请核对后再提交。"))
    duty = Duty(
        user=user,
        organ=organ_of(organ),
        role=role.value,
        subtree=subtree,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    try:
        with transaction.atomic():
            duty.save()
    except IntegrityError as error:
        raise ValidationError(
            _("%(name)s自该日起在该机关已有“%(role)s”职责，不必重复给予。") % {"name": user.name, "role": role.label}
        ) from error
    _record(duty, "accounts.duty_given", by)
    return duty


@transaction.atomic
def end_duty(*, duty_id: int, last_day: date, by: Actor) -> None:
    """End a duty with a day; one that would have begun later is taken away. An earlier end stays."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("organ").get(pk=duty_id)
    if duty.valid_until is not None and duty.valid_until <= last_day:
        return
    _record(duty, "accounts.duty_ended", by, last_day=last_day.isoformat())
    if duty.valid_from > last_day:
        duty.delete()
    else:
        duty.valid_until = last_day
        duty.save(update_fields=["valid_until"])


def end_all(*, user_id: int, today: date, by: Actor) -> None:
    """End every duty of a person with yesterday."""
    for duty_id in Duty.objects.filter(user_id=user_id).values_list("pk", flat=True):
        end_duty(duty_id=duty_id, last_day=today - timedelta(days=1), by=by)


def organ_of(code: str) -> Any:
    """The organ with this code; ValidationError when there is none."""
    found = organisations.by_code(code)
    if found is None:
        raise ValidationError(_("没有代码为“%(code)s”的机关。") % {"code": code[:60]})
    return found


def _record(duty: Duty, act: str, by: Actor, **more: object) -> None:
    audit.record(
        act=act,
        actor=by,
        organ=duty.organ.code,
        object_kind="accounts.user",
        object_id=duty.user_id,
        facts={
            "duty": duty.pk,
            "role": duty.role,
            "subtree": duty.subtree,
            "from": duty.valid_from.isoformat(),
            "until": duty.valid_until.isoformat() if duty.valid_until else None,
            **more,
        },
    )
