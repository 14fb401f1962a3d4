"""Every error of every operation, in the one shape, in words for who runs the program."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongkai.clients.rules import Denied, Reused, TooMany
from gongkai.search.services import AskedTooOften
from gongkai.workflow.rules import KeyReused, NotNow, NotYours, Refused, Stale

from .answers import fault

_log = logging.getLogger(__name__)
# What was wrong with a value, by pydantic's name of the fault; the rest is called wrongly written.
WORDS = {
    "missing": gettext_noop("必须填写。"),
    "extra_forbidden": gettext_noop("没有这一项。"),
    "string_type": gettext_noop("应当是文字。"),
    "int_type": gettext_noop("应当是整数。"),
    "int_parsing": gettext_noop("应当是整数。"),
    "string_pattern_mismatch": gettext_noop("写法不对。"),
    "string_too_short": gettext_noop("太短。"),
    "string_too_long": gettext_noop("太长。"),
    "greater_than_equal": gettext_noop("太小。"),
    "less_than_equal": gettext_noop("太大。"),
    "enum": gettext_noop("不在可用的值之中。"),
    "literal_error": gettext_noop("不在可用的值之中。"),
    "list_type": gettext_noop("应当是一列值。"),
    "dict_type": gettext_noop("应当是一个对象。"),
    "value_error": gettext_noop("写法不对：日期应当像 2025-09-15，文字中不能有控制字符。"),
}


class Unfit(Exception):
    """What was sent does not do, field by field."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__("unfit")
        self.fields = fields


class Conflict(Exception):
    """Somebody else has acted; the version that the thing now has."""

    def __init__(self, text: str, version: int) -> None:
        super().__init__(text)
        self.version = version


def _unfit(request: HttpRequest, error: Any) -> HttpResponse:
    return fault(422, _("有的内容不符合要求。"), fields=error.fields)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    fields: dict[str, list[str]] = {}
    for one in error.errors:
        place = ".".join(str(part) for part in one.get("loc", ())[1:] if part != "data") or "body"
        fields.setdefault(place[:100], []).append(_(WORDS.get(str(one.get("type")), "写法不对。")))
    return fault(422, _("有的内容不符合要求。"), fields=fields)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return fault(422, str(error))


def _not_yours(request: HttpRequest, error: Any) -> HttpResponse:
    return fault(403, str(error))


def _conflict(request: HttpRequest, error: Any) -> HttpResponse:
    version = getattr(error, "version", None)
    return fault(409, str(error), **({} if version is None else {"version": version}))


def _too_many(request: HttpRequest, error: Any) -> HttpResponse:
    return fault(429, str(error), headers={"Retry-After": str(error.seconds)})


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    text = _("缺少访问令牌，或者令牌已经失效。")
    return fault(401, text, headers={"WWW-Authenticate": 'Bearer realm="gongkai"'})


def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return fault(404, str(error) or _("没有这一事项。"))


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    if error.status_code != 400:
        raise error
    return fault(400, _("请求的内容读不出来，应当是 UTF-8 的 JSON。"))


def handle(api: NinjaAPI) -> None:
    """Put every handler in its place; of two that fit, the nearer class is asked."""
    for kind, handler in {
        Unfit: _unfit,
        ValidationError: _invalid,
        Refused: _refused,
        NotYours: _not_yours,
        Denied: _not_yours,
        NotNow: _conflict,
        Stale: _conflict,
        KeyReused: _conflict,
        Conflict: _conflict,
        Reused: _conflict,
        TooMany: _too_many,
        AskedTooOften: _too_many,
        AuthenticationError: _unknown,
        Http404: _missing,
        HttpError: _http,
    }.items():
        api.add_exception_handler(kind, handler)
