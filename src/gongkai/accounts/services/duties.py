"""Acts on duties: give, end."""

from __future__ import annotations

from datetime import date
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
        organ=_organ(organ),
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
    days = {"from": valid_from.isoformat(), "until": valid_until.isoformat() if valid_until else None}
    audit.record(
        act="accounts.duty_given",
        actor=by,
        organ=organ,
        object_kind="accounts.user",
        object_id=user.pk,
        facts={"duty": duty.pk, "role": role.value, "subtree": subtree, **days},
    )
    return duty


def _organ(code: str) -> Any:
    found = organisations.by_code(code)
    if found is None:
        raise ValidationError(_("没有代码为“%(code)s”的机关。") % {"code": code[:60]})
    return found
