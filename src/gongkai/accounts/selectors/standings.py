"""Reads of who holds what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Absence, Duty, User
from gongkai.accounts.rules import NOBODY, Held, Standing, expand
from gongkai.organisations import selectors as organisations


def standing(user: User, on: date) -> Standing:
    """What a person holds on a day: own duties, and those of the absent persons he or she is deputy of.

    Two queries, however many duties and organs there are. A person no longer active holds nothing. A deputy's deputy
    holds nothing of the first person's: nobody hands on what is not his or her own.
    """
    if not user.is_active:
        return NOBODY
    duties = list(_held_by(user, on).values_list("user_id", "role", "organ__code", "subtree"))
    parents = organisations.parents() if any(subtree for *_rest, subtree in duties) else {}
    held = frozenset(
        Held(role, code, None if owner == user.pk else owner)
        for owner, name, organ, subtree in duties
        for role, code in expand(Role(name), organ, subtree=subtree, parents=parents)
    )
    return Standing(user.pk, user.name, held)


def _held_by(user: User, on: date) -> QuerySet[Duty]:
    absent = User.objects.filter(
        is_active=True, absences__deputy=user, absences__first_day__lte=on, absences__last_day__gte=on
    )
    return in_force(Duty.objects.filter(Q(user=user) | Q(user__in=absent)), on).order_by()


def in_force(duties: QuerySet[Duty], on: date) -> QuerySet[Duty]:
    """Those of the duties that are held on a day."""
    return duties.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)


def holders(role: Role, organ: str, on: date) -> list[User]:
    """The active people who hold a role for an organ (its code) on a day in their own right, by name."""
    fitting = _reaching(organ, [role], on).values("user_id")
    return list(User.objects.filter(pk__in=fitting).order_by("name", "pk"))


def able(roles: Collection[Role], organ: str, on: date) -> frozenset[int]:
    """The keys of all who may act for an organ in one of these roles on a day: who holds it, and deputies of the absent."""
    own = _reaching(organ, roles, on).values("user_id")
    away = Absence.objects.filter(user__in=own, deputy__is_active=True, first_day__lte=on, last_day__gte=on)
    return frozenset(own.values_list("user_id", flat=True)) | frozenset(away.values_list("deputy_id", flat=True))


def _reaching(organ: str, roles: Collection[Role], on: date) -> QuerySet[Duty]:
    """The duties of active people in these roles that reach an organ on a day: there, or above it with all below."""
    parents = organisations.parents()
    above: set[str] = set()
    code = parents.get(organ)
    while code and code not in above:
        above.add(code)
        code = parents.get(code)
    named = [role.value for role in roles]
    duties = in_force(Duty.objects.filter(role__in=named, user__is_active=True), on).order_by()
    return duties.filter(Q(organ__code=organ) | Q(organ__code__in=above, subtree=True))


def administrators_for(standing: Standing, on: date, *, at_most: int = 5) -> list[User]:
    """Who gives duties where a person works: the active administrators of those organs, else of any organ."""
    duties = in_force(Duty.objects.filter(role=Role.ADMINISTRATOR.value, user__is_active=True), on)
    given = list(duties.order_by().values_list("user_id", "organ__code", "subtree"))
    parents = organisations.parents() if standing.organs and any(subtree for *_rest, subtree in given) else {}
    above: set[str] = set()
    for code in standing.organs:
        step: str | None = code
        while step and step not in above:
            above.add(step)
            step = parents.get(step)
    near = {user for user, organ, subtree in given if organ in standing.organs or (subtree and organ in above)}
    found = near or {user for user, _organ, _subtree in given}
    return list(User.objects.filter(pk__in=found).order_by("name", "pk")[:at_most]) if found else []
