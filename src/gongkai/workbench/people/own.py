"""One's own page: address, language, absence; and the way to password, second factor and sessions."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts import selectors as accounts
from gongkai.accounts.forms import AbsenceForm, ProfileForm
from gongkai.accounts.permissions import standing_of
from gongkai.accounts.services import absences, people
from gongkai.workbench.people.finding import refusal
from gongkai.workbench.rendering import desk_page


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What one may change oneself, and what one holds."""
    user, today = accounts.user_of(request), timezone.localdate()
    form = ProfileForm(request.POST or None, initial={"email": user.email, "language": user.language})
    if request.method == "POST" and form.is_valid():
        people.change_profile(user_id=user.pk, by=standing_of(request).actor, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return _in_language(redirect("workbench:profile"), form.cleaned_data["language"])
    return desk_page(
        request,
        "workbench/people/profile.html",
        title=_("我的账号"),
        form=form,
        duties=accounts.duties_of([user.pk], today)[user.pk],
        absences=accounts.absences_of(user.pk, today),
        standing_in=accounts.stands_in_for(user.pk, today),
        has_factor=accounts.has_factor(user.pk),
    )


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    """The pages speak the chosen language from now on, as the switch at the top does it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def my_absence(request: HttpRequest) -> HttpResponse:
    """Enter one's own absence and name a colleague as deputy."""
    user, today = accounts.user_of(request), timezone.localdate()
    form = AbsenceForm(request.POST or None, people=accounts.colleagues(user), initial={"first_day": today})
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("first_day", "last_day")}
        try:
            absences.name_deputy(
                user_id=user.pk,
                deputy_id=form.cleaned_data["deputy"],
                today=today,
                by=standing_of(request).actor,
                **days,
            )
        except ValidationError as error:
            refusal(form, error)
        else:
            messages.success(request, _("离岗代理已登记。"))
            return redirect("workbench:profile")
    return desk_page(request, "workbench/people/form.html", title=_("登记我的离岗代理"), form=form, button=_("登记"))


@require_POST
def end_my_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """One is back."""
    user, today = accounts.user_of(request), timezone.localdate()
    if not accounts.absences_of(user.pk, today).filter(pk=absence_id).exists():
        raise Http404(_("没有这项离岗代理，或者已经结束。"))
    absences.end_absence(absence_id=absence_id, today=today, by=standing_of(request).actor)
    messages.success(request, _("离岗代理已结束。"))
    return redirect("workbench:profile")
