"""Requests to put records right (art. 41): the queue, one of them, and its acts."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors, services
from gongkai.applications.forms import ActForm, AnswerRectificationForm, PurposeForm
from gongkai.applications.rules import rectifying
from gongkai.files import selectors as files
from gongkai.seals.rules import Refused as NotSealed
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused, Rule

PER_PAGE = 25


@read_only
def queue(request: HttpRequest) -> HttpResponse:
    """Those not answered first, by their last day."""
    found = Paginator(selectors.rectifications(standing_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, selectors.masked_name(row), rectifying.flow().states[row.state].label) for row in found.object_list]
    return desk_page(
        request,
        "workbench/rectifications/list.html",
        title=_("更正本人信息的要求"),
        rows=rows,
        page_links=page_links(request, found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One request, who asks masked; in plain for a purpose, which is recorded."""
    row, form, plain = _row(request, number), PurposeForm(request.POST or None), None
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            purpose = form.cleaned_data["purpose"]
            plain = services.read_rectification(row=row, by=standing_of(request), purpose=purpose)
    return desk_page(
        request,
        "workbench/rectifications/one.html",
        title=row.number,
        status=status,
        row=row,
        form=form,
        plain=plain,
        masked=selectors.masked_name(row),
        state=rectifying.flow().states[row.state].label,
        evidence=files.of_owner(selectors.RECTIFICATION, row.pk),
        acts=rectifying.flow().open_to(row.state, standing_of(request).roles_in(row.organ.code)),
    )


@read_only
def letter(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The answer. It names a person, so reading it is recorded."""
    row = _row(request, number)
    if kind not in services.LETTER_TYPES or row.answered_on is None:
        raise Http404(_("没有这份文书。"))
    services.read_rectification(row=row, by=standing_of(request), purpose=_("查看文书"))
    try:
        content = services.rectification_file(row, kind)
    except NotSealed as error:
        messages.error(request, str(error))
        return redirect("rectifications:one", number=number)
    response = HttpResponse(content, content_type=services.LETTER_TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{row.number}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """One act: what it asks for, then its doing."""
    row = _row(request, number)
    rule = rectifying.flow().rule(row.state, act)
    if rule is None:
        messages.error(request, _("这一事项已经办到下一步。请按当前状态办理。"))
        return redirect("rectifications:one", number=number)
    form = _form(request, row, rule)
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, row, rule, form)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("rectifications:one", number=number)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"row": row, "rule": rule, "form": form}
    return desk_page(request, "workbench/rectifications/act.html", title=_(rule.label), status=status, **context)


def _form(request: HttpRequest, row: selectors.Rectification, rule: Rule) -> ActForm:
    data = request.POST if request.method == "POST" else None
    initial = {"version": row.version, "key": secrets.token_urlsafe(24)}
    if rule.act in rectifying.PAPERS:
        return AnswerRectificationForm(data, initial=initial, paper=rectifying.PAPERS[rule.act])
    return ActForm(data, initial=initial)


def _do(request: HttpRequest, row: selectors.Rectification, rule: Rule, form: ActForm) -> None:
    data = form.cleaned_data
    version, key, by = data["version"], data["key"], standing_of(request)
    if rule.act not in rectifying.PAPERS:
        services.take_up_rectification(pk=row.pk, by=by, version=version, key=key)
        return
    contents = {name: value for name, value in data.items() if name not in {"version", "key"}}
    services.answer_rectification(
        pk=row.pk, by=by, version=version, key=key, act=rule.act, contents=contents, today=timezone.localdate()
    )


def _row(request: HttpRequest, number: str) -> selectors.Rectification:
    found = selectors.rectification(standing_of(request), number)
    if found is None:
        raise Http404(_("没有这一更正要求，或者它不属于您负责的机关。"))
    return found
