"""Pages of people for their administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts import selectors as accounts
from gongkai.accounts.forms import LeaveForm, PersonForm
from gongkai.accounts.permissions import NotYours, standing_of
from gongkai.accounts.services import administration
from gongkai.ui.http import read_only
from gongkai.ui.paging import page_links
from gongkai.workbench.people.finding import found_person, organ_choices, refusal
from gongkai.workbench.rendering import desk_page
from gongkai.workbench.signin.again import fresh

PER_PAGE = 20
LONGEST_SEARCH = 60  # characters


@read_only
def people(request: HttpRequest) -> HttpResponse:
    """The people one administers, with their duties."""
    today = timezone.localdate()
    text = request.GET.get("q", "")[:LONGEST_SEARCH]
    found = accounts.search_people(accounts.managed_by(standing_of(request), today), text)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    duties = accounts.duties_of([person.pk for person in shown], today)
    return desk_page(
        request,
        "workbench/people/list.html",
        title=_("人员与职责"),
        rows=[(person, duties[person.pk]) for person in shown],
        shown=shown,
        page_links=page_links(request, shown),
        text=text,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a person; the first password is shown once, on the answer."""
    form = PersonForm(request.POST or None, organs=organ_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            person, password = administration.add(by=standing_of(request), **form.cleaned_data)
        except (ValidationError, NotYours) as error:
            refusal(form, error)
        else:
            return _first_password(request, person, password)
    return desk_page(request, "workbench/people/form.html", title=_("登记人员"), form=form, button=_("登记"))


def _first_password(request: HttpRequest, person: Any, password: str) -> HttpResponse:
    title = _("初始密码")
    return desk_page(request, "workbench/people/first_password.html", title=title, person=person, password=password)


@read_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: duties now and before, absences, what may be done."""
    found, today = found_person(request, pk), timezone.localdate()
    return desk_page(
        request,
        "workbench/people/person.html",
        title=found.name,
        person=found,
        duties=accounts.duties_of([found.pk], today)[found.pk],
        past=accounts.past_duties(found.pk, today)[:PER_PAGE],
        absences=accounts.absences_of(found.pk, today),
        standing_in=accounts.stands_in_for(found.pk, today),
        locked_until=accounts.lock_of(found),
        has_factor=accounts.has_factor(found.pk),
        oneself=found.pk == standing_of(request).user_id,
        today=today,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """A person leaves, and somebody takes over."""
    found = found_person(request, pk)
    form = LeaveForm(request.POST or None, people=accounts.colleagues(found))
    if request.method == "POST" and form.is_valid():
        try:
            administration.leave(
                by=standing_of(request),
                user_id=pk,
                successor_id=form.cleaned_data["successor"],
                today=timezone.localdate(),
            )
        except (ValidationError, NotYours) as error:
            refusal(form, error)
        else:
            messages.success(request, _("%(name)s已办理离岗。") % {"name": found.name})
            return redirect("people:list")
    title = _("%(name)s离岗") % {"name": found.name}
    return desk_page(request, "workbench/people/form.html", title=title, form=form, person=found, button=_("办理离岗"))


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Suspend, resume or unlock."""
    found, by = found_person(request, pk), standing_of(request)
    try:
        if act == "suspend":
            administration.suspend(by=by, user_id=pk, today=timezone.localdate())
            messages.success(request, _("%(name)s已停用，登录已全部退出。") % {"name": found.name})
        elif act == "resume":
            administration.resume(by=by, user_id=pk)
            messages.success(request, _("%(name)s已恢复使用。") % {"name": found.name})
        elif administration.unlock(by=by, user_id=pk):
            messages.success(request, _("已解除锁定。"))
        else:
            messages.info(request, _("没有锁定，不必解除。"))
    except (ValidationError, NotYours) as error:
        messages.error(request, "".join(getattr(error, "messages", [str(error)])))
    return redirect("people:person", pk)


@require_POST
@fresh
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""
    found = found_person(request, pk)
    try:
        done = administration.reset_factor(by=standing_of(request), user_id=pk)
    except NotYours as error:
        messages.error(request, str(error))
    else:
        told = _("%(name)s的第二验证因素已重置，登录已全部退出。") if done else _("%(name)s没有设置第二验证因素。")
        messages.success(request, told % {"name": found.name})
    return redirect("people:person", pk)


@require_POST
@fresh
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a first password again; it is shown once, on the answer."""
    found = found_person(request, pk)
    try:
        password = administration.new_password(by=standing_of(request), user_id=pk)
    except NotYours as error:
        messages.error(request, str(error))
        return redirect("people:person", pk)
    return _first_password(request, found, password)
