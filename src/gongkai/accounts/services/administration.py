"""What an administrator does with people. Each act looks whether the person is his to manage, in its own transaction.

Acts that could leave an organ without an administrator stand in a line: each locks all administrators' duties first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts import selectors
from gongkai.accounts.enums import Role
from gongkai.accounts.events import PersonLeft
from gongkai.accounts.models import Absence, Duty, User
from gongkai.accounts.permissions import NotYours
from gongkai.accounts.rules import Standing, expand
from gongkai.accounts.rules.delegation import may_give, may_manage, scope, uncovered
from gongkai.audit import services as audit
from gongkai.audit.rules import Actor
from gongkai.kernel import bus
from gongkai.organisations import selectors as organisations

from . import absences, duties, factors, passwords, people, sessions, tries


@transaction.atomic
def add(*, by: Standing, username: str, name: str, email: str, organ: str) -> tuple[User, str]:
    """Add a person to an organ; returns the person and the first password, to be shown once."""
    if organ not in scope(by):
        raise NotYours(_("该机关不在您的管理范围内。"))
    password = passwords.first_password()
    user = people.add_person(
        username=username, name=name, email=email, organ=organ, password=password, by=by.actor_as(_ADMIN, organ)
    )
    return user, password


@transaction.atomic
def give(
    *, by: Standing, user_id: int, role: Role, organ: str, subtree: bool, valid_from: date, valid_until: date | None
) -> Duty:
    """Give a person a duty; not to oneself, and not past one's own organs."""
    _managed(by, user_id)
    organs = {code for _role, code in expand(role, organ, subtree=subtree, parents=organisations.parents())}
    if not may_give(by, user_id=user_id, organs=organs):
        raise NotYours(_("该职责超出您的管理范围，不能给予。请由上级机关的系统管理员办理。"))
    return duties.give_duty(
        user_id=user_id,
        role=role,
        organ=organ,
        subtree=subtree,
        valid_from=valid_from,
        valid_until=valid_until,
        by=by.actor_as(_ADMIN, organ),
    )


@transaction.atomic
def end(*, by: Standing, duty_id: int, last_day: date, today: date) -> None:
    """End a duty with a day not before yesterday; refused when an organ would lose its last administrator."""
    if last_day < today - timedelta(days=1):
        raise ValidationError(_("不能把职责结束在过去的日期。最早可以结束在昨天，即从今天起不再有效。"))
    with _administrators_kept(on=last_day + timedelta(days=1)):
        duty = Duty.objects.filter(pk=duty_id).select_related("organ").first()
        if duty is None:
            raise NotYours(_("没有这项职责。"))
        _managed(by, duty.user_id)
        duties.end_duty(duty_id=duty.pk, last_day=last_day, by=by.actor_as(_ADMIN, duty.organ.code))


@transaction.atomic
def suspend(*, by: Standing, user_id: int, today: date) -> None:
    """Let a person sign in no more, until taken back; every session ends."""
    with _administrators_kept(on=today):
        user = _managed(by, user_id)
        people.set_active(user_id=user.pk, active=False, by=_actor(by, user))
        sessions.close_all(user_id=user.pk)


@transaction.atomic
def resume(*, by: Standing, user_id: int) -> None:
    """Let a suspended person sign in again."""
    user = _managed(by, user_id)
    if user.left_on is not None:
        raise ValidationError(_("%(name)s已离岗。返岗的，请重新登记。") % {"name": user.name})
    people.set_active(user_id=user.pk, active=True, by=_actor(by, user))


