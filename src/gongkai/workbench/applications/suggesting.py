"""The page of the language model's proposal for a reply. It is asked for by an officer, and decides nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.permissions import standing_of
from gongkai.accounts.rules import Standing
from gongkai.applications import selectors as cases
from gongkai.assistant import permissions, selectors, services
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

from .shown import GROUPS


@require_http_methods(["GET", "HEAD", "POST"])
def suggestion(request: HttpRequest, number: str) -> HttpResponse:
    """The newest proposal for a case; a further one when it is asked for."""
    application = cases.by_number(standing_of(request), number)
    readable = application is not None and permissions.may_read(standing_of(request), application.organ.code)
    if application is None or not readable or selectors.language_model() is None:
        raise Http404(_("没有起草建议：没有这份申请，它不属于您负责的机关，或者没有接入语言模型。"))
    today = timezone.localdate()
    if request.method == "POST":
        try:
            services.suggest(application=application, by=standing_of(request), today=today)
        except Refused as error:
            messages.error(request, str(error))
        return redirect("cases:suggestion", number=number)
    made = selectors.newest(application, today)
    return desk_page(
        request,
        "workbench/applications/suggestion.html",
        title=_("起草建议"),
        application=application,
        made=made,
        group=GROUPS[made.suggestion.outcome.group] if made and made.suggestion.outcome else "",
        **offered(application, standing_of(request)),
    )


def offered(application: cases.Application, standing: Standing) -> dict[str, Any]:
    """Whether the button is there: for an officer of the organ, while a reply may be proposed, where there is a model."""
    may = permissions.may_ask(standing, application.organ.code, application.state)
    return {"may_suggest": may and selectors.language_model() is not None}


def drafted(request: HttpRequest, application: cases.Application, kind: str) -> dict[str, str]:
    """What a form of a reply begins with: an earlier reply's words, or the model's, where the person chose so."""
    if number := request.GET.get("from", ""):
        return cases.precedent(standing_of(request), number[:40], kind)
    if pk := request.GET.get("suggestion", ""):
        return selectors.taken(application, pk, kind, timezone.localdate())
    return {}
