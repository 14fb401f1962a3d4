"""Headers that Django does not set by itself, and the language of the reader's choice."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from gongkai.privacy.logs import request_id

# No page of the portal uses a device of the visitor.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PermissionsPolicyMiddleware:
    """Tell the browser that pages never need camera, place, microphone, payment or USB."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class RequestIdMiddleware:
    """Gives each request an identifier that its log lines and its response share, so that one leads to the other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex[:16])
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
        finally:
            request_id.reset(token)
        return response


class ReadersChoiceMiddleware:
    """Tell caches that every page, error pages too, depends on the reader's cookies for language and display."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response


class ChosenLanguageMiddleware(LocaleMiddleware):
    """The language the reader chose, else Chinese: a browser's own language is not a choice made here."""

    def process_request(self, request: HttpRequest) -> None:
        """Take the language from the cookie that the switch sets."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
