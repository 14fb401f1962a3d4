"""批量起草 at the desk: a template, a file, what is wrong in it row by row, a confirmation, drafts."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.catalogue import services
from gongkai.catalogue.enums import BatchState
from gongkai.catalogue.forms import BatchForm
from gongkai.catalogue.rules import declared, template
from gongkai.catalogue.selectors import desk
from gongkai.organisations import selectors as organisations
from gongkai.ui import sheets
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

PER_PAGE = 100  # faults
SECONDS = 5
BUSY = frozenset({BatchState.WAITING.value, BatchState.TAKING.value})


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form, the templates, and what was handed in before."""
    standing, posted = standing_of(request), request.method == "POST"
    form = BatchForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.hand_in(name=file.name, data=file.read(services.LARGEST + 1), by=standing)
        except Refused as error:
            form.add_error("file", str(error))
        else:
            return redirect("desk-library:batch", pk=made.pk)
    return desk_page(
        request,
        "workbench/library/bring.html",
        title=_("批量起草"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
        form=form,
        kinds=list(declared.kinds().values()),
        batches=desk.batches(standing)[:20],
    )


@read_only
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What looking it over has found; it renews itself while the worker is at it."""
    found = desk.batch(standing_of(request), pk)
    if found is None:
        raise Http404(_("没有这个文件，或者它不是您上传的。"))
    faults = Paginator(found.faults, PER_PAGE).get_page(request.GET.get("page"))
    response = desk_page(
        request,
        "workbench/library/batch.html",
        title=found.name,
        batch=found,
        busy=found.state in BUSY,
        faults=faults,
        more=max(0, found.faulty - len(found.faults)),
        page_links=page_links(request, faults),
        good=found.new + found.changed,
    )
    if found.state in BUSY:
        response.headers["Refresh"] = str(SECONDS)
    return response


@require_POST
def settle(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Confirm it, or let it go."""
    do = {"confirm": services.confirm, "discard": services.discard}.get(act)
    if do is None or desk.batch(standing_of(request), pk) is None:
        raise Http404(_("没有这个文件，或者它不是您上传的。"))
    try:
        do(pk=pk, by=standing_of(request))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("desk-library:batch", pk=pk)


@read_only
def blank(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The template of a kind: headings, one row as a sample, and in a workbook how each is written."""
    if kind not in declared.kinds() or form not in {"csv", "xlsx"}:
        raise Http404(_("没有这个模板。"))
    own = organisations.by_codes(sorted(standing_of(request).organs_where(Role.OFFICER)))
    found = template.columns(kind, next((organ.name for organ in own.values()), ""))
    rows = [[one.heading for one in found], [one.sample for one in found]]
    if form == "csv":
        response = HttpResponse(sheets.csv_file(rows), content_type=sheets.CSV)
    else:
        told = [("列", "必填", "写法"), *((one.heading, "是" if one.required else "", one.how) for one in found)]
        book = sheets.xlsx_file(rows, title=declared.kinds()[kind].label, more={"填写说明": told})
        response = HttpResponse(book, content_type=sheets.XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="drafts-{kind}.{form}"'
    return response
