"""Pages of the gazette at the desk: issues and what is late, one issue arranged and published, the ledger of its copies."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.permissions import standing_of
from gongkai.gazette import selectors, services
from gongkai.gazette.enums import Movement
from gongkai.gazette.forms import ActForm, EntryForm, IssueForm, PointForm, placed
from gongkai.gazette.permissions import may_compile, may_publish
from gongkai.gazette.rules.declared import declared
from gongkai.seals.rules import Refused as NotSealed
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The issues, those that are late, what waits for an issue; and a new issue."""
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = services.open_issue(**form.cleaned_data, by=standing_of(request))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("desk-gazette:issue", pk=found.pk)
    return desk_page(
        request,
        "workbench/gazette/list.html",
        title=_("政府公报"),
        form=form,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
        issues=list(selectors.every_issue()),
        missing=selectors.missing(today=timezone.localdate()),
        waiting=selectors.waiting().count(),
        mine=may_compile(standing_of(request)),
    )


@read_only
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: its articles in their order, and those that could be taken in."""
    found = _found(pk)
    arranged = selectors.arranged(found)
    rows = arranged if found.published else [*arranged, *selectors.waiting()]
    return desk_page(
        request,
        "workbench/gazette/issue.html",
        title=str(found),
        issue=found,
        rows=[(row, declared().label(row.column)) for row in rows],
        may_publish=may_publish(standing_of(request)) and bool(arranged),
        sealed=services.sealed(pk=pk),
        mine=may_compile(standing_of(request)),
    )


@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles of an issue, in the order of the numbers written beside them."""
    _found(pk)
    form = ActForm(request.POST)
    articles, fault = placed(request.POST)
    if fault:
        messages.error(request, fault)
    elif form.is_valid():
        try:
            services.arrange(pk=pk, articles=articles, by=standing_of(request), **form.cleaned_data)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("已保存这一期的目录。"))
    return redirect("desk-gazette:issue", pk=pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an issue and seal its printed file; one that is published already is sealed alone."""
    found, by = _found(pk), standing_of(request)
    form = ActForm(request.POST)
    if form.is_valid():
        try:
            if not found.published:
                services.publish(pk=pk, by=by, today=timezone.localdate(), **form.cleaned_data)
                messages.success(request, _("已出版。"))
            services.seal(pk=pk, by=by.actor)
        except (Refused, NotSealed) as error:
            messages.error(request, str(error))
    return redirect("desk-gazette:issue", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the printed copies of an issue are, and a movement of them."""
    found = _found(pk)
    form = EntryForm(request.POST or None, initial={"key": secrets.token_urlsafe(24), "on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = {**form.cleaned_data, "kind": Movement(form.cleaned_data["kind"])}
        try:
            services.enter(pk=pk, by=standing_of(request), **told)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已登记。"))
            return redirect("desk-gazette:ledger", pk=pk)
    return desk_page(
        request,
        "workbench/gazette/ledger.html",
        title=_("%(issue)s发放台账") % {"issue": found},
        issue=found,
        form=form,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
        stock=selectors.stock(found),
        mine=may_compile(standing_of(request)),
        entries=[(row, Movement(row.kind).label) for row in selectors.entries(found)],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def point(request: HttpRequest) -> HttpResponse:
    """The distribution points, and a new one."""
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_point(**form.cleaned_data, by=standing_of(request))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已增加发放点。"))
            return redirect("desk-gazette:point")
    return desk_page(
        request,
        "workbench/gazette/points.html",
        title=_("公报发放点"),
        form=form,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
        points=list(selectors.points()),
        mine=may_compile(standing_of(request)),
    )


def _found(pk: int) -> selectors.Issue:
    found = selectors.any_issue(pk)
    if found is None:
        raise Http404(_("没有这一期公报。"))
    return found
