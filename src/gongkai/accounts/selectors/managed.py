"""Reads of people for those who administer them: never a person, an organ or a duty past the administrator's own."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Absence, Duty, User
from gongkai.accounts.rules import Standing
from gongkai.accounts.rules.delegation import Reach, reached, scope
from gongkai.organisations import selectors as organisations

from .standings import in_force


def managed_by(by: Standing, on: date) -> QuerySet[User]:
    """The people whose organ, and all whose duties from this day on, lie where `by` is administrator. By name."""
    mine = scope(by)
    parents = organisations.parents()
    whole = {code for code in mine if reached([Reach(code, subtree=True)], parents) <= mine}
    lasting = Duty.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    beyond = lasting.filter(~Q(organ__code__in=mine) | Q(~Q(organ__code__in=whole), subtree=True))
    found = User.objects.filter(organ__code__in=mine).exclude(pk__in=beyond.values("user_id"))
    return found.select_related("organ").order_by("-is_active", "name", "pk")


def search_people(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Those whose name, sign-in name or organ contains the text."""
    wanted = text.strip()
    if not wanted:
        return people
    return people.filter(
        Q(name__icontains=wanted) | Q(username__icontains=wanted) | Q(organ__short_name__icontains=wanted)
    )


def duties_of(user_ids: list[int], on: date) -> dict[int, list[Duty]]:
    """The duties of people that hold on a day or will, with their organs; in one query."""
    lasting = Duty.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), user_id__in=user_ids)
    found: dict[int, list[Duty]] = {user_id: [] for user_id in user_ids}
    for duty in lasting.select_related("organ").order_by("organ__order", "organ__code", "role", "valid_from"):
        found[duty.user_id].append(duty)
    return found


def organs_reached(user_id: int, on: date) -> frozenset[str]:
    """The codes of the organs that a person's duties reach from this day on."""
    lasting = Duty.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), user_id=user_id)
    rows = lasting.order_by().values_list("organ__code", "subtree")
    return reached([Reach(code, subtree) for code, subtree in rows], organisations.parents())


def past_duties(user_id: int, on: date) -> QuerySet[Duty]:
    """The duties a person had, the last ended first."""
    return Duty.objects.filter(user_id=user_id, valid_until__lt=on).select_related("organ").order_by("-valid_until")


def absences_of(user_id: int, on: date) -> QuerySet[Absence]:
    """When a person is away from this day on, and who stands in."""
    return Absence.objects.filter(user_id=user_id, last_day__gte=on).select_related("deputy").order_by("first_day")


def stands_in_for(user_id: int, on: date) -> QuerySet[Absence]:
    """For whom a person stands in from this day on."""
    found = Absence.objects.filter(deputy_id=user_id, last_day__gte=on, user__is_active=True)
    return found.select_related("user").order_by("first_day")


def colleagues(user: User) -> list[User]:
    """The other active people of the same organ, by name."""
    if user.organ_id is None:
        return []
    found = User.objects.filter(is_active=True, organ_id=user.organ_id).exclude(pk=user.pk)
    return list(found.order_by("name", "pk"))


def organs_with_administrator(on: date) -> frozenset[str]:
    """The codes of the organs that have an active administrator on a day."""
    duties = in_force(Duty.objects.filter(role=Role.ADMINISTRATOR.value, user__is_active=True), on)
    rows = duties.values_list("organ__code", "subtree")
    return reached([Reach(code, subtree) for code, subtree in rows], organisations.parents())
