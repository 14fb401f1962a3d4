"""Each process keeps up with what has been decided in another."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .services import keep_up


class HouseRulesMiddleware:
    """Before a page is made, this process goes by the numbers that hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        keep_up()
        return self.get_response(request)
