"""Keys of the keyboard for the desk. They are off until somebody turns them on: a single key that acts can surprise."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gongkai.ui.navigation import Text

COOKIE = "gongkai_keys"
AGE = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Key:
    """Keys pressed one after the other, and the URL name they lead to; an empty name is told in `label`."""

    keys: str
    label: Text
    to: str = ""


KEYS = (
    Key("g h", _("我的任务"), "workbench:home"),
    Key("g a", _("依申请公开"), "cases:queue"),
    Key("g r", _("年度报告草稿"), "drafts:choose"),
    Key("g s", _("查找"), "workbench:search"),
    Key("?", _("键盘快捷键"), "workbench:keys"),
    Key("j", _("列表中下一件")),
    Key("k", _("列表中上一件")),
)


def are_on(request: HttpRequest) -> bool:
    """Whether this browser's user has turned the keys on."""
    return request.COOKIES.get(COOKIE) == "on"


def choose(response: HttpResponse, *, on: bool) -> None:
    """Remember the choice in this browser."""
    if not on:
        response.delete_cookie(COOKIE, path="/workbench/")
        return
    response.set_cookie(
        COOKIE,
        "on",
        max_age=AGE,
        path="/workbench/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
