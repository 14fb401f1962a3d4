"""Pages of disputes at the desk. Each finds the dispute among those the person may see, and ends in one act."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.applications import selectors as applications
from gongkai.disputes import selectors, services
from gongkai.disputes.enums import Cause, Kind, State
from gongkai.disputes.forms import OpenForm
from gongkai.disputes.rules import bulletin as bulletins
from gongkai.disputes.rules.flow import flow
from gongkai.kernel.labelled import Labelled
from gongkai.organisations import selectors as organisations
from gongkai.papers import services as papers
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.applications.shown import cited
from gongkai.workbench.rendering import desk_page
from gongkai.workflow.rules import Refused

from . import shown
from .acting import ACTS

PER_PAGE = 25
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = TypeVar("W", bound=Labelled)


@read_only
def listing(request: HttpRequest) -> HttpResponse:
    """Disputes by kind, state, cause and words, the newest first."""
    kind, state, cause = (_chosen(request, *pair) for pair in (("kind", Kind), ("state", State), ("cause", Cause)))
    text = request.GET.get("q", "").strip()[:100]
    rows = selectors.listed(standing_of(request), kind=kind, state=state, cause=cause, text=text)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(
        request,
        "workbench/disputes/list.html",
        title=_("行政复议与行政诉讼"),
        shown=page,
        page_links=page_links(request, page),
        filters=shown.filters(kind, state, cause),
        text=text,
        may_tell=bool(standing_of(request).organs_where(*READERS)),
    )


READERS = (Role.COMPETENT_DEPARTMENT, Role.AUDITOR)


@read_only
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispute: its facts, its term with the working, what happened, what may be done."""
    found = _found(request, pk)
    return desk_page(
        request,
        "workbench/disputes/dispute.html",
        title=_("%(kind)s %(number)s")
        % {"kind": _(found.get_kind_display()), "number": found.number or f"#{found.pk}"},
        dispute=found,
        acts=[rule for rule in _open_to(request, found) if rule.act != "redo" or _may_redo(found)],
        facts=shown.facts(found),
        term=selectors.term(found),
        stages=selectors.stages(found),
        first=selectors.reconsideration_first(found.application) if found.kind == Kind.DIRECT.value else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_dispute(request: HttpRequest, number: str) -> HttpResponse:
    """Put on record what was brought against the reply of a case."""
    application = applications.by_number(standing_of(request), number)
    if application is None:
        raise Http404(_("没有这份申请，或者它不属于您负责的机关。"))
    first = {
        "key": secrets.token_urlsafe(24),
        "authority": applications.forum_of(application, timezone.localdate()).authority,
    }
    form = OpenForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": standing_of(request), "user_id": standing_of(request).user_id}
        try:
            found = services.open_dispute(
                application=application, today=timezone.localdate(), **who, **form.data_for_service()
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已登记。收到受理通知和副本后，请登记受理，答复期限从那时起算。"))
            return redirect("disputes:dispute", pk=found.pk)
    return _form_page(request, "open", _("登记复议、诉讼"), form, application=application)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """The form of an act, and the act. What the table does not allow is refused with its reason, nothing is lost."""
    found = _found(request, pk)
    rule = flow().rule(found.state, act)
    if rule is None or act not in ACTS:
        messages.error(request, _("“%(state)s”状态下没有这一办理事项。") % {"state": _(State(found.state).label)})
        return redirect("disputes:dispute", pk=pk)
    first = {"version": found.version, "key": secrets.token_urlsafe(24), "lesson": found.lesson, "number": found.number}
    form = ACTS[act].form(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        who = {"pk": pk, "by": standing_of(request)}
        who |= {name: form.cleaned_data[name] for name in ("version", "key")}
        more = {"today": timezone.localdate(), "user_id": standing_of(request).user_id}
        try:
            ACTS[act].do(who, {**form.cleaned_data, **more})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已办理：%(act)s。") % {"act": _(rule.label)})
            return redirect("disputes:dispute", pk=pk)
    return _form_page(request, "act", _(rule.label), form, dispute=found, rule=rule, cite=cited(rule.cite))


@read_only
def bulletin_now(request: HttpRequest) -> HttpResponse:
    """The bulletin of the last quarter that has ended."""
    year, quarter = shown.quarter_of(timezone.localdate())
    return redirect("disputes:bulletin", year=year, quarter=quarter)


@read_only
def bulletin(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The figures of a quarter by kind, cause and organ, and what was learnt."""
    found = _bulletin(request, year, quarter)
    return desk_page(
        request,
        "workbench/disputes/bulletin.html",
        title=found.title,
        bulletin=found,
        tables=shown.tables(found),
        before=(year, quarter - 1) if quarter > 1 else (year - 1, 4),
        after=(year, quarter + 1) if quarter < len(bulletins.ORDINALS) else (year + 1, 1),
    )


@read_only
def bulletin_file(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """The bulletin as a Word file in the layout of official papers."""
    found = _bulletin(request, year, quarter)
    issuer = organisations.by_codes(sorted(standing_of(request).organs_where(*READERS)))
    top = min(issuer.values(), key=lambda organ: (organ.parent_id is not None, organ.order, organ.code))
    content = papers.docx(bulletins.paper(found, organ=top.name, on=timezone.localdate()))
    response = HttpResponse(content, content_type=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="bulletin-{year}-{quarter}.docx"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _bulletin(request: HttpRequest, year: int, quarter: int) -> bulletins.Bulletin:
    if not (2008 <= year <= 2200 and 1 <= quarter <= len(bulletins.ORDINALS)):
        raise Http404(_("没有这个季度。"))
    return selectors.bulletin(standing_of(request).organs_where(*READERS), year, quarter)


def _found(request: HttpRequest, pk: int) -> selectors.Dispute:
    found = selectors.dispute(standing_of(request), pk)
    if found is None:
        raise Http404(_("没有这个案件，或者它不属于您负责的机关。"))
    return found


def _open_to(request: HttpRequest, found: selectors.Dispute) -> Any:
    return flow().open_to(found.state, standing_of(request).roles_in(found.application.organ.code))


def _may_redo(found: selectors.Dispute) -> bool:
    return found.result == "corrected" and found.redone_on is None


def _form_page(request: HttpRequest, name: str, title: str, form: Any, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, f"workbench/disputes/{name}.html", title=title, form=form, status=status, **context)


def _chosen(request: HttpRequest, name: str, words: type[W]) -> W | None:
    value = request.GET.get(name, "")
    return words(value) if value in set(words) else None
