"""Two views of the design system: choosing the display, and the styleguide."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from gongkai.ui.http import read_only

from . import samples
from .display import COOKIE_AGE, MODE_COOKIE, THEME_COOKIE, Mode, Theme
from .meta import Column, ColumnType
from .rendering import page


@never_cache
@read_only
def display(request: HttpRequest) -> HttpResponse:
    """Remember how the reader wants pages shown, and go back. It changes nothing but the look."""
    response = HttpResponseRedirect(_way_back(request))
    choices = {
        MODE_COOKIE: (request.GET.get("mode", ""), {mode.value for mode in Mode}),
        THEME_COOKIE: (request.GET.get("theme", ""), {theme.value for theme in Theme}),
        settings.LANGUAGE_COOKIE_NAME: (request.GET.get("lang", ""), {code for code, _n in settings.LANGUAGES}),
    }
    for cookie, (wanted, allowed) in choices.items():
        if wanted in allowed and (cookie != settings.LANGUAGE_COOKIE_NAME or check_for_language(wanted)):
            response.set_cookie(
                cookie,
                wanted,
                max_age=COOKIE_AGE,
                samesite="Lax",
                httponly=True,
                secure=request.is_secure(),
            )
    return response


def _way_back(request: HttpRequest) -> str:
    """Only ever back into this site."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if safe else "/"


@read_only
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with made-up data, for those who build pages and those who check them."""
    column = Column(
        _("组件样张"), _("本站全部界面组件的样张，供设计、开发和无障碍检查使用。"), _("组件,样张"), ColumnType.HELP
    )
    return page(request, "ui/styleguide.html", column=column, **samples.everything())
