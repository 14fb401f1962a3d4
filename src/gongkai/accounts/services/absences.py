"""Acts on absences: name a deputy, end."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gongkai.accounts.models import Absence, User
from gongkai.accounts.rules.delegation import overlap
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor


@transaction.atomic
def name_deputy(*, user_id: int, deputy_id: int, first_day: date, last_day: date, today: date, by: Actor) -> Absence:
    """A person is away from a day to a day, and a colleague of the same organ holds the duties meanwhile."""
    user = User.objects.select_for_update().get(pk=user_id)
    deputy = User.objects.get(pk=deputy_id)
    if not user.is_active or not deputy.is_active or deputy.pk == user.pk or deputy.organ_id != user.organ_id:
        raise ValidationError(_("代理人须是本机关另一位在用人员。请重新选择。"))
    if not max(first_day, today) <= last_day:
        raise ValidationError(_("末日早于首日，或者已经过去。请核对日期。"))
    for other in Absence.objects.filter(user=user, last_day__gte=first_day):
        if overlap((other.first_day, other.last_day), (first_day, last_day)):
            raise ValidationError(
                _("与 %(first)s 至 %(last)s 的离岗代理重叠。请先结束原来的。")
                % {"first": other.first_day, "last": other.last_day}
            )
    absence = Absence.objects.create(user=user, deputy=deputy, first_day=first_day, last_day=last_day)
    _record(absence, "accounts.deputy_named", by)
    return absence


@transaction.atomic
def end_absence(*, absence_id: int, today: date, by: Actor) -> None:
    """The person is back: from today on nobody stands in."""
    absence = Absence.objects.select_for_update().get(pk=absence_id)
    if absence.last_day < today:
        return
    _record(absence, "accounts.absence_ended", by)
    if absence.first_day >= today:
        absence.delete()
    else:
        absence.last_day = today - timedelta(days=1)
        absence.save(update_fields=["last_day"])


def end_all(*, user_id: int, today: date, by: Actor) -> None:
    """End every absence of a person, and every one in which the person stands in for another."""
    concerned = Absence.objects.filter(Q(user_id=user_id) | Q(deputy_id=user_id), last_day__gte=today)
    for absence_id in concerned.values_list("pk", flat=True):
        end_absence(absence_id=absence_id, today=today, by=by)


def _record(absence: Absence, act: str, by: Actor) -> None:
    audit.record(
        act=act,
        actor=by,
        object_kind="accounts.user",
        object_id=absence.user_id,
        facts={
            "absence": absence.pk,
            "deputy": absence.deputy_id,
            "from": absence.first_day.isoformat(),
            "until": absence.last_day.isoformat(),
        },
    )
