"""Pages of promotions at the desk. Each finds the proposal among those the person may see, and ends in one act."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors as applications
from gongkai.applications.forms import ActForm
from gongkai.promotions import selectors, services
from gongkai.promotions.enums import State
from gongkai.promotions.forms import OpinionForm, ProposeForm
from gongkai.promotions.rules.flow import flow
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.applications.shown import cited
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

PER_PAGE = 25
ACTS: dict[str, tuple[type[ActForm], Callable[..., Any], tuple[str, ...]]] = {
    "accept": (OpinionForm, services.accept, ("opinion", "user_id", "today")),
    "refuse": (OpinionForm, services.refuse, ("opinion", "user_id", "today")),
    "withdraw": (ActForm, services.withdraw, ()),
    "take_down": (OpinionForm, services.take_down, ("opinion",)),
}


@read_only
def listing(request: HttpRequest) -> HttpResponse:
    """What is proposed and what became of it, the newest first."""
    chosen = request.GET.get("state", "")
    state = State(chosen) if chosen in set(State) else None
    page = Paginator(selectors.listed(standing_of(request), state=state), PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/promotions/list.html",
        title=_("转主动公开"),
        shown=page,
        page_links=page_links(request, page),
        states=[(item.value, item.label, item is state) for item in State],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose that what a case gave be for everybody."""
    application = applications.by_number(standing_of(request), number)
    if application is None:
        raise Http404(_("没有这份申请，或者它不属于您负责的机关。"))
    form = ProposeForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": standing_of(request), "user_id": standing_of(request).user_id}
        try:
            found = services.propose(application=application, today=timezone.localdate(), **who, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已提出，等待保密审查员审查。"))
            return redirect("promotions:promotion", pk=found.pk)
    return _form_page(request, "propose", _("提出转主动公开"), form, application=application)


@read_only
def promotion(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal, as everybody would see it, and what may be done."""
    found = _found(request, pk)
    roles = standing_of(request).roles_in(found.application.organ.code)
    return desk_page(
        request,
        "workbench/promotions/promotion.html",
        title=found.title,
        promotion=found,
        item=selectors.item(found),
        enclosed=selectors.enclosed(found),
        acts=flow().open_to(found.state, roles),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The form of an act, and the act."""
    found = _found(request, pk)
    rule = flow().rule(found.state, act)
    if rule is None or act not in ACTS:
        messages.error(request, _("“%(state)s”状态下没有这一办理事项。") % {"state": _(State(found.state).label)})
        return redirect("promotions:promotion", pk=pk)
    kind, do, words = ACTS[act]
    form = kind(request.POST or None, initial={"version": found.version, "key": secrets.token_urlsafe(24)})
    if request.method == "POST" and form.is_valid():
        more = {"today": timezone.localdate(), "user_id": standing_of(request).user_id, **form.cleaned_data}
        try:
            do(pk=pk, by=standing_of(request), **{name: more[name] for name in ("version", "key", *words)})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已办理：%(act)s。") % {"act": _(rule.label)})
            return redirect("promotions:promotion", pk=pk)
    return _form_page(request, "act", _(rule.label), form, promotion=found, rule=rule, cite=cited(rule.cite))


def _found(request: HttpRequest, pk: int) -> selectors.Promotion:
    found = selectors.promotion(standing_of(request), pk)
    if found is None:
        raise Http404(_("没有这一条，或者它不属于您负责的机关。"))
    return found


def _form_page(request: HttpRequest, name: str, title: str, form: Any, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, f"workbench/promotions/{name}.html", title=title, form=form, status=status, **context)
