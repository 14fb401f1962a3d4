"""Pages of duties and absences for the administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts import selectors as accounts
from gongkai.accounts.enums import Role
from gongkai.accounts.forms import AbsenceForm, DutyForm, EndDutyForm
from gongkai.accounts.permissions import NotYours, standing_of
from gongkai.accounts.services import administration
from gongkai.workbench.people.finding import found_person, organ_choices, refusal
from gongkai.workbench.rendering import desk_page

FORM = "workbench/people/form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a duty."""
    person = found_person(request, pk)
    initial = {"valid_from": timezone.localdate(), "organ": person.organ.code}
    form = DutyForm(request.POST or None, organs=organ_choices(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            administration.give(by=standing_of(request), user_id=pk, **asked)
        except (ValidationError, NotYours) as error:
            refusal(form, error)
        else:
            messages.success(request, _("已给予职责。"))
            return redirect("people:person", pk)
    title = _("给予%(name)s职责") % {"name": person.name}
    return desk_page(request, FORM, title=title, form=form, person=person, button=_("给予职责"))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int, duty_id: int) -> HttpResponse:
    """End a duty."""
    person, today = found_person(request, pk), timezone.localdate()
    duty = next((found for found in accounts.duties_of([pk], today)[pk] if found.pk == duty_id), None)
    if duty is None:
        raise Http404(_("没有这项职责，或者已经结束。"))
    form = EndDutyForm(request.POST or None, initial={"last_day": today})
    if request.method == "POST" and form.is_valid():
        try:
            administration.end(
                by=standing_of(request), duty_id=duty_id, last_day=form.cleaned_data["last_day"], today=today
            )
        except (ValidationError, NotYours) as error:
            refusal(form, error)
        else:
            messages.success(request, _("职责的截止日期已登记。"))
            return redirect("people:person", pk)
    told = f"{duty.get_role_display()} · {duty.organ.name}"
    return desk_page(request, FORM, title=_("结束职责"), form=form, person=person, told=told, button=_("结束职责"))


@require_http_methods(["GET", "HEAD", "POST"])
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter somebody's absence."""
    person, today = found_person(request, pk), timezone.localdate()
    form = AbsenceForm(request.POST or None, people=accounts.colleagues(person), initial={"first_day": today})
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("first_day", "last_day")}
        try:
            administration.name_deputy(
                by=standing_of(request), user_id=pk, deputy_id=form.cleaned_data["deputy"], today=today, **days
            )
        except (ValidationError, NotYours) as error:
            refusal(form, error)
        else:
            messages.success(request, _("离岗代理已登记。"))
            return redirect("people:person", pk)
    title = _("登记%(name)s的离岗代理") % {"name": person.name}
    return desk_page(request, FORM, title=title, form=form, person=person, button=_("登记"))


@require_POST
def end_absence(request: HttpRequest, pk: int, absence_id: int) -> HttpResponse:
    """End somebody's absence."""
    found_person(request, pk)
    today = timezone.localdate()
    if not accounts.absences_of(pk, today).filter(pk=absence_id).exists():
        raise Http404(_("没有这项离岗代理，或者已经结束。"))
    try:
        administration.end_absence(by=standing_of(request), absence_id=absence_id, today=today)
    except NotYours as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("离岗代理已结束。"))
    return redirect("people:person", pk)
