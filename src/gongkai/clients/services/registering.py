"""A client is registered, given a new secret, ended; a token is looked up.

The OAuth server is allauth's: it keeps secrets with the house's password hasher and tokens as SHA-256 alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.rules import Standing
from gongkai.audit import services as audit
from gongkai.clients import selectors
from gongkai.clients.enums import Scope
from gongkai.clients.models import Client
from gongkai.clients.rules import PER_MINUTE, Denied
from gongkai.organisations import selectors as organisations

OBJECT = "clients.client"
_ADMINISTRATOR = (Role.ADMINISTRATOR.value,)


@transaction.atomic
def register(
    *, by: Standing, name: str, organ: str, scopes: Sequence[Scope], officer: str = "", per_minute: int = PER_MINUTE
) -> tuple[Client, str]:
    """Register a program for an organ; returns it with its secret, which is shown this once and kept nowhere.

    Raises `Denied` for an organ that is not the administrator's, `ValidationError` for what does not fit together.
    """
    found = organisations.by_code(organ) if organ in by.organs_where(Role.ADMINISTRATOR) else None
    if found is None:
        raise Denied(_("该机关不在您的管理范围内。"))
    person = _officer(officer, organ) if Scope.ACT in scopes else None
    key, secret = f"client-{secrets.token_hex(12)}", secrets.token_urlsafe(32)
    server = OAuthClient(id=key, name=name, grant_types=OAuthClient.GrantType.CLIENT_CREDENTIALS, response_types="")
    server.set_scopes([scope.value for scope in scopes])
    server.set_default_scopes([scope.value for scope in scopes])
    server.set_secret(secret)
    server.save()
    client = Client.objects.create(
        key=key,
        name=name,
        organ=found,
        scopes=[scope.value for scope in scopes],
        officer=person,
        per_minute=per_minute,
        secret_at=timezone.now(),
    )
    _record(client, by, "register", scopes=client.scopes, officer=person.pk if person else "")
    return client, secret


def _officer(username: str, organ: str) -> Any:
    person = accounts.by_username(username.strip()) if username.strip() else None
    if person is None or organ not in accounts.standing(person, timezone.localdate()).organs:
        raise ValidationError(_("办理申请须以一位在本机关有职责的工作人员的名义。请填写其登录名。"))
    return person


@transaction.atomic
def renew(*, by: Standing, pk: int) -> tuple[Client, str]:
    """A new secret; the old one and every token given for it are worth nothing from now on."""
    client = _administered(by, pk)
    secret = secrets.token_urlsafe(32)
    server = OAuthClient.objects.get(id=client.key)
    server.set_secret(secret)
    server.save(update_fields=["secret"])
    Token.objects.filter(client_id=client.key).delete()
    client.secret_at = timezone.now()
    client.save(update_fields=["secret_at"])
    _record(client, by, "renew")
    return client, secret


@transaction.atomic
def end(*, by: Standing, pk: int) -> Client:
    """The program comes in no more; what it brought stays."""
    client = _administered(by, pk)
    OAuthClient.objects.filter(id=client.key).delete()  # and with it every token
    client.ended_at = timezone.now()
    client.save(update_fields=["ended_at"])
    _record(client, by, "end")
    return client


def caller_of(token: str) -> selectors.Caller | None:
    """Who came with this token; None for one that is unknown, has run out, or whose client was ended."""
    found = Token.objects.lookup(Token.Type.ACCESS_TOKEN, token)
    return selectors.caller(found.client_id, found.get_scopes()) if found and found.client_id else None


def _administered(by: Standing, pk: int) -> Client:
    rows = selectors.administered(by).select_for_update(of=("self",))
    client = rows.filter(pk=pk, ended_at__isnull=True).first()
    if client is None:
        raise Denied(_("没有这个客户端，或者它已经撤销，或者不由您管理。"))
    return client


def _record(client: Client, by: Standing, act: str, **facts: object) -> None:
    audit.record(
        act=f"clients.{act}",
        actor=by.actor_as(_ADMINISTRATOR, client.organ.code),
        organ=client.organ.code,
        object_kind=OBJECT,
        object_id=client.pk,
        facts={"name": client.name, **facts},
    )
