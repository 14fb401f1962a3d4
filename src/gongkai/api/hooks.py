"""Where a client wants to be told of what happened, and what became of the messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from gongkai.clients import selectors, services
from gongkai.clients.enums import Scope
from gongkai.clients.rules import Denied

from .answers import answers
from .callers import OAuth2, caller_of
from .faults import Unfit
from .values import Asked, Text

router = Router(tags=["webhook"])


class HookIn(Asked):
    """The address: https, public."""

    url: Annotated[Text, Field(max_length=500, examples=["https://example.gov.cn/hook"])]


class HookOut(Schema):
    """The address, and whether it was stopped."""

    url: str
    set_at: datetime
    stopped_at: datetime | None


class NewHook(HookOut):
    """The same with the secret of its signatures, told this once."""

    secret: str


class Gone(Schema):
    """Whether there was an address."""

    removed: bool


class Delivery(Schema):
    """One message."""

    id: UUID
    event: str
    number: str
    state: str
    tries: int
    answer: str
    created_at: datetime
    settled_at: datetime | None


class Deliveries(Schema):
    """Messages, the newest first."""

    items: list[Delivery]


class Filter(Asked):
    """How many."""

    most: Annotated[int, Field(ge=1, le=200)] = 50


@router.put(
    "",
    auth=OAuth2(Scope.WEBHOOKS),
    response=answers(NewHook),
    url_name="webhook",
    summary="设置通知地址 / set the address",
)
def put(request: HttpRequest, data: HookIn) -> NewHook:
    """A new secret each time; messages that wait are signed with the newest."""
    try:
        hook, secret = services.set_hook(client=caller_of(request).client, url=data.url)
    except Denied as error:
        raise Unfit({"url": [str(error)]}) from error
    return NewHook(url=hook.url, set_at=hook.set_at, stopped_at=None, secret=secret)


@router.get(
    "", auth=OAuth2(Scope.WEBHOOKS), response=answers(HookOut), url_name="webhook", summary="通知地址 / the address"
)
def get(request: HttpRequest) -> HookOut:
    """Without its secret."""
    hook = selectors.hook_of(caller_of(request).client)
    if hook is None:
        raise Http404(_("还没有设置通知地址。"))
    return HookOut(url=hook.url, set_at=hook.set_at, stopped_at=hook.stopped_at)


@router.delete(
    "", auth=OAuth2(Scope.WEBHOOKS), response=answers(Gone), url_name="webhook", summary="取消通知 / be told no more"
)
def delete(request: HttpRequest) -> Gone:
    """What waits is not sent."""
    return Gone(removed=services.drop_hook(client=caller_of(request).client))


@router.get(
    "/deliveries",
    auth=OAuth2(Scope.WEBHOOKS),
    response=answers(Deliveries),
    url_name="deliveries",
    summary="投递记录 / what became of the messages",
)
def deliveries(request: HttpRequest, asked: Query[Filter]) -> Deliveries:
    """The newest first."""
    rows = selectors.told(caller_of(request).client)[: asked.most]
    return Deliveries(items=[Delivery.model_validate({**vars(row), "event": row.news}) for row in rows])
