"""Addresses of programs, at /api/v1/. Each is closed unless its operation says that it asks for no token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import get_languages, get_supported_language_variant, parse_accept_lang_header
from ninja import NinjaAPI

from gongkai import __version__
from gongkai.clients.enums import Scope

from . import applications, cases, deadlines, documents, faults, files, hooks, search, statistics, token
from .answers import fault
from .callers import OAuth2

app_name = "api"
PREFIX = "/api/v1/"
LARGEST = 128 * 1024  # bytes of a request
DESCRIPTION = """\
公开平台的程序接口。错误都是同一形状：`{"error", "article", "what_next"}`；`Accept-Language: en` 得到英文说明。

The interface for programs. Every error has one shape; `Accept-Language` chooses its language, Chinese or English.
"""

api = NinjaAPI(
    title="公开 gongkai",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    auth=OAuth2(Scope.READ_OWN),
    urls_namespace="api",
)
faults.handle(api)
api.add_router("/token", token.router)
api.add_router("/applications", applications.router)
api.add_router("/cases", cases.router)
api.add_router("/files", files.router)
api.add_router("/statistics", statistics.router)
api.add_router("/deadlines", deadlines.router)
api.add_router("/search", search.router)
api.add_router("/documents", documents.router)
api.add_router("/webhook", hooks.router)


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Bounded in size, in the language asked for, and in the one shape where the method is not known."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override(_language(request)):
            response = _bounded(request) or view(request, *args, **kwargs)
            if response.status_code == 405:
                response = fault(405, _("这一地址不接受该方法。"), headers={"Allow": _sorted(response)})
            response.headers["Content-Language"] = translation.get_language() or ""
            response.headers["Cache-Control"] = "no-store"
            response.headers["Vary"] = "Accept-Language, Authorization"
            return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie lets anything be done here
    return answer


def _sorted(response: HttpResponseBase) -> str:
    return ", ".join(sorted(response.headers.get("Allow", "").replace(" ", "").split(",")))


def _bounded(request: HttpRequest) -> HttpResponse | None:
    size = request.META.get("CONTENT_LENGTH") or "0"
    most = files.LARGEST if request.path == f"{PREFIX}files" else LARGEST
    if not size.isascii() or not size.isdigit() or int(size[:12]) > most:
        return fault(413, _("请求的内容超过 %(most)d 字节。") % {"most": most})
    return None


def _language(request: HttpRequest) -> str:
    """The first language asked for that we speak; Chinese when none is."""
    for name, _weight in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:200]):
        try:
            found = get_supported_language_variant(name)
        except LookupError:
            continue
        if found in get_languages():
            return found
    return "zh-hans"


def schema(request: HttpRequest) -> HttpResponse:
    """The whole interface in OpenAPI."""
    return JsonResponse(api.get_openapi_schema(path_prefix=PREFIX), json_dumps_params={"ensure_ascii": False})


def not_found(request: HttpRequest, rest: str) -> HttpResponse:
    """What has no address here is answered like any other error."""
    return fault(404, _("没有这个地址。"))


def _patterns() -> list[URLPattern]:
    """One address for each path: ninja gives one for each method, all of them the same view."""
    given = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    found = {str(pattern.pattern): pattern for pattern in given}
    for pattern in found.values():
        pattern.callback = guarded(pattern.callback)
    return list(found.values())


urlpatterns = [
    path("openapi.json", guarded(schema), name="openapi"),
    *_patterns(),
    path("<path:rest>", guarded(not_found), name="not-found"),
]
