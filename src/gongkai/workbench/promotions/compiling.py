"""The compilation of a year's cases at the desk: begun, filled, looked at as everybody will see it, published."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors as applications
from gongkai.applications.forms import ActForm
from gongkai.organisations import selectors as organisations
from gongkai.promotions import selectors, services
from gongkai.promotions.enums import Compiling
from gongkai.promotions.forms import BeginForm, EnterForm, TakeOutForm
from gongkai.promotions.rules import compiling
from gongkai.promotions.rules.flow import compilation_flow
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

ACTS: dict[str, tuple[type[ActForm], Callable[..., Any], tuple[str, ...]]] = {
    "enter": (EnterForm, services.enter, ("application", "question", "lesson")),
    "take_out": (TakeOutForm, services.take_out, ("example",)),
    "submit": (ActForm, services.submit, ("user_id",)),
    "send_back": (ActForm, services.send_back, ()),
    "publish": (ActForm, services.publish, ("user_id", "today")),
    "take_back": (ActForm, services.take_back, ()),
}


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The compilations of the person's organs; begin another."""
    standing = standing_of(request)
    organs = organisations.by_codes(sorted(standing.organs_where(*selectors.COMPILING)))
    form = BeginForm(
        request.POST or None,
        initial={"year": timezone.localdate().year},
        organs=[(code, organ.name) for code, organ in organs.items()],
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = services.begin(by=standing, today=timezone.localdate(), **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("compilations:compilation", pk=found.pk)
    return _page(request, "compilations", _("年度案例选编"), form, rows=selectors.compilations(standing))


@read_only
def compilation(request: HttpRequest, pk: int) -> HttpResponse:
    """One compilation as everybody will read it, each case with the application behind it."""
    found = _found(request, pk)
    return desk_page(
        request,
        "workbench/promotions/compilation.html",
        title=compiling.title(found.year),
        compilation=found,
        examples=selectors.examples(found),
        acts=_open_to(request, found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The form of an act, and the act."""
    found = _found(request, pk)
    rule = compilation_flow().rule(found.state, act)
    if rule is None or act not in ACTS:
        messages.error(request, _("“%(state)s”状态下没有这一办理事项。") % {"state": _(Compiling(found.state).label)})
        return redirect("compilations:compilation", pk=pk)
    kind = ACTS[act][0]
    first = {"version": found.version, "key": secrets.token_urlsafe(24), "example": request.GET.get("example", "")}
    form = kind(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and _done(request, form, pk, act):
        messages.success(request, _("已办理：%(act)s。") % {"act": _(rule.label)})
        return redirect("compilations:compilation", pk=pk)
    return _page(request, "compile", _(rule.label), form, compilation=found, rule=rule)


def _done(request: HttpRequest, form: ActForm, pk: int, act: str) -> bool:
    _kind, do, words = ACTS[act]
    standing = standing_of(request)
    more: dict[str, Any] = {**form.cleaned_data, "today": timezone.localdate(), "user_id": standing.user_id}
    if "application" in words:
        more["application"] = applications.by_number(standing, form.cleaned_data["number"].strip())
        if more["application"] is None:
            form.add_error("number", _("没有这份申请，或者它不属于您负责的机关。"))
            return False
    try:
        do(pk=pk, by=standing, **{name: more[name] for name in ("version", "key", *words)})
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def _found(request: HttpRequest, pk: int) -> selectors.Compilation:
    found = selectors.compilation(standing_of(request), pk)
    if found is None:
        raise Http404(_("没有这部选编，或者它不属于您负责的机关。"))
    return found


def _open_to(request: HttpRequest, found: selectors.Compilation) -> Any:
    rules = compilation_flow().open_to(found.state, standing_of(request).roles_in(found.organ.code))
    return [rule for rule in rules if rule.act != "take_out"]


def _page(request: HttpRequest, name: str, title: str, form: Any, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, f"workbench/promotions/{name}.html", title=title, form=form, status=status, **context)
