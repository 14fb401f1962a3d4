"""What each request knows of the person who sends it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from . import selectors
from .models import User
from .rules import NOBODY, Standing


class StandingMiddleware:
    """`request.standing`: what the person holds today, looked up when it is first asked for and not before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.standing = SimpleLazyObject(lambda: _standing(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _standing(request: HttpRequest) -> Standing:
    user = request.user
    return selectors.standing(user, timezone.localdate()) if isinstance(user, User) else NOBODY
