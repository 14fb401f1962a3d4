"""Reads of this context."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.rules import NOBODY, Standing
from gongkai.applications import selectors as applications
from gongkai.organisations import selectors as organisations

from . import rules
from .enums import Scope
from .models import Brought, Client, Hook, Told

__all__ = ["Caller", "Client"]


@dataclass(frozen=True)
class Caller:
    """A program that came with a valid token, and what that token lets it do."""

    client: Client
    scopes: frozenset[Scope]

    @property
    def organ(self) -> str:
        """The code of the organ that the client belongs to."""
        code: str = self.client.organ.code
        return code


def caller(key: str, scopes: list[str]) -> Caller | None:
    """The client with this key, with those scopes of the token that it still has; None when it was ended."""
    found = Client.objects.select_related("organ", "officer").filter(key=key, ended_at__isnull=True).first()
    if found is None:
        return None
    return Caller(found, frozenset(rules.known(scopes)) & frozenset(rules.known(found.scopes)))


def standing(client: Client) -> Standing:
    """What the officer in whose name a client acts holds today, for the client's own organ and no other."""
    if client.officer is None:
        return NOBODY
    whole = accounts.standing(client.officer, timezone.localdate())
    own = frozenset(held for held in whole.held if held.organ == client.organ.code)
    return Standing(whole.user_id, whole.name, own) if own else NOBODY


def own(client: Client) -> QuerySet[applications.Application]:
    """The applications that a client submitted."""
    mine = Brought.objects.filter(client=client).values("application_id")
    return applications.Application.objects.filter(pk__in=mine).select_related("organ__parent")


def organs_of(client: Client) -> frozenset[str]:
    """The codes of the client's organ and of all below it, whose figures it may read."""
    found, parents = {client.organ.code}, organisations.parents()
    while more := {code for code, parent in parents.items() if parent in found} - found:
        found |= more
    return frozenset(found)


def administered(by: Standing) -> QuerySet[Client]:
    """The clients of the organs that somebody administers."""
    mine = by.organs_where(Role.ADMINISTRATOR)
    return Client.objects.filter(organ__code__in=mine).select_related("organ", "officer")


def hook_of(client: Client) -> Hook | None:
    """Where a client is told; None when it does not want to be."""
    return Hook.objects.filter(client=client).first()


def told(client: Client) -> QuerySet[Told]:
    """What a client was told, or is to be, the newest first."""
    return Told.objects.filter(client=client)
