"""Pages of administration: organs under one's duty, the words of notices, what this house has set."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import standing_of
from gongkai.notifications import services as notices
from gongkai.notifications.enums import Channel
from gongkai.organisations import selectors, services
from gongkai.organisations.enums import OrganKind
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page

from . import shown
from .forms import NewOrganForm, OrganForm, WordingForm


def _administered(request: HttpRequest) -> frozenset[str]:
    return standing_of(request).organs_where(Role.ADMINISTRATOR)


@read_only
def organs(request: HttpRequest) -> HttpResponse:
    """The organs under the person's administration, in their order."""
    mine = _administered(request)
    rows = [organ for organ in selectors.organs() if organ.code in mine]
    return desk_page(request, "workbench/administration/organs.html", title=_("机关名录"), rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
def organ(request: HttpRequest, code: str) -> HttpResponse:
    """What is told of one organ; a new name keeps the old one findable."""
    found = selectors.by_code(code) if code in _administered(request) else None
    if found is None:
        raise Http404(_("没有这个机关，或者它不由您管理。"))
    form = OrganForm(request.POST or None, initial={name: getattr(found, name) for name in OrganForm.base_fields})
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, standing_of(request).actor
        try:
            services.rename_organ(code=code, name=data["name"], short_name=data["short_name"], by=by)
            services.describe_organ(code=code, changes=data, by=by)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("已保存。"))
            return redirect("administration:organs")
    former = [name.name for name in found.further_names.all()]
    return _form(request, "organ", form, found.name, former=former)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new organ below one under the person's administration; no restart is needed."""
    mine = selectors.by_codes(sorted(_administered(request)))
    form = NewOrganForm(request.POST or None, parents=[(one.code, one.name) for one in mine.values()])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_organ(
                organ=services.NewOrgan(**{**data, "kind": OrganKind(data["kind"])}), by=standing_of(request).actor
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("已登记。"))
            return redirect("administration:organs")
    return _form(request, "organ", form, _("登记机关"), former=[])


@read_only
def wordings(request: HttpRequest) -> HttpResponse:
    """Every notice with its words, in both languages."""
    return desk_page(request, "workbench/administration/wordings.html", title=_("通知用语"), rows=shown.wordings())


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, event: str, language: str, channel: str) -> HttpResponse:
    """The words of one notice, in one language and channel."""
    text = shown.text_of(event, language, channel)
    if text is None:
        raise Http404(_("没有这一通知。"))
    form = WordingForm(request.POST or None, initial={"subject": text.subject, "body": text.body})
    if not text.subject:
        del form.fields["subject"]
    if request.method == "POST" and form.is_valid():
        try:
            notices.reword(
                event=event,
                language=language,
                channel=Channel(channel),
                subject=form.cleaned_data.get("subject", ""),
                body=form.cleaned_data["body"],
                by=standing_of(request).actor,
            )
        except notices.Unfit as error:
            form.add_error("body", str(error))
        else:
            messages.success(request, _("已保存。"))
            return redirect("administration:wordings")
    return _form(request, "wording", form, shown.label_of(event), words=shown.words_of(event))


@read_only
def settings_in_force(request: HttpRequest) -> HttpResponse:
    """What the law leaves to this house, and what nobody has confirmed: the values in force, and why."""
    return desk_page(request, "workbench/administration/settings.html", title=_("设置一览"), rows=shown.parameters())


def _form(request: HttpRequest, name: str, form: Any, title: str, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, f"workbench/administration/{name}.html", title=title, form=form, status=status, **context)
