"""Pages of receivers: only those of the administrator's own organs are found. A secret is shown once, on the answer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.channels import selectors, services
from gongkai.channels.rules import declared
from gongkai.clients.rules import Denied
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page
from gongkai.workbench.signin.again import fresh

from .forms import ReceiverForm

ACTS: dict[str, tuple[Callable[..., Any], Any]] = {
    "pause": (services.pause, gettext_lazy("已暂停。这期间发布的留着，恢复以后再投送。")),
    "resume": (services.resume, gettext_lazy("已恢复投送。")),
    "retry": (services.retry, gettext_lazy("搁置的已重新排入投送。")),
    "stock": (services.push_stock, gettext_lazy("存量正在分批排入，新发布的先投送。进度见本页。")),
    "end": (services.end_receiver, gettext_lazy("已撤销，不再向它投送。")),
}


@read_only
def listed(request: HttpRequest) -> HttpResponse:
    """The receivers of the organs under one's administration; those that were ended last."""
    rows = selectors.administered(standing_of(request)).order_by("ended_at", "channel", "name", "pk")
    channels = declared.channels()
    shown = [(row, channels[row.channel].label if row.channel in channels else row.channel) for row in rows]
    return desk_page(
        request, "workbench/channels/receivers.html", title=_("接收单位"), rows=shown, pushed=declared.pushed().values()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def add(request: HttpRequest) -> HttpResponse:
    """Set a receiver up."""
    by = standing_of(request)
    form = ReceiverForm(request.POST or None, organs=by.organs_where(Role.ADMINISTRATOR))
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = services.add_receiver(by=by, **form.cleaned_data)
        except Denied as error:
            form.add_error(None, str(error))
        else:
            return _secret(request, made, secret)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, "workbench/channels/new.html", title=_("设置接收单位"), form=form, status=status)


@read_only
def receiver(request: HttpRequest, pk: int) -> HttpResponse:
    """One receiver: what was sent, what waits, what stands aside."""
    found = _found(request, pk)
    channel = declared.channels().get(found.channel)
    return desk_page(
        request,
        "workbench/channels/receiver.html",
        title=found.name,
        receiver=found,
        channel=channel,
        counts=selectors.open_of(found),
        stock=selectors.progress(found),
        rows=selectors.sent_to(found)[:50],
    )


@require_POST
@fresh
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Pause it, go on, try again, push the stock, end it, or give it a new secret."""
    found, by = _found(request, pk), standing_of(request)
    if act != "renew" and act not in ACTS:
        raise Http404(_("没有这一办理事项。"))
    try:
        if act == "renew":
            return _secret(request, *services.renew_secret(by=by, pk=pk))
        do, said = ACTS[act]
        do(by=by, pk=pk)
    except Denied as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("channels:receiver", found.pk)


def _found(request: HttpRequest, pk: int) -> selectors.Receiver:
    found = selectors.administered(standing_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("没有这个接收单位，或者它不由您管理。"))
    return found


def _secret(request: HttpRequest, found: Any, secret: str) -> HttpResponse:
    return desk_page(request, "workbench/channels/secret.html", title=_("签名密钥"), receiver=found, secret=secret)
