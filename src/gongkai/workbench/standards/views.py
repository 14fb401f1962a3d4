"""Pages of the standard catalogues at the desk: one's own catalogues, a row, its evidence, a workbook brought in."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.permissions import standing_of
from gongkai.accounts.rules import Standing
from gongkai.catalogue import selectors as library
from gongkai.organisations import selectors as organisations
from gongkai.standards import selectors, services
from gongkai.standards.enums import Proof
from gongkai.standards.forms import CHECK, BringForm, RowForm
from gongkai.standards.permissions import EDITORS, IMPORTERS, may_edit
from gongkai.standards.rules.areas import areas
from gongkai.standards.rules.workbook import sheet
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.ui.sheets import XLSX
from gongkai.ui.tables import Unreadable, merged_rows
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

PER_PAGE = 50
MOST = 20  # items offered for a row


@read_only
def overview(request: HttpRequest) -> HttpResponse:
    """The catalogues of one's organs, those with something missing first."""
    mine = standing_of(request).organs_where(*EDITORS)
    shown = Paginator(selectors.of_organs(mine), PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/standards/list.html",
        title=_("标准目录"),
        catalogues=[(one, areas()[one.area].label) for one in shown],
        may_import=bool(standing_of(request).organs_where(*IMPORTERS)),
        page_links=page_links(request, shown),
    )


@read_only
def catalogue(request: HttpRequest, organ: str, area: str) -> HttpResponse:
    """One catalogue, row by row."""
    found = selectors.catalogue(area, organ)
    if found is None or not may_edit(standing_of(request), organ):
        raise Http404(_("没有这张目录，或者它不属于您负责的机关。"))
    rows = selectors.rows(selectors.Asked(area=area, organ=organ, proof=request.GET.get("proof", "")[:12]))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/standards/catalogue.html",
        title=_("%(area)s标准目录") % {"area": areas()[area].label},
        catalogue=found,
        rows=[(row, Proof(row.proof)) for row in shown],
        page_links=page_links(request, shown),
    )


@read_only
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: why it stands as it does, what is put forward for it, what of the organ's items could be."""
    found = _found(request, pk)
    words = request.GET.get("q", "").replace("\0", "").strip()[:60]
    offered = (
        library.public().filter(organ=found.catalogue.organ).exclude(pk__in=[e.item_id for e in found.evidence.all()])
    )
    offered = offered.filter(title__icontains=words) if words else offered
    return desk_page(
        request,
        "workbench/standards/row.html",
        title=found.sub_matter or found.matter,
        row=found,
        proof=Proof(found.proof),
        line=selectors.line_of(found),
        area=areas()[found.catalogue.area].label,
        offered=library.newest(offered, MOST),
        words=words,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a row anew; what was typed stays on the page when it is refused."""
    found = _found(request, pk)
    first = {**vars(selectors.line_of(found)), "version": found.version}
    form = RowForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                pk=pk,
                line=form.line(),
                version=form.cleaned_data["version"],
                by=standing_of(request),
                today=timezone.localdate(),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已保存。"))
            return redirect("catalogues:row", pk=pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return desk_page(
        request, "workbench/standards/edit.html", title=_("修改目录中的一行"), status=status, row=found, form=form
    )


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item forward for a row, or take it back."""
    _found(request, pk)
    item = request.POST.get("item", "")
    number = int(item) if item.isascii() and item.isdigit() and len(item) < 12 else 0
    act = services.unlink if request.POST.get("how") == "unlink" else services.link
    try:
        act(pk=pk, item=number, by=standing_of(request), today=timezone.localdate())
    except Refused as error:
        messages.error(request, str(error))
    return redirect("catalogues:row", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A catalogue from its workbook: looked over first, then taken in; what is wrong is told row by row."""
    by = standing_of(request)
    posted = request.method == "POST"
    form = BringForm(request.POST if posted else None, request.FILES if posted else None, organs=_organs(by))
    found: services.Brought | None = None
    if posted and form.is_valid():
        data = form.cleaned_data
        try:
            found = services.bring(
                organ=data["organ"],
                area=data["area"],
                rows=merged_rows(data["file"].read()),
                by=by,
                today=timezone.localdate(),
                dry=data["how"] == CHECK,
            )
        except (Refused, Unreadable) as error:
            form.add_error("file", str(error))
    return desk_page(
        request,
        "workbench/standards/import.html",
        title=_("导入标准目录"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or (found and found.faults) else HTTPStatus.OK,
        form=form,
        found=found,
        dry=posted and request.POST.get("how") == CHECK,
    )


@read_only
def template(request: HttpRequest) -> HttpResponse:
    """The head of the national form, without rows."""
    headers = {"Content-Disposition": 'attachment; filename="standard-catalogue.xlsx"'}
    return HttpResponse(sheet([], title="政务公开标准目录"), content_type=XLSX, headers=headers)


def _found(request: HttpRequest, pk: int) -> selectors.Row:
    found = selectors.row(pk)
    if found is None or not may_edit(standing_of(request), found.catalogue.organ.code):
        raise Http404(_("目录中没有这一行，或者它不属于您负责的机关。"))
    return found


def _organs(by: Standing) -> list[tuple[str, str]]:
    found = organisations.by_codes(sorted(by.organs_where(*IMPORTERS)))
    return [(code, organ.name) for code, organ in found.items()]
