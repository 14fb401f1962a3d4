"""Pages of clients: only those of the administrator's own organs are found. A secret is shown once, on the answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.clients import rules, selectors, services
from gongkai.clients.enums import Scope
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page
from gongkai.workbench.signin.again import fresh

from .forms import ClientForm


@read_only
def listed(request: HttpRequest) -> HttpResponse:
    """The programs of the organs under one's administration; those that were ended last."""
    rows = selectors.administered(standing_of(request)).order_by("ended_at", "name", "pk")
    shown = [(row, rules.known(row.scopes)) for row in rows]
    return desk_page(request, "workbench/clients/list.html", title=_("接口客户端"), rows=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def add(request: HttpRequest) -> HttpResponse:
    """Register a program."""
    by = standing_of(request)
    form = ClientForm(request.POST or None, organs=by.organs_where(Role.ADMINISTRATOR))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "scopes": [Scope(name) for name in form.cleaned_data["scopes"]]}
        try:
            client, secret = services.register(by=by, **data)
        except (ValidationError, rules.Denied) as error:
            form.add_error(None, getattr(error, "messages", [str(error)]))
        else:
            return _secret(request, client, secret)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, "workbench/clients/new.html", title=_("登记客户端"), form=form, status=status)


@read_only
def client(request: HttpRequest, pk: int) -> HttpResponse:
    """One program: what it may do, in whose name, and what can be done with it."""
    found = _found(request, pk)
    return desk_page(
        request,
        "workbench/clients/client.html",
        title=found.name,
        client=found,
        scopes=rules.known(found.scopes),
        hook=selectors.hook_of(found),
        told=selectors.told(found)[:50],
    )


@require_POST
@fresh
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, shown once; the old one ends."""
    found = _found(request, pk)
    try:
        return _secret(request, *services.renew(by=standing_of(request), pk=pk))
    except rules.Denied as error:
        messages.error(request, str(error))
        return redirect("clients:client", found.pk)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """A webhook that was stopped goes on."""
    found = _found(request, pk)
    try:
        waiting = services.resume_hook(by=standing_of(request), pk=pk)
    except rules.Denied as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已恢复，%(count)d 条通知待投递。") % {"count": waiting})
    return redirect("clients:client", found.pk)


@require_POST
@fresh
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The program comes in no more."""
    found = _found(request, pk)
    try:
        services.end(by=standing_of(request), pk=pk)
    except rules.Denied as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s已撤销，它的令牌全部失效。") % {"name": found.name})
    return redirect("clients:client", found.pk)


def _found(request: HttpRequest, pk: int) -> selectors.Client:
    found = selectors.administered(standing_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("没有这个客户端，或者它不由您管理。"))
    return found


def _secret(request: HttpRequest, found: Any, secret: str) -> HttpResponse:
    return desk_page(request, "workbench/clients/secret.html", title=_("客户端密钥"), client=found, secret=secret)
