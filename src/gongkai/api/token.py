"""The token endpoint of OAuth 2 (RFC 6749, client credentials): allauth's, with guessing made slow."""

from __future__ import annotations

from datetime import timedelta

from allauth.idp.oidc.views import token as oauth_token
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Form, Router, Schema

from gongkai.accounts.rules.sessions import address_of
from gongkai.tries import services as tries

from .answers import Error, fault

router = Router(tags=["token"])
KIND, TRIES, LOCK = "clients.token", 20, timedelta(minutes=15)


class TokenOut(Schema):
    """A token, and for how many seconds it holds."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class TokenError(Schema):
    """As RFC 6749 has it."""

    error: str
    error_description: str | None = None


class Grant(Schema):
    """The form of a request for a token; name and secret may come by Basic authentication instead."""

    grant_type: str = "client_credentials"
    client_id: str = ""
    client_secret: str = ""
    scope: str = ""


@router.post(
    "",
    auth=None,
    response={200: TokenOut, frozenset({400, 401}): TokenError, frozenset({413, 429}): Error},
    url_name="token",
    summary="换取令牌 / get a token",
)
def token(request: HttpRequest, form: Form[Grant]) -> HttpResponse:
    """Client credentials only. The token holds for an hour; there is no refresh token."""
    whose = address_of(request.META, behind_proxy=settings.TRUST_PROXY) or "unknown"
    if form.grant_type != "client_credentials":
        return JsonResponse({"error": "unsupported_grant_type"}, status=400)
    try:
        tries.begin_try(kind=KIND, whose=whose, limit=TRIES, lock=LOCK)
    except tries.Locked:
        text = _("换取令牌失败次数过多，请在 %(minutes)d 分钟后再试。") % {"minutes": LOCK.total_seconds() // 60}
        return fault(429, text, headers={"Retry-After": str(int(LOCK.total_seconds()))})
    response: HttpResponse = oauth_token(request)
    if response.status_code == 200:
        tries.take_back(kind=KIND, whose=whose)
    return response
