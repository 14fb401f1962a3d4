"""People for tests."""

from __future__ import annotations

from datetime import date
from itertools import count

from gongkai.accounts.enums import Role
from gongkai.accounts.models import Duty, User
from gongkai.organisations.enums import OrganKind
from gongkai.organisations.models import Organ

PASSWORD = "a-long-sentence-for-tests-7"  # noqa: S105 - of tests only
ALWAYS = date(2020, 1, 1)
_numbers = count(1)


def an_organ(code: str, *, below: str | None = None) -> Organ:
    """The organ with this code, made if it is not there, below another."""
    parent = an_organ(below) if below else None
    organ, _made = Organ.objects.get_or_create(
        code=code,
        defaults={
            "name": f"示例机关{code}",
            "short_name": code,
            "kind": OrganKind.DEPARTMENT.value,
            "parent": parent,
        },
    )
    return organ


def a_person(username: str = "", **values: object) -> User:
    """A person with the tests' password."""
    user = User(username=username or f"person-{next(_numbers)}", name="示例人员", **values)
    user.set_password(PASSWORD)
    user.save()
    return user


def a_duty(
    user: User,
    role: Role,
    organ: str,
    *,
    subtree: bool = False,
    valid_from: date = ALWAYS,
    valid_until: date | None = None,
) -> Duty:
    """A duty of the person, for an organ that is made if it is not there."""
    return Duty.objects.create(
        user=user,
        organ=an_organ(organ),
        role=role.value,
        subtree=subtree,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def an_officer(role: Role = Role.OFFICER, organ: str = "district-office", *, subtree: bool = False) -> User:
    """A person with one duty."""
    user = a_person(organ=an_organ(organ))
    a_duty(user, role, organ, subtree=subtree)
    return user
