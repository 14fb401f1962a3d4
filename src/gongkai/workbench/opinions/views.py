"""征求本机关意见 (art. 34)：what other organs ask, and the answer. Who applied is not told."""

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
from gongkai.applications.enums import Opinion
from gongkai.applications.forms import OrganOpinionForm
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

PER_PAGE = 25


@read_only
def asked(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first."""
    found = Paginator(selectors.asked_of(standing_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/opinions/list.html",
        title=_("征求本机关的意见"),
        rows=found.object_list,
        page_links=page_links(request, found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The question; and the answer, once. What was written is kept when it is refused."""
    found = selectors.asked_of(standing_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("没有这份征求意见书，或者不是发给本机关的。"))
    services.note_reading(consultation=found, now=timezone.now(), by=standing_of(request))
    form = OrganOpinionForm(request.POST or None, initial={"key": secrets.token_urlsafe(24)})
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _answer(request, found, form)
        if status is HTTPStatus.OK:
            messages.success(request, _("已经答复%(organ)s。") % {"organ": found.application.organ.name})
            return redirect("opinions:one", pk=pk)
    title = _("%(organ)s征求意见") % {"organ": found.application.organ.name}
    return desk_page(request, "workbench/opinions/one.html", title=title, status=status, asked=found, form=form)


def _answer(request: HttpRequest, found: selectors.Consultation, form: OrganOpinionForm) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        services.answer_for_organ(
            consultation=found.pk,
            by=standing_of(request),
            key=form.cleaned_data["key"],
            opinion=Opinion(form.cleaned_data["opinion"]),
            reason=form.cleaned_data["reason"],
            today=timezone.localdate(),
        )
    except Refused as error:
        form.add_error(None, str(error))
        return HTTPStatus.CONFLICT
    return HTTPStatus.OK
