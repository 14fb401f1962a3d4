"""Old cases: what falls due and what is kept, one case before it goes, and the lists that two persons decide on."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors, services
from gongkai.applications.forms import ActForm, KeepForm, RefuseDisposalForm
from gongkai.applications.rules.retention import flow
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.applications.shown import cited
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused, Rule

from . import shown

PER_PAGE = 25


@read_only
def overview(request: HttpRequest) -> HttpResponse:
    """What falls due on a day with what would go, or what is kept and why; and the lists made so far."""
    today, standing = timezone.localdate(), standing_of(request)
    as_of = shown.day_of(request.GET.get("as-of", ""), today)
    fallen = selectors.fallen(selectors.kept_cases(standing), as_of)
    held = request.GET.get("show") == "held"
    asked = selectors.rectifications_kept(standing, as_of)
    page = Paginator(list(fallen.held) if held else fallen.due, PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/retention/list.html",
        title=_("案卷保存与处置"),
        as_of=as_of,
        today=today,
        held=held,
        due_count=len(fallen.due),
        held_count=len(fallen.held),
        rows=shown.rows(list(page.object_list), fallen),
        page_links=page_links(request, page),
        lists=selectors.disposals(standing)[:PER_PAGE],
        rectifications=list(asked[:PER_PAGE]),
        rectification_count=asked.count(),
        organs=shown.proposable(standing, fallen.due_in | {row.organ.code for row in asked}) if as_of == today else [],
        basis=services.retention_basis(today),
    )


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Put every case of an organ that may go on a list, for another person to decide on."""
    standing, organ = standing_of(request), request.POST.get("organ", "")
    try:
        made = services.propose_disposal(organ=organ, by=standing, user_id=standing.user_id, today=timezone.localdate())
    except Refused as error:
        messages.error(request, str(error))
        return redirect("retention:list")
    return redirect("retention:disposal", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: what would go and what would stay, what keeps it; POST keeps it by hand, or lets it go."""
    found = selectors.kept_case(standing_of(request), number)
    if found is None:
        raise Http404(_("没有这份申请，或者它不属于您负责的机关。"))
    form = KeepForm(request.POST if "reason" in request.POST else None)
    if request.method == "POST":
        try:
            if _kept_or_let_go(request, found, form):
                return redirect("retention:case", number=number)
        except Refused as error:
            form.add_error(None, str(error)) if form.is_bound else messages.error(request, str(error))
    return desk_page(
        request,
        "workbench/retention/case.html",
        title=found.number,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
        application=found,
        form=form,
        may_keep=shown.may_keep(standing_of(request), found),
        **shown.case(found),
    )


def _kept_or_let_go(request: HttpRequest, found: selectors.Application, form: KeepForm) -> bool:
    by, today = standing_of(request), timezone.localdate()
    if not form.is_bound:
        services.let_case_go(application_id=found.pk, by=by, user_id=by.user_id, today=today)
        return True
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        services.keep_case(application_id=found.pk, by=by, user_id=by.user_id, reason=reason, today=today)
    return form.is_valid()


@read_only
def disposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: its cases, what became of each, and what may be done."""
    row = _row(request, pk)
    page = Paginator(selectors.disposed(row), PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/retention/disposal.html",
        title=_("处置单 %(number)s") % {"number": row.pk},
        row=row,
        items=shown.items(list(page.object_list)),
        rectifications=selectors.disposed_rectifications(row),
        page_links=page_links(request, page),
        acts=flow().open_to(row.state, standing_of(request).roles_in(row.organ.code)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Have a list carried out, or refuse it with a reason."""
    row = _row(request, pk)
    rule = flow().rule(row.state, act)
    if rule is None or act == "finish":
        messages.error(request, _("这一处置单已经办到下一步。请按当前状态办理。"))
        return redirect("retention:disposal", pk=pk)
    kind = RefuseDisposalForm if act == "refuse" else ActForm
    initial = {"version": row.version, "key": secrets.token_urlsafe(24)}
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, row, rule, form)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("retention:disposal", pk=pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"row": row, "rule": rule, "form": form, "cite": cited(rule.cite)}
    return desk_page(request, "workbench/retention/act.html", title=_(rule.label), status=status, **context)


def _do(request: HttpRequest, row: selectors.Disposal, rule: Rule, form: ActForm) -> None:
    by, data = standing_of(request), form.cleaned_data
    service = services.refuse_disposal if rule.act == "refuse" else services.carry_out_disposal
    service(pk=row.pk, by=by, user_id=by.user_id, today=timezone.localdate(), **data)


def _row(request: HttpRequest, pk: int) -> selectors.Disposal:
    found = selectors.disposal(standing_of(request), pk)
    if found is None:
        raise Http404(_("没有这份处置单，或者它不属于您负责的机关。"))
    return found
