"""All of one case as a file that proves itself: for a court, a reviewing authority, an auditor."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors, services
from gongkai.applications.forms import PurposeForm
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, number: str) -> HttpResponse:
    """Say what for, and have the file. It holds personal data in plain, so the export is recorded."""
    application = selectors.by_number(standing_of(request), number)
    if application is None:
        raise Http404(_("没有这份申请，或者它不属于您负责的机关。"))
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = services.export_evidence(
                application_id=application.pk, by=standing_of(request), purpose=form.cleaned_data["purpose"]
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _file(content, f"evidence-{number}.zip")
    return desk_page(
        request,
        "workbench/applications/evidence.html",
        title=_("导出证据包"),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK,
        application=application,
        form=form,
    )


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
