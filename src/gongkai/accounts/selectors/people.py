"""Reads of people."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from gongkai.accounts.models import User


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; TypeError when nobody is, which the table of addresses has ruled out."""
    if not isinstance(request.user, User):
        raise TypeError("Asked of somebody who is not signed in.")
    return request.user


def by_username(username: str) -> User | None:
    """The person with this sign-in name, whatever its case."""
    return User.objects.filter(username=username.strip().lower()).first()


def by_ids(user_ids: Iterable[int]) -> dict[int, User]:
    """The persons with these keys, each with the organ."""
    return User.objects.select_related("organ").in_bulk(list(user_ids))


def by_id(user_id: int) -> User | None:
    """The person with this key."""
    return User.objects.filter(pk=user_id).first()
