"""Counts the public pages that readers open. It looks at no cookie and no address, and keeps nothing of a reader."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from .rules import begins, is_reader
from .services import opened

# The rooms whose pages are counted; the desk, programs and forms with somebody's own data are not.
ROOMS = frozenset({"portal", "library", "gazette", "reports", "standards"})
KEYS = ("slug", "item_id", "code", "area", "pk")


class ReadershipMiddleware:
    """Counts a page once it was given out whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and _is_counted(request, response, match):
            key = next((str(match.kwargs[name]) for name in KEYS if name in match.kwargs), "")
            began = begins(request.headers.get("Referer", ""), request.get_host())
            opened(page=match.view_name, key=key, began=began)
        return response


def _is_counted(request: HttpRequest, response: HttpResponse, match: ResolverMatch) -> bool:
    return (
        request.method == "GET"
        and response.status_code == HTTPStatus.OK
        and response.headers.get("Content-Type", "").startswith("text/html")
        and match.namespace in ROOMS
        and match.url_name != "verify-paper"  # its address holds the code of somebody's letter
        and is_reader(
            request.headers.get("User-Agent", ""), prefetched="prefetch" in request.headers.get("Sec-Purpose", "")
        )
    )
