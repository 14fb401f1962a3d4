"""Who comes in: the bearer of a token, and whether it lets this operation be called."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from gongkai.clients import services
from gongkai.clients.enums import Scope
from gongkai.clients.rules import Denied
from gongkai.clients.selectors import Caller

LONGEST_TOKEN = 200


class OAuth2(HttpBearer):
    """A token of the client credentials grant, with one of these scopes."""

    openapi_type = "oauth2"
    openapi_flows = {
        "clientCredentials": {
            "tokenUrl": "/api/v1/token",
            "scopes": {scope.value: scope.label for scope in Scope},
        }
    }

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self.scopes = frozenset(scopes)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The caller; None is answered 401, a missing scope 403, a full minute 429."""
        found = services.caller_of(token) if len(token) <= LONGEST_TOKEN else None
        if found is None:
            return None
        services.count_request(client=found.client)
        if not self.scopes & found.scopes:
            wanted = "、".join(sorted(scope.value for scope in self.scopes))
            raise Denied(_("该令牌没有权限范围 %(scope)s。") % {"scope": wanted})
        return found


def caller_of(request: HttpRequest) -> Caller:
    """The caller that the token named."""
    found: Caller = request.auth  # type: ignore[attr-defined]  # set by ninja
    return found