@transaction.atomic
def leave(*, by: Standing, user_id: int, successor_id: int | None, today: date) -> None:
    """A person leaves: duties and absences end, sessions close, and every room hands the open work to the successor."""
    with _administrators_kept(on=today):
        user = _managed(by, user_id)
        if successor_id is not None:
            successor = _managed(by, successor_id, oneself=True)
            if not successor.is_active or successor.pk == user.pk:
                raise ValidationError(_("接办人须是另一位在用人员。请重新选择。"))
        actor = _actor(by, user)
        duties.end_all(user_id=user.pk, today=today, by=actor)
        absences.end_all(user_id=user.pk, today=today, by=actor)
        people.set_left(user_id=user.pk, today=today)
        sessions.close_all(user_id=user.pk)
        audit.record(
            act="accounts.person_left",
            actor=actor,
            organ=_organ(user),
            object_kind="accounts.user",
            object_id=user.pk,
            facts={"successor": successor_id},
        )
        bus.publish(PersonLeft(user.pk, successor_id))


@transaction.atomic
def unlock(*, by: Standing, user_id: int) -> bool:
    """Lift the lock after too many failures; whether there was one."""
    user = _managed(by, user_id)
    return tries.unlock(user_id=user.pk, by=_actor(by, user))


@transaction.atomic
def reset_factor(*, by: Standing, user_id: int) -> bool:
    """Take away the second factor of somebody who lost it; whether there was one."""
    user = _managed(by, user_id)
    return factors.reset_factor(user_id=user.pk, by=_actor(by, user))


@transaction.atomic
def new_password(*, by: Standing, user_id: int) -> str:
    """A new first password for somebody who forgot, to be shown once."""
    user = _managed(by, user_id)
    return passwords.give_first_password(user_id=user.pk, by=_actor(by, user))


@transaction.atomic
def name_deputy(*, by: Standing, user_id: int, deputy_id: int, first_day: date, last_day: date, today: date) -> Absence:
    """Enter an absence for somebody; nobody makes himself a deputy."""
    user = _managed(by, user_id)
    if deputy_id == by.user_id:
        raise NotYours(_("不能指定自己代理他人。请由另一位系统管理员办理，或者由本人指定。"))
    return absences.name_deputy(
        user_id=user.pk,
        deputy_id=deputy_id,
        first_day=first_day,
        last_day=last_day,
        today=today,
        by=_actor(by, user),
    )


@transaction.atomic
def end_absence(*, by: Standing, absence_id: int, today: date) -> None:
    """End somebody's absence."""
    absence = Absence.objects.filter(pk=absence_id).first()
    if absence is None:
        raise NotYours(_("没有这项离岗代理。"))
    user = _managed(by, absence.user_id)
    absences.end_absence(absence_id=absence.pk, today=today, by=_actor(by, user))


_ADMIN = (Role.ADMINISTRATOR,)


def _managed(by: Standing, user_id: int, *, oneself: bool = False) -> User:
    """The person, locked; NotYours when he is not this administrator's, or is the administrator himself."""
    if user_id == by.user_id and not oneself:
        raise NotYours(_("不能办理本人的账号和职责。请由另一位系统管理员办理。"))
    user = User.objects.select_for_update(of=("self",)).select_related("organ").filter(pk=user_id).first()
    if user is None or not may_manage(by, home=_organ(user), organs=selectors.organs_reached(user_id, _today())):
        raise NotYours(_("没有这位工作人员，或者不在您的管理范围内。"))
    return user


def _today() -> date:
    return timezone.localdate()


def _organ(user: User) -> str:
    return user.organ.code if user.organ else ""


def _actor(by: Standing, user: User) -> Actor:
    return by.actor_as(_ADMIN, _organ(user))


@contextmanager
def _administrators_kept(*, on: date) -> Iterator[None]:
    """Whatever is done inside leaves every organ its administrator on that day, or is not done."""
    list(Duty.objects.select_for_update().filter(role=Role.ADMINISTRATOR.value).order_by("pk").values_list("pk"))
    before = selectors.organs_with_administrator(on)
    yield
    lost = uncovered(before, selectors.organs_with_administrator(on))
    if lost:
        names = [organ.short_name for organ in organisations.by_codes(sorted(lost)).values()]
        raise ValidationError(
            _("这样办理以后，%(organs)s没有在用的系统管理员。请先给另一人系统管理员职责。")
            % {"organs": "、".join(names[:3]) + ("等" if len(names) > 3 else "")}
        )
