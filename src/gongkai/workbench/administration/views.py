"""Pages of administration: organs under one's duty, the words of notices, what this house has set."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.enums import Role
from gongkai.accounts.permissions import keeps_the_whole, standing_of
from gongkai.house_rules import services as house_rules
from gongkai.house_rules.rules import earliest, written
from gongkai.house_rules.selectors import serial_of
from gongkai.notifications import services as notices
from gongkai.notifications.enums import Channel
from gongkai.organisations import selectors, services
from gongkai.organisations.enums import OrganKind
from gongkai.statutes import Parameter
from gongkai.ui.http import read_only
from gongkai.workbench.rendering import desk_page

from . import shown
from .forms import HouseRuleForm, NewOrganForm, OrganForm, WordingForm


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
    return desk_page(
        request,
        "workbench/administration/settings.html",
        title=_("设置一览"),
        rows=shown.parameters(),
        may_decide=_may_decide(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: HttpRequest, name: str) -> HttpResponse:
    """One number through time; who keeps the whole district decides a new value from a day on."""
    parameter = shown.settable(name)
    if parameter is None:
        raise Http404(_("没有这一设置，或者它由法律定死，不能设定。"))
    may_decide = _may_decide(request)
    if request.method == "POST" and not may_decide:
        return _not_yours(request, name)
    form = _rule_form(request, parameter)
    if request.method == "POST" and form.is_valid():
        try:
            row = house_rules.decide(name=name, by=standing_of(request).actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("since" if error.code == "past" else "value", error.messages)
            form.seen(serial_of(name))
        else:
            messages.success(request, _("已设定，自 %(day)s 起生效。") % {"day": row.since})
            return redirect("administration:setting", name)
    return _form(request, "setting", form, parameter.label, may_decide=may_decide, **shown.setting(parameter))


@require_POST
def withdraw(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Take a decision back before its first day."""
    if not _may_decide(request):
        return _not_yours(request, name)
    try:
        house_rules.withdraw(pk=pk, by=standing_of(request).actor)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已撤回，不再生效。"))
    return redirect("administration:setting", name)


def _rule_form(request: HttpRequest, parameter: Parameter) -> HouseRuleForm:
    today = localdate()
    initial = {
        "value": written(parameter, shown.now_of(parameter).value),
        "since": earliest(parameter, today),
        "serial": serial_of(parameter.name),
    }
    return HouseRuleForm(request.POST or None, initial=initial, parameter=parameter, today=today)


def _may_decide(request: HttpRequest) -> bool:
    return keeps_the_whole(standing_of(request), selectors.districts())


def _not_yours(request: HttpRequest, name: str) -> HttpResponse:
    messages.error(request, _("设置全区共用，由区级系统管理员或者政府信息公开工作主管部门更改。请与他们联系。"))
    return redirect("administration:setting", name)


def _form(request: HttpRequest, name: str, form: Any, title: str, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return desk_page(request, f"workbench/administration/{name}.html", title=title, form=form, status=status, **context)
