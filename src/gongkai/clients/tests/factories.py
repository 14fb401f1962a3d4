"""Clients for tests, made as the administrator makes them."""

from __future__ import annotations

import itertools

from gongkai.accounts.enums import Role
from gongkai.accounts.models import User
from gongkai.accounts.rules import Held, Standing
from gongkai.accounts.tests.factories import an_officer
from gongkai.applications.tests.factories import ORGAN
from gongkai.clients import services
from gongkai.clients.enums import Scope
from gongkai.clients.models import Client

_numbers = itertools.count(1)


def administrator(organ: str = ORGAN) -> Standing:
    """Somebody who administers an organ."""
    user = an_officer(Role.ADMINISTRATOR, organ)
    return Standing(user.pk, user.name, frozenset({Held(Role.ADMINISTRATOR, organ)}))


def a_client(
    *scopes: Scope, organ: str = ORGAN, officer: User | None = None, per_minute: int = 120
) -> tuple[Client, str]:
    """A client with its secret."""
    return services.register(
        by=administrator(organ),
        name=f"示例系统{next(_numbers)}",
        organ=organ,
        scopes=scopes,
        officer=officer.username if officer else "",
        per_minute=per_minute,
    )
