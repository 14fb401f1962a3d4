"""What an error says, in one shape everywhere, and which errors an operation may answer with."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, Schema

_ARTICLE = re.compile(
    r"《[^《》]+》第[^，。；（）()]*?[条款项](?:第[^，。；（）()]*?[款项])*|第[一二三四五六七八九十百〇零]+条(?:第[^，。；（）()]*?[款项])*"
)

# What to do next, where the error does not say it by itself.
NEXT = {
    HTTPStatus.BAD_REQUEST: gettext_noop("请核对请求的写法，见接口说明 /api/v1/openapi.json。"),
    HTTPStatus.UNAUTHORIZED: gettext_noop("请用客户端标识和密钥到 /api/v1/token 换取令牌，放在 Authorization 中再发。"),
    HTTPStatus.FORBIDDEN: gettext_noop("请由本机关系统管理员核对该客户端的权限范围和所用工作人员的职责。"),
    HTTPStatus.NOT_FOUND: gettext_noop("请核对编号；客户端只看得到自己提交的或者本机关的事项。"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_noop("请改用 Allow 中列出的方法。"),
    HTTPStatus.CONFLICT: gettext_noop("请重新读取这一事项，核对后再办理。"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: gettext_noop("请减少内容后再发。"),
    HTTPStatus.UNPROCESSABLE_ENTITY: gettext_noop("请按 fields 中的说明改正后再发。"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_noop("请按 Retry-After 中的秒数等待后再发。"),
}


class Error(Schema):
    """An error: what happened, the article it rests on (empty where none), and what to do next."""

    error: str = Field(description="发生了什么 / what happened")
    article: str = Field(description="依据的条文，没有的为空 / the article, empty where none")
    what_next: str = Field(description="下一步怎么办 / what to do next")
    fields: dict[str, list[str]] | None = Field(None, description="逐项的错误 / errors by field")
    version: int | None = Field(None, description="事项现在的版本 / the present version, after a conflict")


def answers(done: Any, *, status: int = 200, conflict: bool = False) -> dict[Any, Any]:
    """The answers of an operation: what it gives when done, and every error it may meet."""
    errors = [400, 401, 403, 404, 413, 422, 429, *([409] if conflict else [])]
    return {status: done, frozenset(errors): Error}


def open_answers(done: Any, *, paced: bool = False) -> dict[Any, Any]:
    """The answers of an operation that asks for no token; `paced`: one address may not ask without end."""
    errors = [400, 413, 422, *([429] if paced else [])]
    return {200: done, frozenset(errors): Error}


def fault(status: int, text: str, *, headers: dict[str, str] | None = None, **more: object) -> JsonResponse:
    """An error as it is sent."""
    found = _ARTICLE.search(text)
    body = {"error": text, "article": found[0] if found else "", "what_next": _(NEXT[HTTPStatus(status)])}
    return JsonResponse({**body, **more}, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})
